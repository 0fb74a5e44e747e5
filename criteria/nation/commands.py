"""`python -m criteria generate` and `check`."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from criteria.nation.checking import check
from criteria.nation.generating import generate
from criteria.nation.progress import clock
from criteria.nation.wishes import Wanted, size


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


def _check(options: argparse.Namespace) -> int:
    faults = check(options.folder, sys.stdout)
    for fault in faults:
        print(fault, file=sys.stderr)
    print({0: "Nothing is wrong.", 1: "One thing is wrong."}.get(len(faults), f"{len(faults):,} things are wrong."))
    return 2 if len(faults) else 0
