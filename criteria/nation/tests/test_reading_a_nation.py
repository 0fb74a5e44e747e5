"""A nation is read a few schools at a time, only the columns wanted, whatever whoever lends it keeps them as."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from criteria.files import FileError
from criteria.nation.duck import connect
from criteria.nation.layout import is_nation, open_nation


def put(folder: Path, table: str, school: str, query: str) -> None:
    path = folder / table / f"school={school}" / "part-0.parquet"
    path.parent.mkdir(parents=True, exist_ok=True)
    connect().execute(f"COPY ({query}) TO '{path}' (FORMAT parquet)")


def rows(query: str) -> list[tuple[Any, ...]]:
    return connect().execute(query).fetchall()


@pytest.fixture
def two_schools(tmp_path: Path) -> Path:
    """One keeps text and a few columns; the other numbers, a list as a list, and a column the first does not have."""
    put(tmp_path, "pupils", "900001", "SELECT 'ann' AS pupil, 9 AS year_group, '|English|' AS subjects")
    put(tmp_path, "pupils", "900002", "SELECT '7' AS pupil, 8::TINYINT AS year_group, 'F' AS sex")
    put(
        tmp_path,
        "encounters",
        "900001",
        "SELECT 'ann' AS pupil, DATE '2026-10-06' AS date, 'review' AS type, 'attended' AS status",
    )
    return tmp_path


def test_schools_are_found_with_the_rows_they_hold(nation: Path) -> None:
    found = open_nation(nation, connect())
    assert [school.urn for school in found.schools] == ["900001", "900002", "900003"]
    assert found.pupil_rows == 700
    assert found.encounter_rows == len(rows(f"FROM '{nation}/encounters/*/*.parquet'"))
    assert is_nation(nation)
    assert not is_nation(nation / "pupils")


def test_batches_hold_whole_schools_and_no_more_rows_than_asked(nation: Path) -> None:
    found = open_nation(nation, connect())
    assert [len(batch) for batch in found.batches(10**9)] == [3]
    assert [len(batch) for batch in found.batches(1)] == [1, 1, 1]


def test_only_the_columns_asked_for_come_and_in_that_order(nation: Path) -> None:
    found = open_nation(nation, connect())
    special = found.schools[1:2]
    described = rows(f"DESCRIBE {found.pupils_sql(special, ['school', 'pupil', 'fsm'])}")
    assert [row[:2] for row in described] == [("school", "VARCHAR"), ("pupil", "INTEGER"), ("fsm", "BOOLEAN")]
    assert {row[0] for row in rows(found.encounters_sql(special, ["school", "date"]))} == {"900002"}


def test_numbers_are_read_wide_enough_to_reckon_with(nation: Path) -> None:
    found = open_nation(nation, connect())
    people = rows(f"DESCRIBE {found.pupils_sql(found.schools, ['academic_year', 'year_group'])}")
    log = rows(f"DESCRIBE {found.encounters_sql(found.schools, ['hours', 'employers'])}")
    assert [row[1] for row in (*people, *log)] == ["INTEGER", "INTEGER", "DOUBLE", "INTEGER"]


def test_a_column_that_is_nowhere_is_unknown_for_everybody(nation: Path) -> None:
    found = open_nation(nation, connect())
    assert rows(f"SELECT DISTINCT on_roll FROM ({found.pupils_sql(found.schools, ['on_roll'])})") == [(None,)]


def test_schools_that_keep_different_columns_are_read_together(two_schools: Path) -> None:
    found = open_nation(two_schools, connect())
    people = rows(found.pupils_sql(found.schools, ["school", "pupil", "year_group", "sex", "subjects", "joined_on"]))
    assert sorted(people) == [
        ("900001", "ann", 9, None, "|English|", None),
        ("900002", "7", 8, "F", None, None),
    ]


def test_a_school_is_read_by_itself_where_only_others_keep_a_column(two_schools: Path) -> None:
    found = open_nation(two_schools, connect())
    one, other = ([school] for school in found.schools)
    assert rows(found.pupils_sql(one, ["pupil", "sex", "subjects"])) == [("ann", None, "|English|")]
    assert rows(found.pupils_sql(other, ["pupil", "sex", "subjects"])) == [("7", "F", None)]


def test_a_school_may_have_no_encounters(two_schools: Path) -> None:
    found = open_nation(two_schools, connect())
    assert rows(found.encounters_sql(found.schools[1:], ["school", "pupil", "hours"])) == []
    assert rows(found.encounters_sql(found.schools, ["school", "pupil", "hours"])) == [("900001", "ann", None)]


def test_a_list_kept_as_a_list_is_read_as_text_between_bars(tmp_path: Path) -> None:
    lists = "SELECT * FROM (VALUES (1, ['b', 'a', 'b']), (2, []), (3, NULL)) kept(pupil, subjects)"
    put(tmp_path, "pupils", "900001", lists)
    found = open_nation(tmp_path, connect())
    assert rows(found.pupils_sql(found.schools, ["subjects"])) == [("|a|b|",), ("",), (None,)]


def test_a_nation_without_a_schools_file_still_knows_its_schools(two_schools: Path, nation: Path) -> None:
    assert rows(open_nation(two_schools, connect()).schools_sql(["school", "area"])) == [
        ("900001", None),
        ("900002", None),
    ]
    assert rows(open_nation(two_schools, connect()).milestones_sql()) == []
    assert rows(open_nation(nation, connect()).schools_sql(["school", "setting"]))[2] == ("900003", "college")


def test_a_folder_of_another_shape_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="there is no folder 'pupils' in it"):
        open_nation(tmp_path, connect())
    (tmp_path / "pupils").mkdir()
    with pytest.raises(FileError, match="files go in school=URN/part-0.parquet"):
        open_nation(tmp_path, connect())


def test_a_school_with_encounters_and_no_pupils_is_refused(two_schools: Path) -> None:
    put(two_schools, "encounters", "900009", "SELECT 1 AS pupil")
    with pytest.raises(FileError, match="school=900009: the school has encounters but no pupils"):
        open_nation(two_schools, connect())


def test_a_file_that_is_not_parquet_is_refused(two_schools: Path) -> None:
    (two_schools / "pupils" / "school=900001" / "part-0.parquet").write_text("pupil,year_group\n")
    with pytest.raises(FileError, match="a file in it cannot be read as Parquet"):
        open_nation(two_schools, connect())
