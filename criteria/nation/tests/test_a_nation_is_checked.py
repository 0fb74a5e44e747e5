"""Whoever brings a nation is told everything that is wrong with it, where, and what to do."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from criteria.__main__ import main
from criteria.nation.checking import check
from criteria.nation.duck import connect


def change(folder: Path, table: str, query: str, school: str = "900001") -> None:
    """Write a school's file again as `query` says of `kept`."""
    path = folder / table / f"school={school}" / "part-0.parquet"
    connection = connect()
    connection.execute(f"CREATE TABLE kept AS FROM read_parquet('{path}', hive_partitioning = false)")
    connection.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet)")


def told(folder: Path) -> list[str]:
    return [str(fault) for fault in check(folder, io.StringIO(), rows_at_once=1)]


def test_a_synthetic_nation_has_nothing_wrong(nation: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(nation)]) == 0
    assert capsys.readouterr().out.endswith("Nothing is wrong.\n")


def test_a_faulty_one_ends_with_status_2_and_a_line_for_each_fault(
    spoilt: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(spoilt, "pupils", "SELECT * REPLACE ('X' AS sex) FROM kept")
    assert main(["check", str(spoilt)]) == 2
    said = capsys.readouterr()
    assert "pupils/school=900001, column 'sex': found 'X'; it is one of F, M, or NULL for not known (" in said.err
    assert said.out.endswith("One thing is wrong.\n")


def test_a_misspelt_column_is_named_with_the_columns_there_are(spoilt: Path) -> None:
    change(spoilt, "encounters", "SELECT *, TRUE AS in_schol_day FROM kept")
    (fault,) = told(spoilt)
    assert "column 'in_schol_day': found a column of that name; encounters have no such column; use pupil, " in fault


def test_a_column_of_the_wrong_kind_is_named_with_the_right_one(spoilt: Path) -> None:
    change(spoilt, "encounters", "SELECT * REPLACE (stem::VARCHAR AS stem) FROM kept")
    (fault,) = told(spoilt)
    assert "column 'stem': found VARCHAR; it is kept as BOOLEAN" in fault


def test_a_column_that_is_needed_and_missing_is_named(spoilt: Path) -> None:
    change(spoilt, "encounters", "SELECT * EXCLUDE (status) FROM kept")
    (fault,) = told(spoilt)
    assert fault.endswith("column 'status': found no such column; it is needed.")


@pytest.mark.parametrize(
    ("table", "spoil", "said"),
    [
        ("encounters", "'attending' AS status", "column 'status': found 'attending'; it is one of booked, attended"),
        ("encounters", "NULL::DATE AS date", "column 'date': found nothing; it is needed in every row"),
        (
            "encounters",
            "DATE '0026-10-06' AS date",
            "column 'date': found '0026-10-06'; it is from 1980-01-01 to 2100-12-31",
        ),
        ("encounters", "-1::FLOAT AS hours", "column 'hours': found '-1.0'; it is from 0 to 5,000"),
        ("encounters", "'utc' AS provider_kinds", "column 'provider_kinds': found 'utc'; a list is written |a|b|"),
        (
            "encounters",
            "'|utc|fe_college|' AS provider_kinds",
            "found '|utc|fe_college|'; a list holds each code once, in order",
        ),
        ("encounters", "'|school|' AS provider_kinds", "found '|school|'; its codes are school_sixth_form, "),
        ("pupils", "99::TINYINT AS year_group", "column 'year_group': found '99'; it is from -1 to 15"),
        ("pupils", "DATE '2019-01-01' AS left_on", "'2019-01-01, after "),
    ],
)
def test_a_bad_value_is_shown_with_what_is_wanted(spoilt: Path, table: str, spoil: str, said: str) -> None:
    change(spoilt, table, f"SELECT * REPLACE ({spoil}) FROM kept")
    assert any(said in fault and f"/{table}/school=900001" in fault for fault in told(spoilt)), told(spoilt)


def test_bad_rows_are_counted(spoilt: Path) -> None:
    change(spoilt, "pupils", "SELECT * REPLACE (if(pupil <= 3, 'Q', sen_provision) AS sen_provision) FROM kept")
    assert [fault[fault.index("(") :] for fault in told(spoilt)] == ["(3 rows in all)."]


def test_an_encounter_of_a_pupil_of_another_school_is_found(spoilt: Path) -> None:
    change(
        spoilt,
        "encounters",
        "FROM kept UNION ALL FROM (SELECT * REPLACE (699 AS pupil) FROM kept LIMIT 1)",
    )
    (fault,) = told(spoilt)
    assert "found '699', who is not a pupil of the school; add the pupil to " in fault


def test_a_pupil_given_twice_and_an_encounter_given_twice_are_found(spoilt: Path) -> None:
    change(spoilt, "pupils", "FROM kept UNION ALL SELECT * FROM kept WHERE pupil = 1")
    change(spoilt, "encounters", "FROM kept UNION ALL FROM (FROM kept LIMIT 2)")
    pupil, encounter = told(spoilt)
    assert "found '1' more than once; there is one row for each in a school." in pupil
    assert encounter.endswith("more than once; there is one row for each in a school, for each pupil (2 rows in all).")


def test_pupils_as_text_in_one_table_and_numbers_in_the_other_are_found(spoilt: Path) -> None:
    for school in ("900001", "900002", "900003"):
        change(spoilt, "pupils", "SELECT * REPLACE (pupil::VARCHAR AS pupil) FROM kept", school)
    (fault,) = told(spoilt)
    assert "found text in one table and numbers in the other; keep it the same way in both" in fault


def test_a_school_that_is_not_among_the_schools_is_found(spoilt: Path) -> None:
    path = spoilt / "schools.parquet"
    connect().execute(f"COPY (SELECT * FROM '{path}' WHERE school <> '900002') TO '{path}.new' (FORMAT parquet)")
    path.with_name("schools.parquet.new").rename(path)
    assert told(spoilt) == [
        f"{path}, column 'school': found no row for '900002'; every school that has pupils needs one."
    ]


def test_a_milestone_of_no_school_here_is_found(spoilt: Path) -> None:
    path = spoilt / "milestones.parquet"
    connect().execute(
        f"""COPY (SELECT * REPLACE (if(school = '900003', '900077', school) AS school) FROM '{path}')
        TO '{path}.new' (FORMAT parquet)"""
    )
    path.with_name("milestones.parquet.new").rename(path)
    assert told(spoilt) == [f"{path}, column 'school': found '900077'; there are no pupils of such a school."]


def test_a_folder_that_is_no_nation_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(tmp_path)]) == 2
    assert "this is not a nation" in capsys.readouterr().err
