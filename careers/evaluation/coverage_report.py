"""The coverage of a plan as lines of plain text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from careers.evaluation.coverage import Cover, Coverage
from careers.evaluation.coverage_claims import Claim, Claims, Verdict, claims_of
from careers.evaluation.coverage_facts import to_record
from careers.evaluation.coverage_rows import Audience, Planned
from careers.evaluation.coverage_words import (
    Said,
    benchmark_words,
    empty_words,
    for_some_only,
    heading_words,
    holes,
    joined,
    stretch_words,
    year_groups,
)
from criteria.model import Heading

MARKS = {
    Cover.COVERED: "yes",
    Cover.MAY: "may",
    Cover.HOLE: "HOLE",
    Cover.SOME: "some",
    Cover.NOT_THIS_YEAR: "later",
    Cover.NOT_CONCERNED: "-",
}
WIDTH = 8


def lines(coverage: Coverage) -> Iterator[str]:
    claims = claims_of(coverage)
    yield f"{coverage.school.name}, {coverage.year}: {joined([f.title for f in coverage.frameworks])}"
    if coverage.source:
        yield f"Published at {coverage.source}"
    yield from _numbers(coverage, claims)
    yield ""
    yield from _grid(coverage)
    yield from _section("Holes", _said_lines(coverage, holes))
    yield from _section("For some pupils only", _said_lines(coverage, for_some_only))
    yield from _section(
        "Rules of several years, for a pupil who goes through them on this programme", _stretch_lines(coverage)
    )
    yield from _section("Fewest facts to record", _fact_lines(coverage))
    yield from _section("Claims the rules do not bear out", map(_claim_line, claims.of(Verdict.NOT)))
    yield from _section("Claims that may be", map(_claim_line, claims.of(Verdict.MAY_BE)))
    yield from _section("Counts or may count, and nobody claimed it", _unclaimed_lines(claims))
    yield from _section(
        "What titles suggest", (f"{_name(planned)}: {'; '.join(why)}" for planned, why in claims.hinted)
    )


def _numbers(coverage: Coverage, claims: Claims) -> Iterator[str]:
    audiences = Counter(planned.audience for planned in coverage.plan)
    yield (
        f"{len(coverage.plan)} activities: {audiences[Audience.EVERYONE]} for everyone, {audiences[Audience.SOME]} for some "
        f"pupils only, {audiences[Audience.NOT_SAID]} that name no year group"
    )
    verdicts = ", ".join(f"{len(claims.of(verdict))} {verdict}" for verdict in Verdict)
    yield f"{len(claims.claims)} claims: {verdicts}"
    yield "Holes: " + ", ".join(f"Year {group}: {coverage.holes_in(group)}" for group in coverage.year_groups)
    if empty := empty_words(coverage):
        yield empty


def _grid(coverage: Coverage) -> Iterator[str]:
    yield (" " * 18 + "".join(f"Year {group}".ljust(WIDTH) for group in coverage.year_groups)).rstrip()
    for heading, criteria in coverage.headings:
        states = [MARKS[coverage.state(criteria, group)] for group in coverage.year_groups]
        yield heading_words(heading)[:17].ljust(18) + "".join(state.ljust(WIDTH) for state in states).rstrip()


def _section(title: str, found: Iterator[str]) -> Iterator[str]:
    said = list(found)
    if said:
        yield ""
        yield title
        yield from (f"  {line}" for line in said)


def _said_lines(coverage: Coverage, say: Callable[[Coverage, Heading], Said]) -> Iterator[str]:
    for heading, _ in coverage.headings:
        for groups, why in say(coverage, heading):
            yield f"{heading_words(heading)}, {year_groups(groups)}: {why}"


def _stretch_lines(coverage: Coverage) -> Iterator[str]:
    for stretch in coverage.stretches.values():
        some = " (only pupils of whom more is known)" if stretch.some_pupils else ""
        yield f"{stretch.criterion.number} {stretch.criterion.title}: {stretch_words(stretch)}{some}"


def _fact_lines(coverage: Coverage) -> Iterator[str]:
    for wanted in to_record(coverage):
        settles = [f"{cell.criterion.number} in Year {cell.concern.year_group}" for cell in wanted.settles]
        said = "; ".join(wanted.facts)
        yield f"{_name(wanted.planned)}, for {joined(settles)}: {said}"


def _claim_line(claim: Claim) -> str:
    said = "; ".join((*claim.reasons, *claim.hints))
    return f"{_name(claim.planned)}, {benchmark_words(claim.benchmark)}: {said or claim.verdict}"


def _unclaimed_lines(claims: Claims) -> Iterator[str]:
    for planned, found in claims.unclaimed_by_activity:
        for verdict, words in ((Verdict.BORNE_OUT, "counts"), (Verdict.MAY_BE, "may count")):
            benchmarks = [benchmark_words(claim.benchmark) for claim in found if claim.verdict is verdict]
            if benchmarks:
                yield f"{_name(planned)} {words} for {joined(benchmarks)}"


def _name(planned: Planned) -> str:
    return f"{planned.activity.title} ({year_groups(planned.year_groups)})"
