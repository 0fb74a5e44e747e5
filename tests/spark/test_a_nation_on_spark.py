"""Spark says of a nation what DuckDB says of it."""

from __future__ import annotations

import io
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from criteria.editions import frameworks_named
from criteria.model import About
from criteria.nation.asking import NationQuestion
from criteria.nation.by_duckdb import ByDuckDB
from criteria.nation.by_spark import BySpark
from criteria.nation.duck import connect
from criteria.nation.generating import generate
from criteria.nation.layout import open_nation
from criteria.nation.progress import Progress
from criteria.nation.wishes import Wanted

pytestmark = [
    # Pyspark leaves the closing of its sockets to the collector of garbage.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
AS_AT = date(2026, 11, 22)


@pytest.fixture(scope="module")
def nation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("nation") / "made"
    generate(
        Wanted(pupils=300, encounters_per_pupil=20, as_at=AS_AT.isoformat(), seed=3), folder, io.StringIO(), workers=1
    )
    return folder


@pytest.fixture(scope="module")
def question() -> NationQuestion:
    frameworks = frameworks_named(["gatsby-2025", "provider-access"], AS_AT)
    return NationQuestion(tuple(c for f in frameworks for c in f.criteria if c.about is About.PUPIL), AS_AT)


def on_duckdb(nation: Path) -> ByDuckDB:
    opened = open_nation(nation, connect())
    return ByDuckDB(opened, Progress(io.StringIO(), len(opened.schools)))


def test_spark_and_duckdb_summarise_a_nation_alike(spark: Any, nation: Path, question: NationQuestion) -> None:
    spark.conf.set("spark.sql.sources.partitionColumnTypeInference.enabled", "false")
    assert Counter(BySpark(str(nation), spark).summarise(question)) == Counter(on_duckdb(nation).summarise(question))


def test_spark_and_duckdb_write_the_same_standings(
    spark: Any, nation: Path, question: NationQuestion, tmp_path: Path
) -> None:
    spark.conf.set("spark.sql.sources.partitionColumnTypeInference.enabled", "false")
    written = BySpark(str(nation), spark).evaluate(question, str(tmp_path / "spark"))
    assert written == on_duckdb(nation).evaluate(question, str(tmp_path / "duckdb"))
    read = "SELECT * FROM read_parquet('{}/*.parquet') ORDER BY school, pupil, criterion"
    found = [connect().execute(read.format(tmp_path / engine)).fetchall() for engine in ("spark", "duckdb")]
    assert found[0] == found[1]
