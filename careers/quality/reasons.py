"""Why a test is answered as it is: by whom or by what, and on which day; and what the plan would answer that nobody has yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.timezone import localdate

from careers.accounts.deeds import events_about
from careers.accounts.models import User
from careers.programme.judging import BY_HAND, VERB
from careers.programme.models import Activity
from careers.quality.meaning import Fact, State, Test, tests_of
from careers.quality.models import Audience, Feedback, Link, Reflection, Sharing
from careers.quality.outcomes import outcome_lines
from careers.quality.sharing import FACTS as SHARED

LATEST = 40
"""How many answers back a reason is looked for."""
SHARED_WITH = {fact: audience for audience, fact in SHARED.items()}


@dataclass(frozen=True)
class Suggestion:
    """An answer that something recorded elsewhere gives, to be taken over by one press. `key` is the answer's."""

    fact: Fact
    key: str
    value: Any
    because: str
    said: str

    @property
    def words(self) -> str:
        return self.fact.words(self.value)


@dataclass(frozen=True)
class AnsweredFact:
    """A question as the page shows it: how it stands, why, and what might be taken over."""

    fact: Fact
    state: State
    held: Any
    reason: str
    suggestion: Suggestion | None

    @property
    def words(self) -> str:
        return self.fact.words(self.held)

    @property
    def key(self) -> str:
        return next((key for key, words, _ in self.fact.answers if words == self.words), "")

    @property
    def others(self) -> list[tuple[str, str]]:
        """The answers it could be given instead."""
        return [(key, words) for key, words, _ in self.fact.answers if words != self.words]


@dataclass(frozen=True)
class AnsweredTest:
    test: Test
    state: State
    facts: list[AnsweredFact]


class Quality:
    """How one activity stands on its tests. At most nine queries, whatever the activity."""

    def __init__(self, activity: Activity) -> None:
        self.activity = activity
        self.sharings = list(
            Sharing.objects.filter(activity=activity).select_related("partner").order_by("shared_on", "pk")
        )
        self.links = list(Link.objects.filter(activity=activity).select_related("partner").order_by("-pk"))
        self.feedback = list(
            Feedback.objects.filter(link__activity=activity).select_related("link__partner").order_by("-said_on", "-pk")
        )
        self.reflected = Reflection.objects.filter(activity=activity).exists()
        self._answers = self._latest()

    @property
    def tests(self) -> list[AnsweredTest]:
        return [
            AnsweredTest(test, test.state(self.activity), [self._fact(fact) for fact in test.facts])
            for test in tests_of(self.activity)
        ]

    @property
    def planned(self) -> list[Suggestion]:
        """What the plan answers that is not recorded yet: one press takes over all of it."""
        return [
            each for test in self.tests for fact in test.facts if (each := fact.suggestion) and each.because == PLAN
        ]

    def _fact(self, fact: Fact) -> AnsweredFact:
        held = getattr(self.activity, fact.name)
        state = fact.state(self.activity)
        return AnsweredFact(fact, state, held, self._reason(fact, held), self._suggestion(fact, held, state))

    def _latest(self) -> dict[str, tuple[Any, str, int | None, date]]:
        found: dict[str, tuple[Any, str, int | None, date]] = {}
        for event in events_about(self.activity, self.activity.school).filter(verb=VERB)[:LATEST]:
            for name, both in event.detail.get("changed", {}).items():
                because = str(event.detail.get("because", ""))
                found.setdefault(name, (both[1], because, event.actor_id, localdate(event.at)))
        people = {who for _, _, who, _ in found.values() if who}
        self._people = dict(User.objects.filter(pk__in=people).values_list("pk", "name")) if people else {}
        return found

    def _reason(self, fact: Fact, held: Any) -> str:
        if held is None or held == "":
            return ""
        value, because, who, day = self._answers.get(fact.name, (None, "", None, date.min))
        if value != held:
            told = self._shared(SHARED_WITH[fact.name]) if fact.name in SHARED_WITH and held else ""
            return told or "as recorded with the activity"
        if because == BY_HAND:
            return f"{self._people.get(who or 0, 'somebody no longer here')} answered on {_day(day)}"
        if fact.name in SHARED_WITH and because != PLAN:
            return self._shared(SHARED_WITH[fact.name]) or f"because {because}; recorded on {_day(day)}"
        return f"because {because}; recorded on {_day(day)}"

    def _shared(self, audience: Audience) -> str:
        """When each was told first, where that was beforehand."""
        begins = self.activity.starts_on or date.max
        told: dict[str, str] = {}
        for each in self.sharings:
            if each.audience == audience and each.arrived is not False and each.shared_on <= begins:
                to = each.partner.name if each.partner else "pupils"
                how = "sent" if each.way == Sharing.Way.EMAIL else "given"
                told.setdefault(to, f"{how} to {to} on {_day(each.shared_on)}")
        return f"because the purpose was {get_text_list(list(told.values()), 'and')}" if told else ""

    def _suggestion(self, fact: Fact, held: Any, state: State) -> Suggestion | None:
        if state is State.UNKNOWN and fact.name == "learning_outcomes_set" and outcome_lines(self.activity):
            return Suggestion(fact, "yes", True, PLAN, "What pupils should learn is written in the plan.")
        if state is State.UNKNOWN and fact.name == "reflection_after" and self.reflected:
            return Suggestion(fact, "yes", True, REFLECTED, "Pupils have said what they took from it.")
        return self._from_partner(fact, held)

    def _from_partner(self, fact: Fact, held: Any) -> Suggestion | None:
        """What a partner said last, where it is not what is recorded."""
        for said in self.feedback:
            name = "purpose_understood" if fact.name == "purpose_shared_with_partner" else fact.name
            value = getattr(said, name, None)
            if value is None or value == "":
                continue
            if value == held or {value, held} <= set(fact.wanted):
                return None
            partner = said.link.partner
            who = partner.name if partner else "A partner"
            key = next(key for key, _, each in fact.answers if each == value)
            because = f"{PARTNER_SAID} on {_day(said.said_on)}"
            return Suggestion(fact, key, value, because, f"{who} says: {_says(fact.name, value)}")
        return None


PLAN = "the plan says so"
PARTNER_SAID = "a partner said so"
REFLECTED = "pupils said what they took from it"
SAYS = {
    ("purpose_shared_with_partner", True): "they were told the purpose.",
    ("purpose_shared_with_partner", False): "they were not told the purpose.",
    ("two_way", "extensive"): "pupils asked and talked a lot.",
    ("two_way", "some"): "pupils asked and talked some of the time.",
    ("two_way", "none"): "pupils only listened.",
    ("met_range_of_people", True): "pupils met a range of people.",
    ("met_range_of_people", False): "pupils did not meet a range of people.",
    ("employer_set_task", True): "pupils did a task they set.",
    ("employer_set_task", False): "they set no task.",
    ("employer_feedback", True): "they told pupils how they did it.",
    ("employer_feedback", False): "they did not tell pupils how they did it.",
}


def _says(name: str, value: Any) -> str:
    return SAYS.get((name, value), "")


def _day(day: date) -> str:
    return date_format(day, "j F Y")
