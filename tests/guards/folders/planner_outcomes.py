"""What the guards need of learning outcomes, drafts and calendars."""

from __future__ import annotations

from django_scopes import scope, scopes_disabled

from careers.design.editing import stamp_of
from careers.planner.outcome_pages import answers_of
from careers.programme.models import CalendarFeed, SchoolOutcome
from careers.programme.outcome_actions import codes_of
from tests.guards.tried import Form, Posted
from tests.guards.two_schools import TheSchool

OUTCOME = "cdi2021.2.ks3.1"


def an_outcome(school: TheSchool) -> SchoolOutcome:
    with scope(school=school.school):
        usual = {"text": f"Knows the work of {school.school.name}", "area": 2}
        return SchoolOutcome.objects.get_or_create(school=school.school, **usual)[0]


def its_stamp(school: TheSchool) -> str:
    return stamp_of(answers_of(an_outcome(school)))


def stamp_of_outcomes(school: TheSchool) -> str:
    with scopes_disabled():
        return stamp_of({"outcomes": codes_of(school.activity)})


def a_calendar(school: TheSchool) -> None:
    with scope(school=school.school):
        CalendarFeed.objects.create(school=school.school, digest="0" * 64)


SAMPLES = {"planner:outcome_edit.reference": lambda school: an_outcome(school).reference}
BEYOND_REACH = {"programme:outcomes.reference": lambda school: school.meeting.reference}
SHARED = {"planner:calendar.token": "not-an-address-of-anybodys"}
POSTS = {
    "planner:calendars": Posted(422, lambda school: {"deed": "make", "whose": "own"}, done=200, others=200),
    "planner:draft": Posted(200, lambda school: {"deed": "add", "pick": ["careers-fair"]}, others=302),
    "planner:usual": Posted(302, lambda school: {"pick": "careers-fair"}, others=302),
    "planner:outcome_add": Posted(422, lambda school: {"text": "Knows a trade", "area": "2"}, others=302),
    "planner:outcome_edit": Posted(
        422, lambda school: {"text": "Knows a trade", "area": "2", "stamp": its_stamp(school)}, others=409
    ),
    "programme:outcomes": Posted(
        302, lambda school: {"outcomes": [OUTCOME], "stamp": stamp_of_outcomes(school)}, others=302
    ),
}
OPENED = {"planner:calendar": 404}
FORMS = {
    "planner:calendars": Form(lambda school: {"deed": "end", "whose": "school"}, a_calendar),
    "planner:draft": Form(lambda school: {"deed": "add", "pick": ["careers-fair"]}),
    "planner:usual": Form(lambda school: {"pick": "careers-fair"}),
    "planner:outcome_add": Form(lambda school: {"text": "Knows a trade", "area": "2"}),
    "planner:outcome_edit": Form(lambda school: {"text": "Knows a trade", "area": "2", "stamp": its_stamp(school)}),
    "programme:outcomes": Form(lambda school: {"outcomes": [OUTCOME], "stamp": stamp_of_outcomes(school)}),
}
WITHOUT = {
    "planner:draft": "adds what is not in the year's programme yet, and leaves what is there as it is",
}
OF_NO_SCHOOLS_OWN = {
    "careers/planner/calendars.py": "locks the school whose calendar is made, which is that of whoever asks",
    "careers/planner/drafts.py": "locks the school whose draft is added, which is that of whoever asks",
}
PAST_THE_SCOPE = {
    "careers/planner/calendars.py": "a calendar by its reference and secret, for a program that has signed in to no school",
}
