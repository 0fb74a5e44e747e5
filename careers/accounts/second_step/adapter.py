"""What is different about second steps here."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AbstractBaseUser

from careers.accounts import encryption
from careers.accounts.models import User
from careers.accounts.second_step.need import is_last_needed

NAME = "Trigpoint"
PURPOSE = "second step"


class SecondStepAdapter(DefaultMFAAdapter):
    """Secrets are locked in the database; nobody takes away the last second step that their role needs."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "That did not work. Check the code, and that it is the newest one, and try again.",
        "cannot_delete_authenticator": "Your role needs a second step and this is your only one. Add another first.",
        "cannot_generate_recovery_codes": "Set up an app or a passkey first: recovery codes stand in for one of them.",
        "unverified_email": "The e-mail address of this account has not been confirmed. Ask your careers leader.",
        "unreadable": "This cannot be checked, because the installation's secret key has changed. Ask your careers "
        "leader to reset your second step.",
    }

    def get_totp_issuer(self) -> str:
        return NAME

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": NAME}

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        others = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return f"Passkey {others + 1}" if others else "Passkey"

    def encrypt(self, text: str) -> str:
        return encryption.encrypt(text, PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return encryption.decrypt(encrypted_text, PURPOSE)
        except encryption.Unreadable:
            raise self.validation_error("unreadable") from None

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return not is_last_needed(authenticator)

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, Any]:
        return {**super().get_public_key_credential_user_entity(user), "display_name": str(user)}
