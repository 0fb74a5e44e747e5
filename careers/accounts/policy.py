"""The precondition of every page: a named policy that the person's role at the current school must hold.

A guard test walks every address and fails for a view with neither `requires` nor `public`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from careers.accounts.coming_in import school_limited_to
from careers.accounts.models import Membership, User
from careers.accounts.roles import InstallationOperator, Policy, Role
from careers.schools.models import School

View = Callable[..., HttpResponseBase]


class SchoolRequest(HttpRequest):
    """A request that has passed `requires`: signed in, at a school, in a role. Set by `careers.accounts.middleware`."""

    user: User  # type: ignore[assignment]
    school: School
    membership: Membership
    role: type[Role]
    schools: int
    """How many the person belongs to."""


def requires(policy: Policy) -> Callable[[View], View]:
    """Let only roles that hold `policy` at the current school reach the view.

    Others get 403, strangers the sign-in page, and people with no school the page that says so.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            role: type[Role] | None = getattr(request, "role", None)
            if role is None:
                if cast(User, request.user).is_operator and request.path == "/":
                    return redirect(InstallationOperator.home)
                return redirect("accounts:choose_school")  # which says in plain words that they belong to none
            if policy not in cast(SchoolRequest, request).membership.policies:
                if request.path == "/" and request.method == "GET" and role.home != "evaluation:today":
                    return redirect(role.home)
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.policy = policy  # type: ignore[attr-defined]
        return guarded

    return decorate


def operators_only(view: View) -> View:
    """For pages about the machine and not about any school: for those who look after this installation."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not cast(User, request.user).is_operator or school_limited_to(request) is not None:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    guarded.policy = Policy.RUN_INSTALLATION  # type: ignore[attr-defined]
    return guarded


def any_member(view: View) -> View:
    """For pages that every signed-in person may open, whatever their role, even with no school (choosing a school)."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    guarded.policy = "any member"  # type: ignore[attr-defined]
    return guarded


def public(view: View) -> View:
    """For the few pages that need no sign-in. Give the reason where it is used."""
    opened = login_not_required(view)
    opened.policy = "public"  # type: ignore[attr-defined]
    return opened
