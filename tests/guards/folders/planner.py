"""The year planner: its grid, moving in it, and copying a year."""

from __future__ import annotations

from typing import Any

from django_scopes import scopes_disabled

from careers.planner.grid import stamp_of_card
from tests.guards.tried import Form, Posted
from tests.guards.two_schools import TheSchool

SAMPLES = {"planner:move.reference": lambda school: school.coming.reference}


def _moved(school: TheSchool) -> dict[str, Any]:
    with scopes_disabled():
        school.coming.refresh_from_db()
        return {"when": "spring_1", "stamp": stamp_of_card(school.coming)}


def _copied(school: TheSchool) -> dict[str, Any]:
    return {"activity": [school.coming.reference]}


POSTS = {
    "planner:move": Posted(409, _moved, others=302),
    "planner:copy": Posted(302, _copied, others=302),
}
OPENED = {"planner:forecast": 302}
FORMS = {"planner:move": Form(_moved), "planner:copy": Form(_copied)}
WITHOUT = {"planner:copy": "adds what has not been copied yet, and leaves what has"}
OF_NO_SCHOOLS_OWN = {
    "careers/planner/copying.py": "locks the school it is given, so that one year is copied at a time",
    "careers/planner/forms.py": "names of those who look after activities of the school the planner is of",
}
