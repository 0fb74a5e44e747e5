"""A year's programme as the planner draws it: year groups by half-terms, each activity a card in every place it belongs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from django.urls import reverse

from careers.design.editing import stamp_of
from careers.evaluation.coverage_words import year_groups
from careers.programme.models import Activity
from careers.schools.half_terms import HalfTerms, half_term_on, half_term_said

UNPLACED = ""
FOLDED_FROM = 3
"""Cards of one kind in one place: so many would push the rest of the year off the page."""
EVERY, UNSAID = "every", "unsaid"
MOVABLE = (Activity.Status.PROPOSED, Activity.Status.PLANNED)

TYPE_MARKS: dict[str, str] = {
    Activity.Type.EMPLOYER_ENCOUNTER: "Employer",
    Activity.Type.WORKPLACE_EXPERIENCE: "Workplace",
    Activity.Type.PROVIDER_ENCOUNTER: "Provider",
    Activity.Type.CAREERS_EVENT: "Event",
    Activity.Type.GUIDANCE_MEETING: "Guidance",
    Activity.Type.LMI_USE: "Information",
    Activity.Type.CURRICULUM_LINK: "Curriculum",
    Activity.Type.CAREERS_LESSON: "Lesson",
    Activity.Type.PARENT_EVENT: "Parents",
    Activity.Type.STAFF_DEVELOPMENT: "Staff",
    Activity.Type.SURVEY: "Survey",
    Activity.Type.REVIEW: "Review",
    Activity.Type.OFFER: "Offers",
    Activity.Type.DESTINATION: "Destinations",
}
"""A type in one word, where there is room for no more."""


@cache
def beginning_of(page: str) -> str:
    """The address of a page about an activity up to its reference: made once, and not again for each of several hundred cards."""
    return reverse(page, args=["x"])[: -len("x/")]


@dataclass(frozen=True)
class Card:
    """One activity in one place. `again`: it stands in an earlier row of the same half-term too."""

    activity: Activity
    when: str
    whom: str
    again: bool
    stamp: str

    @property
    def mark(self) -> str:
        return TYPE_MARKS[self.activity.type]

    @property
    def movable(self) -> bool:
        return bool(self.stamp)

    @property
    def address(self) -> str:
        return f"{beginning_of('programme:activity')}{self.activity.reference}/"

    @property
    def moving(self) -> str:
        """Where it is moved."""
        return f"{beginning_of('planner:move')}{self.activity.reference}/"


@dataclass(frozen=True)
class Part:
    """Cards of a cell: shown as they are or, with a title, folded under it."""

    title: str
    cards: list[Card]

    @property
    def again(self) -> bool:
        return all(card.again for card in self.cards)


@dataclass(frozen=True)
class Cell:
    row: str
    place: int
    title: str
    cards: list[Card] = field(default_factory=list)

    @property
    def parts(self) -> list[Part]:
        """Its cards in order, and after them each kind of which there are so many that they are folded together."""
        counted = Counter(card.mark for card in self.cards)
        single = [card for card in self.cards if counted[card.mark] < FOLDED_FROM]
        folds = [Part(mark, [card for card in self.cards if card.mark == mark]) for mark in counted]
        return [Part("", single)] * bool(single) + [part for part in folds if len(part.cards) >= FOLDED_FROM]


@dataclass(frozen=True)
class Column:
    """A half-term, or what has no time yet (`key` is then empty). `place` counts from 1."""

    key: str
    place: int
    title: str
    dates: str
    now: bool
    cells: list[Cell]

    @property
    def number(self) -> int:
        """How many activities it holds."""
        return sum(not card.again for cell in self.cells for card in cell.cards)


@dataclass(frozen=True)
class Grid:
    columns: list[Column]
    rows: list[tuple[int, str]]
    """(place, title) of each row."""
    number: int


def stamp_of_card(activity: Activity) -> str:
    """Stands for when it is recorded to be, so that a card is not dropped over somebody else's move."""
    return stamp_of({"when": when_of(activity), "starts_on": activity.starts_on})


def when_of(activity: Activity) -> str:
    """While it has no day: the Monday of its week, else its half-term, else nothing."""
    return activity.week_of.isoformat() if activity.week_of else activity.half_term


def half_term_of(activity: Activity, half_terms: HalfTerms) -> str:
    """Where it stands: by its day, its week, its half-term, or the words it was given; empty where nothing says."""
    day = activity.starts_on or activity.week_of
    if day:
        return half_term_on(day, half_terms).key
    return activity.half_term or half_term_said(activity.term)


def in_short(activity: Activity) -> str:
    """When it is, beside a heading that names the half-term."""
    if activity.starts_on:
        return _day(activity.starts_on)
    if activity.week_of:
        return f"week of {_day(activity.week_of)}"
    return "no day yet" if activity.half_term or not activity.term else activity.term


def _day(day: date) -> str:
    return f"{day.day} {day:%b}"


def grid_of(
    activities: Iterable[Activity], half_terms: HalfTerms, groups: tuple[int, ...], today: date, may_move: bool
) -> Grid:
    """`groups` are the year groups of the rows; an activity for all of them has a row of its own, so that it is drawn once."""
    found = list(activities)
    rows = _rows(found, groups)
    keys = [*((each.key, each.name, f"{_day(each.starts)} to {_day(each.ends)}") for each in half_terms)]
    now = next((each.key for each in half_terms if today in each), None)
    columns = [
        Column(key, place, title, dates, key == now, [Cell(row, number, words) for number, (row, words) in enumerate(rows, 1)])
        for place, (key, title, dates) in enumerate([*keys, (UNPLACED, "No time given", "")], start=1)
    ]  # fmt: skip
    cells = {(column.key, cell.row): cell for column in columns for cell in column.cells}
    for activity in found:
        column = half_term_of(activity, half_terms)
        stamp = stamp_of_card(activity) if may_move and activity.status in MOVABLE else ""
        for number, row in enumerate(rows_of(activity, groups)):
            card = Card(activity, in_short(activity), _whom(activity, row), bool(number), stamp)
            cells[column, row].cards.append(card)
    return Grid(columns, [(number, words) for number, (_, words) in enumerate(rows, 1)], len(found))


def rows_of(activity: Activity, groups: tuple[int, ...]) -> list[str]:
    """The rows an activity stands in: one for each year group, one for all of them together, or that of no year group."""
    held = sorted({*activity.year_groups})
    if len(groups) == 1:
        return [str(groups[0])]  # narrowed to one year group, and this is for it
    if held and set(groups) <= set(held):
        return [EVERY]
    return [str(group) for group in held] or [UNSAID]


def _rows(found: list[Activity], groups: tuple[int, ...]) -> list[tuple[str, str]]:
    used = {row for activity in found for row in rows_of(activity, groups)}
    others = {int(row) for row in used if row.isdigit()}
    rows = [(EVERY, "Every year group")] if EVERY in used else []
    rows += [(str(group), f"Year {group}") for group in sorted({*groups, *others})]
    return rows + ([(UNSAID, "No year group")] if UNSAID in used else [])


def _whom(activity: Activity, row: str) -> str:
    """Its year groups, said on the card: where the row does not say it all, or there are no rows."""
    return "" if row in (EVERY, UNSAID) else year_groups(activity.year_groups)
