"""The way back for somebody who has lost phone, passkey and codes, and who may open it."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command

from careers.accounts.models import User
from careers.accounts.second_step.reset import ResetRefused, reset_second_step
from careers.accounts.tests.visitors import PASSWORD, SECOND_STEP, come_in, give_password, is_in
from careers.audit.models import Event
from careers.schools.models import School
from tests.makers import make_person, make_school

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    return make_school()


@pytest.fixture
def lost(school: School) -> User:
    """An administrator who has lost their phone."""
    return make_person(school, "careers_administrator", password=PASSWORD)


def test_a_leader_resets_it_and_the_person_sets_up_a_new_one(lost: User, school: School) -> None:
    leader, client = make_person(school), come_in(lost)
    reset_second_step(user=lost, by=leader)
    assert not is_in(client)
    assert give_password(lost).get("/")["Location"] == SECOND_STEP
    event = Event.objects.get(verb="reset a second step")
    assert (event.actor_id, event.school_id, event.subject_id) == (leader.pk, school.pk, str(lost.pk))


@pytest.mark.parametrize("role", ["careers_administrator", "senco", "tutor", "trust_lead"])
def test_somebody_who_does_not_manage_people_cannot(lost: User, school: School, role: str) -> None:
    with pytest.raises(ResetRefused):
        reset_second_step(user=lost, by=make_person(school, role))
    assert Authenticator.objects.filter(user=lost).exists()


def test_a_leader_of_another_school_cannot(lost: User) -> None:
    with pytest.raises(ResetRefused, match="any of this person's schools"):
        reset_second_step(user=lost, by=make_person(make_school()))


def test_nobody_resets_their_own(school: School) -> None:
    leader = make_person(school)
    with pytest.raises(ResetRefused, match="Somebody else"):
        reset_second_step(user=leader, by=leader)


def test_the_last_leader_is_let_back_in_from_the_command_line(school: School, capsys: pytest.CaptureFixture) -> None:
    leader = make_person(school)
    call_command("reset_second_step", email=leader.email.upper())
    assert "has no second step now" in capsys.readouterr().out
    assert Event.objects.get(verb="reset a second step").actor_id is None


def test_the_command_line_says_when_there_is_nothing_to_reset(school: School) -> None:
    with pytest.raises(CommandError, match="has no second step to reset"):
        call_command("reset_second_step", email=make_person(school, "tutor").email)
    with pytest.raises(CommandError, match="Nobody has an account"):
        call_command("reset_second_step", email="nobody@example.org")
