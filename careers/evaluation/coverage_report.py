"""The coverage of a plan as lines of plain text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from careers.evaluation.coverage import Cover, Coverage
from careers.evaluation.coverage_claims import Claim, Claims, Verdict, claims_of
from careers.evaluation.coverage_facts import to_record
from careers.evaluation.coverage_rows import Audience
from careers.evaluation.coverage_words import heading_words, holes, joined, stretch_words, year_groups

MARKS = {Cover.COVERED: "yes", Cover.MAY: "may", Cover.HOLE: "HOLE", Cover.NOT_THIS_YEAR: "later", Cover.NOT_CONCERNED: "-"}
WIDTH = 8


def lines(coverage: Coverage) -> Iterator[str]:
    claims = claims_of(coverage)
    yield f"{coverage.school.name}, {coverage.year}: {joined([f.title for f in coverage.frameworks])}"
    if coverage.source:
        yield f"Published at {coverage.source}"
    yield from _numbers(coverage, claims)
    yield ""
    yield from _grid(coverage)
    yield from _section("Holes", _hole_lines(coverage))
    yield from _section("Rules of several years, for a pupil who goes through them on this programme", _stretch_lines(coverage))
    yield from _section("Fewest facts to record", _fact_lines(coverage))
    yield from _section("Claims the rules do not bear out", map(_claim_line, claims.of(Verdict.NOT)))
    yield from _section("Claims that may be", map(_claim_line, claims.of(Verdict.MAY_BE)))
    yield from _section("Would or may count, and nobody claimed it", map(_claim_line, claims.unclaimed))


def _numbers(coverage: Coverage, claims: Claims) -> Iterator[str]:
    audiences = Counter(planned.audience for planned in coverage.plan)
    yield (
        f"{len(coverage.plan)} activities: {audiences[Audience.EVERYONE]} for everyone, {audiences[Audience.SOME]} for some "
        f"pupils only, {audiences[Audience.NOT_SAID]} that name no year group"
    )
    verdicts = ", ".join(f"{len(claims.of(verdict))} {verdict}" for verdict in Verdict)
    yield f"{len(claims.claims)} claims: {verdicts}"
    yield "Holes: " + ", ".join(f"Year {group}: {coverage.holes_in(group)}" for group in coverage.year_groups)
    if coverage.empty_year_groups:
        yield f"Nothing at all is planned for {year_groups(coverage.empty_year_groups)}"


def _grid(coverage: Coverage) -> Iterator[str]:
    yield " " * 18 + "".join(f"Year {group}".ljust(WIDTH) for group in coverage.year_groups)
    for heading, criteria in coverage.headings:
        states = [MARKS[coverage.state(criteria, group)] for group in coverage.year_groups]
        yield heading_words(heading)[:17].ljust(18) + "".join(state.ljust(WIDTH) for state in states).rstrip()


def _section(title: str, found: Iterator[str]) -> Iterator[str]:
    said = list(found)
    if said:
        yield ""
        yield title
        yield from (f"  {line}" for line in said)


def _hole_lines(coverage: Coverage) -> Iterator[str]:
    for heading, _ in coverage.headings:
        for groups, why in holes(coverage, heading):
            yield f"{heading_words(heading)}, {year_groups(groups)}: {why}"


def _stretch_lines(coverage: Coverage) -> Iterator[str]:
    for stretch in coverage.stretches.values():
        some = " (only pupils of whom more is known)" if stretch.some_pupils else ""
        yield f"{stretch.criterion.number} {stretch.criterion.title}: {stretch_words(stretch)}{some}"


def _fact_lines(coverage: Coverage) -> Iterator[str]:
    for wanted in to_record(coverage):
        settles = [f"{cell.criterion.number} in Year {cell.concern.year_group}" for cell in wanted.settles]
        said = "; ".join((*wanted.facts, *wanted.hints))
        yield f"{wanted.planned.activity.title} ({year_groups(wanted.planned.year_groups)}), for {joined(settles)}: {said}"


def _claim_line(claim: Claim) -> str:
    benchmark = "the provider access law" if claim.benchmark is None else f"Benchmark {claim.benchmark}"
    said = "; ".join((*claim.reasons, *claim.hints))
    return f"{claim.planned.activity.title} ({year_groups(claim.planned.year_groups)}), {benchmark}: {said or claim.verdict}"
