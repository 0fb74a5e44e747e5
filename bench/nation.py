"""A nation by DuckDB: a bare scan, the query written by hand, and the engine, each in a process of its own.

It makes a small nation, or takes the one in the folder named by BENCH_NATION (`python -m criteria generate` makes one).
The engine's figures are checked against those of the query by hand.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

AS_AT = date(2026, 11, 22)
PUPILS = 100_000
MEASURED = {
    "scan": "A bare scan of the columns asked",
    "group": "The same, grouped by pupil",
    "hand": "Written by hand",
    "engine": "The engine",
}
Figures = dict[str, dict[str, int]]
"""criterion -> state -> pupils"""


def main() -> None:
    given = os.environ.get("BENCH_NATION")
    if given:
        measure(Path(given))
        return
    from criteria.nation.generating import generate
    from criteria.nation.wishes import Wanted

    with tempfile.TemporaryDirectory(prefix="trigpoint-nation-") as folder:
        generate(Wanted(PUPILS, 40, AS_AT.isoformat(), 1), Path(folder), StringIO())
        measure(Path(folder))


def measure(folder: Path) -> None:
    answers = {what: in_a_process(what, folder) for what in MEASURED}
    hand, engine = (answers[what]["figures"] for what in ("hand", "engine"))
    print(f"\nA NATION: {sum(hand['gb2.2025.school.1'].values()):,} pupils, {answers['scan']['figures']:,} encounters")
    for what, name in MEASURED.items():
        answer = answers[what]
        times = answer["seconds"] / answers["hand"]["seconds"]
        print(
            f"{name:44}{answer['seconds']:8.1f} s{answer['processor']:8.1f} s of processor"
            f"{answer['peak']:8.2f} GiB at most{times:8.2f} times the query by hand"
        )
    wrong = [
        f"{criterion}: {engine.get(criterion)} in place of {row}"
        for criterion, row in hand.items()
        if engine.get(criterion) != row
    ]
    if wrong:
        raise SystemExit("The engine and the query by hand differ. " + "; ".join(wrong))
    print(f"The engine and the query by hand give the same figures for {len(hand)} criteria.")


def in_a_process(what: str, folder: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.nation", what, str(folder)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def one(what: str, folder: Path) -> None:
    started = time.perf_counter()
    figures = {"scan": scan, "group": group, "hand": by_hand, "engine": by_engine}[what](folder)
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(
        json.dumps(
            {
                "figures": figures,
                "seconds": time.perf_counter() - started,
                "processor": used.ru_utime + used.ru_stime,
                "peak": used.ru_maxrss / 2**20,
            }
        )
    )


def connect() -> Any:
    import duckdb

    connection = duckdb.connect(config={"memory_limit": "6GB"})
    connection.execute("SET preserve_insertion_order = false")
    return connection


def table(folder: Path, name: str) -> str:
    return f"read_parquet('{folder}/{name}/*/*.parquet', hive_partitioning = true, hive_types = {{'school': VARCHAR}})"


def columns() -> list[str]:
    from bench.nation_by_hand import CRITERIA
    from criteria.engines.needs import attributes_asked
    from criteria.loading import load

    known = [c for name in ("gatsby-2025", "provider-access") for c in load(name).criteria if c.id in CRITERIA]
    return sorted({"pupil", "date", "status"} | attributes_asked(known))


def scan(folder: Path) -> int:
    counted = ", ".join(f"count({column})" for column in columns())
    rows = connect().execute(f"SELECT count(*), {counted} FROM {table(folder, 'encounters')}").fetchall()
    return int(rows[0][0])


def group(folder: Path) -> None:
    counted = [(f"n{place}", column) for place, column in enumerate(columns())]
    inner = ", ".join(f"count({column}) AS {name}" for name, column in counted)
    outer = ", ".join(f"max({name})" for name, _ in counted)
    connect().execute(
        f"SELECT {outer} FROM (SELECT {inner} FROM {table(folder, 'encounters')} GROUP BY school, pupil)"
    ).fetchall()


def by_hand(folder: Path) -> Figures:
    from bench.nation_by_hand import figures

    return figures(connect(), table(folder, "pupils"), table(folder, "encounters"), AS_AT)


def by_engine(folder: Path) -> Figures:
    from bench.nation_by_hand import CRITERIA
    from criteria.loading import load
    from criteria.nation.asking import NationQuestion
    from criteria.nation.by_duckdb import ByDuckDB
    from criteria.nation.layout import open_nation
    from criteria.nation.progress import Progress

    nation = open_nation(folder, connect())
    criteria = tuple(
        c for name in ("gatsby-2025", "provider-access") for c in load(name).on(AS_AT).criteria if c.id in CRITERIA
    )
    answer = ByDuckDB(nation, Progress(StringIO(), len(nation.schools)))
    counted: dict[str, Counter[str]] = {criterion.id: Counter() for criterion in criteria}
    for line in answer.summarise(NationQuestion(criteria, AS_AT)):
        if not line.trait:
            counted[criteria[line.criterion].id][str(line.state)] += line.pupils
    return {criterion: dict(sorted(states.items())) for criterion, states in counted.items()}


if __name__ == "__main__":
    one(sys.argv[1], Path(sys.argv[2])) if len(sys.argv) > 1 else main()
