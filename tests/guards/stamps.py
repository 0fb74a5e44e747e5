"""The stamps that forms of one school's records would carry: what each begins with, as it is recorded."""

from __future__ import annotations

from django_scopes import scopes_disabled

from careers.design.editing import stamp_of
from careers.leadership.forms import MilestoneForm
from careers.leadership.forms import answers_of as answers_of_milestone
from careers.leadership.kinds import KINDS
from careers.programme.forms import ActivityForm
from careers.programme.forms import answers_of as answers_of_activity
from careers.protection.forms import CorrectionForm, TermForm
from careers.protection.terms import terms_of
from tests.guards.two_schools import TheSchool

OF_NO_REVIEW = stamp_of({"next_review_on": None})
OF_NO_CHOICE = stamp_of({"choice": None})


def of_activity(school: TheSchool) -> str:
    with scopes_disabled():
        held = answers_of_activity(school.activity)
        return str(ActivityForm(school=school.school, activity=school.activity, initial=held)["stamp"].value())


def of_milestone(school: TheSchool) -> str:
    kind = KINDS[school.milestone.kind]
    return str(MilestoneForm(kind=kind, initial=answers_of_milestone(school.milestone))["stamp"].value())


def of_pupil(school: TheSchool) -> str:
    return str(CorrectionForm(instance=school.pupil)["stamp"].value())


def of_rule(school: TheSchool) -> str:
    """Of how long the school keeps what hangs on the rule in the address tried."""
    with scopes_disabled():
        return str(TermForm(term=terms_of(school.school)["pupil"])["stamp"].value())
