"""The kinds of file that can be brought in. Each has a `plan` of the same shape: school, file, options to what it would do."""

from __future__ import annotations

from dataclasses import dataclass

from careers.accounts.models import User
from careers.imports.kinds import log, programme, roll
from careers.imports.kinds.options import Options
from careers.imports.lists import planning as lists
from careers.imports.plan import Plan
from careers.imports.reading.files import File
from careers.schools.models import School


@dataclass(frozen=True)
class Kind:
    key: str
    title: str
    what: str
    """One sentence on what the file holds, for the page that asks for it."""
    deed: str
    """The audit's verb when it is applied."""
    accepts: str
    things: tuple[str, str]
    """What its rows become, one and many."""


KINDS = {
    kind.key: kind
    for kind in (
        Kind("roll", "The roll", "Who the pupils are: a list from the school's system, or a Common Transfer File.",
             "imported the roll", ".csv,.xlsx,.xml", ("pupil", "pupils")),
        Kind("log", "The log", "What pupils have done: one row for each pupil and activity.", "imported the log",
             ".csv,.xlsx", ("entry in the log", "entries in the log")),
        Kind("programme", "A programme", "A published careers programme, which becomes the year's plan.", "imported a programme",
             ".csv,.xlsx", ("activity", "activities")),
        Kind("anything", "Any other list",
             "Activities or attendance from anywhere: a trips system, a clubs list, a sign-in sheet, last year’s tracker.",
             "imported a list", ".csv,.xlsx", ("entry in the log", "entries in the log")),
    )
}  # fmt: skip


def plan(kind: str, school: School, file: File, options: Options, by: User | None) -> Plan:
    """What a file would do. Raises FileRefused when the file as a whole cannot be used."""
    if kind == "roll":
        return roll.plan(school, file, options)
    if kind == "log":
        return log.plan(school, file, options, by)
    if kind == "anything":
        return lists.plan(school, file, options, by)
    return programme.plan(school, file, options)
