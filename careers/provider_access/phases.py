"""The three phases as the overview shows them: where pupils stand, what each occasion does for whom, and what is wanted next.

Every state is the engine's (`careers.evaluation`). Here it is only put into words, with doors to the pupils behind each number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from careers.design.charts import StateBar
from careers.evaluation.asking import Asked
from careers.evaluation.coverage_facts import in_short
from careers.evaluation.doors import activity_address
from careers.evaluation.figures import criterion_figures
from careers.evaluation.next_actions import gaps_in, ways
from careers.evaluation.reached import Needs, Phase, Place, Reached, occasions_of, still_needed
from careers.evaluation.small_numbers import say, shown
from careers.evaluation.views_criterion import way_shown
from careers.evaluation.wording import until, year_words
from careers.programme.models import Activity
from careers.provider_access.facts import asked_of
from careers.provider_access.letters import day_in_words

A_HANDFUL = 10
NUMBERS = ("no", "one", "two", "three", "four", "five")
DUTY = {
    False: "Every pupil must attend two, not both with exactly the same provider or providers.",
    True: "The school must offer every pupil two. Pupils may choose whether to attend, and should be encouraged to.",
}


@dataclass(frozen=True)
class Reason:
    """Why an occasion does not count for these pupils. `number` is in words, `door` leads to their names."""

    words: str
    number: str = ""
    door: str = ""


@dataclass(frozen=True)
class Shown:
    """One occasion for one year group, in words."""

    line: Reached
    address: str
    who: str
    counts: str
    to_come: str
    reasons: tuple[Reason, ...]
    unknown: tuple[str, ...]
    asks: bool

    @property
    def activity(self) -> Activity:
        return self.line.activity

    @property
    def for_a_few(self) -> bool:
        """Whether it is for a handful of a year group, which an overview folds away: a visit of one pupil, an appointment."""
        line = self.line
        return 0 < line.placed < min(A_HANDFUL, line.cohort // 2)


@dataclass(frozen=True)
class YearGroup:
    """Where the pupils of one year group stand, and the sentences that say what they still need."""

    number: int
    bar: StateBar
    whole: str
    needs: tuple[tuple[str, str], ...]
    """A sentence, and the address of its pupils."""
    cannot_tell: str
    missed: str
    doors: dict[str, str]
    all_met: bool


def year_groups(asked: Asked, phase: Phase) -> list[YearGroup]:
    needed = still_needed(asked.found, phase)
    return [_year_group(asked, phase, group, needed) for group in phase.year_groups]


def _year_group(asked: Asked, phase: Phase, group: int, needed: list[Needs]) -> YearGroup:
    exact, criterion = asked.reader.everybody, phase.criterion
    figures = criterion_figures(asked.found, criterion, lambda person: person.on_roll and person.year_group == group)
    told = shown(figures, exact)

    def door(state: str) -> str:
        return asked.criterion_address(criterion, year=group, state=state) + "#pupils" if asked.reader.names else ""

    states = ("met", "booked", "due", "missed", "cannot_tell", "does_not_apply")
    bar = StateBar(f"Year {group}", told.counts, urls={s: door(s) for s in states if door(s)}, texts=told.texts)
    cannot, missed = figures["cannot_tell"], figures["missed"]
    return YearGroup(
        group,
        bar,
        told.whole,
        tuple((_needs(each, phase, asked, exact), door("due")) for each in needed if each.year_group == group),
        say(cannot, exact) if cannot else "",
        say(missed, exact) if missed else "",
        {state: door(state) for state in ("cannot_tell", "missed")},
        bool(figures.population) and figures["met"] == figures.population,
    )


def _needs(needs: Needs, phase: Phase, asked: Asked, exact: bool) -> str:
    """ "53 pupils of Year 9 still need one more by 28 February 2027 (in 14 weeks)"."""
    one = needs.pupils == 1 and exact
    who = f"{say(needs.pupils, exact)} pupil{'' if one else 's'} of Year {needs.year_group}"
    verb = "must still be offered" if phase.offered else "still needs" if one else "still need"
    when = ""
    if needs.due:
        left = (needs.due - asked.as_at).days
        when = f" by {day_in_words(needs.due)} ({until(left)})" if left >= 0 else f", due {day_in_words(needs.due)}"
    return f"{who} {verb} {_number(needs.more)}{when}"


def _number(number: int) -> str:
    return NUMBERS[number] if number < len(NUMBERS) else str(number)


def wanted(asked: Asked, phase: Phase) -> dict[str, Any]:
    """How many more occasions the neediest want, and what is planned that would help: with the page that invites to it."""
    needed = still_needed(asked.found, phase)
    helping: dict[str, Any] = {}
    for gap in gaps_in(asked.found, phase.criterion):
        if gap.year_group in phase.year_groups and gap.coming and gap.state.value == "due":
            for way in ways(asked.found, gap):
                if not asked.unseen.issuperset(way.coming.keys):
                    helping.setdefault(way.coming.reference, way_shown(asked, way))
    most = max((each.more for each in needed), default=0)
    other = "" if phase.offered else " with another provider or set of providers"
    words = f"{_number(most)} more occasion{'' if most == 1 else 's'}{other}"
    return {"most": most, "words": words[:1].upper() + words[1:], "ways": list(helping.values())[:4]}


def occasions(asked: Asked, phase: Phase) -> list[Shown]:
    """The occasions of a phase, those still to come last; one-to-one meetings the reader may not know of are left out."""
    found = occasions_of(asked.found, phase)
    return [show(asked, phase, line) for line in found if line.activity.pk not in asked.unseen]


def show(asked: Asked, phase: Phase, line: Reached) -> Shown:
    exact, reference = asked.reader.everybody, line.activity.reference
    page = asked.address("provider_access:occasion", reference)
    names = page if asked.reader.names else ""
    decided = () if line.standing else tuple(in_short(words) for words in line.unknown)
    return Shown(
        line,
        page,
        year_words((line.year_group,)),
        _said(line.number(Place.COUNTS), exact),
        _said(line.number(Place.TO_COME), exact),
        tuple(_reasons(asked, phase, line, names, exact)),
        decided,
        bool(asked.reader.may_plan and asked_of(line.activity) and not line.standing),
    )


def _said(number: int, exact: bool) -> str:
    return f"{say(number, exact)} pupil{'' if exact and number == 1 else 's'}" if number else ""


def _reasons(asked: Asked, phase: Phase, line: Reached, names: str, exact: bool) -> list[Reason]:
    """Most telling first: what is so of the occasion itself, then what is so of some pupils."""
    if line.standing:
        return [Reason(line.standing)]
    day = line.activity.starts_on
    found = [Reason(words) for words in line.lacks]
    late = bool(day and line.closes and day > line.closes)
    if late and line.closes:
        found.append(Reason(f"it is after {day_in_words(line.closes)}, when the phase ends"))
    if line.activity.whole_cohort is False:
        found.append(Reason("it is for some pupils only"))
    for place, words in _words(phase, late).items():
        number = line.number(place)
        if number and words:
            told = words.replace("were ", "was ", 1) if number == 1 and exact else words
            found.append(Reason(told, say(number, exact), f"{names}#{anchor(line, place)}" if names else ""))
    if not line.placed and not late:
        found.append(Reason("nobody of the year group has a place on it"))
    elif line.number(Place.NO_PLACE):
        door = f"{names}#{anchor(line, Place.NO_PLACE)}" if names else ""
        found.append(Reason("had no place on it", say(line.number(Place.NO_PLACE), exact), door))
    return found


def _words(phase: Phase, late: bool) -> dict[Place, str]:
    return {
        Place.AGAIN: "met the same providers before, so it adds nothing for them",
        Place.ABSENT: "were absent, or their place was cancelled",
        Place.NO_REGISTER: "are on a register that was not taken",
        Place.OUT_OF_TIME: "" if late else "had it outside their own phase",
    }


def anchor(line: Reached, place: Place) -> str:
    """The name of one list on an occasion's page."""
    return f"year-{line.year_group}-{place.name.lower().replace('_', '-')}"


def activity_page(activity: Activity) -> str:
    return activity_address(activity.reference)
