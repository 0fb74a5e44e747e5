"""Setting up, giving and taking away a second step. The library does the work; here is what it leaves on record and shows."""

from __future__ import annotations

import json
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.views import AuthenticateView, ReauthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.views import AddWebAuthnView, LoginWebAuthnView, ReauthenticateWebAuthnView
from django.contrib import messages
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from careers.accounts.coming_in import may_set_up_a_second_step
from careers.accounts.notices import tell
from careers.accounts.on_record import put_on_record
from careers.accounts.policy import any_member, public
from careers.accounts.second_step.codes import codes_left, has_few
from careers.accounts.second_step.forms import (
    AddPasskey,
    ComeInByPasskey,
    GivePasskey,
    GivePasskeyAgain,
    GiveSecondStep,
    GiveSecondStepAgain,
)
from careers.accounts.second_step.need import COUNTED, has_one, is_last_needed, needs_of
from careers.accounts.second_step.passkeys import own_passkey, own_passkeys
from careers.accounts.sessions.ending import end_sessions

APP = "an app"
PASSKEY = "a passkey"
recently_signed_in = reauthentication_required(app="allauth.mfa")


def as_json(options: Any) -> str:
    """What a browser is to be asked for, for an attribute of the form."""
    return json.dumps(options, cls=DjangoJSONEncoder)


@any_member
@require_safe
def second_step(request: Any) -> HttpResponse:
    """What there is, and what can be set up; for somebody who may do nothing before they have one, why."""
    user = request.user
    left = codes_left(user)
    context = {
        "needs": needs_of(user),
        "missing": request.second_step_missing,
        "elsewhere": not may_set_up_a_second_step(request, user),
        "app": Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first(),
        "passkeys": own_passkeys(user),
        "codes": left,
        "few": has_few(left),
    }
    return render(request, "mfa/index.html", context)


class Added:
    """Whatever signed in before without a second step is signed out, so that no session is left without one."""

    what = ""

    def form_valid(self, form: Any) -> HttpResponse:
        request = self.request  # type: ignore[attr-defined]
        with transaction.atomic():
            if not has_one(request.user):
                end_sessions(request.user, but=request.session.session_key)
            put_on_record("added a second step", request.user, by=request.user, kind=self.what)
            return super().form_valid(form)  # type: ignore[misc,no-any-return]


class ActivateApp(Added, ActivateTOTPView):
    what = APP

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super(ActivateTOTPView, self).get_context_data(**kwargs)
        secret = context["form"].secret
        return {**context, "groups": [secret[n : n + 4] for n in range(0, len(secret), 4)]}


class AddPasskeyView(Added, AddWebAuthnView):
    what = PASSKEY
    form_class = AddPasskey

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super(AddWebAuthnView, self).get_context_data(**kwargs)
        return {**context, "options": as_json(auth.begin_registration(self.request.user, passwordless=True))}


@any_member
@require_safe
@recently_signed_in
def picture(request: HttpRequest) -> HttpResponse:
    """The key that the page for setting up an app has just shown in letters, as a square to point a camera at."""
    secret = request.session.get(SECRET_SESSION_KEY)
    if not secret:
        raise Http404
    adapter = get_adapter()
    drawn = adapter.build_totp_svg(adapter.build_totp_url(request.user, secret))
    return HttpResponse(drawn, content_type="image/svg+xml")


class DeactivateApp(DeactivateTOTPView):
    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if not Authenticator.objects.filter(user=request.user, type=Authenticator.Type.TOTP).exists():
            return redirect("mfa_index")
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            put_on_record("took away a second step", self.request.user, by=self.request.user, kind=APP)
            return super().form_valid(form)


@any_member
@require_http_methods(["GET", "HEAD", "POST"])
@recently_signed_in
def remove_passkey(request: Any, key: str) -> HttpResponse:
    passkey = own_passkey(request.user, key)
    refused = is_last_needed(passkey)
    if request.method == "POST" and not refused:
        with transaction.atomic():
            put_on_record("took away a second step", request.user, by=request.user, kind=PASSKEY)
            tell(request.user, "mfa/email/webauthn_removed")
            passkey.delete()
            if not has_one(request.user):
                Authenticator.objects.filter(user=request.user).exclude(type__in=COUNTED).delete()
        messages.success(request, "The passkey is removed.")
        return redirect("mfa_index")
    return render(request, "mfa/webauthn/remove.html", {"passkey": passkey, "refused": refused})


class Refused:
    """A wrong code is on record; one that was not looked at, because there were too many, is not."""

    def form_invalid(self, form: Any) -> HttpResponse:
        who = self.stage.login.user if hasattr(self, "stage") else self.request.user  # type: ignore[attr-defined]
        if form is not None and any(form.has_error(name, "incorrect_code") for name in form.fields):
            put_on_record("gave a second step that was wrong", who, by=None)
        return super().form_invalid(form)  # type: ignore[misc,no-any-return]


class GiveSecondStepView(Refused, AuthenticateView):
    form_class = GiveSecondStep
    webauthn_form_class = GivePasskey

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        user = self.stage.login.user
        kinds = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
        return {**context, "options": as_json(context["js_data"]["request_options"]), "kinds": kinds}


class GiveSecondStepAgainView(Refused, ReauthenticateView):
    form_class = GiveSecondStepAgain


class GivePasskeyAgainView(Refused, ReauthenticateWebAuthnView):
    form_class = GivePasskeyAgain

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {**context, "form": self.get_form(), "options": as_json(context["js_data"]["request_options"])}


activate_app = any_member(ActivateApp.as_view())
deactivate_app = any_member(DeactivateApp.as_view())
add_passkey = any_member(AddPasskeyView.as_view())
give_again = any_member(GiveSecondStepAgainView.as_view())
give_passkey_again = any_member(GivePasskeyAgainView.as_view())
# Asked between the password and being signed in, and instead of a password.
give = public(GiveSecondStepView.as_view())
_come_in = LoginWebAuthnView.as_view(form_class=ComeInByPasskey)


@public
def come_in_by_passkey(request: HttpRequest) -> Any:
    """Asking for the question begins a session, so that is limited like the answer, which the library limits itself."""
    asks = request.method == "GET"
    limit = {"app": "allauth.mfa", "action": "webauthn_login", "limit_get": True}
    return (ratelimit.consume_or_429(request, **limit) if asks else None) or _come_in(request)
