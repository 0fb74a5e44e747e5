"""The pupils of a criterion or a benchmark, as a page lists them and an export takes them out: only those who may be seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import inf
from typing import Any

from django.db.models import Q

from careers.accounts.roles import Reach
from careers.evaluation.asking import Asked
from careers.evaluation.figures import GROUP_BY_KEY, WORST_FIRST, judged_together
from careers.evaluation.forms import PupilFilter
from careers.evaluation.people import Person
from careers.evaluation.sensitive import groups_to_choose, told
from careers.evaluation.wording import done_of_needed
from careers.pupils.models import Group, GroupMembership
from criteria.model import Criterion
from criteria.standing import STATE_WORDS, Standing, State

NOT_MET = "not_met"
"""In place of a state: everybody it is for who has yet to meet it, booked or not."""
LACKING = "lacking"
"""In place of a state: everybody it is owed to who neither has it nor is booked."""
OWED = (State.DUE, State.MISSED, State.CANNOT_TELL)
STATES_OF = {LACKING: {*OWED}, NOT_MET: {*OWED, State.BOOKED}}


@dataclass(frozen=True)
class Line:
    """One pupil and where they stand; on several criteria, on the one they are worst at."""

    person: Person
    standing: Standing
    criterion: Criterion

    @property
    def count(self) -> str:
        return done_of_needed(self.standing)

    @property
    def nearness(self) -> tuple[float, float, date, str]:
        """Sorts by how near to meeting it: the booked, those with time by how little they lack, cannot tell, and missed."""
        standing = self.standing
        lacks = inf if standing.needed is None else standing.needed - standing.count
        return NEAREST_FIRST.index(standing.state), lacks, standing.due or date.max, self.person.name.casefold()

    @property
    def word(self) -> str:
        return STATE_WORDS[self.standing.state].capitalize()


NEAREST_FIRST = (State.MET, State.BOOKED, State.DUE, State.CANNOT_TELL, State.MISSED, State.DOES_NOT_APPLY)

ORDERS: dict[str, Callable[[Line], Any]] = {
    "name": lambda line: line.person.name.casefold(),
    "year": lambda line: (line.person.year_group or 0, line.person.form),
    "form": lambda line: (line.person.year_group or 0, line.person.form),
    "state": lambda line: WORST_FIRST.index(line.standing.state),
    "count": lambda line: line.standing.count,
    "criterion": lambda line: line.criterion.number,
    "due": lambda line: line.standing.due or date.max,
    "nearest": lambda line: line.nearness,
}


class Listing:
    """The pupils a reader may see, by what the address asks for. At most three queries.

    Nobody, where that a criterion applies would itself tell a reader what they may not know (`sensitive.tells`).
    """

    def __init__(self, asked: Asked, *criteria: Criterion) -> None:
        self.asked, self.criteria = asked, told(criteria, asked.reader.sensitive)
        self.query = asked.request.GET
        seen = asked.reader.pupils
        people = (person for person in asked.found.people if judged_together(person.on_roll, len(criteria)))
        self.everyone = [self.line(person) for person in people if person.pk in seen] if self.criteria else []
        self.filter = PupilFilter(self.query, **self.choices())

    def line(self, person: Person) -> Line:
        standings = [(self.asked.found.of(person, criterion), criterion) for criterion in self.criteria]
        return Line(person, *min(standings, key=lambda each: WORST_FIRST.index(each[0].state)))

    def choices(self) -> dict[str, list[tuple[Any, Any]]]:
        concerned = [line.person for line in self.everyone if line.standing.state is not State.DOES_NOT_APPLY]
        years = sorted({person.year_group for person in concerned if person.year_group})
        forms = sorted({(person.year_group or 0, person.form) for person in concerned if person.form})
        has = {key for person in concerned for key in person.characteristics}
        return {
            "year": [(year, f"Year {year}") for year in years],
            "form": [(form, form) for form in dict.fromkeys(form for _, form in forms)],
            "group": self.groups(),
            "has": [(each.key, each.name) for each in groups_to_choose(self.asked.reader.sensitive) if each.key in has],
            "state": [
                (NOT_MET, "Not met"),
                (LACKING, "Not met and not booked"),
                *((s.value, w.capitalize()) for s, w in STATE_WORDS.items()),
            ],
        }

    def groups(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Groups of the year that are not forms, by kind; for somebody who sees only their own groups, those."""
        own = self.asked.request.membership.reach is Reach.OWN_GROUPS
        groups = Group.objects.filter(school=self.asked.school, academic_year=self.asked.year.start_year)
        if own:
            groups = groups.filter(group_staff__user_id=self.asked.request.membership.user_id)
        by_kind: dict[str, list[tuple[str, str]]] = {}
        for kind, reference, name in (
            groups.exclude(kind="form").order_by("name").values_list("kind", "reference", "name")
        ):
            by_kind.setdefault(str(Group.Kind(kind).label), []).append((reference, name))
        return sorted(by_kind.items())

    @cached_property
    def lines(self) -> list[Line]:
        """In the order asked for; pupils it does not apply to only when asked for by name."""
        wanted = self._wanted()
        key = self.sort.removeprefix("-")
        found = [line for line in self.everyone if wanted(line)]
        return sorted(found, key=ORDERS[key], reverse=self.sort.startswith("-"))  # who are alike stay in register order

    def nearest(self, most: int) -> list[Line]:
        """Who of those that may be seen is nearest to meeting it, whatever the filters."""
        lacking = [line for line in self.everyone if line.standing.state in STATES_OF[NOT_MET]]
        return sorted(lacking, key=lambda line: line.nearness)[:most]

    @cached_property
    def sort(self) -> str:
        asked = self.query.get("sort", "")
        return asked if asked.removeprefix("-") in ORDERS else "name"

    def _wanted(self) -> Callable[[Line], bool]:
        chosen = self.filter.chosen
        year, form, has, state = chosen("year"), chosen("form"), chosen("has"), chosen("state")
        members = self._members(chosen("group"))
        states = STATES_OF.get(state) or ({State(state)} if state else set(State) - {State.DOES_NOT_APPLY})

        def wanted(line: Line) -> bool:
            person = line.person
            return (
                line.standing.state in states
                and (year is None or person.year_group == year)
                and (form is None or person.form == form)
                and (has is None or GROUP_BY_KEY[has].holds(person))
                and (members is None or person.pk in members)
            )

        return wanted

    def _members(self, reference: str | None) -> set[int] | None:
        if reference is None:
            return None
        still_in = Q(ends_on__isnull=True) | Q(ends_on__gte=self.asked.as_at)
        rows = GroupMembership.objects.filter(still_in, school=self.asked.school, group__reference=reference)
        return set(rows.values_list("pupil_id", flat=True))
