"""A record is erased when somebody asks for it and the school agrees: nothing of it can be found again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.test import Client
from django_scopes import scope, scopes_disabled

from careers.accounts.deeds import person_key
from careers.accounts.models import Membership, User
from careers.audit.models import Event
from careers.encounters.models import Encounter
from careers.imports.models import ImportChange
from careers.protection.actions import run_retention
from careers.protection.forgetting import forget_sessions
from careers.protection.models import Hold, Receipt
from careers.pupils.models import Pupil
from careers.schools.models import School
from tests.keeping.leavers import RARE, give_everything, make_import, make_leaver, make_waiting_file
from tests.makers import make_activity, make_encounter, make_own_record, make_person, make_pupil, make_school

pytestmark = pytest.mark.django_db
YES = {"how": "everything", "sure": ["yes"]}


def every_text() -> Iterator[tuple[str, str]]:
    """Every value of every table that is not a number: as "table.column" and as text."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            heads = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for head, value in zip(heads, row, strict=True):
                    if value is not None and not isinstance(value, (int, float)):
                        yield f"{table}.{head}", _text(value)
    for session in apps.get_model("sessions.session").objects.all():
        yield "what a session says", str(session.get_decoded())


def _text(value: Any) -> str:
    return bytes(value).decode(errors="replace") if isinstance(value, (bytes, memoryview)) else str(value)


def found(words: list[str]) -> set[str]:
    """Where in the database, and in the files kept beside it, one of the words stands."""
    places = {place for place, text in every_text() if any(word.casefold() in text.casefold() for word in words)}
    kept = settings.STORAGES["default"]["OPTIONS"]["location"]
    files = [path for path in kept.rglob("*") if path.is_file()] if kept.exists() else []
    return places | {str(path) for path in files if any(w in path.read_text(errors="replace") for w in words)}


@pytest.fixture
def pupil(school: School) -> Pupil:
    pupil = make_leaver(school, 2025, **RARE)
    give_everything(pupil)
    make_import(school, pupil)
    make_waiting_file(school, pupil)
    return pupil


def look_for(client: Client, pupil: Pupil) -> None:
    """Search for the pupil by name, open the file, and correct something: what leaves traces."""
    client.post("/pupils/", {"words": f"{pupil.forename} {pupil.surname}"})
    client.get(f"/pupils/{pupil.reference}/")


def traces(pupil: Pupil) -> list[str]:
    return [*(str(value) for value in RARE.values()), pupil.upn]


def test_nothing_of_an_erased_pupil_is_left_anywhere(
    leader: Client, signed_in: Callable[[str], Client], pupil: Pupil
) -> None:
    look_for(signed_in("senior_leader"), pupil)
    look_for(leader, pupil)
    assert len(found(traces(pupil))) > 10, "the search itself must find what is there"
    answer = leader.post(f"/protection/pupils/{pupil.reference}/erase/", YES, follow=True)
    assert answer.status_code == 200
    assert found([*traces(pupil), "Talk with", "to be a vet"]) == set()
    assert not any(word in answer.content.decode() for word in traces(pupil))


def test_a_name_is_erased_and_what_counts_in_figures_stays(leader: Client, school: School, pupil: Pupil) -> None:
    look_for(leader, pupil)
    leader.post(f"/protection/pupils/{pupil.reference}/erase/", YES | {"how": "name"})
    assert found([*traces(pupil), "Talk with", "to be a vet"]) == set()
    with scope(school=school):
        assert Encounter.objects.filter(pupil_id=pupil.pk).count() == 3
        assert Pupil.objects.get(pk=pupil.pk).surname == "Redacted"


def test_the_night_leaves_nothing_of_a_name_either(school: School) -> None:
    pupil = make_leaver(school, 2021, **RARE)
    give_everything(pupil)
    make_import(school, pupil)
    run_retention()
    left = found([*traces(pupil), "Talk with", "to be a vet"])
    # A row of a file that nobody matched goes by its own rule, a year after it came.
    assert left == {f"pupils_arrival.{name}" for name in ("surname", "forename", "facts", "date_of_birth")}


def test_others_lose_nothing(leader: Client, school: School, pupil: Pupil) -> None:
    other = make_pupil(school, surname="Quill", forename="Zenobia")
    with scopes_disabled():
        shared = Encounter.objects.filter(pupil=pupil).exclude(activity__type="guidance_meeting").first()
    assert shared is not None
    make_encounter(other, shared.activity)
    elsewhere = make_pupil(make_school("Another School"), **RARE)
    leader.post(f"/protection/pupils/{pupil.reference}/erase/", YES)
    with scopes_disabled():
        shared.activity.refresh_from_db()
        assert shared.activity.title.startswith("Activity")
        assert Encounter.objects.filter(pupil=other).count() == 1
        elsewhere.refresh_from_db()
    assert elsewhere.surname == RARE["surname"]


