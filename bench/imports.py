"""Files brought in: the roll and the log from CSV into an empty school, the same files again; then a tracker of 20,000 cells."""

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
        any_list(Path(folder) / "tracker.csv", pupils)


def any_list(path: Path, pupils: list[str]) -> None:
    """A tracker of 20,000 attendances, a column for each of 20 activities: seconds and queries to see it, and to bring it in."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django_scopes import scope

    from bench.files import write_tracker
    from careers.imports import actions, answering
    from careers.imports.kinds.options import Options
    from careers.imports.lists import guessing, sheet
    from careers.imports.lists.words import answered, words_of
    from careers.imports.reading.files import File
    from careers.schools.models import School

    rows = write_tracker(path, pupils[:1000], 20)
    school, file = School.objects.get(urn="990009"), File(path.name, path.read_bytes())
    with scope(school=school):
        started = actions.upload(school=school, kind="anything", file=file, options=Options(2026), by=None)
        found = sheet.read(file)
        mapping = guessing.mapping_of(found, 2026)
        answered(mapping, words_of(found, mapping, 2026))
        once = guessing.once_of(found, mapping, 2026)

        def see() -> None:
            answering.understand(started=started, mapping=mapping, once=once, name="Tracker", by=None)

        def bring_in() -> None:
            actions.apply(started=started, by=None)

        for words, deed in ((f"See what a tracker of {rows:,} would do", see), ("Bring it in", bring_in)):
            with CaptureQueriesContext(connection) as asked:
                began = time.perf_counter()
                deed()
                took = time.perf_counter() - began
            print(f"{words:44}{took:8.1f} s{len(asked):8,} queries")
