"""Words for what criteria say in codes and dates."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from careers.evaluation.asking import Asked
from careers.evaluation.breakdown import break_down
from careers.evaluation.next_actions import falls_on_birthdays
from criteria.model import Criterion, Severity
from criteria.rule_words import moment_words
from criteria.standing import Standing

SEVERITY_WORDS = {
    Severity.STATUTORY: "Required by law",
    Severity.BENCHMARK: "Part of the benchmark",
    Severity.GUIDANCE: "Government guidance",
    Severity.AMBITION: "Government ambition",
}


@dataclass(frozen=True)
class Due:
    """A date by which some year groups need a criterion."""

    on: date
    year_groups: tuple[int, ...]
    past: bool

    @property
    def years(self) -> str:
        return year_words(self.year_groups)


def year_words(years: tuple[int, ...]) -> str:
    """As "Year 9", "Years 8 and 9", "Years 7, 8 and 9", "Years 7 to 13"."""
    if not years:
        return "no year group given"
    if len(years) == 1:
        return f"Year {years[0]}"
    if len(years) > 3 and list(years) == list(range(years[0], years[-1] + 1)):
        return f"Years {years[0]} to {years[-1]}"
    return f"Years {', '.join(map(str, years[:-1]))} and {years[-1]}"


def until(days: int) -> str:
    """How long until a day: "today", "in 9 days", "in 14 weeks"."""
    if days < 2:
        return "today" if days == 0 else "tomorrow"
    return f"in {days} days" if days < 15 else f"in {days // 7} weeks"


def due_words(asked: Asked, criterion: Criterion) -> list[Due]:
    """When this school's pupils need it by, with the year groups each date is for; nothing where it hangs on birthdays."""
    if falls_on_birthdays(criterion):
        return []
    dates: dict[date, Counter[int]] = {}
    for person, _ in break_down(asked.found, (criterion,)).people:
        due = asked.found.of(person, criterion).due
        if due is not None and person.year_group is not None:
            dates.setdefault(due, Counter())[person.year_group] += 1
    return [Due(day, tuple(sorted(dates[day])), day < asked.as_at) for day in sorted(dates)]


def own_due_words(criterion: Criterion) -> str:
    """When a criterion is due that is due on a birthday: "the pupil's 16th birthday"; empty for the rest."""
    return moment_words(criterion.due) if falls_on_birthdays(criterion) else ""


def done_of_needed(standing: Standing) -> str:
    """As "1 of 2"; "3" where that is more than the 2 needed, or where it is not known how many are."""
    short = standing.needed is not None and standing.count <= standing.needed
    return f"{standing.count:g} of {standing.needed:g}" if short else f"{standing.count:g}"