def test_a_parent_of_two_keeps_the_way_in_to_the_other(leader: Client, school: School, pupil: Pupil) -> None:
    sister, parent, carer = make_pupil(school), make_person(school, "parent"), make_person(school, "parent")
    for user, child in ((parent, pupil), (parent, sister), (carer, pupil)):
        make_own_record(user, child, "parent")
    leader.post(f"/protection/pupils/{pupil.reference}/erase/", YES)
    with scope(school=school):
        assert set(Membership.objects.filter(role="parent").values_list("user", flat=True)) == {parent.pk}


def test_the_receipt_says_how_many_and_not_whom_and_so_does_the_audit(
    leader: Client, school: School, pupil: Pupil
) -> None:
    leader.post(f"/protection/pupils/{pupil.reference}/erase/", YES)
    with scope(school=school):
        receipt = Receipt.objects.get()
    assert receipt.counts["encounters"] == 2
    event = Event.objects.get(verb="erased a pupil's record")
    assert event.detail == {"kind": "pupil", "pupil_number": pupil.pk}
    assert (event.subject_kind, event.subject_id) == ("protection.receipt", str(receipt.pk))
    page = leader.get(f"/protection/receipts/{receipt.reference}/").content.decode()
    assert "What the pupil took part in" in page


def test_nothing_is_erased_before_somebody_says_they_have_checked(leader: Client, school: School, pupil: Pupil) -> None:
    asked = leader.get(f"/protection/pupils/{pupil.reference}/erase/")
    assert "What the pupil took part in" in asked.content.decode()
    assert leader.post(f"/protection/pupils/{pupil.reference}/erase/", {"how": "everything"}).status_code == 422
    with scope(school=school):
        assert Pupil.objects.filter(pk=pupil.pk).exists()


def test_a_record_that_is_kept_back_cannot_be_erased(leader: Client, school: School, pupil: Pupil) -> None:
    day = {"until_day": "1", "until_month": "2", "until_year": "2027"}
    leader.post(f"/protection/pupils/{pupil.reference}/keep-back/", {"reason": "claim", **day})
    refused = leader.post(f"/protection/pupils/{pupil.reference}/erase/", YES)
    assert refused.status_code == 422
    assert "This record is kept back" in refused.content.decode()
    with scope(school=school):
        hold = Hold.objects.get(pupil=pupil)
        leader.post(f"/protection/holds/{hold.reference}/end/")
    assert leader.post(f"/protection/pupils/{pupil.reference}/erase/", YES).status_code == 302


def test_an_import_that_named_an_erased_pupil_still_says_what_it_counted(
    leader: Client, school: School, pupil: Pupil
) -> None:
    other = make_import(school, make_pupil(school))
    leader.post(f"/protection/pupils/{pupil.reference}/erase/", YES)
    with scope(school=school):
        assert set(ImportChange.objects.values_list("of_import", flat=True)) == {other.pk}


def erase_account(client: Client, user: User) -> Any:
    return client.post(f"/protection/accounts/{person_key(user.pk)}/erase/", {"sure": ["yes"]})


def test_an_erased_account_keeps_its_number_and_nothing_else(leader: Client, school: School) -> None:
    tutor = make_person(school, "tutor", name="Quentin Thistledown", email="q.thistledown@example.org")
    signed_in = Client()
    signed_in.force_login(tutor)
    pupil = make_pupil(school)
    with scopes_disabled():
        Encounter.objects.filter(pk=make_encounter(pupil, make_activity(school)).pk).update(recorded_by=tutor)
    assert erase_account(leader, tutor).status_code == 302
    assert found(["Thistledown"]) == set()
    assert signed_in.get("/").status_code == 302
    with scopes_disabled():
        assert Encounter.objects.get(pupil=pupil).recorded_by_id == tutor.pk
        assert not Membership.objects.filter(user=tutor).exists()
    assert Event.objects.get(verb="erased an account").detail == {"account_number": tutor.pk}


def test_nobody_erases_their_own_account_or_that_of_somebody_with_a_role_elsewhere(
    leader: Client, school: School
) -> None:
    with scopes_disabled():
        own = Membership.objects.get(school=school, role="careers_leader").user
        busy = make_person(school, "tutor")
        Membership.objects.create(school=make_school("Another School"), user=busy, role="tutor")
    for user in (own, busy):
        assert erase_account(leader, user).status_code == 422
        user.refresh_from_db()
        assert user.is_active


def test_no_pupils_name_or_number_lifts_what_a_session_is_limited_to(school: School, pupil: Pupil) -> None:
    """A session that a school's own service began reaches that school alone, whatever anybody there is called."""
    session = SessionStore()
    session["came_in_by"] = {"user": 12, "school": school.pk, "second_step": True}
    session["message"] = f"{pupil.surname} True"
    session.create()
    assert forget_sessions([pupil.surname, "School", "True", "12"]) == 1
    kept = SessionStore(session.session_key).load()
    assert kept == {"came_in_by": {"user": 12, "school": school.pk, "second_step": True}}
