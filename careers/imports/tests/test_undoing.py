"""An import is undone: everything as it was before, unless something now depends on it."""

from typing import Any

import pytest
from django.core import serializers
from django_scopes import scope, scopes_disabled

from careers.audit.models import Event
from careers.imports import actions, arrivals
from careers.imports.actions import NotNow
from careers.imports.applying import PARENTS_FIRST
from careers.imports.models import Import, ImportChange
from careers.imports.tests.sheets import ROLL, a_upn, bring_in, csv_file, roll_file, roll_rows, upload
from careers.pupils.models import Arrival, Pupil
from careers.schools.models import School
from tests.makers import make_activity, make_encounter, make_person, make_pupil

HEADER = [*ROLL, "SEN", "FSM"]


def everything() -> str:
    """Every record that an import can touch, as text."""
    with scopes_disabled():
        return "\n".join(serializers.serialize("json", model._base_manager.order_by("pk")) for model in PARENTS_FIRST)


def undo(school: School, done: Import, by: Any = None) -> None:
    with scope(school=school):
        actions.undo(done=done, by=by)


def test_a_first_roll_is_taken_away_whole(school: School) -> None:
    before = everything()
    done = bring_in(school, roll_file())
    undo(school, done)
    assert everything() == before
    done.refresh_from_db()
    assert done.status == Import.Status.UNDONE
    with scope(school=school):
        assert not ImportChange.objects.exists()


def test_changes_moves_and_leavers_are_put_back(school: School) -> None:
    bring_in(school, csv_file(HEADER, *[[*row, "K", "Y"] for row in roll_rows(8)]))
    before = everything()
    changed = [[row[0], row[1] + "-Jones", *row[2:4], "Year 10", "10B", "E", "N"] for row in roll_rows(7)]
    with scope(school=school):
        leaver = Pupil.objects.get(upn=a_upn(8)).reference
    done = bring_in(
        school, csv_file(HEADER, *changed, [a_upn(9), "New", "Pupil", "02/03/2013", 9, "9A", "", ""]), leavers=[leaver]
    )
    assert done.counts == {"changed": 7, "new": 1, "leavers": 1, "leavers_proposed": 1}
    assert everything() != before
    undo(school, done)
    assert everything() == before


def test_a_second_change_on_the_same_day_is_put_back_too(school: School) -> None:
    bring_in(school, csv_file(HEADER, *[[*row, "K", "N"] for row in roll_rows(2)]))
    bring_in(school, csv_file(HEADER, *[[*row[:5], "9B", "E", "Y"] for row in roll_rows(2)]))
    before = everything()
    done = bring_in(school, csv_file(HEADER, *[[*row[:5], "9C", "K", "N"] for row in roll_rows(2)]))
    undo(school, done)
    assert everything() == before


def test_a_log_with_new_activities_and_partners_is_taken_away_whole(school: School) -> None:
    pupils = [make_pupil(school) for _ in range(7)]
    make_encounter(pupils[0], make_activity(school, title="Talk", day=None, hours="1.50"), "absent")
    before = everything()
    header = ["UPN", "Activity", "Type", "Attendance", "Hours", "Employer"]
    rows = [[p.upn, "Talk", "employer_encounter", "attended", "2", "Crumb & Co"] for p in pupils]
    visits = [[p.upn, "Visit", "workplace_experience", "attended", "6", "Crumb & Co"] for p in pupils]
    done = bring_in(school, csv_file(header, *rows, *visits, name="log.csv"), "log")
    assert done.counts["changed"] == 1
    undo(school, done)
    assert everything() == before


def test_attendance_that_was_corrected_is_put_back(school: School) -> None:
    pupils = [make_pupil(school) for _ in range(7)]
    header = ["UPN", "Activity", "Type", "Attendance"]
    rows = [[p.upn, "Talk", "employer_encounter", "attended"] for p in pupils]
    bring_in(school, csv_file(header, *rows, name="log.csv"), "log")
    before = everything()
    done = bring_in(school, csv_file(header, *[[*row[:3], "absent"] for row in rows], name="log.csv"), "log")
    assert done.counts == {"changed": 7}
    undo(school, done)
    assert everything() == before


def test_the_person_and_the_counts_are_in_the_audit(school: School) -> None:
    leader = make_person(school)
    started = upload(school, roll_file())
    with scope(school=school):
        actions.apply(started=started, by=leader)
    undo(school, started, leader)
    undone, applied = Event.objects.filter(changes=True)[:2]
    assert (applied.verb, applied.detail) == ("imported the roll", {"counts": {"new": 3}})
    assert (undone.verb, undone.actor_id) == ("undid an import", leader.pk)


def test_not_when_an_encounter_was_recorded_since_for_a_pupil_it_added(school: School) -> None:
    done = bring_in(school, roll_file())
    with scope(school=school):
        pupil = Pupil.objects.get(upn=a_upn(1))
    make_encounter(pupil, make_activity(school))
    before = everything()
    with pytest.raises(NotNow, match="1 encounter was recorded since for pupils that this import added"):
        undo(school, done)
    assert everything() == before
    done.refresh_from_db()
    assert done.status == Import.Status.APPLIED


def test_not_when_a_pupil_was_changed_since(school: School) -> None:
    done = bring_in(school, roll_file())
    with scope(school=school):
        Pupil.objects.filter(upn=a_upn(2)).update(surname="Corrected")
    with pytest.raises(NotNow, match=r"1 pupil was changed or taken away since \(the first: Forename2 Corrected\)"):
        undo(school, done)


def test_not_when_a_later_import_changed_the_same_pupils(school: School) -> None:
    first = bring_in(school, roll_file())
    later = bring_in(school, roll_file([[row[0], "Newname", *row[2:]] for row in roll_rows()]))
    with pytest.raises(NotNow, match=r"Roll from roll.csv of .* changed the same records later. Undo that one first"):
        undo(school, first)
    undo(school, later)
    undo(school, first)
    with scope(school=school):
        assert not Pupil.objects.exists()


def test_not_when_a_held_pupil_was_dealt_with_since(school: School) -> None:
    pupil = make_pupil(school)
    done = bring_in(school, roll_file([["", pupil.surname, "Sandy", pupil.date_of_birth, 9, ""]]))
    with scope(school=school):
        arrivals.match(arrival=Arrival.objects.get(), pupil=pupil, by=None)
    with pytest.raises(NotNow, match="1 arrival was changed or taken away since"):
        undo(school, done)


def test_only_once(school: School) -> None:
    done = bring_in(school, roll_file())
    undo(school, done)
    with pytest.raises(NotNow, match="undone already"):
        undo(school, done)


def test_only_what_was_brought_in(school: School) -> None:
    with pytest.raises(NotNow, match="was not brought in"):
        undo(school, upload(school, roll_file()))
