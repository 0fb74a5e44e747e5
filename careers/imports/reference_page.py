"""The reference page of what can be brought in, written from the code so that the two cannot differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import models

from careers.imports import headings
from careers.imports.kinds.log_rows import STATUS_WORDS
from careers.imports.kinds.published_kinds import meanings
from careers.imports.lists.guessing import MARKS_SEEN
from careers.imports.lists.meanings import HEADINGS, label_of
from careers.imports.reading.refusal import HEADER_WITHIN, MAX_COLUMNS, MAX_ROWS
from careers.imports.values import NO, SEN_CODES, YES
from careers.programme.models import Activity

ROLL_MEANS = {
    "upn": "checked: 13 characters and the check letter",
    "former_upn": "finds a pupil whose UPN has changed",
    "uln": "checked; 9999999999 is taken as not known",
    "mis_id": "finds a pupil without a UPN, where the name or date of birth agrees",
    "name": "both names in one column, as `Surname, Forename`",
    "date_of_birth": "see Dates",
    "sex": "F or M, or the words",
    "year_group": "`9`, `09`, `Y9`, `Yr 9`, `Year 9`; rows below Year 7 are left out",
    "form": "the form of the chosen academic year; the one before ends",
    "house": "kept as a group",
    "subjects": "all of a pupil's in the chosen academic year, with commas, semicolons or bars between; others end",
    "joined_on": "see Dates",
    "left_on": "see Dates",
    "sen_provision": "N, K or E, or the words",
    "fsm": "yes or no",
    "looked_after": "yes or no",
    "pupil_premium": "yes or no",
    "eal": "yes or no",
}


def render() -> str:
    """The whole page, in Markdown."""
    return (
        "\n".join([*opening(), *roll(), *transfer_files(), *log(), *any_list(), *programme(), *values(), *commands()])
        + "\n"
    )


def opening() -> list[str]:
    return [
        "# What can be brought in",
        "",
        "This page is written by `manage.py write_imports_reference` from the code in `careers/imports`: change it there.",
        "",
        "Four kinds of file: the roll (who the pupils are), the log (what they have done), any other list of activities or",
        "attendance (what its columns mean is asked) and a programme (which becomes a plan).",
        "Each is CSV (commas, semicolons or tabs; UTF-8, UTF-16 or Windows-1252) or Excel (.xlsx); the roll may also be a",
        "Common Transfer File (.xml). You see what a file would do before anything changes; one error keeps all of it out; the",
        "same file again changes nothing; an import can be undone for thirty days, unless something recorded since depends on it.",
        "",
        f"A file may have up to {MAX_ROWS:,} rows and {MAX_COLUMNS} columns, and the size set by `TRIGPOINT_UPLOAD_MEGABYTES`.",
        f"The headings may stand in any of the first {HEADER_WITHIN} rows: what is above them is taken as a title or",
        "instructions. Capitals, spaces and punctuation in a heading do not matter. Columns that are not listed here are passed",
        "over, and named in the preview. Where two columns mean the same, the one listed first is used, and the other where the",
        "first is empty. A blank cell never erases anything.",
        "",
    ]


def roll() -> list[str]:
    return [
        "## The roll",
        "",
        "Names are needed, and a UPN, a date of birth or the school's own number. A pupil is known by UPN, present or former.",
        "A row without a UPN is matched only to the one pupil with exactly its surname, forename and date of birth; otherwise it",
        "is held until a person says who it is. Pupils on roll in the year groups the file covers who are not in it are",
        "proposed as leavers and leave only when ticked.",
        "",
        *table(["What", "Headings", "Notes"], rows_of(headings.ROLL, ROLL_MEANS)),
    ]


def transfer_files() -> list[str]:
    return [
        "## A Common Transfer File",
        "",
        "Of the shape of 2025 (`Sex`) or before (`Gender`). Used: `UPN`, `UniqueLearnerNumber`, `Surname`, `Forename`, `DOB`,",
        "`Email`; of `BasicDetails` the former UPN, preferred and middle names and `NCyearActual`; the latest provision of",
        "`SENhistory`; `FSMhistory`; `InCare`. The file must be from or for this school (LAESTAB). Year groups are those of the",
        "academic year in which the file was made and are moved to the one chosen. Nobody is proposed as a leaver.",
        "",
    ]


def log() -> list[str]:
    activity = {name: aliases for name, aliases in headings.for_log().items() if name not in headings.LOG_PUPIL}
    named = {name: aliases for name, aliases in activity.items() if name in headings.LOG_ACTIVITY}
    attributes = {name: aliases for name, aliases in activity.items() if name not in headings.LOG_ACTIVITY}
    notes = {name: str(kind_of(headings.ATTRIBUTES[name])) for name in attributes}
    return [
        "## The log",
        "",
        "One row for each pupil and activity. The pupil by UPN, by the school's own number, or by name with form or date of",
        "birth where that is one pupil. The activity by its title, type and date, or by a number of its own in the file. Blank",
        "means not known, never no. Several employers or providers in a cell stand with a semicolon or a bar between.",
        "",
        *table(["What", "Headings", "Notes"], rows_of(headings.LOG_PUPIL, {})),
        *table(["What", "Headings", "Notes"], rows_of(named, {"type": "a type of activity, listed below"})),
        "Attributes of the activity:",
        "",
        *table(["What", "Headings", "Notes"], rows_of(attributes, notes)),
        *table(["Type of activity", "Words"], ([f"`{value}`", str(label)] for value, label in Activity.Type.choices)),
        *table(["Attendance", "Written as"], ([f"`{s}`", ", ".join(words)] for s, words in STATUS_WORDS.items())),
    ]


def any_list() -> list[str]:
    words: dict[str, list[str]] = {}
    for word, meaning in MARKS_SEEN.items():
        words.setdefault(meaning, []).append(word)
    columns = {label_of(name): names for name, names in HEADINGS.items()}
    return [
        "## Any other list",
        "",
        "Whatever its headings and its shape; a person says what they mean, and that is remembered for the next. These headings",
        "are guessed, and every one can be changed on the page:",
        "",
        *table(["Meaning", "Headings"], ([label, ", ".join(names)] for label, names in columns.items())),
        "These marks are guessed; an x never is, because to some it is a tick and to others a cross:",
        "",
        *table(["Attendance", "Written as"], ([meaning, ", ".join(found)] for meaning, found in words.items())),
    ]


def kind_of(field: models.Field) -> str:
    if field.choices:
        return "one of: " + ", ".join(str(label) for _, label in field.flatchoices)
    if isinstance(field, models.BooleanField):
        return "yes, no, or blank for not known"
    return "a number" if isinstance(field, models.DecimalField | models.PositiveSmallIntegerField) else "text"


def programme() -> list[str]:
    return [
        "## A programme",
        "",
        "One row for each activity, which becomes a planned activity of the academic year chosen. What the programme does not",
        "say stays open. A second import corrects only the source, the benchmarks claimed and whether it is for all; type,",
        "dates and notes are the school's own once the plan is here.",
        "",
        *table(["What", "Headings"], ([cells[0], cells[1]] for cells in rows_of(headings.PROGRAMME, {}))),
        "What each kind becomes; where words are given, the first row whose words begin a word of the title:",
        "",
        *table(
            ["Kind", "Words in the title", "Becomes", "Said in the preview"],
            ([f"`{m.kind}`", ", ".join(m.title_words), str(Activity.Type(m.type).label), m.doubt] for m in meanings()),
        ),
    ]


def values() -> list[str]:
    return [
        "## How values are written",
        "",
        "- Dates: `2012-03-09`, `09/03/2012` (day first), `9 Mar 2012`, `09-Mar-2012`, an Excel date or its day number.",
        f"- Yes: {', '.join(sorted(YES))}. No: {', '.join(sorted(NO))}.",
        *[f"- SEN provision {code}: {', '.join(words)}." for code, words in SEN_CODES.items()],
        "",
    ]


def commands() -> list[str]:
    return [
        "## From the command line",
        "",
        "Without `--apply` each says what it would do. Errors name file, row and column, and end the command with status 2.",
        "",
        "    manage.py import_roll FILE --school URN [--academic-year 2026] [--leavers-leave] [--no-earlier-years] [--apply]",
        "    manage.py import_log FILE --school URN [--academic-year 2026] [--apply]",
        "    manage.py import_programme FILE --school URN --programme NAME [--academic-year 2026] [--apply]",
        "    manage.py undo_import REFERENCE",
    ]


def rows_of(columns: Mapping[str, tuple[str, ...]], notes: Mapping[str, str]) -> Iterable[list[str]]:
    for name, aliases in columns.items():
        yield [name.replace("_", " "), ", ".join(aliases), notes.get(name, "")]


def table(header: list[str], rows: Iterable[list[str]]) -> list[str]:
    lines = [" | ".join(cell.replace("|", "\\|") for cell in row) for row in rows]
    return [f"| {' | '.join(header)} |", f"|{' --- |' * len(header)}", *[f"| {line} |" for line in lines], ""]
