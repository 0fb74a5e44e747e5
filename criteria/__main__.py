"""The command line: `python -m criteria evaluate`, `explain`, `tables`, `pages` and `stale`.

Bad input exits 2, naming file, row and column.
"""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from criteria import running
from criteria.criteria_page import write_pages
from criteria.editions import frameworks_named
from criteria.files import FileError, read_rows
from criteria.loading import FRAMEWORKS, load_all
from criteria.model import About, Criterion
from criteria.nation.commands import ENGINES as OF_A_NATION
from criteria.nation.commands import add_commands, asks_of_a_nation
from criteria.nation.commands import evaluate as evaluate_nation
from criteria.staleness import MONTHS, dated_in_files, dated_things, stale
from criteria.tables import ENCOUNTERS, MILESTONES, PUPILS, SCHOOLS
from criteria.tables_page import tables_page
from criteria.yaml_lines import FrameworkError


def main(arguments: list[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except (FileError, FrameworkError) as error:
        print(error, file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m criteria", description="Where pupils stand, from tables alone.")
    commands = parser.add_subparsers(required=True, metavar="command")
    evaluate = _asking(commands.add_parser("evaluate", help="every pupil on every criterion"), needed=False)
    evaluate.add_argument(
        "--schools", type=Path, help="CSV or Parquet: schools, for what is asked of the school itself"
    )
    evaluate.add_argument("--milestones", type=Path, help="CSV or Parquet: what the schools did")
    evaluate.add_argument("--nation", metavar="FOLDER", help="in place of the tables: Parquet, partitioned by school")
    evaluate.add_argument(
        "--output", help="write a row for each pupil and criterion here: a CSV file, or of a nation a folder"
    )
    evaluate.add_argument(
        "--engine", choices=(*running.ENGINES, "spark"), help="sqlite if left out; of a nation duckdb"
    )
    asks_of_a_nation(evaluate)
    evaluate.set_defaults(run=_evaluate)
    explain = _asking(commands.add_parser("explain", help="why one pupil stands where they stand"))
    explain.add_argument("--pupil", required=True, help="as in the pupils table")
    explain.add_argument("--criterion", action="append", help="only this criterion (may be given again)")
    explain.set_defaults(run=_explain)
    tables = commands.add_parser("tables", help="the reference page of the input tables")
    tables.set_defaults(run=_tables)
    pages = commands.add_parser("pages", help="the reference pages of the criteria, one for each framework")
    pages.add_argument("folder", type=Path, help="such as docs/reference/criteria")
    pages.set_defaults(run=_pages)
    old = commands.add_parser(
        "stale", help="what was last held against its source too long ago; exits 1 if anything was"
    )
    old.add_argument("--months", type=int, default=MONTHS, help=f"how long a check lasts; {MONTHS} if left out")
    old.add_argument("--as-at", type=_day, default=date.today(), help="such as 2026-11-22; today if left out")  # noqa: DTZ011
    old.set_defaults(run=_stale)
    add_commands(commands, _day)
    return parser


def _asking(parser: argparse.ArgumentParser, needed: bool = True) -> argparse.ArgumentParser:
    parser.add_argument("--pupils", type=Path, required=needed, help="CSV or Parquet")
    parser.add_argument("--encounters", type=Path, required=needed, help="CSV or Parquet")
    parser.add_argument(
        "--framework",
        action="append",
        required=True,
        help="such as gatsby-2025, or gatsby for the edition in force",
    )
    parser.add_argument("--as-at", type=_day, default=date.today(), help="such as 2026-11-22; today if left out")  # noqa: DTZ011
    return parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is not a date such as 2026-11-22") from None


def _evaluate(options: argparse.Namespace) -> int:
    if options.nation:
        return _evaluate_nation(options)
    if options.engine == "spark":
        raise FileError("The engine 'spark' answers for a nation: give --nation FOLDER.")
    engine = options.engine or "sqlite"
    for framework in frameworks_named(options.framework, options.as_at):
        print(f"{framework.title}, as at {options.as_at:%-d %B %Y}")
    found = []
    if _both(options, "pupils", "encounters"):
        pupils, encounters = read_rows(options.pupils, PUPILS), read_rows(options.encounters, ENCOUNTERS)
        running.check_pupils(options.pupils, pupils, options.encounters, encounters)
        criteria = running.concerning(_criteria(options, About.PUPIL), pupils)
        found.append(running.evaluate(criteria, pupils, encounters, options.as_at, engine))
    if _both(options, "schools", "milestones"):
        schools, milestones = read_rows(options.schools, SCHOOLS), read_rows(options.milestones, MILESTONES)
        criteria = running.concerning(_criteria(options, About.SCHOOL), schools)
        found.append(running.evaluate_schools(criteria, schools, milestones, options.as_at, engine))
    if not found:
        raise FileError("There is nobody to answer for: give --pupils and --encounters, or --nation.")
    running.print_summary([line for standings in found for line in running.summarise(standings)], sys.stdout)
    if options.output:
        print(f"{running.write_standings(found, Path(options.output))} rows written to {options.output}")
    return 0


def _evaluate_nation(options: argparse.Namespace) -> int:
    for given in ("pupils", "encounters", "schools", "milestones"):
        if getattr(options, given):
            raise FileError(
                f"--{given} cannot stand beside --nation, which has tables of its own; leave one of them out."
            )
    options.engine = options.engine or "duckdb"
    if options.engine not in OF_A_NATION:
        raise FileError(
            f"The engine '{options.engine}' cannot answer for a nation; use one of {', '.join(OF_A_NATION)}."
        )
    return evaluate_nation(options)


def _both(options: argparse.Namespace, first: str, second: str) -> bool:
    """Whether two tables that belong together are both given; FileError where only one is."""
    given = [bool(getattr(options, name)) for name in (first, second)]
    if any(given) and not all(given):
        raise FileError(f"--{first} and --{second} belong together: give both.")
    return all(given)


def _criteria(options: argparse.Namespace, about: About) -> list[Criterion]:
    frameworks = frameworks_named(options.framework, options.as_at)
    return [criterion for framework in frameworks for criterion in framework.criteria if criterion.about is about]


def _explain(options: argparse.Namespace) -> int:
    pupils, encounters = read_rows(options.pupils, PUPILS), read_rows(options.encounters, ENCOUNTERS)
    running.check_pupils(options.pupils, pupils, options.encounters, encounters)
    found = [row for row in pupils if row["pupil"] == options.pupil]
    if not found:
        raise FileError(f"{options.pupils}, column 'pupil': there is nobody called '{options.pupil}'.")
    criteria = running.concerning(_criteria(options, About.PUPIL), found)
    if options.criterion:
        known = {criterion.id for criterion in criteria}
        for wanted in options.criterion:
            if wanted not in known:
                raise FrameworkError(f"There is no criterion {wanted} here; there are: {', '.join(sorted(known))}.")
        criteria = [criterion for criterion in criteria if criterion.id in options.criterion]
    own = [row for row in encounters if row["pupil"] == options.pupil]
    for criterion, explanation in running.explain_pupil(criteria, found[0], own, options.as_at):
        running.print_explanation(criterion, explanation, sys.stdout)
    return 0


def _tables(options: argparse.Namespace) -> int:
    sys.stdout.write(tables_page())
    return 0


def _pages(options: argparse.Namespace) -> int:
    for path in write_pages(options.folder):
        print(path)
    return 0


def _stale(options: argparse.Namespace) -> int:
    found = stale([*dated_things(load_all()), *dated_in_files(FRAMEWORKS)], options.as_at, options.months)
    for thing in found:
        print(f"{thing.checked_on}  {thing.framework}  {thing.id}  {thing.what}  {thing.source}")
    lasts = f"{options.months} month{'s' if options.months != 1 else ''}"
    print(f"{len(found)} to look at again: last checked more than {lasts} before {options.as_at}.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
