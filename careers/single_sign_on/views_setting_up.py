"""The page where a school sets up its own sign-in service, tests it and takes it away."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from careers.accounts.policy import SchoolRequest, requires
from careers.accounts.roles import Policy
from careers.single_sign_on import actions, flow, offered
from careers.single_sign_on.discovery import Endpoints, discover
from careers.single_sign_on.forms import SetUpForm
from careers.single_sign_on.models import SignInService
from careers.single_sign_on.refusals import Refused
from careers.single_sign_on.views_entering import OUTCOME


@requires(Policy.MANAGE_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: SchoolRequest) -> HttpResponse:
    """What to enter at the service and here. Saving asks the service who it is."""
    held = SignInService.objects.filter(school=request.school).first()
    form = SetUpForm(request.POST or None, held=held, initial=_answers(held))
    if request.method == "POST" and form.is_valid():
        endpoints = _reached(form, request)
        if endpoints is not None:
            actions.set_up(
                school=request.school,
                facts=form.facts(),
                secret=form.cleaned_data["secret"],
                form_origin=endpoints.form_origin,
                by=request.user,
            )
            messages.success(request, "Saved. The service answers; test it now, by signing in there yourself.")
            return redirect("single_sign_on:set_up")
    if held:
        offered.let_forms_lead_to(request, [held])
    page: dict[str, Any] = {
        "form": form,
        "held": held,
        "redirect_address": flow.back_address(request, held or SignInService(school=request.school)),
        "outcome": request.session.pop(OUTCOME, None),
    }
    return render(request, "single_sign_on/set_up.html", page, status=422 if form.errors else 200)


@requires(Policy.MANAGE_PEOPLE)
@require_POST
def test(request: SchoolRequest) -> HttpResponse:
    """Go to the service and back, without being signed in by it."""
    held = SignInService.objects.filter(school=request.school).select_related("school").first()
    if held is None:
        return redirect("single_sign_on:set_up")
    try:
        return redirect(flow.begin(request, held, test="yes"))
    except Refused as refused:
        request.session[OUTCOME] = {"works": False, "words": refused.words, "detail": refused.detail}
        return redirect("single_sign_on:set_up")


@requires(Policy.MANAGE_PEOPLE)
@require_POST
def remove(request: SchoolRequest) -> HttpResponse:
    """Take the service away, for somebody who has seen what that means (the button says so)."""
    if request.POST.get("remove") == "yes":
        actions.remove(school=request.school, by=request.user)
        messages.success(request, "The service is taken away. Nobody comes in by it any more.")
    return redirect("single_sign_on:set_up")


def _reached(form: SetUpForm, request: SchoolRequest) -> Endpoints | None:
    """The service as it answers now; nothing, with the reason in the form, where it does not."""
    try:
        return discover(SignInService(school=request.school, **form.facts()))
    except Refused as refused:
        field = {"entra": "tenant", "other": "address"}.get(form.cleaned_data["kind"], "kind")
        form.add_error(field, f"{refused.words} {refused.detail}".strip())
        return None


def _answers(held: SignInService | None) -> dict[str, Any]:
    if held is None:
        return {}
    names = ("kind", "tenant", "address", "client_id", "asks_second_step")
    return {**{name: getattr(held, name) for name in names}, "domains": "\n".join(held.domains)}
