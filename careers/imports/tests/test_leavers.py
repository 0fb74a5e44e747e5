"""Pupils on roll who are missing from a new roll are proposed as leavers; nobody leaves unless a person says so."""

from datetime import date

from django_scopes import scope

from careers.imports.kinds.options import EVERYONE
from careers.imports.models import Import
from careers.imports.tests.sheets import a_upn, bring_in, roll_file, roll_rows, upload
from careers.pupils.models import Pupil
from careers.schools.models import School
from tests.makers import TODAY, YEAR, make_pupil


def test_a_pupil_missing_from_the_file_is_proposed_and_stays_on_roll(school: School) -> None:
    bring_in(school, roll_file())
    started = upload(school, roll_file(roll_rows()[:2]))
    (leaver,) = started.preview["leavers"]
    assert (leaver["name"], leaver["year"], leaver["left_on"]) == ("Surname3, Forename3", "Year 9", "22 November 2026")
    with scope(school=school):
        assert Pupil.objects.on_roll(TODAY).count() == 3


def test_only_the_ticked_leave(school: School) -> None:
    bring_in(school, roll_file())
    leaving = make_pupil(school, 9, left_on=None)
    with scope(school=school):
        reference = Pupil.objects.get(upn=a_upn(3)).reference
    done = bring_in(school, roll_file(roll_rows()[:2]), leavers=[reference])
    assert done.counts["leavers_proposed"] == 2
    assert done.counts["leavers"] == 1
    with scope(school=school):
        assert Pupil.objects.get(upn=a_upn(3)).left_on == TODAY
        assert Pupil.objects.get(pk=leaving.pk).left_on is None


def test_all_may_leave_at_once(school: School) -> None:
    bring_in(school, roll_file())
    assert bring_in(school, roll_file(roll_rows()[:1]), leavers=[EVERYONE]).counts["leavers"] == 2


def test_year_groups_the_file_does_not_cover_are_left_alone(school: School) -> None:
    make_pupil(school, 10)
    assert upload(school, roll_file()).preview["leavers"] == []


def test_a_pupil_who_would_have_moved_up_but_did_not_return_left_in_the_summer(school: School) -> None:
    make_pupil(school, 8, academic_year=YEAR.start_year - 1)
    (leaver,) = upload(school, roll_file()).preview["leavers"]
    assert leaver["left_on"] == "31 August 2026"


def test_a_pupil_too_old_for_the_school_is_proposed(school: School) -> None:
    make_pupil(school, 13, academic_year=YEAR.start_year - 1)
    (leaver,) = upload(school, roll_file()).preview["leavers"]
    assert leaver["year"] == "Year 13"


def test_the_last_day_is_never_before_the_first(school: School) -> None:
    late = make_pupil(school, 8, academic_year=YEAR.start_year - 1, joined_on=date(2026, 10, 1))
    done = bring_in(school, roll_file(), leavers=[late.reference])
    assert done.counts["leavers"] == 1
    with scope(school=school):
        assert Pupil.objects.get(pk=late.pk).left_on == date(2026, 10, 1)


def test_leavers_may_leave_though_nothing_else_changes(school: School) -> None:
    bring_in(school, roll_file())
    make_pupil(school, 9)
    started = upload(school, roll_file())
    assert started.status == Import.Status.READY
    assert not started.preview["new"]
