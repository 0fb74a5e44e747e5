"""The pages on how good activities were, for the guards."""

from __future__ import annotations

from typing import Any

from django_scopes import scope

from careers.programme.models import Activity, ActivityPartner
from careers.quality.links import code_of, digest_of
from careers.quality.models import Link, Reflection
from tests.guards.tried import Form, Posted
from tests.guards.two_schools import TheSchool
from tests.makers import TODAY

PURPOSE = "To see what the work is like."


def a_link(school: TheSchool, kind: Link.Kind = Link.Kind.REFLECTION) -> Link:
    with scope(school=school.school):
        held = Link.objects.filter(activity=school.activity, kind=kind).first()
        if held is None:
            held = Link(school=school.school, activity=school.activity, kind=kind, asked_on=TODAY, last_day=TODAY)
            held.digest = digest_of(code_of(kind, held.reference))
            held.save()
    return held


def with_a_link(school: TheSchool) -> str:
    a_link(school)
    return school.activity.reference


def a_reflection(school: TheSchool) -> Reflection:
    with scope(school=school.school):
        usual = {"learnt": "How long a day is.", "said_on": TODAY}
        return Reflection.objects.get_or_create(school=school.school, activity=school.activity, **usual)[0]


def with_a_purpose(school: TheSchool) -> None:
    with scope(school=school.school):
        Activity.objects.filter(pk=school.activity.pk).update(purpose=PURPOSE)


def with_a_partner(school: TheSchool) -> None:
    with_a_purpose(school)
    with scope(school=school.school):
        ActivityPartner.objects.get_or_create(school=school.school, activity=school.activity, partner=school.partner)


def an_answer(school: TheSchool) -> dict[str, Any]:
    return {"fact": "two_way", "answer": "some", "seen": "unknown"}


def by_hand(school: TheSchool) -> dict[str, Any]:
    return {"partner": school.partner.reference, "way": "by_hand"}


SAMPLES = {
    "quality.reference": lambda school: school.activity.reference,
    "quality:poster.reference": with_a_link,
    "quality:close.reference": lambda school: a_link(school).reference,
    "quality:remove.reference": lambda school: a_reflection(school).reference,
}
SHARED = {"quality.audience": "partner", "quality.code": "not-a-link-of-anybodys"}
POSTS = {
    "quality:answer": Posted(302, an_answer, others=302),
    "quality:share": Posted(422),
    "quality:ask_pupils": Posted(302),
    "quality:ask_partner": Posted(422),
    "quality:remove": Posted(302),
    "quality:close": Posted(302),
    "quality:reflect": Posted(404),
    "quality:feedback": Posted(404),
    "quality:own": Posted(422),
}
OPENED = {"quality:reflect": 404, "quality:feedback": 404}
NARROWER = {("quality:own", "parent"): (404, 404)}
FORMS = {
    "quality:answer": Form(an_answer),
    "quality:share": Form(by_hand, with_a_partner, events=2),
    "quality:ask_pupils": Form(),
    "quality:ask_partner": Form(lambda school: {"partner": school.partner.reference}, with_a_partner),
    "quality:remove": Form(first=lambda school: None),
    "quality:close": Form(),
}
ELSEWHERE = {"quality:own": "a pupil's own words: careers/quality/tests/test_pupils_reflect.py"}
PAST_THE_SCOPE = {"careers/quality/links.py": "a link by the digest of its code, for somebody who has no account"}
OF_NO_SCHOOLS_OWN = {
    "careers/quality/reasons.py": "names of the people who answered about an activity of the reader's school"
}
