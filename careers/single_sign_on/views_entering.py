"""Signing in with a school's own account: finding the school, going to its service, coming back."""

from __future__ import annotations

import logging
from typing import cast

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.core import ratelimit
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_scopes import scope

from careers.accounts.coming_in import remember
from careers.accounts.middleware import SESSION_KEY as SCHOOL_KEY
from careers.accounts.policy import SchoolRequest, public
from careers.accounts.roles import Policy
from careers.audit.record import record
from careers.single_sign_on import actions, flow, offered
from careers.single_sign_on.entering import person_for, would_be
from careers.single_sign_on.forms import FindForm
from careers.single_sign_on.models import SignInService
from careers.single_sign_on.refusals import Refused
from careers.single_sign_on.vouching import Vouched, vouched_for

OUTCOME = "school_service_outcome"
"""In the session of whoever tests: what became of it."""

logger = logging.getLogger(__name__)


@public  # it is a sign-in page
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Which service to sign in with, by the domain of an address; nobody learns who has an account."""
    form = FindForm(request.POST or None)
    page = {"form": form, "asked": False}
    if request.method == "POST" and form.is_valid():
        services = offered.for_address(form.cleaned_data["email"])
        offered.let_forms_lead_to(request, services)
        page |= {"services": services, "asked": True}
    return render(request, "single_sign_on/find.html", page, status=422 if form.errors else 200)


@public  # it is the way in
@never_cache
@require_POST
def start(request: HttpRequest, reference: str) -> HttpResponse:
    """Send somebody to the service. With the token of an invitation, to join by it."""
    service = offered.with_reference(reference, ready=True)
    if service is None:
        raise Http404("No school signs in that way.")
    if request.user.is_authenticated:
        return redirect("/")
    if not ratelimit.consume(request, action="school_service"):
        return _refused(request, service, Refused("unreachable"))
    purpose = {name: request.POST[name][:200] for name in ("token", "next") if request.POST.get(name)}
    try:
        return redirect(flow.begin(request, service, **purpose))
    except Refused as refused:
        return _refused(request, service, refused)


@public  # the service sends people here
@never_cache
@require_safe
def back(request: HttpRequest, reference: str) -> HttpResponse:
    """Somebody is back from the service: let them in, or say plainly why not."""
    service = offered.with_reference(reference, ready=False)
    if service is None:
        raise Http404("No school signs in that way.")
    testing = (request.session.get(flow.SESSION_KEY) or {}).get("purpose", {}).get("test") == "yes"
    if testing:
        return _tested(cast(SchoolRequest, request), service)
    try:
        if service.tested_at is None:
            raise Refused("unreachable")
        claims, purpose = flow.finish(request, service)
        vouched = vouched_for(service, claims)
        return _let_in(request, service, vouched, purpose)
    except Refused as refused:
        return _refused(request, service, refused)


def _let_in(request: HttpRequest, service: SignInService, vouched: Vouched, purpose: dict[str, str]) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("/")
    user = person_for(service, vouched, token=purpose.get("token", ""))
    remember(request, user=user, school=service.school, second_step=service.asks_second_step)
    request.session[SCHOOL_KEY] = service.school.reference
    record_authentication(request, user, "school_service", school=service.school.reference)
    wanted = purpose.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return perform_login(request, Login(user=user, redirect_url=wanted if safe else "/"))


def _tested(request: SchoolRequest, service: SignInService) -> HttpResponse:
    """The end of a test: nobody is signed in by it, and whoever asked is told what would happen."""
    may = getattr(request, "membership", None) and Policy.MANAGE_PEOPLE in request.membership.policies
    if not may or request.school != service.school:
        request.session.pop(flow.SESSION_KEY, None)
        raise Http404("There is no test of yours here.")
    try:
        claims, _ = flow.finish(request, service)
        vouched = vouched_for(service, claims)
    except Refused as refused:
        request.session[OUTCOME] = {"works": False, "words": refused.words, "detail": refused.detail}
        return redirect("single_sign_on:set_up")
    actions.tested(service=service, by=request.user)
    who = would_be(service, vouched)
    words = (
        f"You came back as {vouched.email}, and would be signed in as {who}."
        if who
        else (
            f"You came back as {vouched.email}. Nobody of the school has that address here, so you would not be let in."
        )
    )
    request.session[OUTCOME] = {"works": True, "words": words, "detail": ""}
    messages.success(request, "The service works. It is offered on the sign-in page from now on.")
    return redirect("single_sign_on:set_up")


def _refused(request: HttpRequest, service: SignInService, refused: Refused) -> HttpResponse:
    logger.warning("A sign-in by a school's service was refused: %s", refused.reason)
    if refused.reason not in ("declined", "stale", "unreachable"):
        with scope(school=service.school):
            record(
                "refused a sign-in by the school's service",
                by=None,
                school=service.school,
                changes=False,
                reason=refused.reason,
            )
    page = {"words": refused.words, "school": service.school}
    return render(request, "single_sign_on/refused.html", page, status=403)
