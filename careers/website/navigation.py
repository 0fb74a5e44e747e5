"""What the frame of every page shows: the school, the person and where they may go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from careers.accounts.roles import Policy, Role


@dataclass(frozen=True)
class Place:
    """One item of the menu: its words, the page's name in urls.py, and the policy that page asks for."""

    text: str
    page: str
    policy: Policy
    also: tuple[str, ...] = ()

    def holds(self, path: str, href: str) -> bool:
        """Whether a page is this place, or under it; `also` are pages that belong to it and have addresses elsewhere."""
        return path == href or (href != "/" and path.startswith(href)) or path.startswith(self.also)


PLACES = (
    Place("Today", "evaluation:today", Policy.SEE_FIGURES, also=("/decisions/",)),
    Place("Careers record", "portal:home", Policy.SEE_OWN_RECORD),
    Place("Schools side by side", "evaluation:trust", Policy.SEE_ACROSS),
    Place("Benchmarks", "evaluation:benchmarks", Policy.SEE_FIGURES, also=("/criteria/",)),
    Place("Forecast", "evaluation:forecast", Policy.SEE_FIGURES),
    Place("Pupils", "pupils:list", Policy.SEE_PUPILS),
    Place("Programme", "programme:list", Policy.SEE_FIGURES),
    Place("School record", "evaluation:school_record", Policy.SEE_FIGURES, also=("/readings/",)),
    Place("Imports", "imports:list", Policy.IMPORT),
    Place("Data protection", "protection:overview", Policy.PROTECT),
    Place("Who did what", "accounts:audit", Policy.SEE_AUDIT),
)


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor. Nobody's menu names a page their role may not open."""
    role: type[Role] | None = getattr(request, "role", None)
    if role is None:
        may_look = hasattr(request, "signed_in") and not request.second_step_missing  # type: ignore[attr-defined]
        return {"account_url": reverse("accounts:account")} if may_look else {}
    return {
        "account_url": reverse("accounts:account"),
        "school_name": request.school.name,  # type: ignore[attr-defined]
        "person_name": f"{request.user} ({role.title})",
        "navigation": menu(request.membership.policies, request.path),  # type: ignore[attr-defined]
        "footer_links": at_the_foot(request),
    }


def at_the_foot(request: HttpRequest) -> list[dict[str, str]]:
    """What everybody may open and few do often: roles, and another school for people who belong to several."""
    links = [
        {"text": "What each role may do", "href": reverse("accounts:roles")},
        {"text": "What is held about me", "href": reverse("protection:own_data")},
    ]
    if request.schools > 1:  # type: ignore[attr-defined]
        links.append({"text": "Work at another school", "href": reverse("accounts:choose_school")})
    return links


def menu(policies: frozenset[Policy], path: str) -> list[dict[str, Any]]:
    """The places these policies let somebody go, with the one it is at (or under) marked."""
    found = [(place, _address(place.page)) for place in PLACES if place.policy in policies]
    return [{"text": place.text, "href": href, "current": place.holds(path, href)} for place, href in found if href]


def _address(page: str) -> str:
    try:
        return reverse(page)
    except NoReverseMatch:  # a copy that leaves a folder out has no such page
        return ""
