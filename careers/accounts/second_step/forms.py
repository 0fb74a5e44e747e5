"""The questions about codes, with one more guard: a code from an app works once for as long as it could work at all."""

from __future__ import annotations

from hashlib import sha256

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, BaseAuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.core.cache import cache


class WorksOnce(BaseAuthenticateForm):
    """The library forgets a used code after one period, yet takes the one before and the one after as well."""

    def clean_code(self) -> str:
        code = super().clean_code()
        if self.authenticator.type == Authenticator.Type.TOTP:
            used = sha256(f"{self.user.pk}:{normalize_user_code(code)}".encode()).hexdigest()
            valid_for = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
            if not cache.add(f"second-step-used:{used}", 1, timeout=valid_for):
                raise get_adapter().validation_error("incorrect_code")
        return code


class GiveSecondStep(WorksOnce, AuthenticateForm):
    pass


class GiveSecondStepAgain(WorksOnce, ReauthenticateForm):
    pass


class AddPasskey(AddWebAuthnForm):
    """Only passkeys that ask who is there (a finger, a face, a number) and that can sign somebody in by themselves."""

    passwordless = forms.BooleanField(initial=True, widget=forms.HiddenInput)
    name = forms.CharField(required=False, max_length=60)
