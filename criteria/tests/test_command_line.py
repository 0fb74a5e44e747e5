"""A data manager asks from the command line, with files and no web application."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from criteria.__main__ import main
from criteria.tables_page import tables_page

ROOT = Path(__file__).resolve().parents[2]
PUPILS = "pupil,year_group,joined_on,sex\nann,9,2024-09-01,F\nbilal,8,2025-09-01,M\n"
MEETING = "true,true,true,some,true"
ENCOUNTERS = (
    "pupil,encounter,date,type,status,title,purpose_shared_with_partner,purpose_shared_with_pupils,learning_outcomes_set,"
    "two_way,reflection_after\n"
    f"ann,e1,2026-10-06,employer_encounter,attended,Engineers in school,{MEETING}\n"
    f"bilal,e1,2026-10-06,employer_encounter,absent,Engineers in school,{MEETING}\n"
)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "pupils.csv").write_text(PUPILS)
    (tmp_path / "encounters.csv").write_text(ENCOUNTERS)
    return tmp_path


def ask(command: str, folder: Path, *more: str, encounters: str = "encounters.csv") -> int:
    files = ["--pupils", str(folder / "pupils.csv"), "--encounters", str(folder / encounters)]
    return main([command, *files, "--framework", "gatsby-2025", "--as-at", "2026-11-22", *more])


@pytest.mark.parametrize("engine", ["sqlite", "duckdb", "reference"])
def test_every_engine_writes_a_row_for_each_pupil_and_criterion(files: Path, engine: str) -> None:
    assert ask("evaluate", files, "--engine", engine, "--output", str(files / "out.csv")) == 0
    with (files / "out.csv").open() as file:
        rows = {(row["pupil"], row["criterion"]): row for row in csv.DictReader(file)}
    assert rows["ann", "gb5.2025.school.1"]["state"] == "met"
    assert rows["bilal", "gb5.2025.school.1"] | {"due": ""} == {
        "pupil": "bilal", "criterion": "gb5.2025.school.1", "state": "due", "count": "0", "needed": "1", "due": "", "reason": "",
    }  # fmt: skip


def test_the_summary_says_how_many_and_what_share(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ask("evaluate", files)
    line = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("gb5.2025.school.1"))
    assert line.split()[1:3] == ["2", "1"]
    assert line.endswith("50.0")


def test_a_familys_name_chooses_the_edition_in_force(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["evaluate", "--pupils", str(files / "pupils.csv"), "--encounters", str(files / "encounters.csv")]
    assert main([*arguments, "--framework", "gatsby", "--as-at", "2026-11-22"]) == 0
    assert "updated edition" in capsys.readouterr().out


def test_why_a_pupil_has_not_met_it_is_said_in_words(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask("explain", files, "--pupil", "bilal", "--criterion", "gb5.2025.school.1") == 0
    said = capsys.readouterr().out
    assert "Due (0 of 1" in said
    assert "Nearly: Engineers in school on 6 October 2026: the pupil's place was absent" in said
    assert "What would meet it:" in said


def test_the_same_answer_comes_from_parquet(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import duckdb

    for name in ("pupils", "encounters"):
        duckdb.sql(f"COPY (SELECT * FROM '{files / name}.csv') TO '{files / name}.parquet'")
    ask("evaluate", files)
    from_csv = capsys.readouterr().out
    arguments = [
        "evaluate",
        "--pupils",
        str(files / "pupils.parquet"),
        "--encounters",
        str(files / "encounters.parquet"),
    ]
    assert main([*arguments, "--framework", "gatsby-2025", "--as-at", "2026-11-22"]) == 0
    assert capsys.readouterr().out == from_csv


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "2026-10-06",
            "6th October",
            "row 2, column 'date': found '6th October' where a date such as 2026-11-22 is wanted",
        ),
        ("employer_encounter", "chat", "row 2, column 'type': found 'chat'; it is one of employer_encounter"),
        (
            "true,some",
            "perhaps,some",
            "row 2, column 'learning_outcomes_set': found 'perhaps' where true, false or blank",
        ),
        ("bilal,e1", "nobody,e1", "row 3, column 'pupil': 'nobody' is not in"),
        ("two_way", "too_way", "row 1, column 'too_way': encounters have no such column"),
        ("ann,e1,2026-10-06", "ann,e1,", "row 2, column 'date': it is blank, and it is needed"),
        ("attended,Eng", "attended,More,Eng", "row 2: it has 12 columns where the header has 11"),
    ],
)
def test_bad_input_exits_2_naming_file_row_and_column(
    files: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, said: str
) -> None:
    (files / "bad.csv").write_text(ENCOUNTERS.replace(old, new, 1))
    assert ask("evaluate", files, encounters="bad.csv") == 2
    error = capsys.readouterr().err
    assert "bad.csv" in error
    assert said in error


def test_a_pupil_given_twice_is_refused(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (files / "pupils.csv").write_text(PUPILS + "ann,10,,F\n")
    assert ask("evaluate", files) == 2
    assert "row 4, column 'pupil': 'ann' is already in row 2" in capsys.readouterr().err


def test_a_framework_nobody_wrote_is_refused_with_the_names_there_are(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["evaluate", "--pupils", str(files / "pupils.csv"), "--encounters", str(files / "encounters.csv")]
    assert main([*arguments, "--framework", "gatsby-1914"]) == 2
    assert "gatsby-2025" in capsys.readouterr().err


def test_the_reference_page_of_the_tables_is_not_stale() -> None:
    page = (ROOT / "docs/reference/tables.md").read_text(encoding="utf-8")
    assert page == tables_page(), "Write it again: python -m criteria tables > docs/reference/tables.md"


def test_a_trust_asks_of_its_schools_what_no_pupils_log_can_say(tmp_path: Path, capsys) -> None:
    (tmp_path / "schools.csv").write_text("school,setting\n900001,school\n900002,special\n")
    (tmp_path / "milestones.csv").write_text(
        "school,milestone,date,type,status,parties\n900001,m1,2026-10-10,feedback_gathered,done,pupils|parents|teachers\n"
    )
    tables = ["--schools", str(tmp_path / "schools.csv"), "--milestones", str(tmp_path / "milestones.csv")]
    asked = ["evaluate", *tables, "--framework", "gatsby-2025", "--as-at", "2026-11-22"]
    assert main([*asked, "--output", str(tmp_path / "out.csv")]) == 0
    assert "gb1.2025.college.1" not in capsys.readouterr().out, "none of them is a college"
    with (tmp_path / "out.csv").open() as file:
        counts = {(row["pupil"], row["criterion"]): row["count"] for row in csv.DictReader(file)}
    assert counts["900001", "gb1.2025.school.4"] == "3"
    assert counts["900002", "gb1.2025.school.4"] == "0"


def test_one_table_of_two_that_belong_together_is_not_enough(tmp_path: Path, capsys) -> None:
    assert main(["evaluate", "--schools", str(tmp_path / "x.csv"), "--framework", "gatsby-2025"]) == 2
    assert "--schools and --milestones belong together: give both." in capsys.readouterr().err


def test_spark_is_for_a_nation(files: Path, capsys) -> None:
    assert ask("evaluate", files, "--engine", "spark") == 2
    assert "give --nation FOLDER" in capsys.readouterr().err
