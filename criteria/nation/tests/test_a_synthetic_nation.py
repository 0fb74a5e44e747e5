"""Somebody with no data of their own makes a nation to try things on."""

from __future__ import annotations

import builtins
import io
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from criteria import running
from criteria.__main__ import main
from criteria.editions import frameworks_named
from criteria.files import FileError, read_rows
from criteria.nation import wishes
from criteria.nation.duck import connect
from criteria.nation.generating import Made, generate
from criteria.nation.layout import open_nation
from criteria.nation.tests.conftest import AS_AT, WANTED
from criteria.nation.wishes import Wanted
from criteria.standing import State
from criteria.tables import ENCOUNTERS, MILESTONES, PUPILS, SCHOOLS

Row = dict[str, Any]
FRAMEWORKS = ("gatsby-2014", "gatsby-2025", "provider-access")


def tables_of(nation: Path, school: str) -> tuple[list[Row], list[Row]]:
    people, log = (nation / kind / f"school={school}" / "part-0.parquet" for kind in ("pupils", "encounters"))
    return read_rows(people, PUPILS), read_rows(log, ENCOUNTERS)


def rows_in(folder: Path) -> list[tuple[Any, ...]]:
    files = sorted(folder.rglob("*.parquet"))
    return [row for file in files for row in connect().execute(f"FROM read_parquet('{file}')").fetchall()]


def test_it_has_the_pupils_asked_for_and_about_the_encounters(made: tuple[Path, Made]) -> None:
    folder, counted = made
    assert (counted.schools, counted.pupils) == (3, 700)
    assert 0.9 < counted.encounters / (700 * 20) < 1.1
    assert counted.bytes == sum(path.stat().st_size for path in folder.rglob("*.parquet"))


def test_it_fits_in_what_was_said_beforehand(made: tuple[Path, Made]) -> None:
    assert made[1].bytes <= WANTED.bytes


def test_the_same_wishes_make_the_same_nation_and_another_seed_another(nation: Path, tmp_path: Path) -> None:
    generate(WANTED, tmp_path / "again", io.StringIO(), workers=2)
    generate(replace(WANTED, seed=2), tmp_path / "other", io.StringIO(), workers=1)
    assert rows_in(tmp_path / "again") == rows_in(nation)
    assert rows_in(tmp_path / "other") != rows_in(nation)


def test_every_column_of_the_tables_is_written_but_those_a_file_need_not_hold(nation: Path) -> None:
    found = open_nation(nation, connect())
    assert set(PUPILS.names) - set(found.types(found.schools[0].pupils)) == {"on_roll"}
    assert set(found.types(found.schools[0].encounters)) == {*ENCOUNTERS.names, "school"}


def test_the_schools_and_their_milestones_can_be_read_by_the_tables(nation: Path) -> None:
    schools = read_rows(nation / "schools.parquet", SCHOOLS)
    milestones = read_rows(nation / "milestones.parquet", MILESTONES)
    assert [school["setting"] for school in schools] == ["school", "special", "college"]
    assert {row["school"] for row in milestones} == {school["school"] for school in schools}
    assert {row["status"] for row in milestones} == {"done", "planned"}
    assert all((row["date"] <= date.fromisoformat(AS_AT)) == (row["status"] == "done") for row in milestones)


def test_its_urns_are_of_a_range_in_which_there_is_no_school(nation: Path) -> None:
    assert sorted(path.name for path in (nation / "pupils").iterdir()) == [f"school=90000{n}" for n in (1, 2, 3)]


def test_rows_stand_in_order_of_pupil_so_that_a_pupils_are_together(nation: Path) -> None:
    pupils = [row["pupil"] for row in tables_of(nation, "900001")[1]]
    assert pupils == sorted(pupils, key=int)


def test_classes_and_year_groups_share_occasions_and_their_facts(nation: Path) -> None:
    shared: dict[str, set[tuple[Any, ...]]] = {}
    attended: Counter[str] = Counter()
    for row in tables_of(nation, "900001")[1]:
        shared.setdefault(row["encounter"], set()).add(
            (row["date"], row["type"], row["two_way"], row["eligible_providers"])
        )
        attended[row["encounter"]] += 1
    assert {len(facts) for facts in shared.values()} == {1}
    assert attended.most_common(1)[0][1] > 50


def test_nobody_meets_anybody_before_they_joined_or_after_they_left(nation: Path) -> None:
    people, log = tables_of(nation, "900001")
    stay = {row["pupil"]: row for row in people if row["joined_on"]}
    for row in log:
        if (pupil := stay.get(row["pupil"])) and row["type"] != "destination":
            assert pupil["joined_on"] <= row["date"] <= (pupil["left_on"] or date.max)


