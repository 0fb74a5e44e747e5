"""Everything a pupil's page says about where they stand: each criterion, why, and what would meet it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from careers.evaluation.figures import ORDER, worst
from careers.evaluation.people import Person
from careers.evaluation.sensitive import told
from careers.evaluation.standings import BEYOND, SchoolStandings
from careers.evaluation.wording import done_of_needed
from criteria.explanation import Explanation, explain
from criteria.model import Criterion, Heading, Severity
from criteria.standing import STATE_WORDS, Reason, Standing, State

OWED = (State.DUE, State.CANNOT_TELL)
"""States that ask somebody to do something, most pressing first."""


@dataclass(frozen=True)
class Answer:
    """One criterion for one pupil."""

    criterion: Criterion
    explanation: Explanation

    @property
    def standing(self) -> Standing:
        return self.explanation.standing

    @property
    def state(self) -> State:
        return self.standing.state

    @property
    def statutory(self) -> bool:
        return self.criterion.severity is Severity.STATUTORY

    @property
    def so_far(self) -> str:
        """ "2 of 5 encounters with employers"; how many alone where it is not known how many are needed."""
        return f"{done_of_needed(self.standing)} {self.criterion.unit}"

    @property
    def next(self) -> str:
        """What to do about it, as a sentence. Where a judgement is missing: which, of the first encounter that lacks one."""
        unjudged = self.explanation.unjudged
        if self.standing.reason is not Reason.JUDGEMENT or not unjudged:
            return self.explanation.remedy
        first, more = unjudged[0], len(unjudged) - 1
        others = f" So with {more} more." if more else ""
        return f"{first.encounter['title']}: {'; '.join(first.words)}.{others}"

    @property
    def evidence(self) -> list[tuple[str, tuple[Any, ...]]]:
        """The encounters that bear on it, under the words that say how."""
        found = self.explanation
        lists = [("Counted", found.counted), ("Booked", found.booked)]
        lists += [("May count, once this is recorded", found.unjudged), ("Nearly counted", found.nearly)]
        return [(words, noted) for words, noted in lists if noted]


@dataclass(frozen=True)
class Section:
    """A benchmark or the duty, with the criteria that apply to the pupil."""

    heading: Heading
    answers: tuple[Answer, ...]

    @property
    def state(self) -> State:
        return worst(answer.standing for answer in self.answers)


@dataclass(frozen=True)
class PupilFile:
    sections: tuple[Section, ...]
    beyond: tuple[Section, ...]
    """What is asked beyond the benchmarks and provider access: shown after them, and in none of the counts."""
    elsewhere: tuple[Answer, ...]
    """Criteria that do not apply."""

    @property
    def answers(self) -> list[Answer]:
        return [answer for section in self.sections for answer in section.answers]

    @property
    def counts(self) -> list[tuple[State, str, int]]:
        """How many criteria are in each state that any is in."""
        found = Counter(answer.state for answer in self.answers)
        return [(state, STATE_WORDS[state], found[state]) for state in ORDER if found[state]]

    @property
    def missed(self) -> list[Answer]:
        """What can no longer be done by its day, the law first, then the latest."""
        found = [answer for answer in self.answers if answer.state is State.MISSED]
        return sorted(found, key=lambda a: (not a.statutory, -(a.standing.due or date.max).toordinal()))

    @property
    def to_do(self) -> list[Answer]:
        """What is owed or not known, the law first, then by urgency."""
        owed = [answer for answer in self.answers if answer.state in OWED and answer.explanation.remedy]
        return sorted(owed, key=lambda a: (OWED.index(a.state), not a.statutory, a.standing.due or date.max))


def pupil_file(found: SchoolStandings, person: Person, log: list[dict[str, Any]], sensitive: bool = True) -> PupilFile:
    """Explain a pupil's standing on every criterion from their own log (see pupil_log).

    To a reader who sees nothing sensitive, leave out those that say something so by applying.
    """
    sections: dict[bool, list[Section]] = {True: [], False: []}
    elsewhere: list[Answer] = []
    asked = set(found.standings.position)
    for framework in found.frameworks:
        for heading in framework.headings:
            criteria = told((c for c in framework.under(heading) if c.id in asked), sensitive)
            answers = [Answer(c, explain(c, person.facts, log, found.as_at)) for c in criteria]
            applying = tuple(a for a in answers if a.state is not State.DOES_NOT_APPLY)
            elsewhere += [a for a in answers if a.state is State.DOES_NOT_APPLY]
            if applying:
                sections[framework.id in BEYOND].append(Section(heading, applying))
    return PupilFile(tuple(sections[False]), tuple(sections[True]), tuple(elsewhere))
