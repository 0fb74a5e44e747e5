"""What is kept no longer, or soon will not be: for each rule the records, and the day on which their time is over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from careers.protection.holdings import Holding
from careers.protection.models import Hold
from careers.protection.pseudonyms import NAMELESS
from careers.protection.rules import Then
from careers.protection.terms import OF_PUPILS, Term, terms_of
from careers.pupils.models import Pupil, YearHeld
from careers.schools.models import School
from criteria.periods import AcademicYear

LAST_OF_KEY_STAGE_4 = 11


@dataclass(frozen=True)
class Waiting:
    """One pupil, or one record, and the day its time is over. `pupil` is none where the record is not a pupil's."""

    key: int
    over: date
    pupil: int | None = None


class Calendar:
    """A school's leavers and holds on a day: read once, asked for every rule."""

    def __init__(self, school: School, day: date) -> None:
        self.school, self.day = school, day
        self.terms = terms_of(school)

    @cached_property
    def left(self) -> dict[int, date]:
        """Pupils who have left by the day: the last day of the academic year they left in."""
        rows = Pupil.objects.filter(school=self.school, left_on__lte=self.day).values_list("pk", "left_on")
        return {pk: AcademicYear.containing(left).ends for pk, left in rows if left}

    @cached_property
    def key_stage_4_ended(self) -> dict[int, date]:
        rows = YearHeld.objects.filter(school=self.school, year_group=LAST_OF_KEY_STAGE_4)
        ends: dict[int, date] = {}
        for pupil, year in rows.values_list("pupil_id", "academic_year"):
            ends[pupil] = max(AcademicYear(year).ends, ends.get(pupil, date.min))
        return ends

    @cached_property
    def nameless(self) -> set[int]:
        return set(Pupil.objects.filter(NAMELESS, school=self.school).values_list("pk", flat=True))

    @cached_property
    def held(self) -> dict[int, Hold]:
        """Pupils nothing is taken from today, each with the hold that says why."""
        holds = Hold.objects.filter(school=self.school, until__gte=self.day).select_related("pupil", "made_by")
        return {hold.pupil_id: hold for hold in holds}

    def since(self, term: Term) -> dict[int, date]:
        """From when each leaver's time is counted under a rule."""
        if term.start == "leaving":
            return self.left
        ended = self.key_stage_4_ended
        return {pk: min(day, ended.get(pk, day)) for pk, day in self.left.items()}

    def over(self, term: Term) -> dict[int, date]:
        """When each leaver's time is over. A name is never taken away before the time for destinations is."""
        days = {pk: term.over(since) for pk, since in self.since(term).items()}
        if term.rule.then is not Then.PSEUDONYMISE:
            return days
        destinations = self.terms["destinations"]
        least = {pk: destinations.over(since) for pk, since in self.since(destinations).items()}
        return {pk: max(day, least.get(pk, day)) for pk, day in days.items()}

    def due(self, term: Term, by: date) -> list[Waiting]:
        """What of a rule is over by a day, earliest first, less what is held."""
        if term.rule.then is Then.KEEP or not term.rule.unit:
            return []
        found = self._pupils(term, by) if term.start in OF_PUPILS else self._records(term, by)
        return sorted(found, key=lambda each: (each.over, each.key))

    def _pupils(self, term: Term, by: date) -> Iterable[Waiting]:
        spared = self.nameless | set(self.held)
        if term.rule.then is not Then.PSEUDONYMISE:  # whose name goes by then is nobody any longer
            spared |= {pk for pk, day in self.over(self.terms["pupil"]).items() if day <= by}
        over = {pk: day for pk, day in self.over(term).items() if day <= by and pk not in spared}
        if not over or term.rule.then is Then.PSEUDONYMISE:
            return [Waiting(pk, day, pk) for pk, day in over.items()]
        having: set[int] = set()
        for held in term.rule.installed:
            having |= set(held.all_rows().filter(school=self.school).values_list(held.of_pupil, flat=True))
        return [Waiting(pk, day, pk) for pk, day in over.items() if pk in having]

    def _records(self, term: Term, by: date) -> Iterable[Waiting]:
        for held in term.rule.installed:
            if not (held.dated and held.of_a_school):
                continue
            rows = over_by(held, held.all_rows().filter(school=self.school), term, by)
            if held.of_pupil:
                rows = rows.exclude(**{f"{held.of_pupil}__in": list(self.held)})
            for key, began in rows.values_list("pk", held.dated):
                yield Waiting(key, term.over(_as_day(began)))


def over_by(held: Holding, rows: QuerySet[Any], term: Term, by: date) -> QuerySet[Any]:
    """Those of the rows whose time is over by a day. Those without a date never are."""
    began = term.began(by)
    dated = held.all_rows().model
    for step in held.dated.split("__"):
        field = dated._meta.get_field(step)
        dated = field.related_model or dated
    is_time = field.get_internal_type() == "DateTimeField"
    last: Any = timezone.make_aware(datetime.combine(began, time.max)) if is_time else began
    return rows.filter(Q(**{f"{held.dated}__lte": last}), **held.has)


def _as_day(began: date | datetime) -> date:
    return timezone.localdate(began) if isinstance(began, datetime) else began
