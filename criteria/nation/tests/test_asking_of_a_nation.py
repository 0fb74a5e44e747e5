"""A department asks how a whole nation stands, and publishes no number that tells of one pupil."""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from criteria.__main__ import main
from criteria.editions import frameworks_named
from criteria.engines import reference
from criteria.files import read_rows
from criteria.model import About, Criterion
from criteria.nation.asking import NationQuestion
from criteria.nation.by_duckdb import ByDuckDB
from criteria.nation.duck import connect
from criteria.nation.layout import open_nation
from criteria.nation.progress import Progress
from criteria.nation.summary import HIDDEN, NATION, STATES, AsTheyAre, Figures, rows
from criteria.running import as_given
from criteria.standing import State
from criteria.tables import ENCOUNTERS, PUPILS

AS_AT = date(2026, 11, 22)
FRAMEWORKS = ["gatsby-2025", "gatsby-2014", "provider-access", "work-experience", "wider-duties"]


@pytest.fixture(scope="module")
def criteria() -> tuple[Criterion, ...]:
    found = (c for framework in frameworks_named(FRAMEWORKS, AS_AT) for c in framework.criteria)
    return tuple(criterion for criterion in found if criterion.about is About.PUPIL)


@pytest.fixture
def figures(nation: Path, criteria: tuple[Criterion, ...]) -> Figures:
    opened = open_nation(nation, connect())
    answers = ByDuckDB(opened, Progress(io.StringIO(), len(opened.schools)))
    return Figures(criteria).add(answers.summarise(NationQuestion(criteria, AS_AT)))


def by_reference(nation: Path, criteria: tuple[Criterion, ...]) -> Counter[tuple[str, str, State]]:
    """Pupils by school, criterion and state, one at a time."""
    settings = {str(row["school"]): row["setting"] for row in _schools(nation)}
    found: Counter[tuple[str, str, State]] = Counter()
    for folder in sorted((nation / "pupils").iterdir()):
        urn = folder.name.removeprefix("school=")
        pupils = [as_given({**row, "setting": settings[urn]}) for row in read_rows(folder / "part-0.parquet", PUPILS)]
        log = read_rows(nation / "encounters" / folder.name / "part-0.parquet", ENCOUNTERS)
        for row in reference.evaluate(criteria, pupils, log, AS_AT).rows.values():
            found.update((urn, c.id, standing.state) for c, standing in zip(criteria, row, strict=True))
    return found


def _schools(nation: Path) -> list[dict[str, object]]:
    found = connect().execute(f"SELECT school, setting FROM read_parquet('{nation / 'schools.parquet'}')")
    return [{"school": row[0], "setting": row[1]} for row in found.fetchall()]


def test_a_nation_stands_as_each_of_its_pupils_does(
    nation: Path, figures: Figures, criteria: tuple[Criterion, ...]
) -> None:
    expected = by_reference(nation, criteria)
    for row in rows(figures, AsTheyAre(figures.counts)):
        if row["level"] == "school":
            found = {state: int(row[str(state)]) for state in STATES}
            assert found == {state: expected[row["place"], row["criterion"], state] for state in STATES}, row


def test_the_characteristics_of_a_nation_add_up_to_it(figures: Figures) -> None:
    met = Counter[tuple[str, str]]()
    for row in rows(figures, AsTheyAre(figures.counts)):
        if row["level"] == NATION:
            met[row["characteristic"], row["criterion"]] += int(row["met"])
    for trait in figures.values:
        for criterion in figures.criteria:
            assert met[trait, criterion.id] == met["", criterion.id], (trait, criterion.id)


def test_nothing_from_one_to_four_is_published(figures: Figures) -> None:
    published = list(rows(figures, figures.published()))
    assert any(HIDDEN in row.values() for row in published)
    for row in published:
        assert not {row[str(state)] for state in STATES} & {"1", "2", "3", "4"}
        if row["met"] == HIDDEN or row["asked"] == HIDDEN:
            assert row["met_percent"] == HIDDEN


def test_the_command_shows_the_nation_and_writes_every_line(nation: Path, tmp_path: Path, capsys) -> None:
    out = tmp_path / "figures.csv"
    asked = ["summarise", "--nation", str(nation), "--framework", "gatsby-2025", "--as-at", "2026-11-22"]
    assert main([*asked, "--output", str(out)]) == 0
    said = capsys.readouterr()
    assert "gb2.2025.school.1" in said.out
    assert "3 of 3 schools" in said.err
    with out.open() as file:
        levels = Counter(row["level"] for row in csv.DictReader(file))
    assert set(levels) == {"nation", "area", "school"}


def test_every_pupils_standing_is_written_and_can_be_read_again(
    nation: Path, tmp_path: Path, criteria, figures
) -> None:
    out = tmp_path / "standings"
    names = [word for name in FRAMEWORKS for word in ("--framework", name)]
    assert main(["evaluate", "--nation", str(nation), *names, "--as-at", "2026-11-22", "--output", str(out)]) == 0
    found = connect().execute(
        f"SELECT school, criterion, state, COUNT(*) FROM read_parquet('{out}/*.parquet') GROUP BY ALL"
    )
    assert {row[:3]: row[3] for row in found.fetchall()} == {
        (school, id, str(state)): number for (school, id, state), number in by_reference(nation, criteria).items()
    }


def test_what_is_written_is_what_the_reference_says_of_a_pupil(nation: Path, tmp_path: Path, criteria) -> None:
    out = tmp_path / "standings"
    names = [word for name in FRAMEWORKS for word in ("--framework", name)]
    main(["evaluate", "--nation", str(nation), *names, "--as-at", "2026-11-22", "--output", str(out)])
    folder = sorted((nation / "pupils").iterdir())[0]
    urn = folder.name.removeprefix("school=")
    setting = {str(row["school"]): row["setting"] for row in _schools(nation)}[urn]
    pupil = as_given({**read_rows(folder / "part-0.parquet", PUPILS)[0], "setting": setting})
    log = read_rows(nation / "encounters" / folder.name / "part-0.parquet", ENCOUNTERS)
    (expected,) = reference.evaluate(criteria, [pupil], log, AS_AT).rows.values()
    rows_of = f"FROM read_parquet('{out}/*.parquet') WHERE school = ? AND pupil = ?"
    query = f"SELECT criterion, state, count, needed, due, reason {rows_of}"
    written = {row[0]: row[1:] for row in connect().execute(query, [urn, pupil["pupil"]]).fetchall()}
    assert written == {
        c.id: (str(s.state), s.count, s.needed, s.due, str(s.reason)) for c, s in zip(criteria, expected, strict=True)
    }


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--pupils", "x.csv"], "--pupils cannot stand beside --nation"),
        (["--engine", "sqlite"], "The engine 'sqlite' cannot answer for a nation; use one of duckdb, spark."),
        ([], "give --output FOLDER"),
    ],
)
def test_what_cannot_be_asked_of_a_nation_is_refused(nation: Path, capsys, words: list[str], said: str) -> None:
    assert main(["evaluate", "--nation", str(nation), "--framework", "gatsby-2025", *words]) == 2
    assert said in capsys.readouterr().err


def test_an_old_answer_is_not_written_over(nation: Path, tmp_path: Path, capsys) -> None:
    asked = ["evaluate", "--nation", str(nation), "--framework", "gatsby-2025", "--output", str(tmp_path)]
    assert main(asked) == 2
    assert "it is there already" in capsys.readouterr().err
