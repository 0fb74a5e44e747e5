"""Files brought in: the roll and the log from CSV into an empty school, then the same files again."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path
from typing import Any


def imports(made: Any) -> None:
    """The roll and the log from CSV into an empty school, then the same files again."""
    from django.core.management import call_command

    from bench.files import write_log, write_roll
    from careers.schools.models import School

    School.objects.create(name="Bench School", urn="990009", laestab="9994009", demonstration=True)
    with tempfile.TemporaryDirectory() as folder:
        roll, log = Path(folder) / "roll.csv", Path(folder) / "log.csv"
        pupils = write_roll(roll, 1500)
        rows = write_log(log, pupils, 60_000)
        for words, command, path in (
            ("Import a roll of 1,500", "import_roll", roll),
            ("The same roll again", "import_roll", roll),
            (f"Import a log of {rows:,}", "import_log", log),
            ("The same log again", "import_log", log),
        ):
            started = time.perf_counter()
            with open(os.devnull, "w") as nowhere:
                call_command(command, str(path), "--school", "990009", "--apply", stdout=nowhere)
            print(f"{words:44}{time.perf_counter() - started:8.1f} s")
