"""The roll may say which subjects each pupil studies, so that what is owed subject by subject can be told."""

from datetime import date

import pytest
from django_scopes import scope

from careers.evaluation.standings import standings_of
from careers.imports import actions, arrivals
from careers.imports.models import Import
from careers.imports.tests.sheets import ROLL, bring_in, csv_file, faults, roll_rows, upload
from careers.imports.tests.test_undoing import everything
from careers.imports.wording import counts_in_words
from careers.pupils.models import Arrival, Group, GroupMembership, Pupil
from careers.schools.models import School
from tests.makers import TODAY, YEAR, make_activity, make_encounter, make_pupil, put_in_group

HEADER = [*ROLL, "Subjects"]
YESTERDAY = date(2026, 11, 21)


def with_subjects(*subjects: str, year: int = 9):
    rows = roll_rows(len(subjects), year)
    return csv_file(HEADER, *[[*row, studied] for row, studied in zip(rows, subjects, strict=True)])


def classes(school: School) -> list[tuple[str, str, date | None, date | None]]:
    with scope(school=school):
        found = GroupMembership.objects.filter(group__kind=Group.Kind.CLASS).order_by("group__name")
        return list(found.values_list("group__name", "group__subject", "starts_on", "ends_on"))


def test_each_subject_becomes_a_class_of_the_year_group_with_its_pupils(school: School) -> None:
    done = bring_in(school, with_subjects("Art, Music", "Art"))
    assert done.counts == {"new": 2, "subjects_started": 3}
    assert classes(school) == [
        ("9 Art", "Art", None, None),
        ("9 Art", "Art", None, None),
        ("9 Music", "Music", None, None),
    ]
    with scope(school=school):
        years = set(Group.objects.filter(kind=Group.Kind.CLASS).values_list("name", "academic_year"))
    assert years == {("9 Art", YEAR.start_year), ("9 Music", YEAR.start_year)}


def state(school: School) -> str:
    """Where the only pupil stands on careers in every subject, every year."""
    with scope(school=school):
        found = standings_of(school, TODAY)
    (person,) = found.people
    return str(found.row(person)[found.standings.position["gb4.2025.school.1"]].state)


def test_what_is_owed_subject_by_subject_can_then_be_told(school: School) -> None:
    bring_in(school, csv_file(ROLL, *roll_rows(1)))
    assert state(school) == "cannot_tell"
    bring_in(school, with_subjects("Art; Music"))
    assert state(school) == "due"
    with scope(school=school):
        pupil = Pupil.objects.get()
    for subject in ("Art", "Music"):
        link = make_activity(school, "curriculum_link", date(2026, 10, 6), subject=subject, career_relevance=True)
        make_encounter(pupil, link)
    assert state(school) == "met"


@pytest.mark.parametrize(
    "written", ["Art, Music", "Art;Music", "Music | Art", " Art ,, Music ; ", "Art\nMusic", "Art, ART, Music"]
)
def test_the_same_subjects_however_they_are_written_change_nothing(school: School, written: str) -> None:
    bring_in(school, with_subjects("Art,Music"))
    again = upload(school, with_subjects(written))
    assert (again.status, again.counts) == (Import.Status.NOTHING, {"unchanged": 1})


def test_the_preview_says_what_changes_and_counts_it(school: School) -> None:
    bring_in(school, with_subjects("Art, Music", "Art"))
    started = upload(school, with_subjects("Art, French, Latin", "Art"))
    assert started.counts == {"changed": 1, "unchanged": 1, "subjects_started": 2, "subjects_ended": 1}
    (changed,) = started.preview["changed"]
    assert changed["what"] == [{"field": "Subjects", "before": "Art, Music", "after": "Art, French, Latin"}]
    said = counts_in_words("roll", started.counts)
    assert ("Subjects to begin, counted for each pupil", "2") in said
    assert ("Subjects to end, counted for each pupil", "1") in said


