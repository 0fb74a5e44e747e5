"""Provider access: a request, a version of the statement and an occasion, made when an address first names one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django_scopes import scope

from careers.programme.models import Activity
from careers.provider_access.facts import FactsForm
from careers.provider_access.forms_statement import StatementForm, answers_of
from careers.provider_access.models import Decision, ProviderRequest, PublishedStatement, Statement
from careers.provider_access.request_actions import stamp_of_answers
from tests.guards.tried import Form, Posted
from tests.guards.two_schools import TheSchool
from tests.makers import TODAY, make_activity

DAY = {"received_on_day": TODAY.day, "received_on_month": TODAY.month, "received_on_year": TODAY.year}
HEARD = {"replied_on_day": TODAY.day, "replied_on_month": TODAY.month, "replied_on_year": TODAY.year}


def a_request(school: TheSchool) -> ProviderRequest:
    with scope(school=school.school):
        usual = {"received_on": TODAY, "came": "phone", "year_groups": [9], "email": "asker@example.org"}
        return ProviderRequest.objects.get_or_create(
            school=school.school, organisation="Trade College", defaults=usual
        )[0]


def an_accepted_request(school: TheSchool) -> ProviderRequest:
    made = a_request(school)
    with scope(school=school.school):
        usual = {"outcome": "accepted", "ground": "It fits", "year_groups": [9], "replied_on": TODAY}
        Decision.objects.get_or_create(school=school.school, request=made, defaults=usual)
    return made


def a_version(school: TheSchool) -> PublishedStatement:
    with scope(school=school.school):
        words: dict[str, Any] = dict.fromkeys(answers_of(Statement(school=school.school)), "") | {
            "grounds_for": [],
            "grounds_against": [],
        }
        usual = {"words": words, "published_on": TODAY, "ended_on": TODAY}
        return PublishedStatement.objects.get_or_create(school=school.school, number=1, defaults=usual)[0]


def an_occasion(school: TheSchool) -> Activity:
    title = f"Assembly of {school.school.name}"
    with scope(school=school.school):
        found = Activity.objects.filter(school=school.school, title=title).first()
    return found or make_activity(school.school, "provider_encounter", title=title, year_groups=[9])


def there_is(making: Callable[[TheSchool], object]) -> Callable[[TheSchool], None]:
    def first(school: TheSchool) -> None:
        making(school)

    return first


def a_written_statement(school: TheSchool) -> None:
    with scope(school=school.school):
        usual = {"procedure": "Write to us.", "contact_email": "us@example.org"}
        Statement.objects.get_or_create(school=school.school, defaults=usual)


def _request(school: TheSchool) -> dict[str, Any]:
    return {"organisation": "Trade College", "came": "phone", **DAY}


def _answer(school: TheSchool) -> dict[str, Any]:
    with scope(school=school.school):
        stamp = stamp_of_answers(a_request(school))
    given = {"outcome": "refused", "ground": "another", "another": "Examinations", "give": "told", "stamp": stamp}
    return {**given, **HEARD}


def _facts(school: TheSchool) -> dict[str, Any]:
    with scope(school=school.school):
        form = FactsForm(activity=an_occasion(school), names=["in_school_day"])
    return {"questions": "in_school_day", "in_school_day": "yes", "stamp": form.initial["stamp"]}


def _statement(school: TheSchool) -> dict[str, Any]:
    with scope(school=school.school):
        held = Statement.objects.filter(school=school.school).first() or Statement(school=school.school)
    stamp = str(StatementForm(initial=answers_of(held))["stamp"].value())
    return {"procedure": "Write to the careers leader.", "stamp": stamp}


NOBODYS = "zzzz2222zzzz"
PUBLIC = ("ask", "statement", "received")
SAMPLES = {
    **dict.fromkeys(
        [f"provider_access:{page}.reference" for page in ("request", "decide", "become")],
        lambda school: an_accepted_request(school).reference,
    ),
    "provider_access:version.reference": lambda school: a_version(school).reference,
    **dict.fromkeys(
        [f"provider_access:{page}.reference" for page in ("occasion", "facts")],
        lambda school: an_occasion(school).reference,
    ),
}
# What a school has published is anybody's to read, so another school's is no secret: here, one that is nobody's.
SHARED = {
    "provider_access:log.kind": "csv",
    **{f"provider_access:{page}.school": NOBODYS for page in PUBLIC},
    "provider_access:received.reference": NOBODYS,
}
OPENED = {f"provider_access:{page}": 404 for page in PUBLIC}
POSTS = {
    "provider_access:ask": Posted(404),
    "provider_access:add": Posted(422, _request, others=302),
    "provider_access:decide": Posted(422, _answer, others=409),
    "provider_access:become": Posted(302),
    "provider_access:facts": Posted(422, _facts, others=302),
    "provider_access:write": Posted(409, _statement, others=302),
    "provider_access:publish": Posted(302),
}
FORMS = {
    "provider_access:add": Form(_request),
    "provider_access:decide": Form(_answer, there_is(a_request)),
    "provider_access:become": Form(first=there_is(an_accepted_request), events=3),
    "provider_access:facts": Form(_facts, there_is(an_occasion)),
    "provider_access:write": Form(_statement),
    "provider_access:publish": Form(first=a_written_statement, events=2),
}
OF_NO_SCHOOLS_OWN = {
    "careers/provider_access/views_public.py": "a school by its reference, for what it publishes to everybody",
    "careers/provider_access/becoming.py": "the school of the request, locked while its partner is found or made",
    "careers/provider_access/statement_actions.py": "the school it is given, locked while its statement is changed",
}
