"""Recovery codes: for the day the phone is lost. Shown when they are made, for ten minutes, and never again."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from careers.accounts.models import User
from careers.accounts.on_record import put_on_record
from careers.accounts.policy import any_member

FEW = 3
MINUTES = 10
SHOWN = "recovery_codes_shown"
recently_signed_in = reauthentication_required(app="allauth.mfa")


def codes_left(user: User) -> int | None:
    """How many of a person's codes are unused; None without any, or where they cannot be read any more."""
    found = _of(user)
    try:
        return len(found.get_unused_codes()) if found else None
    except ValidationError:
        return None


def has_few(left: int | None) -> bool:
    return left is not None and left <= FEW


@any_member
@require_safe
@recently_signed_in
def codes(request: Any) -> HttpResponse:
    found = _of(request.user)
    if found is None:
        raise Http404
    shown = _may_see(request, found)
    context = {"codes": found.get_unused_codes() if shown else [], "left": codes_left(request.user), "minutes": MINUTES}
    return render(request, "mfa/recovery_codes/index.html", context)


@any_member
@require_safe
@recently_signed_in
def codes_file(request: Any) -> HttpResponse:
    """The same codes, to keep or to print. Only while the page shows them."""
    found = _of(request.user)
    if found is None or not _may_see(request, found):
        raise Http404
    lines = ["Recovery codes for Trigpoint. Each works once.", "", *found.get_unused_codes(), ""]
    answer = HttpResponse("\r\n".join(lines), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="recovery-codes.txt"'
    return answer


class NewCodes(GenerateRecoveryCodesView):
    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            put_on_record("made new recovery codes", self.request.user, by=self.request.user)  # type: ignore[arg-type]
            return super().form_valid(form)


new_codes = any_member(NewCodes.as_view())


def _of(user: User) -> RecoveryCodes | None:
    found = Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).first()
    return found.wrap() if found else None


def _may_see(request: HttpRequest, found: RecoveryCodes) -> bool:
    """The session that opened the page first may see them for a little while: to download, or to print again."""
    if not found.did_view:
        found.mark_as_viewed()
        request.session[SHOWN] = {"codes": found.instance.pk, "until": time.time() + MINUTES * 60}
    shown = request.session.get(SHOWN)
    return bool(shown and shown["codes"] == found.instance.pk and time.time() < shown["until"])
