"""The services there are to sign in with: the one question about them that is asked across schools."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest
from django_scopes import scopes_disabled

from careers.schools.models import School
from careers.single_sign_on.models import SignInService

BUTTONS = 3
"""The most schools whose buttons stand on the sign-in page; with more, people give their address first."""


def _ready() -> QuerySet[SignInService]:
    return SignInService.objects.filter(tested_at__isnull=False).select_related("school").order_by("school__name")


def for_sign_in_page() -> tuple[list[SignInService], bool]:
    """The services whose buttons to show, and whether there are any at all."""
    with scopes_disabled():
        found = list(_ready()[: BUTTONS + 1])
    return (found if len(found) <= BUTTONS else []), bool(found)


def for_address(email: str) -> list[SignInService]:
    """The services of a domain. Whether anybody has the address plays no part."""
    domain = email.strip().lower().rpartition("@")[2]
    with scopes_disabled():
        return [service for service in _ready() if domain in service.domains]


def of_school(school: School) -> SignInService | None:
    with scopes_disabled():
        return _ready().filter(school=school).first()


def with_reference(reference: str, *, ready: bool) -> SignInService | None:
    """The service of the school with this reference; with `ready`, only one that has been tested."""
    with scopes_disabled():
        found = SignInService.objects.filter(school__reference=reference).select_related("school").first()
    return found if found and (found.tested_at or not ready) else None


def let_forms_lead_to(request: HttpRequest, services: list[SignInService]) -> None:
    """The page being answered holds forms that lead to these services, which its security policy must allow."""
    origins = {service.form_origin for service in services if service.form_origin}
    request.form_origins = sorted(origins | set(getattr(request, "form_origins", ())))  # type: ignore[attr-defined]
