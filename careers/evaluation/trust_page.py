"""Schools side by side: the benchmarks' figures of each school that a trust lead answers for.

Each school is asked in its own scope, one after the other, and only for figures, told as to a governor: there is no query over
several schools. What each answers is remembered as it is for the school's own pages.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django_scopes import scope

from careers.accounts.memberships import memberships_open_to
from careers.accounts.models import Membership
from careers.accounts.policy import requires
from careers.accounts.roles import Policy
from careers.design.components import Column
from careers.evaluation.breakdown import asked_under, break_down
from careers.evaluation.school_criteria import school_file
from careers.evaluation.small_numbers import Shown, is_few, say, shown
from careers.evaluation.standings import BEYOND, SchoolStandings, standings_of
from careers.schools.clock import today
from careers.schools.models import School
from criteria.model import Framework, Heading


@dataclass(frozen=True)
class Beside:
    """One school of several: its figures by the title of a benchmark or duty, in words, rounded as for a governor."""

    school: School
    names: bool
    """Whether the school lets trust leads see pupils by name, on its own pages."""
    pupils: str
    said: dict[str, str]


def schools_of(memberships: Iterable[Membership], as_at: date) -> list[Beside]:
    """The schools of these memberships where the person is trust lead, and no other. The same few queries for each."""
    held = [membership for membership in memberships if Policy.SEE_ACROSS in membership.policies]
    found = []
    for membership in held:
        with scope(school=membership.school):
            standings = standings_of(membership.school, as_at)
            found.append(beside(standings, names=Policy.SEE_PUPILS in membership.policies))
    return found


def beside(found: SchoolStandings, names: bool) -> Beside:
    main = [framework for framework in found.frameworks if framework.id not in BEYOND]
    said = {title_of(heading): words(found, framework, heading) for framework in main for heading in framework.headings}
    return Beside(found.school, names, say(sum(person.on_roll for person in found.people)), said)


def title_of(heading: Heading) -> str:
    return f"{heading.number}. {heading.title}" if heading.number else heading.title


def words(found: SchoolStandings, framework: Framework, heading: Heading) -> str:
    """A benchmark at one school: the share of pupils met or, where it asks only the school itself, how much of that is done."""
    criteria = asked_under(found, framework, heading)
    if criteria:
        whole = break_down(found, criteria).whole
        return figures_in_words(shown(whole, exact=False), whole.population)
    own = school_file(found).under(framework, heading)
    return own.words if own.answers else "not asked"


def figures_in_words(figures: Shown, population: int) -> str:
    if figures.share is None:
        return figures.met_percent
    return f"{figures.met_percent} of {'' if is_few(population) else 'about '}{figures.whole}"


@requires(Policy.SEE_ACROSS)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    as_at = today()
    found = schools_of(memberships_open_to(request), as_at)
    context = {
        "as_at": as_at,
        "schools": found,
        "columns": [Column("Benchmark"), *(Column(each.school.name) for each in found)],
        "rows": [[title, *(each.said.get(title, "not asked") for each in found)] for title in titles(found)],
    }
    return render(request, "evaluation/trust.html", context)


def titles(found: Iterable[Beside]) -> list[str]:
    """Every benchmark and duty asked at any of the schools, in the order of the first that has it."""
    return list(dict.fromkeys(title for each in found for title in each.said))
