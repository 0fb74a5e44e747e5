"""The questions about codes, with one more guard: a code from an app works once for as long as it could work at all."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import Any, cast

from allauth.core.exceptions import RateLimited
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, BaseAuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.core.cache import cache

LONGEST = 16 * 1024
"""Of a passkey's answer, in characters. A usual one has about two thousand."""


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


class WhateverIsSent(forms.Form):
    """A passkey's answer comes from a browser, or from whoever plays one. The library reads it without a guard against what is
    no such answer at all."""

    def clean_credential(self) -> Any:
        sent = self.cleaned_data["credential"]
        if not isinstance(sent, dict) or len(self.data.get("credential", "")) > LONGEST:
            raise get_adapter().validation_error("incorrect_code")
        look = getattr(super(), "clean_credential", lambda: sent)
        return _or_refused(look)


def _or_refused(look: Callable[[], Any]) -> Any:
    try:
        return look()
    except (forms.ValidationError, RateLimited):
        raise
    except Exception:  # whatever a made-up answer makes of the readers of three formats, it is a wrong answer
        raise get_adapter().validation_error("incorrect_code") from None


class GivePasskey(WhateverIsSent, AuthenticateWebAuthnForm):
    pass


class GivePasskeyAgain(WhateverIsSent, ReauthenticateWebAuthnForm):
    pass


class ComeInByPasskey(WhateverIsSent, LoginWebAuthnForm):
    pass


class AddPasskey(WhateverIsSent, AddWebAuthnForm):
    """Only passkeys that ask who is there (a finger, a face, a number) and that can sign somebody in by themselves."""

    passwordless = forms.BooleanField(initial=True, widget=forms.HiddenInput)
    name = forms.CharField(required=False, max_length=60)

    def clean(self) -> dict[str, Any]:
        return cast(dict[str, Any], _or_refused(super().clean))
