"""A careers leader brings in the roll."""

from datetime import date

import pytest
from django_scopes import scope

from careers.imports.models import Import
from careers.imports.tests.sheets import (
    ROLL,
    a_upn,
    bring_in,
    csv_file,
    faults,
    roll_file,
    roll_rows,
    upload,
    xlsx_file,
)
from careers.pupils.models import Characteristic, Group, GroupMembership, Pupil, YearHeld
from careers.schools.models import School
from tests.makers import TODAY, YEAR, make_pupil


def test_a_first_roll_adds_every_pupil_with_their_year_group_and_form(school: School) -> None:
    done = bring_in(school, roll_file())
    assert done.counts == {"new": 3}
    with scope(school=school):
        pupil = Pupil.objects.get(upn=a_upn(1))
        assert (pupil.surname, pupil.forename, pupil.date_of_birth) == ("Surname1", "Forename1", date(2013, 3, 2))
        assert YearHeld.objects.get(pupil=pupil).year_group == 9
        assert GroupMembership.objects.get(pupil=pupil).group.name == "9A"
        assert Group.objects.get().academic_year == YEAR.start_year


def test_nothing_changes_before_it_is_confirmed(school: School) -> None:
    started = upload(school, roll_file())
    assert started.status == Import.Status.READY
    with scope(school=school):
        assert Pupil.objects.count() == 0


def test_the_same_file_again_changes_nothing_and_says_so(school: School) -> None:
    bring_in(school, roll_file())
    again = upload(school, roll_file())
    assert again.status == Import.Status.NOTHING
    assert again.counts == {"unchanged": 3}
    assert again.content is None


def test_a_changed_file_changes_the_pupil_and_adds_nobody(school: School) -> None:
    bring_in(school, roll_file())
    rows = roll_rows()
    rows[0][1], rows[0][5] = "Newname", "9B"
    done = bring_in(school, roll_file(rows))
    assert done.counts == {"changed": 1, "unchanged": 2}
    with scope(school=school):
        pupil = Pupil.objects.get(upn=a_upn(1))
        assert pupil.surname == "Newname"
        before, now = GroupMembership.objects.filter(pupil=pupil).order_by("pk")
        assert (before.group.name, before.ends_on) == ("9A", date(2026, 11, 21))
        assert (now.group.name, now.starts_on, now.ends_on) == ("9B", TODAY, None)


def test_the_preview_says_what_changes_from_what_to_what(school: School) -> None:
    bring_in(school, roll_file())
    rows = roll_rows()
    rows[0][4] = "Year 10"
    (changed,) = upload(school, roll_file(rows)).preview["changed"]
    assert changed["who"] == "Surname1, Forename1"
    assert changed["what"] == [{"field": "Year group in 2026/27", "before": "9", "after": "10"}]


def test_a_new_academic_year_writes_a_new_year_group_and_keeps_the_old_one(school: School) -> None:
    bring_in(school, roll_file())
    rows = [[*row[:4], "Year 10", "10A"] for row in roll_rows()]
    done = bring_in(school, roll_file(rows), academic_year=YEAR.start_year + 1)
    assert done.counts == {"changed": 3}
    with scope(school=school):
        held = dict(YearHeld.objects.filter(pupil__upn=a_upn(1)).values_list("academic_year", "year_group"))
        assert held == {2026: 9, 2027: 10}
        assert GroupMembership.objects.filter(pupil__upn=a_upn(1), ends_on=None).count() == 2


def test_a_blank_cell_changes_nothing(school: School) -> None:
    bring_in(school, roll_file())
    assert upload(school, roll_file([[*row[:4], row[4], ""] for row in roll_rows()])).status == Import.Status.NOTHING


def test_a_joining_date_fills_in_earlier_year_groups_for_a_new_pupil(school: School) -> None:
    rows = [[*roll_rows(1)[0], "01/09/2024"]]
    bring_in(school, csv_file([*ROLL, "Admission Date"], *rows))
    with scope(school=school):
        assert dict(YearHeld.objects.values_list("academic_year", "year_group")) == {2024: 7, 2025: 8, 2026: 9}


def test_earlier_year_groups_are_not_filled_in_when_not_wanted(school: School) -> None:
    rows = [[*roll_rows(1)[0], "01/09/2024"]]
    bring_in(school, csv_file([*ROLL, "Admission Date"], *rows), earlier_years=False)
    with scope(school=school):
        assert YearHeld.objects.count() == 1


def test_characteristics_are_dated_and_a_change_ends_the_old_one(school: School) -> None:
    header = [*ROLL, "SEN Status", "FSM", "EAL"]
    bring_in(school, csv_file(header, [*roll_rows(1)[0], "SEN Support", "Yes", "No"]))
    done = bring_in(school, csv_file(header, [*roll_rows(1)[0], "EHC Plan", "No", ""]))
    assert done.counts == {"changed": 1}
    with scope(school=school):
        facts = Characteristic.objects.order_by("kind", "pk").values_list("kind", "value", "starts_on", "ends_on")
        yesterday = date(2026, 11, 21)
        assert list(facts) == [
            ("fsm", "Y", None, yesterday),
            ("sen_provision", "K", None, yesterday),
            ("sen_provision", "E", TODAY, None),
        ]


def test_a_pupil_with_a_new_upn_is_known_by_the_former_one(school: School) -> None:
    pupil = make_pupil(school, form="9A")
    row = [a_upn(7), pupil.surname, pupil.forename, pupil.date_of_birth, 9, "9A", pupil.upn]
    done = bring_in(school, csv_file([*ROLL, "Former UPN"], row))
    assert done.counts["changed"] == 1
    former = pupil.upn
    with scope(school=school):
        pupil.refresh_from_db()
        assert (pupil.upn, pupil.former_upn) == (a_upn(7), former)


