"""What the guards need to know of registers, quick notes and pasted lists."""

from __future__ import annotations

from typing import Any

from tests.guards.tried import Form, Posted
from tests.guards.two_schools import TheSchool

DAY = {"day_day": "20", "day_month": "11", "day_year": "2026"}


def a_conversation(school: TheSchool) -> dict[str, Any]:
    return {"pupil": school.pupil.upn, **DAY, "text": "Asked what a surveyor does.", "told": ["aspiration"]}


def a_lesson(school: TheSchool) -> dict[str, Any]:
    return {"group": school.form.reference, "subject": "Chemistry", "career": "Pharmacist"}


def a_list(school: TheSchool) -> dict[str, Any]:
    return {"pupil": [school.pupil.reference], f"seen-{school.pupil.reference}": "attended", "save": "yes"}


def an_absence(school: TheSchool) -> None:
    school.encounter.status = "absent"
    school.encounter.save()


def a_place(school: TheSchool) -> dict[str, Any]:
    return {"place": [f"{school.pupil.reference}.{school.coming.reference}"]}


POSTS = {
    "evaluation:catch_up": Posted(302, a_place, others=302),
    "encounters:conversation": Posted(422, a_conversation),
    "encounters:lesson": Posted(422, a_lesson),
    "encounters:paste": Posted(200, a_list, others=200),
}
FORMS = {
    "evaluation:catch_up": Form(a_place, first=an_absence),
    "encounters:conversation": Form(a_conversation),
    "encounters:lesson": Form(a_lesson),
    "encounters:paste": Form(
        lambda school: a_list(school) | {f"seen-{school.pupil.reference}": "absent"}, first=an_absence
    ),
}
WITHOUT = {
    "evaluation:catch_up": "adds places, and leaves those that are there as they are",
    "encounters:paste": "a stamp for each pupil, as a register has: marks are put together one by one",
}
