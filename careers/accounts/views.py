"""Choosing a school, what each role may do, and who did what."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from careers.accounts import roles_page
from careers.accounts.about_oneself import about_oneself
from careers.accounts.deeds import PUPIL, deeds, lately
from careers.accounts.forms import AuditFilter
from careers.accounts.looking import looked_at
from careers.accounts.memberships import memberships_open_to
from careers.accounts.middleware import SESSION_KEY, leave_the_school
from careers.accounts.models import User
from careers.accounts.policy import SchoolRequest, any_member, requires
from careers.accounts.roles import ROLES, Policy, Role
from careers.accounts.second_step.codes import codes_left, has_few
from careers.audit.models import Event, Tail

EVENTS_A_PAGE = 50


@any_member
@require_http_methods(["GET", "HEAD", "POST"])
def choose_school(request: HttpRequest) -> HttpResponse:
    """Which school to work at, for people who belong to several; plain words for those who belong to none."""
    request = cast(SchoolRequest, request)
    memberships = memberships_open_to(request)
    if request.method == "POST":
        chosen = request.POST.get("school")
        if chosen not in {membership.school.reference for membership in memberships}:
            messages.error(request, "Choose one of your schools.")
            return redirect("accounts:choose_school")
        leave_the_school(request)
        request.session[SESSION_KEY] = chosen
        return redirect("/")
    lines = [(membership.school, ROLES[membership.role]) for membership in memberships]
    here = getattr(request, "school", None)
    return render(request, "accounts/choose_school.html", {"lines": lines, "here": here})


@any_member
@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    """Who may hold each role, and what it may do."""
    own: type[Role] | None = getattr(request, "role", None)
    context = {
        "described": roles_page.described(own),
        "columns": roles_page.columns(),
        "lines": roles_page.lines(),
        "own": own.title if own else "",
    }
    return render(request, "accounts/roles.html", context)


@any_member
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Who one is here, and everything about signing in."""
    user = cast(User, request.user)
    left = codes_left(user)
    context = {"rows": about_oneself(user, left, memberships_open_to(request)), "codes": left, "few": has_few(left)}
    return render(request, "accounts/account.html", context)


@requires(Policy.SEE_AUDIT)
@require_safe
def audit(request: HttpRequest) -> HttpResponse:
    """Everything done at the school, newest first."""
    request = cast(SchoolRequest, request)
    form = AuditFilter(request.GET)
    every = Event.objects.filter(school_id=request.school.pk)
    form.offer(*lately(every))
    page = Paginator(every.filter(**form.conditions()), EVENTS_A_PAGE).get_page(request.GET.get("page"))
    named = {int(event.subject_id) for event in page.object_list if event.subject_kind == PUPIL}
    looked_at(request, "who did what", named)
    return render(
        request,
        "accounts/audit.html",
        {
            "filter": form,
            "page": page,
            "deeds": deeds(page.object_list, request.school),
            "chain": Tail.objects.filter(pk=request.school.pk).first(),
        },
    )
