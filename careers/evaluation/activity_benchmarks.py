"""Which benchmarks each activity of a year counts or may count towards, by the rules and never by what its source claims."""

from __future__ import annotations

from careers.evaluation.coverage_claims import Judging
from careers.evaluation.coverage_rows import plan_of
from careers.evaluation.standings import SchoolStandings, criteria_for, editions
from careers.schools.models import School
from criteria.periods import AcademicYear


def benchmarks_offered(school: School, year: AcademicYear) -> list[tuple[int, str]]:
    """The benchmarks that ask something of pupils in a year, as a filter offers them: number, and number with title. No query."""
    found = editions(year.starts)
    asked = {criterion.benchmark for criterion in criteria_for(school, found)}
    return [(h.number, f"{h.number}. {h.title}") for h in found[0].headings if h.number and h.number in asked]


def counting_towards(found: SchoolStandings, year: AcademicYear, benchmark: int) -> frozenset[int]:
    """The keys of a year's activities, proposed ones too, that count or may count towards a benchmark for any of their year groups.

    Judged once for each state of the record; three queries then.
    """
    by_benchmark = found.remember(("counting towards", year), lambda: _judged(found, year))
    return by_benchmark.get(benchmark, frozenset())


def _judged(found: SchoolStandings, year: AcademicYear) -> dict[int, frozenset[int]]:
    criteria = criteria_for(found.school, editions(year.starts))
    judging = Judging(criteria, year, found.school.year_groups)
    towards: dict[int, set[int]] = {}
    for planned in plan_of(found.school, year, with_proposed=True):
        for criterion in criteria:
            if criterion.benchmark and any(each.truth is not False for each in judging.by(criterion, planned)):
                towards.setdefault(criterion.benchmark, set()).add(planned.activity.pk)
    return {benchmark: frozenset(keys) for benchmark, keys in towards.items()}
