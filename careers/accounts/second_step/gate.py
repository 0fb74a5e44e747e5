"""Whoever needs a second step and has none gets no further than the pages that set one up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

OPEN = frozenset(
    {
        *("mfa_index", "mfa_activate_totp", "second_step_picture", "mfa_add_webauthn"),
        *("account_reauthenticate", "account_logout"),
    }
)


class SecondStepFirst:
    """Place it below LoginRequiredMiddleware. What is open to strangers is open to them too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: Any, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if not getattr(request, "second_step_missing", False) or not getattr(view, "login_required", True):
            return None
        if request.resolver_match.view_name in OPEN:
            return None
        if request.headers.get("HX-Request") == "true":
            return HttpResponse(status=204, headers={"HX-Redirect": reverse("mfa_index")})
        return redirect("mfa_index")
