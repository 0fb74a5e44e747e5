"""The programme's list: many confirmed or cancelled at once."""

from __future__ import annotations

from typing import Any

from django_scopes import scopes_disabled

from tests.guards.tried import Form, Posted
from tests.guards.two_schools import TheSchool
from tests.makers import make_activity


def _ticked(school: TheSchool) -> dict[str, Any]:
    with scopes_disabled():
        drafted = make_activity(school.school, title="Drafted", status="proposed")
    return {"activity": [f"{drafted.reference}.{drafted.status}"], "why": "clash"}


def _coming(school: TheSchool) -> dict[str, Any]:
    return {"activity": [f"{school.coming.reference}.{school.coming.status}"], "why": "clash"}


POSTS = {"programme:many": Posted(302, _ticked, others=302)}
FORMS = {"programme:many": Form(_coming)}
OPENED = {"programme:many": 302}
WITHOUT = {
    "programme:list": "what is ticked carries the status at which it was seen, and is left where that has changed"
}
