"""Figures for the whole school, for each group and for each year group, counted in one pass over the pupils."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from careers.evaluation.figures import GROUPS, Figures, GroupOfPupils, judged_together, worst
from careers.evaluation.people import Person
from careers.evaluation.standings import SchoolStandings
from criteria.model import Criterion, Framework, Heading
from criteria.standing import State


@dataclass(frozen=True)
class Breakdown:
    """`groups` are by key of `figures.GROUPS`; `years` by year group, with None for pupils whose year group nobody gave."""

    whole: Figures
    groups: dict[str, Figures]
    years: dict[int | None, Figures]
    people: tuple[tuple[Person, State], ...]

    def gaps(self) -> list[tuple[GroupOfPupils, Figures, Figures]]:
        """Each group that has anybody in it, with its own figures and everybody else's."""
        found = [(group, self.groups.get(group.key, Figures({}))) for group in GROUPS]
        return [(group, own, self.without(own)) for group, own in found if own.population]

    def without(self, own: Figures) -> Figures:
        return Figures({state: number - own[state] for state, number in self.whole.counts.items()})


def asked_under(found: SchoolStandings, framework: Framework, heading: Heading) -> tuple[Criterion, ...]:
    """The criteria of a heading that concern this kind of school; none where it is judged for the school as a whole."""
    return tuple(c for c in framework.under(heading) if c.id in found.standings.position)


def break_down(found: SchoolStandings, criteria: tuple[Criterion, ...]) -> Breakdown:
    """Each pupil in the worst state of these criteria that apply to them."""
    key = ("breakdown", tuple(criterion.id for criterion in criteria))
    return found.remember(key, lambda: _count(_states(found, criteria)))


def _states(found: SchoolStandings, criteria: tuple[Criterion, ...]) -> Iterable[tuple[Person, State]]:
    positions = [found.standings.position[criterion.id] for criterion in criteria]
    if not positions:
        return
    for person in found.people:
        if not judged_together(person.on_roll, len(positions)):
            continue
        row = found.row(person)
        state = row[positions[0]].state if len(positions) == 1 else worst(row[i] for i in positions)
        if state is not State.DOES_NOT_APPLY:
            yield person, state


def _count(states: Iterable[tuple[Person, State]]) -> Breakdown:
    people = tuple(states)
    groups: defaultdict[str, Counter[State]] = defaultdict(Counter)
    years: defaultdict[int | None, Counter[State]] = defaultdict(Counter)
    for person, state in people:
        years[person.year_group][state] += 1
        for group in person.characteristics:
            groups[group][state] += 1
    return Breakdown(
        Figures(dict(Counter(state for _, state in people))),
        {key: Figures(dict(counts)) for key, counts in groups.items()},
        {year: Figures(dict(years[year])) for year in sorted(years, key=lambda year: (year is None, year or 0))},
        people,
    )
