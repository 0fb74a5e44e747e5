"""A pupil's record is put right, and the audit says which part and not what it said."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django_scopes import scope

from careers.audit.models import Event
from careers.protection.models import RetentionChoice
from careers.pupils.models import Pupil
from careers.schools.models import School
from tests.makers import make_pupil

pytestmark = pytest.mark.django_db


def answers(pupil: Pupil, **changes: str) -> dict[str, str]:
    """The form as it stands for the pupil, with some answers changed."""
    shown = {
        name: str(getattr(pupil, name))
        for name in ("forename", "surname", "middle_names", "preferred_forename", "preferred_surname", "sex", "email")
    } | {name: getattr(pupil, name) for name in ("upn", "former_upn", "uln", "mis_id")}
    for name in ("date_of_birth", "joined_on", "left_on"):
        day = getattr(pupil, name)
        shown |= {f"{name}_{part}": str(getattr(day, part)) if day else "" for part in ("day", "month", "year")}
    return shown | {"why": "wrong"} | changes


def test_a_name_and_a_birthday_are_put_right(leader: Client, school: School) -> None:
    pupil = make_pupil(school, surname="Wrongly", forename="Ada")
    answer = leader.post(
        f"/protection/pupils/{pupil.reference}/correct/", answers(pupil, surname="Rightly", date_of_birth_day="9")
    )
    assert answer.status_code == 302
    pupil.refresh_from_db()
    assert (pupil.surname, pupil.date_of_birth) == ("Rightly", date(2013, 3, 9))
    event = Event.objects.get(verb="corrected a pupil's record")
    assert event.detail == {"fields": ["surname", "date_of_birth"], "why": "wrong"}
    assert not Event.objects.filter(detail__icontains="Wrongly").exists()


def test_nothing_changed_is_no_correction(leader: Client, school: School) -> None:
    pupil = make_pupil(school)
    assert leader.post(f"/protection/pupils/{pupil.reference}/correct/", answers(pupil)).status_code == 302
    assert not Event.objects.filter(verb="corrected a pupil's record").exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"surname": ""}, "Surname"),
        ({"upn": "A123"}, "This is not a UPN: it has 4 characters"),
        ({"why": ""}, "Why is it changed?"),
        ({"left_on_day": "1", "left_on_month": "9", "left_on_year": "1999"}, "must not be before the first"),
        ({"date_of_birth_year": "2027"}, "must be in the past"),
    ],
)
def test_what_cannot_be_right_is_refused(leader: Client, school: School, changes: dict[str, str], said: str) -> None:
    pupil = make_pupil(school)
    answer = leader.post(f"/protection/pupils/{pupil.reference}/correct/", answers(pupil, **changes))
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_two_pupils_never_have_one_upn(leader: Client, school: School) -> None:
    pupil, other = make_pupil(school), make_pupil(school)
    answer = leader.post(f"/protection/pupils/{pupil.reference}/correct/", answers(pupil, upn=other.upn))
    assert answer.status_code == 422
    assert "Another pupil here has this UPN" in answer.content.decode()
    pupil.refresh_from_db()
    assert pupil.upn != other.upn


def test_a_school_chooses_its_own_time_within_bounds(leader: Client, school: School) -> None:
    assert leader.post("/protection/rules/pupil/", {"length": "5"}).status_code == 302
    with scope(school=school):
        assert RetentionChoice.objects.get().length == 5
    refused = leader.post("/protection/rules/destinations/", {"length": "2", "start": "leaving"})
    assert refused.status_code == 422
    assert Event.objects.get(verb="chose how long to keep records").detail["was"] == [3, "leaving"]


def test_what_holds_for_every_school_cannot_be_changed_by_one(leader: Client, school: School) -> None:
    assert leader.post("/protection/rules/audit/", {"length": "1"}).status_code == 200
    with scope(school=school):
        assert not RetentionChoice.objects.exists()
