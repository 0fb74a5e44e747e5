"""Evidence: of an activity, of a criterion, and of a pupil nobody but who sees every pupil may see."""

from __future__ import annotations

from typing import Any

from django_scopes import scopes_disabled

from careers.design.editing import stamp_of
from careers.evidence.forms import answers_of
from careers.evidence.models import Content, Evidence
from tests.guards.tried import Form, Posted
from tests.guards.two_schools import TheSchool
from tests.makers import TODAY


def a_piece(school: TheSchool, **fields: Any) -> Evidence:
    held = {"activity": school.activity, "tells_of_pupils": False, "dated": TODAY, "title": "Everybody there"} | fields
    with scopes_disabled():
        found, new = Evidence.objects.get_or_create(school=school.school, kind="picture", **held)
        if new:
            whole = {"name": "fair.jpg", "media_type": "image/jpeg", "size": 1, "sha256": "", "data": b"x"}
            Content.objects.create(school=school.school, evidence=found, thumbnail=b"x", **whole)
    return found


def _said(school: TheSchool) -> dict[str, Any]:
    day = {"dated_day": "20", "dated_month": "11", "dated_year": "2026"}
    return {"title": "All of Year 9", "tells_of_pupils": "no", **day, "stamp": stamp_of(answers_of(a_piece(school)))}


def _a_link(school: TheSchool) -> dict[str, Any]:
    return {"link": "https://example.org/fair", "title": "The fair", "tells_of_pupils": "no"}


SAMPLES = {
    "evidence.reference": lambda school: a_piece(school).reference,
    "evidence:of_activity.reference": lambda school: school.activity.reference,
    "evidence:add_to_activity.reference": lambda school: school.activity.reference,
}
BEYOND_REACH = {
    "evidence.reference": lambda school: a_piece(school, tells_of_pupils=True, title="Unreached").reference,
    "evidence:of_activity.reference": lambda school: school.meeting.reference,
    "evidence:add_to_activity.reference": lambda school: school.meeting.reference,
}
SHARED = {"evidence.framework": "gatsby-2025", "evidence.key": "5", "evidence.id": "gb5.2025.school.1"}
POSTS = {
    "evidence:add_to_activity": Posted(422, _a_link, others=302),
    "evidence:add_to_criterion": Posted(422, _a_link, others=302),
    "evidence:edit": Posted(422, _said, others=302),
    "evidence:remove": Posted(302, lambda school: {"remove": "yes"}, others=302),
}
FORMS = {
    "evidence:add_to_activity": Form(_a_link),
    "evidence:add_to_criterion": Form(_a_link),
    "evidence:edit": Form(_said),
    "evidence:remove": Form(lambda school: {"remove": "yes"}, first=lambda school: (a_piece(school), None)[1]),
}
WITHOUT = {
    "evidence:add_to_activity": "adds files and links: the same one twice is kept once",
    "evidence:add_to_criterion": "adds files and links: the same one twice is kept once",
}
OF_NO_SCHOOLS_OWN = {"careers/evidence/actions.py": "the school it is given, locked while its evidence is added to"}
