"""`python -m criteria generate`, `check` and `summarise`, and what `evaluate` does with a nation."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from criteria.editions import frameworks_named
from criteria.files import FileError
from criteria.model import About
from criteria.nation.asking import Answerer, NationQuestion
from criteria.nation.by_duckdb import ByDuckDB
from criteria.nation.by_spark import BySpark, start
from criteria.nation.checking import check
from criteria.nation.duck import connect
from criteria.nation.generating import generate
from criteria.nation.layout import open_nation
from criteria.nation.progress import Progress, clock
from criteria.nation.summary import AsTheyAre, Figures, show, write
from criteria.nation.wishes import Wanted, size

ENGINES = ("duckdb", "spark")


def asks_of_a_nation(parser: argparse.ArgumentParser) -> None:
    """The options of a command that asks something of a whole nation."""
    parser.add_argument(
        "--master", default="local[*]", help="where Spark runs, such as spark://host:7077; this machine if left out"
    )
    parser.add_argument("--threads", type=int, help="of DuckDB; as many as there are processors if left out")
    parser.add_argument(
        "--memory", help="the most DuckDB may take, such as 4GB; four fifths of what there is if left out"
    )


def add_commands(commands: Any, day: Callable[[str], date]) -> None:
    """Add the commands to the command line; `day` reads a date."""
    making = commands.add_parser("generate", help="make a synthetic nation to try things on")
    making.add_argument(
        "--pupils", type=int, required=True, help="such as 3600000; leavers of three years are among them"
    )
    making.add_argument("--to", type=Path, required=True, metavar="FOLDER", help="a new or empty folder")
    making.add_argument("--encounters-per-pupil", type=float, default=40, help="40 if left out")
    making.add_argument("--as-at", type=day, default=date.today(), help="the day it is the log of; today if left out")  # noqa: DTZ011
    making.add_argument("--seed", type=int, default=1, help="another number makes another nation")
    making.add_argument("--workers", type=int, help="as many as there are processors if left out")
    making.set_defaults(run=_generate)
    summarising = commands.add_parser("summarise", help="how a nation stands, by school, area and characteristic")
    summarising.add_argument("--nation", required=True, metavar="FOLDER", help="Parquet, partitioned by school")
    summarising.add_argument(
        "--framework", action="append", required=True, help="such as gatsby-2025; may be given again"
    )
    summarising.add_argument("--as-at", type=day, default=date.today(), help="such as 2026-11-22; today if left out")  # noqa: DTZ011
    summarising.add_argument("--engine", choices=ENGINES, default="duckdb")
    summarising.add_argument("--output", type=Path, help="write every line to this CSV file")
    summarising.add_argument("--exact", action="store_true", help="hide no small number: not for publication")
    asks_of_a_nation(summarising)
    summarising.set_defaults(run=_summarise)
    checking = commands.add_parser("check", help="whether a nation is as it should be")
    checking.add_argument("folder", type=Path, help="with pupils/school=URN/ and encounters/school=URN/ in it")
    checking.set_defaults(run=_check)


def _generate(options: argparse.Namespace) -> int:
    wanted = Wanted(options.pupils, options.encounters_per_pupil, options.as_at.isoformat(), options.seed)
    started = time.monotonic()
    try:
        made = generate(wanted, options.to, sys.stdout, options.workers)
    except KeyboardInterrupt:
        print(f"\nStopped. To go on: python -m criteria generate {wanted} --to {options.to}", file=sys.stderr)
        return 130
    print(
        f"{made.schools:,} schools, {made.pupils:,} pupils and {made.encounters:,} encounters in {options.to}: "
        f"{size(made.bytes)}, {clock(time.monotonic() - started)}"
    )
    return 0


def answerer(options: argparse.Namespace) -> Answerer:
    """Who answers, by the options given."""
    if options.engine == "spark":
        return BySpark(options.nation, start(options.master))
    nation = open_nation(Path(options.nation), connect(options.threads, options.memory))
    return ByDuckDB(nation, Progress(sys.stderr, len(nation.schools), what="encounters"))


def question(options: argparse.Namespace) -> NationQuestion:
    """What is asked of each pupil."""
    frameworks = frameworks_named(options.framework, options.as_at)
    for framework in frameworks:
        print(f"{framework.title}, as at {options.as_at:%-d %B %Y}")
    criteria = (criterion for framework in frameworks for criterion in framework.criteria)
    return NationQuestion(tuple(c for c in criteria if c.about is About.PUPIL), options.as_at)


def evaluate(options: argparse.Namespace) -> int:
    """`evaluate --nation`: a row for each pupil and criterion, as Parquet."""
    if options.output is None:
        raise FileError("The standings of a nation are too many to show: give --output FOLDER, a new one.")
    if Path(options.output).exists():
        raise FileError(f"{options.output}: it is there already; give --output a new folder.")
    asked = question(options)
    started = time.monotonic()
    written = answerer(options).evaluate(asked, options.output)
    print(f"{written:,} rows written to {options.output}, {clock(time.monotonic() - started)}")
    return 0


def _summarise(options: argparse.Namespace) -> int:
    asked = question(options)
    started = time.monotonic()
    figures = Figures(asked.criteria).add(answerer(options).summarise(asked))
    counted = time.monotonic()
    table = AsTheyAre(figures.counts) if options.exact else figures.published()
    show(figures, table, sys.stdout)
    print(
        f"Counted in {clock(counted - started)}"
        + ("" if options.exact else f", made fit to publish in {clock(time.monotonic() - counted)}")
    )
    if options.output:
        print(f"{write(figures, table, options.output):,} lines written to {options.output}")
    return 0


def _check(options: argparse.Namespace) -> int:
    faults = check(options.folder, sys.stdout)
    for fault in faults:
        print(fault, file=sys.stderr)
    print({0: "Nothing is wrong.", 1: "One thing is wrong."}.get(len(faults), f"{len(faults):,} things are wrong."))
    return 2 if len(faults) else 0