def test_a_leaver_who_is_in_the_file_again_is_back_on_roll(school: School) -> None:
    pupil = make_pupil(school, left_on=date(2026, 7, 31), form="9A")
    started = bring_in(school, roll_file([[pupil.upn, pupil.surname, pupil.forename, pupil.date_of_birth, 9, "9A"]]))
    assert started.counts["changed"] == 1
    with scope(school=school):
        assert Pupil.objects.get().left_on is None


@pytest.mark.parametrize("written", ["2013-03-09", "09/03/2013", "9/3/13", "09-Mar-2013", "9 March 2013", "41342"])
def test_a_date_is_understood_however_it_is_written(school: School, written: str) -> None:
    bring_in(school, roll_file([[a_upn(1), "Ash", "Kit", written, 9, "9A"]]))
    with scope(school=school):
        assert Pupil.objects.get().date_of_birth == date(2013, 3, 9)


@pytest.mark.parametrize("written", ["Year 9", "9", "Y9", "09", "Yr 9", "Year 09", "year group 9"])
def test_a_year_group_is_understood_however_it_is_written(school: School, written: str) -> None:
    bring_in(school, roll_file([[a_upn(1), "Ash", "Kit", "09/03/2013", written, "9A"]]))
    with scope(school=school):
        assert YearHeld.objects.get().year_group == 9


def test_a_workbook_with_real_dates_and_numbers_is_read(school: School) -> None:
    row = [a_upn(1), "Ash", "Kit", date(2013, 3, 9), 9, "9A", 1234567890.0]
    done = bring_in(school, xlsx_file([*ROLL, "Adno"], row))
    with scope(school=school):
        pupil = Pupil.objects.get()
        assert (pupil.date_of_birth, pupil.mis_id) == (date(2013, 3, 9), "1234567890")
    assert done.preview["encoding"] == "Excel workbook, sheet Pupils"


def test_one_column_may_hold_the_whole_name(school: School) -> None:
    bring_in(school, csv_file(["UPN", "Name", "Year"], [a_upn(1), "O'Neill, Aoife", 9]))
    with scope(school=school):
        assert Pupil.objects.get().list_name == "O'Neill, Aoife"


def test_pupils_below_year_7_are_left_out_and_counted(school: School) -> None:
    rows = [
        *roll_rows(1),
        [a_upn(2), "Small", "One", "02/03/2018", "Year 3", "3A"],
        [a_upn(3), "Tiny", "Two", "02/03/2021", "R", "R"],
    ]
    assert bring_in(school, roll_file(rows)).counts == {"new": 1, "skipped": 2}


def test_what_is_wrong_with_a_pupil_below_year_7_keeps_nobody_out(school: School) -> None:
    rows = [*roll_rows(1), ["mistyped", "Small", "One", "02/03/2018", "Year 3", "3A"]]
    assert bring_in(school, roll_file(rows)).counts == {"new": 1, "skipped": 1}


def test_a_row_with_an_error_is_not_counted_as_held_and_nobody_is_proposed_as_a_leaver(school: School) -> None:
    bring_in(school, roll_file())
    rows = roll_rows()
    rows[0][0] = "mistyped"
    started = upload(school, roll_file(rows))
    assert (started.counts, started.preview["leavers"]) == ({"unchanged": 2}, [])


def test_a_new_pupil_without_a_year_group_is_an_error(school: School) -> None:
    assert faults(upload(school, roll_file([[a_upn(1), "Ash", "Kit", "09/03/2013", "", ""]]))) == [
        "2 Year group: Ash, Kit is new and has no year group. Add it, like 9 or Year 9."
    ]


def test_a_year_group_the_school_does_not_teach_is_an_error(school: School) -> None:
    school.high_age = 16
    school.save()
    (fault,) = faults(upload(school, roll_file([[a_upn(1), "Ash", "Kit", "09/03/2009", 12, "12A"]])))
    assert "Year 12 is not taught at Beacon School (Years 7 to 11)" in fault


def test_a_mistyped_upn_is_an_error_in_words(school: School) -> None:
    (fault,) = faults(upload(school, roll_file([["A801200005001", "Ash", "Kit", "09/03/2013", 9, "9A"]])))
    assert "“A801200005001” is not a UPN: with these digits its first letter would be B" in fault


def test_one_wrong_row_keeps_everything_out(school: School) -> None:
    rows = roll_rows()
    rows[1][3] = "31/02/2013"
    started = upload(school, roll_file(rows))
    assert started.status == Import.Status.BLOCKED
    assert faults(started) == [
        "3 DOB: “31/02/2013” is not a date. Write the day first, like 9/3/2012, or like 2012-03-09."
    ]
    with scope(school=school):
        assert Pupil.objects.count() == 0


def test_the_same_pupil_twice_is_an_error_naming_both_rows(school: School) -> None:
    (fault,) = faults(upload(school, roll_file([*roll_rows(), roll_rows(1)[0]])))
    assert fault == f"5 : UPN {a_upn(1)} is also in row 2. Take one of the two out."


def test_leaving_before_joining_is_an_error(school: School) -> None:
    header = [*ROLL, "Admission Date", "Leaving Date"]
    (fault,) = faults(upload(school, csv_file(header, [*roll_rows(1)[0], "01/09/2026", "31/08/2026"])))
    assert "would leave (31/08/2026) before joining (01/09/2026)" in fault


def test_no_pupil_is_touched_at_another_school(school: School, another_school: School) -> None:
    theirs = make_pupil(another_school, upn=a_upn(1))
    bring_in(school, roll_file())
    with scope(school=another_school):
        assert list(Pupil.objects.values_list("surname", flat=True)) == [theirs.surname]
