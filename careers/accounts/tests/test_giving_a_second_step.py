"""After the password comes the second step: a code from an app, or one of the recovery codes."""

from __future__ import annotations

import pytest

from careers.accounts.models import User
from careers.accounts.tests.visitors import GIVE, PASSWORD, come_in, give_password, is_in, recovery_codes
from careers.audit.models import Event
from careers.schools.models import School
from tests.journeys.visitor import code_now
from tests.makers import make_person, make_school

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    return make_school()


@pytest.fixture
def leader(school: School) -> User:
    return make_person(school, password=PASSWORD)


def events(school: School) -> list[tuple[str, int | None]]:
    return list(Event.objects.filter(school_id=school.pk).order_by("pk").values_list("verb", "actor_id"))


def test_a_password_alone_does_not_bring_a_leader_in(leader: User, school: School) -> None:
    client = give_password(leader)
    assert not is_in(client)
    assert events(school) == []


def test_a_code_from_the_app_does(leader: User, school: School) -> None:
    assert is_in(come_in(leader))
    assert events(school) == [("signed in", leader.pk)]
    assert Event.objects.get(verb="signed in").detail == {"how": ["password", "app"]}


def test_a_wrong_code_brings_nobody_in_and_is_on_record(leader: User, school: School) -> None:
    client = give_password(leader)
    answer = client.post(GIVE, {"code": "000000" if code_now() != "000000" else "111111"})
    assert "Check the code" in answer.content.decode()
    assert not is_in(client)
    assert events(school) == [("gave a second step that was wrong", None)]


def test_a_code_works_once(leader: User) -> None:
    come_in(leader)
    client = give_password(leader)
    client.post(GIVE, {"code": code_now()})
    assert not is_in(client)


def test_a_recovery_code_works_once_and_says_how_many_are_left(leader: User, school: School) -> None:
    codes = recovery_codes(leader)
    client = give_password(leader)
    assert "You have 9 recovery codes left" in client.post(GIVE, {"code": codes[0]}, follow=True).content.decode()
    again = give_password(leader)
    again.post(GIVE, {"code": codes[0]})
    assert not is_in(again)


def test_somebody_with_few_codes_left_is_told_to_make_new_ones(leader: User) -> None:
    for code in recovery_codes(leader)[:7]:
        client = give_password(leader)
        answer = client.post(GIVE, {"code": code}, follow=True)
    assert "You have 3 recovery codes left: make new ones now." in answer.content.decode()
    assert "You have 3 recovery codes left" in client.get("/account/").content.decode()


def test_after_five_wrong_codes_even_the_right_one_is_refused_for_a_while(leader: User, school: School) -> None:
    client = give_password(leader)
    for wrong in range(6):
        client.post(GIVE, {"code": f"{(int(code_now()) + 7 + wrong) % 1_000_000:06}"})
    answer = client.post(GIVE, {"code": code_now()})
    assert "too many" in answer.content.decode()
    assert not is_in(client)
    assert len(events(school)) <= 5


def test_the_page_of_codes_is_nothing_to_somebody_who_gave_no_password(leader: User, client) -> None:
    assert client.get(GIVE)["Location"] == "/account/login/"
    assert client.post(GIVE, {"code": code_now()})["Location"] == "/account/login/"


def test_a_tutor_who_has_none_is_not_asked(school: School) -> None:
    assert is_in(give_password(make_person(school, "tutor", password=PASSWORD)))


def test_a_key_locked_under_another_secret_lets_nobody_in_and_says_so(leader: User, settings) -> None:
    settings.SECRET_KEY = "another secret key of this installation, long enough to be one"
    client = give_password(leader)
    answer = client.post(GIVE, {"code": code_now()})
    assert "secret key has changed" in answer.content.decode()
    assert not is_in(client)
