"""The same imports from the command line."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django_scopes import scope

from careers.imports.models import Import
from careers.imports.reading.files import File
from careers.imports.tests.sheets import csv_file, roll_file, roll_rows
from careers.programme.models import Activity
from careers.pupils.models import Pupil
from careers.schools.models import School
from tests.makers import make_pupil


def put(folder: Path, file: File) -> str:
    path = folder / file.name
    path.write_bytes(file.content)
    return str(path)


def run(*words: str, **options: Any) -> str:
    out = StringIO()
    call_command(*words, stdout=out, **options)
    return out.getvalue()


def refused(*words: str) -> str:
    with pytest.raises(CommandError) as error:
        run(*words)
    assert error.value.returncode == 2
    return str(error.value)


def test_without_apply_it_only_says_what_it_would_do(school: School, tmp_path: Path) -> None:
    said = run("import_roll", put(tmp_path, roll_file()), "--school", school.urn)
    assert "To add: 3 pupils" in said
    assert "Nothing was changed. Add --apply to bring it in." in said
    with scope(school=school):
        assert not Import.objects.exists()
        assert not Pupil.objects.exists()


def test_with_apply_it_brings_it_in_and_says_how_to_undo_it(school: School, tmp_path: Path) -> None:
    path = put(tmp_path, roll_file())
    said = run("import_roll", path, "--school", school.urn, "--apply")
    with scope(school=school):
        assert Pupil.objects.count() == 3
        reference = Import.objects.get().reference
    assert "Added: 3 pupils" in said
    assert f"manage.py undo_import {reference}" in said
    assert "Nothing to change." in run("import_roll", path, "--school", school.urn, "--apply")
    assert "was undone" in run("undo_import", reference)
    with scope(school=school):
        assert not Pupil.objects.exists()


def test_errors_name_file_row_and_column_and_change_nothing(school: School, tmp_path: Path) -> None:
    rows = roll_rows()
    rows[2][4] = "Year Nine"
    said = refused("import_roll", put(tmp_path, roll_file(rows)), "--school", school.urn, "--apply")
    assert "roll.csv: Row 4, Year: “Year Nine” is not a year group. Write it like 9 or Year 9." in said
    assert said.endswith("1 problem. Nothing was changed.")
    with scope(school=school):
        assert not Pupil.objects.exists()


def test_a_file_that_cannot_be_used_is_refused(school: School, tmp_path: Path) -> None:
    assert refused("import_log", put(tmp_path, File("log.csv", b"")), "--school", school.urn).startswith(
        "log.csv: The file is empty."
    )
    assert "could not be opened" in refused("import_roll", str(tmp_path / "none.csv"), "--school", school.urn)


def test_an_academic_year_that_is_no_year_is_refused(school: School, tmp_path: Path) -> None:
    said = refused("import_roll", put(tmp_path, roll_file()), "--school", school.urn, "--academic-year", "26")
    assert said == "--academic-year 26 is not a year. Write the year it starts in: 2026 is 2026/27."


def test_an_unknown_school_is_refused_with_those_there_are(school: School, tmp_path: Path) -> None:
    said = refused("import_roll", put(tmp_path, roll_file()), "--school", "000001")
    assert said == f"There is no school with the URN 000001 here. Schools: {school.urn} (Beacon School)."


def test_leavers_leave_when_told_to(school: School, tmp_path: Path) -> None:
    missing = make_pupil(school, 9)
    run("import_roll", put(tmp_path, roll_file()), "--school", school.urn, "--apply", "--leavers-leave")
    with scope(school=school):
        missing.refresh_from_db()
        assert missing.left_on is not None


def test_a_log_is_brought_in(school: School, tmp_path: Path) -> None:
    pupil = make_pupil(school)
    file = csv_file(["UPN", "Activity", "Type"], [pupil.upn, "Talk", "employer_encounter"], name="log.csv")
    said = run("import_log", put(tmp_path, file), "--school", school.urn, "--academic-year", "2025", "--apply")
    assert "Added: 1 entry in the log" in said
    with scope(school=school):
        assert Activity.objects.get().academic_year == 2025


def test_a_file_of_several_programmes_asks_which(school: School, tmp_path: Path) -> None:
    file = csv_file(
        ["programme_id", "activity_title", "kind"], ["a", "Fair", "careers_fair"], ["b", "Talk", "employer_encounter"]
    )
    path = put(tmp_path, file)
    assert "--programme b" in refused("import_programme", path, "--school", school.urn)
    assert "Added: 1 activity" in run("import_programme", path, "--school", school.urn, "--programme", "b", "--apply")


def test_an_unknown_reference_cannot_be_undone(db: None) -> None:
    assert refused("undo_import", "nothing") == "There is no import with the reference nothing."
