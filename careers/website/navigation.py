"""What the frame of every page shows: the school, the person and where they may go."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject

from careers.accounts.coming_in import school_limited_to
from careers.accounts.roles import InstallationOperator, Policy, Role
from careers.demonstration.mailbox import messages_can_be_read


@dataclass(frozen=True)
class Place:
    """One item of the menu: its words, the page's name in urls.py, and the policy that page asks for."""

    text: str
    page: str
    policy: Policy
    also: tuple[str, ...] = ()
    group: str = ""
    """The one item of the menu that this place is folded under, with the others of that name. Empty: an item itself."""

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
    Place("Record", "encounters:record", Policy.RECORD, also=("/catch-up/",)),
    Place("Year planner", "planner:year", Policy.SEE_FIGURES, group="Programme"),
    Place("Activities", "programme:list", Policy.SEE_FIGURES, group="Programme"),
    Place("Learning outcomes", "planner:outcomes", Policy.SEE_FIGURES, group="Programme"),
    Place("Partners", "partners:list", Policy.SEE_FIGURES, group="Programme"),
    Place("Provider access", "provider_access:overview", Policy.SEE_FIGURES, group="Programme"),
    Place("Curriculum", "curriculum:overview", Policy.SEE_FIGURES, group="Programme"),
    Place("Quality", "quality:list", Policy.SEE_FIGURES, group="Programme"),
    Place("Evidence", "evidence:list", Policy.SEE_FIGURES, group="Programme"),
    # Not wanted every day.
    Place("School record", "evaluation:school_record", Policy.SEE_FIGURES, also=("/readings/",), group="School"),
    Place("Imports", "imports:list", Policy.IMPORT, group="School"),
    Place("People", "people:list", Policy.MANAGE_PEOPLE, group="School"),
    Place("Data protection", "protection:overview", Policy.PROTECT, group="School"),
    Place("Who did what", "accounts:audit", Policy.SEE_AUDIT, group="School"),
)


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor. Nobody's menu names a page their role may not open."""
    role: type[Role] | None = getattr(request, "role", None)
    operator = looks_after_installation(request)
    if role is None:
        if operator:
            return frame_of_an_operator(request)
        may_look = hasattr(request, "signed_in") and not request.second_step_missing  # type: ignore[attr-defined]
        own = {"account_url": reverse("accounts:account")} if may_look else {}
        # Lazily: only the sign-in page asks, and only then is the database asked.
        return {**own, "demonstration_mail": SimpleLazyObject(messages_can_be_read)}
    links = [
        {"text": "What each role may do", "href": reverse("accounts:roles")},
        {"text": "What is held about me", "href": reverse("protection:own_data")},
    ]
    return {
        "account_url": reverse("accounts:account"),
        "school_name": request.school.name,  # type: ignore[attr-defined]
        "person_name": f"{request.user} ({role.title})",
        "navigation": menu(request.membership.policies, request.path)  # type: ignore[attr-defined]
        + (folded("Installation", operating(request.path)) if operator else []),
        "choose_school_url": reverse("accounts:choose_school") if request.schools > 1 else "",  # type: ignore[attr-defined]
        "footer_links": links + (demonstration_links() if request.school.demonstration else []),  # type: ignore[attr-defined]
    }


def frame_of_an_operator(request: HttpRequest) -> dict[str, Any]:
    """Of no school: their menu is the installation's."""
    return {
        "account_url": reverse("accounts:account"),
        "person_name": f"{request.user} ({InstallationOperator.title})",
        "navigation": operating(request.path),
        "footer_links": demonstration_links(),
    }


def looks_after_installation(request: HttpRequest) -> bool:
    user = getattr(request, "user", None)
    return bool(getattr(user, "is_operator", False)) and school_limited_to(request) is None


def operating(path: str) -> list[dict[str, Any]]:
    pages = (
        ("Installation", "operating:home"),
        ("Operators", "operating:operators"),
        ("Jobs", "jobs"),
        ("Health", "machine"),
    )
    found = [(text, reverse(page)) for text, page in pages]
    return [{"text": text, "href": href, "current": path == href} for text, href in found]


def demonstration_links() -> list[dict[str, str]]:
    if not messages_can_be_read():
        return []
    return [{"text": "Messages of the demonstration", "href": reverse("demonstration:messages")}]


def menu(policies: frozenset[Policy], path: str) -> list[dict[str, Any]]:
    """The places these policies let somebody go, with the one it is at (or under) marked.

    An item is a place (`href`) or several folded under one word (`places`).
    """
    found = [(place, _address(place.page)) for place in PLACES if place.policy in policies]
    items: list[dict[str, Any]] = []
    for group, members in groupby(((p, href) for p, href in found if href), key=lambda one: one[0].group):
        places = [{"text": p.text, "href": href, "current": p.holds(path, href)} for p, href in members]
        items += folded(group, places) if group else places
    return items


def folded(text: str, places: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Places under one word. One alone needs no folding."""
    if len(places) < 2:
        return places
    return [{"text": text, "places": places, "current": any(place["current"] for place in places)}]


def _address(page: str) -> str:
    try:
        return reverse(page)
    except NoReverseMatch:  # a copy that leaves a folder out has no such page
        return ""
