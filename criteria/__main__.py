"""The command line: `python -m criteria evaluate`, `explain`, `tables` and `pages`.

Bad input exits 2, naming file, row and column.
"""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from criteria import running
from criteria.criteria_page import write_pages
from criteria.files import FileError, read_rows
from criteria.nation.commands import add_commands
from criteria.tables import ENCOUNTERS, PUPILS
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
    evaluate = _asking(commands.add_parser("evaluate", help="every pupil on every criterion"))
    evaluate.add_argument("--output", type=Path, help="write a row for each pupil and criterion to this CSV file")
    evaluate.add_argument("--engine", choices=running.ENGINES, default="sqlite")
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
    add_commands(commands, _day)
    return parser


def _asking(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("--pupils", type=Path, required=True, help="CSV or Parquet")
    parser.add_argument("--encounters", type=Path, required=True, help="CSV or Parquet")
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
    pupils, encounters = read_rows(options.pupils, PUPILS), read_rows(options.encounters, ENCOUNTERS)
    running.check_pupils(options.pupils, pupils, options.encounters, encounters)
    for framework in running.frameworks_named(options.framework, options.as_at):
        print(f"{framework.title}, as at {options.as_at:%-d %B %Y}")
    criteria = [c for f in running.frameworks_named(options.framework, options.as_at) for c in f.criteria]
    standings = running.evaluate(criteria, pupils, encounters, options.as_at, options.engine)
    running.print_summary(running.summarise(standings), sys.stdout)
    if options.output:
        running.write_standings(standings, options.output)
        print(f"{len(pupils) * len(criteria)} rows written to {options.output}")
    return 0


def _explain(options: argparse.Namespace) -> int:
    pupils, encounters = read_rows(options.pupils, PUPILS), read_rows(options.encounters, ENCOUNTERS)
    running.check_pupils(options.pupils, pupils, options.encounters, encounters)
    found = [row for row in pupils if row["pupil"] == options.pupil]
    if not found:
        raise FileError(f"{options.pupils}, column 'pupil': there is nobody called '{options.pupil}'.")
    criteria = [c for f in running.frameworks_named(options.framework, options.as_at) for c in f.criteria]
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


if __name__ == "__main__":
    sys.exit(main())
