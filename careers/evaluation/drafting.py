"""What a draft of a year's programme would reach, asked of the engine: where everybody would stand at the close of the year with
what is planned, and with the draft held too as it is described.

Nothing is written. A year still to come is asked of today's pupils a year group on; whoever joins meanwhile is not known, and
whoever would be above the school's last year group is left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from careers.design.charts import SmallBar
from careers.evaluation.breakdown import asked_under
from careers.evaluation.forecast import figures_of
from careers.evaluation.people import Person, still_here
from careers.evaluation.pictures import sentence
from careers.evaluation.readings import choices_of
from careers.evaluation.small_numbers import Shown, shown
from careers.evaluation.standings import BEYOND, SchoolStandings, beyond, count, criteria_for, editions, standings_of
from careers.evaluation.supposing import Drafted, Supposing, supposing
from careers.programme.models import Activity
from careers.schools.clock import today
from careers.schools.models import School
from criteria.model import Criterion
from criteria.periods import AcademicYear


@dataclass(frozen=True)
class Reached:
    """A benchmark, or provider access, with what is planned now and with the draft as well."""

    title: str
    planned: Shown
    drafted: Shown
    bars: tuple[SmallBar, SmallBar]

    @property
    def better(self) -> bool:
        return (self.drafted.share or 0) > (self.planned.share or 0)


def reached(school: School, year: AcademicYear, drafted: Iterable[Drafted], exact: bool) -> list[Reached]:
    """Every benchmark asked of pupils, in order. One query where what is planned has been asked since the record last changed,
    and none where the same draft has.
    """
    now, draft = standings_of(school, today()), tuple(drafted)
    asked = tuple((each.number, each.day) for each in draft)
    return now.remember(("draft", year, asked, exact), lambda: _reach(now, year, draft, exact))


def _reach(now: SchoolStandings, year: AcademicYear, draft: tuple[Drafted, ...], exact: bool) -> list[Reached]:
    plain = now.remember(("at the close", year), lambda: at_the_close(now, year))
    with_it = at_the_close(now, year, draft)
    found = []
    for framework in plain.frameworks:
        for heading in framework.headings if framework.id not in BEYOND else ():
            if criteria := asked_under(plain, framework, heading):
                title = f"{heading.number}. {heading.title}" if heading.number else heading.title
                found.append(_reached(title, plain, with_it, criteria, exact))
    return found


def _reached(
    title: str, plain: SchoolStandings, with_it: SchoolStandings, criteria: tuple[Criterion, ...], exact: bool
) -> Reached:
    planned, drafted = (shown(figures_of(each, criteria), exact) for each in (plain, with_it))
    bars = (
        SmallBar(sentence(f"{title}, as planned", planned), planned.counts),
        SmallBar(sentence(f"{title}, with the draft", drafted), drafted.counts),
    )
    return Reached(title, planned, drafted, bars)


def at_the_close(now: SchoolStandings, year: AcademicYear, drafted: tuple[Drafted, ...] = ()) -> SchoolStandings:
    """Where the people of `now` would stand on the last day the year's entitlements are due. Up to three queries."""
    school, day = now.school, max(year.closes, now.as_at)
    readings = choices_of(school)
    frameworks = editions(day, "", readings) + beyond(day, readings)
    criteria = criteria_for(school, frameworks)
    what = supposing(school, day) or Supposing(now.as_at)
    years_on = year.start_year - AcademicYear.containing(now.as_at).start_year
    everybody = still_here(now.people, day)
    if years_on > 0:
        everybody = [moved for person in everybody if (moved := _later(person, school, years_on))]
        what = replace(what, expected=_as_they_will_be(what, year))
    mine = tuple((each.number, group) for each in drafted for group in each.year_groups)
    what = replace(what, expected=what.expected + mine, drafted=drafted)
    standings = count(school, criteria, everybody, day, what)
    return SchoolStandings(school, frameworks, tuple(everybody), standings, day, what)


def _later(person: Person, school: School, years: int) -> Person | None:
    """A pupil so many years on; None for one who would have left by then. Who has left already stays as they are."""
    if not person.on_roll or person.year_group is None:
        return person
    group = person.year_group + years
    if group not in school.year_groups:
        return None
    facts = {**person.facts, "year_group": group, "academic_year": person.facts["academic_year"] + years}
    return person._replace(year_group=group, facts=facts)


def _as_they_will_be(what: Supposing, year: AcademicYear) -> tuple[tuple[int, int], ...]:
    """Who is expected at what is planned before the year begins, by the year group they will be in by then."""
    held_in = dict(Activity.objects.filter(pk__in={pk for pk, _ in what.expected}).values_list("pk", "academic_year"))
    return tuple((pk, group + year.start_year - held_in[pk]) for pk, group in what.expected)
