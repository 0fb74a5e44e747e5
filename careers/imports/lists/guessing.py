"""First guesses at what a list means, from its headings and from what stands in its cells. Each is shown before it is used."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import islice

from careers.imports import headings
from careers.imports.kinds.log_rows import STATUSES
from careers.imports.lists import days
from careers.imports.lists.mapping import LEAVE, Mapping, Once
from careers.imports.lists.meanings import HEADINGS, IGNORE, MARKS, SESSIONS, WHO
from careers.imports.lists.sheet import Column, Sheet
from careers.imports.reading.table import Cell, key_of, text_of
from careers.programme.models import Activity
from careers.pupils.identifiers import upn_fault

LOOKED_AT = 300
"""Cells of a column that a guess rests on."""
FORM = re.compile(r"(?:1[0-4]|[7-9]) ?[A-Za-z][A-Za-z0-9]{0,3}|(?:1[0-4]|[7-9])[./-][A-Za-z0-9]{1,3}")
NAME = re.compile(r"[^\W\d_][\w'’.-]*,? [^\W\d_][\w'’. -]*")

MARKS_SEEN: dict[str, str] = {
    **STATUSES,
    **dict.fromkeys(["p", "pr", "in", "here", "✔", "l", "late", "done", "complete", "completed", "v", "ü"], "attended"),
    **dict.fromkeys(["a", "ab", "abs", "o", "missed", "no show", "did not come", "✗", "✘", "u", "not attended"], "absent"),
    **dict.fromkeys(["e", "i", "m", "ill", "medical", "ea", "excused absence", "auth"], "excused"),
    **dict.fromkeys(["b", "confirmed", "signed-up", "going"], "booked"),
    **dict.fromkeys(["-", "–", "n/a", "na", "#n/a", "none", "tbc", "?"], LEAVE),
}  # fmt: skip
"""What marks usually stand for. An x is not here: to some it is a tick, to others a cross."""

TYPES_SEEN: tuple[tuple[str, str], ...] = (
    (r"interview.*careers? advis|guidance|careers? (?:interview|meeting|advice|appointment)|adviser|one.to.one|1:1|1.to.1",
     "guidance_meeting"),
    (r"work (?:experience|placement|shadow|place)|workplace|site visit|industry visit|company visit", "workplace_experience"),
    (r"fair|expo|exhibition|careers? (?:day|event|week|show)|skills show|next steps event", "careers_event"),
    (r"universit|\bhe\b|higher education|college|\bfe\b|sixth form|apprentic|\butc\b|open day|taster|t.levels?|campus|provider",
     "provider_encounter"),
    (r"employer|speaker|industry|mock interview|mentor|business|enterprise|workplace talk|talk by|engineer|barrister|alumni",
     "employer_encounter"),
    (r"labour market|\blmi\b", "lmi_use"),
    (r"parent|carer", "parent_event"),
    (r"assembly|tutor time|pshe|careers? lesson|cv|personal statement|workshop", "careers_lesson"),
    (r"survey|questionnaire|compass", "survey"),
    (r"staff (?:training|cpd|development)|\binset\b", "staff_development"),
)  # fmt: skip


@cache
def by_heading() -> dict[str, str]:
    found = {key_of(alias): name for name, aliases in headings.for_log().items() for alias in aliases}
    return found | {key_of(alias): name for name, aliases in HEADINGS.items() for alias in aliases}


def mapping_of(sheet: Sheet, academic_year: int) -> Mapping:
    """What each column probably means. What its words mean is guessed once that is settled."""
    means = one_of_each([meaning_of(sheet, column, academic_year) for column in sheet.columns])
    without_who = not WHO & set(means)
    for place, column in enumerate(sheet.columns):
        if without_who and means[place] == IGNORE and not column.heading and looks_like(sheet, column, NAME):
            means[place], without_who = "name", False
    marks_stand_apart = WHO & set(means) and not {"title", "type"} & set(means)
    if not marks_stand_apart or "status" in means:
        means = [IGNORE if meaning in (MARKS, SESSIONS) else meaning for meaning in means]
    if MARKS in means:
        means = [MARKS if meaning == SESSIONS else meaning for meaning in means]
    month = days.month_first(cell for column in sheet.columns for cell in islice(sheet.cells(column.index), LOOKED_AT))
    return Mapping(sheet.name, sheet.header, sheet.headings, means, day_first=not month)


def one_of_each(means: list[str]) -> list[str]:
    """The first column of a meaning keeps it, but for marks: a second is shown as not used, for a person to decide."""
    seen: set[str] = set()
    kept = []
    for meaning in means:
        kept.append(IGNORE if meaning in seen else meaning)
        if meaning not in (MARKS, SESSIONS):
            seen.add(meaning)
    return kept


def meaning_of(sheet: Sheet, column: Column, academic_year: int) -> str:
    named = by_heading().get(key_of(column.heading))
    sample = list(islice(sheet.cells(column.index), LOOKED_AT))
    if named == "status" and not mostly(sample, is_mark):
        return IGNORE
    if named:
        return named
    if mostly(sample, lambda cell: upn_fault(text_of(cell).upper()) is None):
        return "upn"
    if mostly(sample, lambda cell: "@" in text_of(cell)):
        return "email"
    if column.heading and sample and days.is_day(column.heading, academic_year) and mostly(sample, is_mark):
        return SESSIONS
    if column.heading and sample and mostly(sample, lambda cell: is_mark(cell) or days.is_day(cell, academic_year)):
        return MARKS
    if not column.heading and mostly(sample, lambda cell: bool(FORM.fullmatch(text_of(cell)))):
        return "form"
    return IGNORE


def looks_like(sheet: Sheet, column: Column, pattern: re.Pattern[str]) -> bool:
    return mostly(
        list(islice(sheet.cells(column.index), LOOKED_AT)), lambda cell: bool(pattern.fullmatch(text_of(cell)))
    )


def is_mark(cell: Cell) -> bool:
    return word_of(cell) in MARKS_SEEN or word_of(cell) in ("x",)


def mostly(sample: list[Cell], fits: object) -> bool:
    return bool(sample) and sum(1 for cell in sample if fits(cell)) * 10 >= len(sample) * 7  # type: ignore[operator]


def word_of(cell: Cell) -> str:
    """A word as it is remembered: capitals and spaces do not matter."""
    return text_of(cell).casefold()[:200]


def type_for(word: str) -> str:
    """The type a word or a title probably stands for, or nothing."""
    text = word.casefold().strip()
    for value, label in Activity.Type.choices:
        if text in (value, value.replace("_", " "), str(label).casefold()):
            return value
    return next((value for pattern, value in TYPES_SEEN if re.search(pattern, text)), "")


def once_of(sheet: Sheet, mapping: Mapping, academic_year: int) -> Once:
    """What a title above the headings, or the name of the sheet, says of the one activity of a list."""
    line = next((words for words in sheet.above if len(words) > 3 and not days.is_day(words, academic_year)), "")
    taken = [days.taken_from(words, day_first=mapping.day_first, academic_year=academic_year) for words in sheet.above]
    day = next((found for _, found in taken if found), None)
    title, _ = days.taken_from(line, day_first=mapping.day_first, academic_year=academic_year)
    title = re.sub(
        r"\W*(?:sign.?in sheet|sign.?in|attendance list|attendance|register)\W*", " ", title, flags=re.IGNORECASE
    )
    title = " ".join(title.split()).strip(" -–,:;")
    return Once(title, type_for(title), day.isoformat() if day else "")


def source_name(filename: str) -> str:
    """A name to remember a source by, from that of its file: without its date and its ending."""
    stem = re.sub(r"\.[A-Za-z]{2,4}$", "", filename.replace("_", " "))
    return " ".join(re.sub(r"[\d./()-]+", " ", stem).split())[:80].capitalize()


def distinct(words: Iterable[str], most: int) -> list[str]:
    """Words in the order met, each once, as many as `most` and one more, so that it is known whether there are more."""
    return list(islice(dict.fromkeys(words), most + 1))
