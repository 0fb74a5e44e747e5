"""What a list's own words are, once it is known what its columns mean: those to be given a meaning, and what else must be asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from careers.imports.lists import days
from careers.imports.lists.guessing import MARKS_SEEN, type_for, word_of
from careers.imports.lists.mapping import Mapping
from careers.imports.lists.meanings import MARKS, SESSIONS
from careers.imports.lists.sheet import Sheet
from careers.imports.reading.table import Cell, is_blank, text_of

MOST_WORDS = 80
"""Words asked about one by one; a list with more has one type for all the rest."""


@dataclass
class Words:
    """Words as they are written, by themselves in lower case, with how often they stand in the file."""

    types: dict[str, tuple[str, int]] = field(default_factory=dict)
    marks: dict[str, tuple[str, int]] = field(default_factory=dict)
    blanks: int = 0
    """Empty cells where there could be a mark."""
    too_many: bool = False
    several_days: bool = False
    gaps: bool = False
    """Titles, types or dates that are empty below ones that are not."""
    figures: bool = False


def words_of(sheet: Sheet, mapping: Mapping, academic_year: int) -> Words:
    found = Words()
    if mapping.shape in ("long", "activities", "matrix"):
        counted_types(sheet, mapping, academic_year, found)
    if mapping.has("status", MARKS, SESSIONS):
        counted_marks(sheet, mapping, academic_year, found)
    found.several_days = mapping.shape == "long" and days_of_one_title(sheet, mapping)
    found.gaps = any(gaps_in(sheet, mapping, name) for name in ("title", "type", "starts_on"))
    dated = [i for name in ("starts_on", "ends_on", MARKS) for i in places(sheet, mapping, name)]
    found.figures = any(days.in_figures(sheet.cells(index)) for index in dated) or days.in_figures(
        heading for heading, meaning in zip(sheet.headings, mapping.means, strict=False) if meaning == SESSIONS
    )
    return found


def places(sheet: Sheet, mapping: Mapping, meaning: str) -> list[int]:
    """Where the columns of a meaning stand."""
    return [column.index for column, means in zip(sheet.columns, mapping.means, strict=False) if means == meaning]


def type_words(sheet: Sheet, mapping: Mapping, academic_year: int) -> Iterator[str]:
    """What tells the type of each activity: the column for it, else its title."""
    if mapping.shape == "matrix":
        for column, meaning in zip(sheet.columns, mapping.means, strict=False):
            if meaning == MARKS:
                yield days.taken_from(column.heading, day_first=mapping.day_first, academic_year=academic_year)[0]
        return
    for index in (places(sheet, mapping, "type") or places(sheet, mapping, "title"))[:1]:
        yield from (text_of(cell) for cell in sheet.cells(index))


def counted_types(sheet: Sheet, mapping: Mapping, academic_year: int, found: Words) -> None:
    counts: Counter[str] = Counter()
    for word in type_words(sheet, mapping, academic_year):
        key = word_of(word)
        counts[key] += 1
        if counts[key] == 1 and len(found.types) < MOST_WORDS:
            found.types[key] = (word, 0)
    found.too_many = len(counts) > MOST_WORDS
    found.types = {key: (word, counts[key]) for key, (word, _) in found.types.items()}


def counted_marks(sheet: Sheet, mapping: Mapping, academic_year: int, found: Words) -> None:
    indexes = [index for name in ("status", MARKS, SESSIONS) for index in places(sheet, mapping, name)]
    dated = MARKS in mapping.means
    counts: Counter[str] = Counter()
    for _, cells in sheet.rows:
        for index in indexes:
            cell = cells[index] if index < len(cells) else None
            if is_blank(cell):
                found.blanks += 1
            elif not (dated and is_a_day(cell, academic_year)):
                counts[word_of(cell)] += 1  # type: ignore[arg-type]
                found.marks.setdefault(word_of(cell), (text_of(cell), 0))  # type: ignore[arg-type]
    found.marks = {key: (written, counts[key]) for key, (written, _) in list(found.marks.items())[:MOST_WORDS]}


def is_a_day(cell: Cell | None, academic_year: int) -> bool:
    return cell is not None and word_of(cell) not in MARKS_SEEN and days.is_day(cell, academic_year)


def days_of_one_title(sheet: Sheet, mapping: Mapping) -> bool:
    """Whether one title stands beside several days."""
    titles, starts = places(sheet, mapping, "title"), places(sheet, mapping, "starts_on")
    if not titles or not starts or mapping.has("activity_id"):
        return False
    seen: dict[str, str] = {}
    for _, cells in sheet.rows:
        if max(titles[0], starts[0]) < len(cells) and not is_blank(cells[titles[0]]) and not is_blank(cells[starts[0]]):
            day = text_of(cells[starts[0]])
            if seen.setdefault(word_of(cells[titles[0]]), day) != day:
                return True
    return False


def gaps_in(sheet: Sheet, mapping: Mapping, name: str) -> bool:
    indexes = places(sheet, mapping, name)[:1]
    begun = False
    for _, cells in sheet.rows if indexes else ():
        blank = indexes[0] >= len(cells) or is_blank(cells[indexes[0]])
        if blank and begun:
            return True
        begun = begun or not blank
    return False


def answered(mapping: Mapping, words: Words) -> Mapping:
    """The mapping with a guess for every word it does not know yet. A word nobody can guess stays without."""
    for key in words.types:
        if key not in mapping.types and (guess := type_for(key)):
            mapping.types[key] = guess
    for key in words.marks:
        if key not in mapping.marks and key in MARKS_SEEN:
            mapping.marks[key] = MARKS_SEEN[key]
    return mapping
