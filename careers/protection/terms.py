"""How long a school keeps each kind of record: the rules, with what it has chosen for itself."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from careers.protection.models import RetentionChoice
from careers.protection.rules import Rule, rules
from careers.schools.models import School

STARTS = {
    "leaving": "the end of the academic year in which the pupil left",
    "key stage 4 or leaving": "the end of Key Stage 4, or of the academic year in which the pupil left, whichever comes first",
    "made": "the day it was made",
    "brought in": "the day it was brought in",
    "last used": "the day it was last used",
    "ended": "the day it ended",
    "known right": "the day it was last known to be right",
}
OF_PUPILS = ("leaving", "key stage 4 or leaving")
"""Events of a pupil's life; the others are of the record itself."""


@dataclass(frozen=True)
class Term:
    """A rule as a school keeps it. `length` is in the rule's unit."""

    rule: Rule
    length: int
    start: str
    chosen: RetentionChoice | None = None

    @property
    def words(self) -> str:
        """ "3 years", or "As long as the school uses Trigpoint"."""
        if not self.rule.unit:
            return "As long as the school uses Trigpoint"
        return f"{self.length} {self.rule.unit if self.length != 1 else self.rule.unit[:-1]}"

    @property
    def counted(self) -> str:
        """ "from the end of the academic year in which the pupil left"."""
        return f"from {STARTS[self.start]}" if self.rule.unit else ""

    def over(self, since: date) -> date:
        """The first day on which what began on `since` is kept no longer."""
        return later(since, self.length, self.rule.unit)

    def began(self, day: date) -> date:
        """The last day on which something must have begun for its time to be over by `day`."""
        return later(day, -self.length, self.rule.unit)


def later(day: date, length: int, unit: str) -> date:
    """`length` years, months or days on (or back). The 29th of February becomes the 28th, the 31st the last of its month."""
    if unit == "days":
        return day + timedelta(days=length)
    months = day.year * 12 + day.month - 1 + length * (12 if unit == "years" else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def terms_of(school: School) -> dict[str, Term]:
    """Every rule by its key, in the order they run, as the school keeps it. One query."""
    chosen = {
        choice.rule: choice for choice in RetentionChoice.objects.filter(school=school).select_related("chosen_by")
    }
    return {rule.key: _term(rule, chosen.get(rule.key)) for rule in rules()}


def _term(rule: Rule, choice: RetentionChoice | None) -> Term:
    if choice is None or not rule.school_may_change:
        return Term(rule, rule.length, rule.start)
    # Bounds may have been narrowed since it was chosen.
    start = choice.start if choice.start in rule.starts else rule.start
    return Term(rule, min(max(choice.length, rule.least), rule.most), start, choice)


def installation_terms() -> dict[str, Term]:
    """The rules of records that are no one school's: nobody can change them here."""
    return {rule.key: Term(rule, rule.length, rule.start) for rule in rules() if not rule.school_may_change}
