"""A careers leader brings in what pupils have done, from wherever it was kept."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django_scopes import scope

from careers.encounters.models import Encounter
from careers.imports.models import Import
from careers.imports.reading.files import File
from careers.imports.reading.refusal import FileRefused
from careers.imports.tests.sheets import bring_in, csv_file, faults, upload, xlsx_file
from careers.partners.models import Partner
from careers.programme.models import Activity
from careers.pupils.models import Pupil
from careers.schools.models import School
from tests.makers import YEAR, make_activity, make_encounter, make_pupil

HEADER = ["UPN", "Activity", "Activity type", "Date", "Attendance"]
TALK = ["Talk by a baker", "Encounter with an employer", "12/11/2026"]


@pytest.fixture
def pupils(school: School) -> list[Pupil]:
    return [make_pupil(school, form="9A") for _ in range(3)]


def log_file(rows: list[list[Any]], header: list[str] = HEADER) -> File:
    return csv_file(header, *rows, name="log.csv")


def talk_for(pupils: list[Pupil], *more: Any, status: str = "attended") -> list[list[Any]]:
    return [[pupil.upn, *TALK, status, *more] for pupil in pupils]


def test_a_row_becomes_an_encounter_and_its_activity_is_made_once(school: School, pupils: list[Pupil]) -> None:
    done = bring_in(school, log_file(talk_for(pupils)), "log")
    assert done.counts == {"new": 3, "new_activities": 1}
    with scope(school=school):
        activity = Activity.objects.get()
        assert (activity.title, activity.type, activity.starts_on) == (
            "Talk by a baker",
            "employer_encounter",
            date(2026, 11, 12),
        )
        assert (activity.academic_year, activity.status) == (2026, "delivered")
        assert set(activity.encounters.values_list("status", flat=True)) == {"attended"}


def test_the_same_log_again_changes_nothing(school: School, pupils: list[Pupil]) -> None:
    header = [*HEADER, "Employer", "Hours", "Two way", "STEM"]
    rows = talk_for(pupils, "Crumb & Co", "1.5", "some", "no")
    bring_in(school, log_file(rows, header), "log")
    again = upload(school, log_file(rows, header), "log")
    assert (again.status, again.counts) == (Import.Status.NOTHING, {"unchanged": 3})


def test_a_corrected_attendance_changes_the_encounter(school: School, pupils: list[Pupil]) -> None:
    bring_in(school, log_file(talk_for(pupils)), "log")
    done = bring_in(school, log_file([*talk_for(pupils[:2]), *talk_for(pupils[2:], status="absent")]), "log")
    assert done.counts == {"unchanged": 2, "changed": 1}
    with scope(school=school):
        assert Encounter.objects.get(pupil=pupils[2]).status == "absent"


def test_every_attribute_of_an_activity_can_be_given_and_blank_is_not_known(
    school: School, pupils: list[Pupil]
) -> None:
    header = [
        *HEADER,
        "Hours",
        "Mode",
        "Two-way interaction",
        "Met learners",
        "met_staff",
        "Year groups",
        "Subject",
        "STEM",
    ]
    bring_in(
        school, log_file(talk_for(pupils, "2", "Online", "extensive", "yes", "No", "9|10", "Food", ""), header), "log"
    )
    with scope(school=school):
        activity = Activity.objects.get()
    assert (activity.hours, activity.mode, activity.two_way) == (Decimal(2), "virtual", "extensive")
    assert (activity.met_learners, activity.met_staff, activity.stem) == (True, False, None)
    assert (activity.year_groups, activity.subject) == ([9, 10], "Food")


def test_partners_are_made_with_their_kind_and_found_again_by_name(school: School, pupils: list[Pupil]) -> None:
    bring_in(
        school,
        log_file(talk_for(pupils, "Crumb & Co; Rye Ltd", "Harbour College"), [*HEADER, "Employer", "Provider"]),
        "log",
    )
    with scope(school=school):
        assert dict(Partner.objects.values_list("name", "kind")) == {
            "Crumb & Co": "employer", "Rye Ltd": "employer", "Harbour College": "provider",
        }  # fmt: skip
        assert Activity.objects.get().partners.count() == 3
    rows = [[pupils[0].upn, "Visit", "workplace_experience", "13/11/2026", "attended", "CRUMB and Co Ltd"]]
    done = bring_in(school, log_file(rows, [*HEADER, "Employer"]), "log")
    assert "new_partners" not in done.counts


def test_a_partner_of_no_said_kind_is_added_and_said(school: School, pupils: list[Pupil]) -> None:
    started = upload(school, log_file(talk_for(pupils, "Crumb & Co"), [*HEADER, "Partner"]), "log")
    assert "Crumb & Co is new and the file does not say what kind of partner it is" in started.preview["notices"][0]


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        (["Surname", "Forename", "Form"], lambda p: [p.surname, p.forename, "9a"]),
        (["Name", "Form"], lambda p: [f"{p.surname}, {p.forename}", "9A"]),
        (["Name", "Form"], lambda p: [f"{p.forename} {p.surname}", "9A"]),
        (["Surname", "Forename", "DOB"], lambda p: [p.surname, p.forename, p.date_of_birth]),
    ],
)
def test_a_pupil_is_known_by_name_with_form_or_birthday(
    school: School, pupils: list[Pupil], header: list[str], cells: Any
) -> None:
    bring_in(school, log_file([[*cells(pupils[1]), *TALK, "yes"]], [*header, *HEADER[1:]]), "log")
    with scope(school=school):
        assert Encounter.objects.get().pupil == pupils[1]


def test_a_name_that_fits_two_pupils_is_an_error(school: School, pupils: list[Pupil]) -> None:
    make_pupil(school, surname=pupils[0].surname, forename=pupils[0].forename, form="9A")
    rows = [[pupils[0].surname, pupils[0].forename, "9A", *TALK, "yes"]]
    (fault,) = faults(upload(school, log_file(rows, ["Surname", "Forename", "Form", *HEADER[1:]]), "log"))
    assert f"2 pupils called “Alex {pupils[0].surname}” fit the form or date of birth given. Give the UPN." in fault


def test_a_name_alone_is_not_enough(school: School, pupils: list[Pupil]) -> None:
    rows = [[pupils[0].surname, pupils[0].forename, *TALK, "yes"]]
    (fault,) = faults(upload(school, log_file(rows, ["Surname", "Forename", *HEADER[1:]]), "log"))
    assert "A name alone is not enough" in fault


def test_a_pupil_of_another_school_is_not_known_here(
    school: School, another_school: School, pupils: list[Pupil]
) -> None:
    theirs = make_pupil(another_school)
    (fault,) = faults(upload(school, log_file(talk_for([theirs])), "log"))
    assert fault == f"2 UPN: No pupil here has the UPN “{theirs.upn}”. Correct it, or bring in the roll first."


def test_rows_that_disagree_about_one_activity_are_an_error_naming_both(school: School, pupils: list[Pupil]) -> None:
    rows = [*talk_for(pupils[:1], "1"), *talk_for(pupils[1:2], "2")]
    (fault,) = faults(upload(school, log_file(rows, [*HEADER, "Hours"]), "log"))
    assert fault == "3 Hours: It differs from row 2, which is about the same activity. Make the rows agree."


def test_rows_that_disagree_about_one_pupil_are_an_error_naming_both(school: School, pupils: list[Pupil]) -> None:
    rows = [*talk_for(pupils[:1]), *talk_for(pupils[:1], status="absent")]
    (fault,) = faults(upload(school, log_file(rows), "log"))
    assert fault.startswith("3 Attendance: It says absent and row 2 says attended, for the same pupil and activity.")


def test_an_entry_given_twice_is_taken_once(school: School, pupils: list[Pupil]) -> None:
    assert bring_in(school, log_file([*talk_for(pupils), *talk_for(pupils[:1])]), "log").counts == {
        "new": 3,
        "new_activities": 1,
        "repeated": 1,
    }


def test_without_a_column_for_attendance_everyone_attended_and_it_is_said(school: School, pupils: list[Pupil]) -> None:
    rows = [row[:4] for row in talk_for(pupils)]
    started = bring_in(school, log_file(rows, HEADER[:4]), "log")
    with scope(school=school):
        assert set(Encounter.objects.values_list("status", flat=True)) == {"attended"}
    assert started.counts["new"] == 3


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("Attendance", "perhaps", "“perhaps” is not an attendance."),
        ("Attendance", "", "It does not say whether the pupil attended."),
        ("Activity type", "jolly", "“jolly” is not one of: Encounter with an employer,"),
        ("Date", "31/02/2026", "“31/02/2026” is not a date."),
        ("Activity", "", "The activity's title is missing."),
        ("Activity", "x" * 201, "has 201 characters and there is room for 200"),
    ],
)
def test_a_cell_that_is_not_understood_is_an_error_at_its_column(
    school: School, pupils: list[Pupil], column: str, value: str, said: str
) -> None:
    (row,) = talk_for(pupils[:1])
    row[HEADER.index(column)] = value
    (fault,) = faults(upload(school, log_file([row]), "log"))
    assert fault.startswith(f"2 {column}: ")
    assert said in fault


def test_a_type_may_be_its_first_words_where_only_one_begins_so(school: School, pupils: list[Pupil]) -> None:
    (row,) = talk_for(pupils[:1])
    row[HEADER.index("Activity type")] = "Careers fair"
    bring_in(school, log_file([row]), "log")
    with scope(school=school):
        assert Activity.objects.get().type == "careers_event"
    row[HEADER.index("Activity type")] = "Careers"
    (fault,) = faults(upload(school, log_file([row]), "log"))
    assert "“Careers” is not one of" in fault


@pytest.mark.parametrize("missing", ["UPN", "Activity", "Activity type"])
def test_a_log_without_a_needed_column_is_refused(school: School, pupils: list[Pupil], missing: str) -> None:
    at = HEADER.index(missing)
    rows = [[cell for index, cell in enumerate(row) if index != at] for row in talk_for(pupils)]
    with pytest.raises(FileRefused, match="There is no column for"):
        upload(school, log_file(rows, [name for name in HEADER if name != missing]), "log")


def test_the_activitys_own_number_finds_it_though_its_title_changed(school: School, pupils: list[Pupil]) -> None:
    header = [*HEADER, "Activity ID"]
    bring_in(school, log_file(talk_for(pupils, "T-17"), header), "log")
    rows = talk_for(pupils, "T-17")
    for row in rows:
        row[1] = "Talk by a master baker"
    done = bring_in(school, log_file(rows, header), "log")
    assert done.counts == {"changed_activities": 1, "unchanged": 3}
    with scope(school=school):
        assert Activity.objects.get().title == "Talk by a master baker"


def test_a_planned_activity_is_found_and_becomes_delivered(school: School, pupils: list[Pupil]) -> None:
    planned = make_activity(school, title="Talk by a baker", day=date(2026, 11, 12), status="planned")
    booked = make_encounter(pupils[0], planned, "booked")
    done = bring_in(school, log_file(talk_for(pupils)), "log")
    assert done.counts == {"changed_activities": 1, "changed": 1, "new": 2}
    with scope(school=school):
        planned.refresh_from_db()
        booked.refresh_from_db()
        assert (planned.status, booked.status, Activity.objects.count()) == ("delivered", "attended", 1)


def test_an_activity_to_come_is_planned(school: School, pupils: list[Pupil]) -> None:
    bring_in(school, log_file([[pupils[0].upn, *TALK[:2], "12/05/2027", "booked"]]), "log")
    with scope(school=school):
        assert Activity.objects.get().status == "planned"


def test_a_log_of_an_earlier_year_goes_to_that_year(school: School, pupils: list[Pupil]) -> None:
    bring_in(school, log_file([[pupils[0].upn, *TALK[:2], "12/05/2025", "attended"]]), "log")
    with scope(school=school):
        assert Activity.objects.get().academic_year == 2024


def test_a_workbook_will_do(school: School, pupils: list[Pupil]) -> None:
    rows = [[p.upn, "Talk", "employer_encounter", date(2026, 11, 12), True] for p in pupils]
    assert (
        bring_in(school, xlsx_file(HEADER, *rows, name="log.xlsx"), "log", academic_year=YEAR.start_year).counts["new"]
        == 3
    )
