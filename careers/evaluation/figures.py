"""Figures from standings: how many pupils are in each state, for a criterion, a benchmark or a group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from careers.evaluation.people import Person
from careers.evaluation.standings import SchoolStandings
from criteria.bands import whole_percent
from criteria.model import Criterion, Framework, Heading
from criteria.standing import Standing, State

ORDER = (State.MET, State.BOOKED, State.DUE, State.MISSED, State.CANNOT_TELL, State.DOES_NOT_APPLY)
WORST_FIRST = (State.MISSED, State.CANNOT_TELL, State.DUE, State.BOOKED, State.MET, State.DOES_NOT_APPLY)
"""A benchmark is only as good as its weakest criterion for the pupil."""

_RANK = {state: rank for rank, state in enumerate(WORST_FIRST)}


@dataclass(frozen=True)
class Figures:
    """How many pupils are in each state."""

    counts: dict[State, int]

    @property
    def population(self) -> int:
        """Pupils it applies to, or may apply to."""
        return sum(number for state, number in self.counts.items() if state is not State.DOES_NOT_APPLY)

    def __getitem__(self, state: str) -> int:
        return self.counts.get(State(state), 0)

    def share(self, state: str) -> float:
        """Of the pupils it applies to, from 0 to 1; 0 where there are none."""
        return self[state] / self.population if self.population else 0.0

    @property
    def met_percent(self) -> int:
        """Whole percent met, as the bands of a return count it (criteria/bands.py); 0 where there is nobody."""
        return whole_percent(self[State.MET], self.population) if self.population else 0


def tally(states: Iterable[State]) -> Figures:
    return Figures(dict(Counter(states)))


@dataclass(frozen=True)
class GroupOfPupils:
    """A group whose figures are shown beside the whole."""

    key: str
    name: str

    def holds(self, person: Person) -> bool:
        return self.key in person.characteristics


GROUPS = (
    GroupOfPupils("sex_f", "Girls"),
    GroupOfPupils("sex_m", "Boys"),
    GroupOfPupils("sen", "SEN (support or plan)"),
    GroupOfPupils("ehcp", "Education, health and care plan"),
    GroupOfPupils("fsm", "Free school meals"),
    GroupOfPupils("pupil_premium", "Pupil premium"),
    GroupOfPupils("looked_after", "Looked after"),
    GroupOfPupils("eal", "English as an additional language"),
)
GROUP_BY_KEY = {group.key: group for group in GROUPS}

Chosen = Callable[[Person], bool]


def everyone(person: Person) -> bool:
    return True


def criterion_figures(found: SchoolStandings, criterion: Criterion, chosen: Chosen = everyone) -> Figures:
    """One criterion, over the pupils chosen."""
    position = found.standings.position[criterion.id]
    return tally(found.row(person)[position].state for person in found.people if chosen(person))


def heading_figures(
    found: SchoolStandings, framework: Framework, heading: Heading, chosen: Chosen = everyone
) -> Figures:
    """A benchmark (or the duty): each pupil in the worst state of its criteria that apply to them."""
    positions = [found.standings.position[c.id] for c in framework.under(heading) if c.id in found.standings.position]
    if not positions:
        return Figures({})
    people = (person for person in found.people if chosen(person) and judged_together(person.on_roll, len(positions)))
    return tally(worst(found.row(person)[i] for i in positions) for person in people)


def judged_together(on_roll: bool, criteria: int) -> bool:
    """Whether a pupil is among those a benchmark's own figure is of: pupils on roll. What is asked of leavers (where they went on
    to) has a figure of its own, on its own criterion, and would make a benchmark's a figure of more pupils than the school has.
    """
    return on_roll or criteria == 1


def worst(standings: Iterable[Standing]) -> State:
    """The state of a pupil on several criteria together."""
    return min((standing.state for standing in standings), key=_RANK.__getitem__)


def gaps(found: SchoolStandings, criterion: Criterion) -> list[tuple[GroupOfPupils, Figures]]:
    """The same criterion for each group that has anybody in it, in a fixed order."""
    rows = [(group, criterion_figures(found, criterion, group.holds)) for group in GROUPS]
    return [(group, figures) for group, figures in rows if figures.population]