def test_a_subject_no_longer_listed_ended_yesterday_and_a_new_one_begins_today(school: School) -> None:
    bring_in(school, with_subjects("Art, Music"))
    bring_in(school, with_subjects("Art, French"))
    assert classes(school) == [
        ("9 Art", "Art", None, None),
        ("9 French", "French", TODAY, None),
        ("9 Music", "Music", None, YESTERDAY),
    ]


def test_a_subject_that_is_listed_again_is_taken_up_again(school: School) -> None:
    for subjects in ("Art, Music", "Art", "Art, Music"):
        bring_in(school, with_subjects(subjects))
    assert classes(school) == [("9 Art", "Art", None, None), ("9 Music", "Music", None, None)]


def test_a_blank_cell_or_no_column_leaves_the_subjects_as_they_are(school: School) -> None:
    bring_in(school, with_subjects("Art, Music"))
    assert upload(school, with_subjects("")).status == Import.Status.NOTHING
    assert upload(school, csv_file(ROLL, *roll_rows(1))).status == Import.Status.NOTHING


def test_a_class_the_pupil_is_in_already_does_for_its_subject(school: School) -> None:
    bring_in(school, csv_file(ROLL, *roll_rows(1)))
    with scope(school=school):
        put_in_group(Pupil.objects.get(), "9x/Ar1", kind="class", subject="Art")
    assert bring_in(school, with_subjects("art, Music")).counts == {"changed": 1, "subjects_started": 1}
    assert [name for name, *_ in classes(school)] == ["9 Music", "9x/Ar1"]


def test_a_class_with_the_name_of_another_subjects_is_left_alone(school: School) -> None:
    put_in_group(make_pupil(school, 10), "9 Art", kind="class", subject="Drama")
    bring_in(school, with_subjects("Art"))
    assert upload(school, with_subjects("Art")).status == Import.Status.NOTHING
    assert [found[:2] for found in classes(school)] == [("9 Art", "Drama"), ("9 Art 2", "Art")]


def test_a_corrected_year_group_moves_the_pupil_to_that_years_classes(school: School) -> None:
    bring_in(school, with_subjects("Art"))
    bring_in(school, with_subjects("Art", year=10))
    assert [(name, ends) for name, _, _, ends in classes(school)] == [("10 Art", None), ("9 Art", YESTERDAY)]


def test_next_years_subjects_leave_this_years_alone(school: School) -> None:
    bring_in(school, with_subjects("Art"))
    bring_in(school, with_subjects("Latin", year=10), academic_year=YEAR.start_year + 1)
    assert classes(school) == [("10 Latin", "Latin", None, None), ("9 Art", "Art", None, None)]


def test_undoing_puts_the_subjects_back(school: School) -> None:
    empty = everything()
    first = bring_in(school, with_subjects("Art, Music", "Art"))
    before = everything()
    later = bring_in(school, with_subjects("French", "Art, Music"))
    for done, left in ((later, before), (first, empty)):
        with scope(school=school):
            actions.undo(done=done, by=None)
        assert everything() == left


def test_a_held_pupil_keeps_the_subjects_until_matched(school: School) -> None:
    pupil = make_pupil(school, form="9A")
    row = ["", pupil.surname, "Sandy", pupil.date_of_birth, 9, "9A", "Art, Music"]
    bring_in(school, csv_file(HEADER, row))
    with scope(school=school):
        arrivals.match(arrival=Arrival.objects.get(), pupil=pupil, by=None)
    assert [name for name, *_ in classes(school)] == ["9 Art", "9 Music"]


def test_a_subject_with_no_end_to_its_name_is_an_error(school: School) -> None:
    (fault,) = faults(upload(school, with_subjects("Art, " + "long " * 20)))
    assert fault.startswith("2 Subjects: “long long")
    assert "has 99 characters and there is room for 54. Shorten it." in fault
