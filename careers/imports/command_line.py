"""What the import commands share. Without --apply they print what a file would do; errors end the command with status 2."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django_scopes import scope

from careers.imports import actions
from careers.imports.kinds import registry
from careers.imports.kinds.options import Options
from careers.imports.models import Import
from careers.imports.plan import Report
from careers.imports.reading.files import File, refuse_longer
from careers.imports.reading.refusal import FileRefused
from careers.imports.wording import counts_in_words, how_it_was_read
from careers.schools import clock
from careers.schools.command_line import refuse, school_with
from careers.schools.models import School

LISTED = 20


class ImportCommand(BaseCommand):
    """A command that brings in one kind of file."""

    kind = ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--school", required=True, metavar="URN")
        parser.add_argument(
            "--academic-year", type=int, metavar="2026", help="2026 is 2026/27; the current year when not given"
        )
        parser.add_argument("--apply", action="store_true", help="bring it in; without this, only say what it would do")

    def options_from(self, given: dict[str, Any]) -> Options:
        year = given["academic_year"] or clock.current_year().start_year
        if not 2000 <= year <= 2100:
            raise refuse(f"--academic-year {year} is not a year. Write the year it starts in: 2026 is 2026/27.")
        return Options(year)

    def handle(self, *args: Any, **given: Any) -> None:
        school, options = school_with(given["school"]), self.options_from(given)
        with scope(school=school):
            try:
                file = read(given["file"])
                self.bring_in(school, file, options) if given["apply"] else self.preview(school, file, options)
            except FileRefused as refused:
                raise refuse(f"{given['file'].name}: {refused}") from None
            except actions.NotNow as refused:
                raise refuse(str(refused)) from None

    def preview(self, school: School, file: File, options: Options) -> None:
        report = registry.plan(self.kind, school, file, options, None).report
        self.say(report.as_json(), dict(report.counts), done=False)
        self.stop_if_wrong(report, file)
        anything = report.has_effect or report.leavers
        self.stdout.write("Nothing was changed. Add --apply to bring it in." if anything else "Nothing to change.")

    def bring_in(self, school: School, file: File, options: Options) -> None:
        report = registry.plan(self.kind, school, file, options, None).report
        self.stop_if_wrong(report, file)
        started = actions.upload(school=school, kind=self.kind, file=file, options=options, by=None)
        if started.status == Import.Status.NOTHING:
            self.stdout.write("Nothing to change.")
            return
        self.say(started.preview, {}, done=True)
        actions.apply(started=started, leavers=options.leave, by=None)
        self.say({}, started.counts, done=True)
        self.stdout.write(f"Brought in. To undo it: manage.py undo_import {started.reference}")

    def stop_if_wrong(self, report: Report, file: File) -> None:
        if report.choices:
            known = "\n".join(
                f"  --programme {one['programme']}  ({one['school']}, {one['rows']} activities)"
                for one in report.choices
            )
            raise refuse(f"{file.name} holds several programmes. Choose one:\n{known}")
        if report.faults:
            lines = [
                f"{file.name}: {report.where(fault)}: {fault.sentence}"
                for fault in sorted(report.faults, key=lambda fault: fault.row)
            ]
            raise refuse("\n".join([*lines, f"{len(lines)} problem{'s' * (len(lines) != 1)}. Nothing was changed."]))

    def say(self, preview: dict[str, Any], counts: dict[str, int], *, done: bool) -> None:
        for sentence in [*how_it_was_read(preview), *preview.get("notices", [])]:
            self.stdout.write(sentence)
        for what, number in counts_in_words(self.kind, counts, done=done):
            self.stdout.write(f"{what}: {number}")
        for one in preview.get("changed", [])[: 0 if done else LISTED]:
            changes = "; ".join(
                f"{change['field']} {change['before']} becomes {change['after']}" for change in one["what"]
            )
            self.stdout.write(f"  {one['who']}: {changes}")


def read(path: Path) -> File:
    try:
        refuse_longer(path.stat().st_size)
        return File(path.name, path.read_bytes())
    except OSError as error:
        raise FileRefused(f"The file could not be opened ({error.strerror}). Check the path.") from None
