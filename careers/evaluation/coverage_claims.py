"""What a source says its activities count for, held against the rules; and what they would count for that nobody claimed."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import groupby
from pathlib import Path

from careers.evaluation.coverage import Coverage
from careers.evaluation.coverage_hints import hints
from careers.evaluation.coverage_judging import Judgement, concern_of, is_of_the_kind, judge
from careers.evaluation.coverage_rows import Planned
from careers.evaluation.coverage_words import year_groups
from careers.programme.models import Activity
from criteria.model import Criterion
from criteria.periods import AcademicYear

TABLE = Path(__file__).with_name("coverage_claims.csv")
WHOLE_PROGRAMME = 1
ABOUT_THE_WHOLE = "Benchmark 1 is about the programme as a whole; no single activity counts towards it"


TYPE_WORDS: dict[str, str] = {
    Activity.Type.EMPLOYER_ENCOUNTER: "an encounter with an employer",
    Activity.Type.WORKPLACE_EXPERIENCE: "an experience of a workplace",
    Activity.Type.PROVIDER_ENCOUNTER: "an encounter with a provider",
    Activity.Type.CAREERS_EVENT: "a careers event",
    Activity.Type.GUIDANCE_MEETING: "a guidance meeting",
    Activity.Type.LMI_USE: "using labour market information",
    Activity.Type.CURRICULUM_LINK: "a link in a subject's lessons",
    Activity.Type.CAREERS_LESSON: "a general careers lesson",
    Activity.Type.PARENT_EVENT: "an event for parents and carers",
    Activity.Type.STAFF_DEVELOPMENT: "staff development",
    Activity.Type.SURVEY: "a survey",
    Activity.Type.REVIEW: "a review meeting",
    Activity.Type.DESTINATION: "a destination check",
}


class Verdict(StrEnum):
    BORNE_OUT = "borne out"
    MAY_BE = "may be"
    NOT = "not borne out"


@dataclass(frozen=True)
class Claim:
    """`benchmark` None is the provider access law. `reasons` say why not, or what must be recorded first."""

    planned: Planned
    benchmark: int | None
    verdict: Verdict
    reasons: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()


@dataclass(frozen=True)
class Claims:
    claims: tuple[Claim, ...]
    unclaimed: tuple[Claim, ...]
    """What an activity would or may count for without its source saying so."""
    hinted: tuple[tuple[Planned, tuple[str, ...]], ...]
    """Activities whose titles give cause for doubt about what they may count for."""

    @property
    def unclaimed_by_activity(self) -> list[tuple[Planned, list[Claim]]]:
        by_activity = groupby(self.unclaimed, key=lambda claim: claim.planned.activity.pk)
        return [(found[0].planned, found) for _, claims in by_activity if (found := list(claims))]

    def of(self, verdict: Verdict) -> list[Claim]:
        return [claim for claim in self.claims if claim.verdict is verdict]


def claims_of(coverage: Coverage) -> Claims:
    judging = Judging(coverage.criteria, coverage.year, coverage.year_groups)
    claimed = [judging.claim(planned, n) for planned in coverage.plan for n in planned.activity.claimed_benchmarks]
    published = [planned for planned in coverage.plan if claimed and planned.activity.source]
    unclaimed = [found for planned in published for found in judging.unclaimed(planned)]
    hinted = [(planned, why) for planned in coverage.plan if (why := judging.hints(planned))]
    return Claims(tuple(claimed), tuple(unclaimed), tuple(hinted))


class Judging:
    """Judges single activities of a year by criteria, for every year group they are for."""

    def __init__(self, criteria: tuple[Criterion, ...], year: AcademicYear, year_groups: tuple[int, ...]) -> None:
        self.criteria = criteria
        self.year_groups = year_groups
        self.numbers = sorted({c.benchmark for c in criteria}, key=lambda n: n or 9)
        self.concern = cache(lambda c, group: concern_of(c, group, year, None))

    def judgements(self, planned: Planned, benchmark: int | None) -> list[Judgement]:
        """One for each criterion of a benchmark and each year group, where it is of the kind."""
        return [found for c in self.criteria if c.benchmark == benchmark for found in self.by(c, planned)]

    def by(self, criterion: Criterion, planned: Planned) -> list[Judgement]:
        """One for each of its year groups. Where it names none, any may be meant."""
        groups = planned.year_groups or self.year_groups
        concerns = [concern for group in groups if (concern := self.concern(criterion, group))]
        return [judgement for concern in concerns if (judgement := judge(concern, planned))]

    def claim(self, planned: Planned, benchmark: int) -> Claim:
        if benchmark == WHOLE_PROGRAMME:
            return Claim(planned, benchmark, Verdict.NOT, (ABOUT_THE_WHOLE,))
        verdict, reasons = verdict_on(self.judgements(planned, benchmark))
        if verdict is Verdict.NOT and not reasons:
            reasons = (self.why_never(planned, benchmark),)
        return Claim(planned, benchmark, verdict, reasons, hints(planned, benchmark))

    def why_never(self, planned: Planned, benchmark: int) -> str:
        """Why nothing in the rules of a benchmark speaks of such an activity for its year groups."""
        criteria = [c for c in self.criteria if c.benchmark == benchmark]
        if any(is_of_the_kind(criterion, planned.row) for criterion in criteria):
            return f"Benchmark {benchmark} asks for nothing of the kind from {year_groups(planned.year_groups)}"
        wanted, because = in_words()[benchmark]
        return f"{TYPE_WORDS[planned.activity.type]} is not {wanted}: {because}"

    def hints(self, planned: Planned) -> tuple[str, ...]:
        """What its title suggests about benchmarks it may count for."""
        suspected = {n: hints(planned, n) for n in self.numbers if hints(planned, n)}
        live = [n for n in suspected if verdict_on(self.judgements(planned, n))[0] is not Verdict.NOT]
        return tuple(dict.fromkeys(why for n in live for why in suspected[n]))

    def unclaimed(self, planned: Planned) -> list[Claim]:
        """What would count; and what may, where the activity claims something (else everything may, and coverage says so)."""
        said = planned.activity.claimed_benchmarks
        found = []
        for benchmark in self.numbers:
            if benchmark in said:
                continue
            verdict, reasons = verdict_on(self.judgements(planned, benchmark))
            if verdict is Verdict.BORNE_OUT or (verdict is Verdict.MAY_BE and said):
                found.append(Claim(planned, benchmark, verdict, reasons, hints(planned, benchmark)))
        return found


def verdict_on(found: Iterable[Judgement]) -> tuple[Verdict, tuple[str, ...]]:
    """The kindest verdict on several judgements of one activity, with what it lacks or what is not recorded."""
    found = list(found)
    if any(judgement.truth for judgement in found):
        return Verdict.BORNE_OUT, ()
    if doubtful := [judgement.unknown for judgement in found if judgement.truth is None]:
        return Verdict.MAY_BE, min(doubtful, key=len)
    return Verdict.NOT, min((judgement.lacks for judgement in found), key=len, default=())


@cache
def in_words() -> dict[int, tuple[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return {int(row["benchmark"]): (row["is"], row["because"]) for row in csv.DictReader(lines)}
