"""From 16, where somebody goes after leaving is recorded only with their yes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client
from django_scopes import scope

from careers.accounts.models import User
from careers.protection import consent
from careers.protection.models import TrackingConsent
from careers.pupils.models import Pupil
from careers.schools import clock
from careers.schools.models import School
from tests.makers import TODAY, make_activity, make_encounter, make_person, make_pupil, make_school

pytestmark = pytest.mark.django_db
FACTS = {"asked_on": TODAY, "answered_on": TODAY, "how": "said"}


@pytest.fixture
def school() -> Iterator[School]:
    made = make_school("Beacon School")
    with clock.on(TODAY), scope(school=made):
        yield made


@pytest.fixture
def leader(school: School) -> User:
    return make_person(school, "careers_leader")


@pytest.fixture
def client(leader: User) -> Client:
    browser = Client()
    browser.force_login(leader)
    return browser


def leaver(school: School, surname: str = "Gone") -> Pupil:
    return make_pupil(
        school, 11, academic_year=2025, left_on=date(2026, 8, 31), date_of_birth=date(2010, 3, 1), surname=surname
    )


def test_year_11_is_asked_and_nobody_else(school: School, client: Client) -> None:
    eleven, ten = make_pupil(school, 11, surname="Eleven"), make_pupil(school, 10, surname="Ten")
    page = client.get("/protection/consent/").content.decode()
    assert "Eleven, Alex" in page
    assert "Ten, Alex" not in page
    client.post("/protection/consent/ask/", {"chosen": [eleven.reference, ten.reference]})
    assert consent.to_ask(school, TODAY) == []
    assert TrackingConsent.objects.get().pupil == eleven


def test_somebody_who_left_is_not_to_be_followed_without_a_yes(school: School, leader: User, client: Client) -> None:
    pupil = leaver(school)
    make_encounter(pupil, make_activity(school, "destination", date(2026, 10, 5)))
    assert [row.pupil for row in consent.followed_without_consent(school)] == [pupil]
    assert "have not agreed" in client.get("/protection/consent/").content.decode()
    consent.answer(pupil=pupil, said="given", facts=FACTS, by=leader)
    assert consent.followed_without_consent(school) == []


def test_a_pupil_of_the_schools_own_sixth_form_need_not_be_asked(school: School) -> None:
    pupil = make_pupil(school, 12, date_of_birth=date(2010, 1, 1))
    make_encounter(pupil, make_activity(school, "destination", date(2026, 10, 5)))
    assert consent.followed_without_consent(school) == []
    assert consent.may_be_followed(school, [pupil], TODAY) == {pupil.pk}


@pytest.mark.parametrize("said", ["given", "refused"])
def test_an_answer_is_kept_with_when_and_how(school: School, client: Client, said: str) -> None:
    pupil = make_pupil(school, 11)
    day = {"answered_on_day": "20", "answered_on_month": "11", "answered_on_year": "2026"}
    client.post(f"/protection/pupils/{pupil.reference}/consent/", {"said": said, "how": "written", **day})
    kept = TrackingConsent.objects.get()
    assert (kept.answer, kept.how, kept.answered_on) == (said, "written", date(2026, 11, 20))


def test_a_yes_can_be_taken_back_and_both_stay_known(school: School, leader: User) -> None:
    pupil = leaver(school)
    consent.answer(pupil=pupil, said="given", facts=FACTS, by=leader)
    consent.withdraw(pupil=pupil, by=leader)
    kept = TrackingConsent.objects.get()
    assert (kept.answer, kept.answered_on, kept.withdrawn_on) == ("withdrawn", TODAY, TODAY)
    assert consent.may_be_followed(school, [pupil], TODAY) == set()
    consent.answer(pupil=pupil, said="given", facts=FACTS, by=leader)
    assert TrackingConsent.objects.count() == 2
    assert consent.may_be_followed(school, [pupil], TODAY) == {pupil.pk}