def test_every_engine_gives_the_same_answers_and_they_spread(nation: Path) -> None:
    as_at = date.fromisoformat(AS_AT)
    criteria = [each for framework in frameworks_named(FRAMEWORKS, as_at) for each in framework.criteria]
    criteria = [each for each in criteria if getattr(each, "about", "pupil") == "pupil"]
    states: dict[str, Counter[State]] = {criterion.id: Counter() for criterion in criteria}
    for school in ("900001", "900002", "900003"):
        people, log = tables_of(nation, school)
        truth = running.evaluate(criteria, people, log, as_at, "reference")
        assert running.evaluate(criteria, people, log, as_at, "sqlite").rows == truth.rows
        assert running.evaluate(criteria, people, log, as_at, "duckdb").rows == truth.rows
        for summary in running.summarise(truth):
            states[summary.criterion.id].update(summary.counts)
    together: Counter[State] = sum(states.values(), Counter())
    assert set(together) == set(State)
    assert sum(len(found) >= 4 for found in states.values()) > 0.8 * len(states)


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("years of work")
    with pytest.raises(FileError, match="the folder is not empty"):
        generate(WANTED, tmp_path, io.StringIO())
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


def test_a_run_that_was_cut_short_goes_on_where_it_stopped(spoilt: Path, nation: Path) -> None:
    (spoilt / "encounters" / "school=900002" / "part-0.parquet").unlink()
    kept = (spoilt / "encounters" / "school=900001" / "part-0.parquet").stat().st_mtime_ns
    out = io.StringIO()
    generate(WANTED, spoilt, out)
    assert rows_in(spoilt) == rows_in(nation)
    assert (spoilt / "encounters" / "school=900001" / "part-0.parquet").stat().st_mtime_ns == kept
    assert out.getvalue().splitlines()[-1].startswith("3 of 3 schools")


def test_other_wishes_do_not_go_on_with_it(spoilt: Path) -> None:
    with pytest.raises(
        FileError,
        match="begun there with --pupils 700 --encounters-per-pupil 20 --as-at 2026-11-22 --seed 1; ask for the same to go on",
    ):
        generate(replace(WANTED, seed=5), spoilt, io.StringIO())


def test_it_is_refused_where_it_does_not_fit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wishes, "BYTES_AN_ENCOUNTER", 10**15)
    with pytest.raises(FileError, match="that does not fit; make room, or ask for fewer --pupils"):
        generate(WANTED, tmp_path / "small", io.StringIO())
    assert list((tmp_path / "small").iterdir()) == []


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    in_the_way = tmp_path / "tiny" / "pupils" / "school=900002" / "part-0.unfinished"
    generate(replace(WANTED, pupils=120), tmp_path / "tiny", io.StringIO(), workers=1)
    (tmp_path / "tiny" / "encounters" / "school=900002" / "part-0.parquet").unlink()
    in_the_way.mkdir()
    with pytest.raises(FileError, match="school=900002/part-0.parquet: it could not be written"):
        generate(replace(WANTED, pupils=120), tmp_path / "tiny", io.StringIO(), workers=1)


@pytest.mark.parametrize("wrong", [{"pupils": 0}, {"pupils": 10**9}, {"encounters_per_pupil": 0.0}])
def test_numbers_that_make_no_nation_are_refused(tmp_path: Path, wrong: dict[str, Any]) -> None:
    with pytest.raises(FileError, match="--pupils must be from 100"):
        generate(replace(WANTED, **wrong), tmp_path / "none", io.StringIO())
    assert not (tmp_path / "none").exists()


def test_without_duckdb_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    usual = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name == "duckdb":
            raise ImportError(name)
        return usual(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    assert main(["generate", "--pupils", "700", "--to", str(tmp_path / "none")]) == 2
    assert "install Trigpoint with its 'files' extra" in capsys.readouterr().err


def test_the_command_says_what_it_will_take_and_what_it_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["--pupils", "120", "--encounters-per-pupil", "5", "--as-at", AS_AT, "--workers", "1"]
    assert main(["generate", *asked, "--to", str(tmp_path / "tiny")]) == 0
    first, *_, last = capsys.readouterr().out.splitlines()
    assert first.startswith("3 schools, 120 pupils and about 600 encounters will take about 0.")
    assert last.startswith("3 schools, 120 pupils and ")


def test_wishes_are_told_apart_by_all_they_say() -> None:
    assert Wanted(700, 20, AS_AT, 1) == WANTED
    assert replace(WANTED, encounters_per_pupil=30).bytes > WANTED.bytes
