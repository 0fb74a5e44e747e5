"""What the night lets go of, when, and what it leaves."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django_scopes import scope, scopes_disabled

from careers.accounts.models import Membership, User
from careers.audit.models import Event
from careers.encounters.models import Encounter
from careers.imports.actions import NotNow, apply, undo, upload
from careers.imports.kinds.options import Options
from careers.imports.models import ImportChange
from careers.imports.reading.files import File
from careers.protection.actions import choose_term, keep_back, run_retention
from careers.protection.retention import run_school
from careers.protection.rules import rule
from careers.pupils.models import Arrival, Pupil
from careers.schools.models import School
from tests.keeping.leavers import (
    NOON,
    RARE,
    give_everything,
    make_destination,
    make_import,
    make_leaver,
    make_waiting_file,
)
from tests.makers import TODAY, make_own_record, make_person, make_pupil, make_school

pytestmark = pytest.mark.django_db


def names(school: School) -> list[str]:
    with scope(school=school):
        return sorted(Pupil.objects.filter(school=school).values_list("surname", flat=True))


def destinations(pupil: Pupil) -> int:
    with scopes_disabled():
        return Encounter.objects.filter(pupil=pupil, activity__type="destination").count()


def test_a_name_is_kept_for_three_years_after_the_year_in_which_the_pupil_left(school: School) -> None:
    make_leaver(school, 2023, surname="Over")
    make_leaver(school, 2024, surname="Kept")
    make_pupil(school, 11, surname="Here")
    run_retention()
    assert names(school) == ["Here", "Kept", "Redacted"]


def test_a_nameless_pupil_keeps_what_figures_ask_for_and_nothing_that_says_who_it_was(school: School) -> None:
    pupil = make_leaver(school, 2021, **RARE)
    give_everything(pupil)
    before, upn = pupil.reference, pupil.upn
    run_retention()
    with scope(school=school):
        now = Pupil.objects.get(pk=pupil.pk)
        left = {field.name: getattr(now, field.name) for field in now._meta.concrete_fields}
        assert now.years.count() == 5
        assert now.encounters.count() == 3
        assert [now.groups.count(), now.characteristics.count(), now.own_records.count()] == [0, 0, 0]
        assert not Arrival.objects.filter(pupil=now).exists()
        assert now.encounters.get(activity__type="guidance_meeting").activity.title == "Personal guidance meeting"
    assert {name for name, value in left.items() if value not in ("", None)} == {
        *("id", "school", "reference", "surname", "joined_on", "left_on"),
    }
    assert left["surname"] == "Redacted"
    assert left["reference"] != before
    assert upn not in str(left)


def test_destinations_are_counted_from_leaving_unless_the_school_counts_from_key_stage_4(
    school: School, somebody: User
) -> None:
    sixth_former = make_leaver(school, 2024, 13)  # Key Stage 4 ended in 2022
    make_destination(sixth_former)
    from_eleven = make_leaver(school, 2024, 11)
    make_destination(from_eleven)
    run_retention()
    assert (destinations(sixth_former), destinations(from_eleven)) == (1, 1)
    with scope(school=school):
        choose_term(school=school, rule=rule("destinations"), length=3, start="key stage 4 or leaving", by=somebody)
    run_retention()
    assert (destinations(sixth_former), destinations(from_eleven)) == (0, 1)


def test_a_name_outlives_the_destinations_it_is_needed_for(school: School, somebody: User) -> None:
    make_leaver(school, 2023, surname="Asked")
    with scope(school=school):
        choose_term(school=school, rule=rule("destinations"), length=5, start="leaving", by=somebody)
    run_retention()
    assert names(school) == ["Asked"]


def test_a_record_kept_back_is_left_alone_until_its_day(school: School, somebody: User) -> None:
    pupil = make_leaver(school, 2021, surname="Waiting")
    make_destination(pupil)
    with scope(school=school):
        keep_back(pupil=pupil, reason="complaint", until=TODAY, by=somebody)
    run_retention()
    assert (names(school), destinations(pupil)) == (["Waiting"], 1)
    with scope(school=school):
        keep_back(pupil=pupil, reason="complaint", until=TODAY - timedelta(days=1), by=somebody)
    run_retention()
    assert (names(school), destinations(pupil)) == (["Redacted"], 1)


def test_what_a_file_changed_is_let_go_after_thirty_days_and_then_it_cannot_be_undone(
    school: School, somebody: User
) -> None:
    pupil = make_pupil(school)
    old, new = make_import(school, pupil, days_ago=31), make_import(school, pupil, days_ago=29)
    run_retention()
    with scope(school=school):
        assert set(ImportChange.objects.values_list("of_import", flat=True)) == {new.pk}
        with pytest.raises(NotNow, match="no longer kept"):
            undo(done=old, by=somebody)
        old.refresh_from_db()
        assert old.status == "applied"


def test_a_file_nobody_brings_in_is_put_away_after_thirty_days(school: School) -> None:
    pupil = make_pupil(school)
    old, new = make_waiting_file(school, pupil, days_ago=31), make_waiting_file(school, pupil, days_ago=29)
    run_retention()
    for sent in (old, new):
        sent.refresh_from_db()
    assert (old.content, old.preview, old.status) == (None, {}, "cancelled")
    assert new.content


def test_an_arrival_nobody_matched_goes_after_a_year(school: School) -> None:
    with scope(school=school):
        Arrival.objects.create(school=school, surname="Old", arrived_on=date(2025, 11, 22))
        Arrival.objects.create(school=school, surname="New", arrived_on=date(2025, 11, 23))
    run_retention()
    with scope(school=school):
        assert [each.surname for each in Arrival.objects.all()] == ["New"]


def test_a_leaver_and_their_parent_come_in_for_a_year_and_then_no_longer(school: School) -> None:
    gone, here = make_leaver(school, 2025), make_pupil(school, 11)
    pupil, parent_of_both = make_person(school, "pupil"), make_person(school, "parent")
    make_own_record(pupil, gone)
    for child in (gone, here):
        make_own_record(parent_of_both, child, "parent")
    run_retention()
    with scope(school=school):
        assert {m.user for m in Membership.objects.filter(role__in=("pupil", "parent"))} == {parent_of_both}
        assert [own.pupil for own in here.own_records.all()] == [here]
        assert gone.own_records.count() == 0


def test_an_account_without_a_role_is_blanked_a_year_after_its_last_use(school: School) -> None:
    gone, back, kept = make_person(None), make_person(None), make_person(school, "tutor")
    long_ago = NOON - timedelta(days=800)
    User.objects.filter(pk__in=(gone.pk, kept.pk)).update(last_login=long_ago, date_joined=long_ago)
    User.objects.filter(pk=back.pk).update(date_joined=long_ago, last_login=NOON)
    run_retention()
    for user in (gone, back, kept):
        user.refresh_from_db()
    assert (gone.is_active, gone.has_usable_password(), gone.last_login) == (False, False, None)
    assert gone.email.endswith("@erased.invalid")
    assert (back.is_active, kept.is_active) == (True, True)


def test_what_is_left_of_ended_sessions_goes(school: School) -> None:
    for days in (-5, 5):
        session = SessionStore()
        session["words"] = "Quillfeather"
        session.create()
        Session.objects.filter(pk=session.session_key).update(expire_date=NOON + timedelta(days=days))
    run_retention()
    assert Session.objects.count() == 1


def test_nothing_is_let_go_twice_and_a_run_that_was_stopped_is_run_again(school: School) -> None:
    make_leaver(school, 2021, surname="Over")
    with scope(school=school):
        Arrival.objects.create(school=school, surname="Old", arrived_on=date(2020, 1, 1))
    night = run_school(school, TODAY)
    assert next(night).term.rule.key == "pupil"
    night.close()  # the machine went down here
    with scope(school=school):
        assert (names(school), Arrival.objects.count()) == (["Redacted"], 1)
    assert run_retention() == "Let go of 1 records at 1 schools and of the installation."
    with scope(school=school):
        assert Arrival.objects.count() == 0
    assert run_retention() == "Let go of 0 records at 0 schools and of the installation."


def test_each_school_keeps_its_own_time(school: School, somebody: User) -> None:
    other = make_school("Another School")
    for each in (school, other):
        make_leaver(each, 2022, surname="Left")
    with scope(school=school):
        choose_term(school=school, rule=rule("pupil"), length=6, start="leaving", by=somebody)
    run_retention()
    assert (names(school), names(other)) == (["Left"], ["Redacted"])


def test_the_audit_says_how_many_and_not_whom(school: School) -> None:
    pupil = make_leaver(school, 2021, **RARE)
    give_everything(pupil)
    run_retention()
    events = Event.objects.filter(verb="kept no longer", school_id=school.pk)
    assert [event.detail["rule"] for event in events.order_by("pk")] == ["pupil"]
    assert {(event.actor_id, event.subject_id) for event in events} == {(None, "")}
    assert not any(str(value) in str(event.detail) for event in events for value in RARE.values())


def test_the_command_says_what_it_would_do_and_does_nothing(school: School, capsys: pytest.CaptureFixture[str]) -> None:
    make_leaver(school, 2021, surname="Over")
    events = Event.objects.count()
    call_command("run_retention", dry_run=True)
    assert "Beacon School: Pupils who have left: 1" in capsys.readouterr().out
    assert (names(school), Event.objects.count()) == (["Over"], events)
    call_command("run_retention")
    assert "Pupils who have left: 1" in capsys.readouterr().out
    assert names(school) == ["Redacted"]


def test_a_pupil_who_comes_back_under_the_same_upn_is_a_new_pupil(school: School, somebody: User) -> None:
    pupil = make_leaver(school, 2021, surname="Quillfeather", forename="Zenobia")
    born = f"{pupil.date_of_birth:%d/%m/%Y}"
    run_retention()
    row = f"UPN,Surname,Forename,DOB,Year Group\n{pupil.upn},Quillfeather,Zenobia,{born},9\n"
    with scope(school=school):
        sent = upload(
            school=school, kind="roll", file=File("roll.csv", row.encode()), options=Options(2026), by=somebody
        )
        apply(started=sent, by=somebody)
        assert names(school) == ["Quillfeather", "Redacted"]
        assert Pupil.objects.get(surname="Quillfeather").pk != pupil.pk
