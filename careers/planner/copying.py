"""Copying a year's programme into a later one: what is kept of each activity, and when and for whom it would then be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Count

from careers.accounts.models import Membership, User
from careers.audit.record import record
from careers.encounters.models import Encounter
from careers.planner.dates import matching_day
from careers.programme import queries
from careers.programme.models import Activity, ActivityGroup, ActivityOutcome, ActivityPartner, Session
from careers.programme.sessions import put, times_of
from careers.pupils.models import Group
from careers.schools.clock import today
from careers.schools.half_terms import HalfTerms, half_terms_of
from careers.schools.models import School
from criteria.periods import AcademicYear

KEPT = (
    "title", "type", "year_groups", "whole_cohort", "lacking", "term", "half_term", "location", "cost", "funding",
    "send_adjustments", "parents_involved", "template", "hours", "days", "in_school_day", "mode", "in_workplace", "purpose",
    "learning_outcomes_set", "learning_outcomes", "part_time_job", "visit", "one_to_one", "subject", "career_relevance", "stem",
    "curriculum_area_linked", "destination_point",
)  # fmt: skip
"""What the school decides alone when it plans: what it is to be. The same line is drawn in `careers/programme/usual.py`."""

LEFT = (
    "status_reason", "note", "external_key", "source", "claimed_benchmarks", "agreed_with_partner",
    "purpose_shared_with_partner", "purpose_shared_with_pupils", "two_way", "met_range_of_people", "employer_feedback",
    "met_staff", "met_learners", "questions_answered", "adviser_level", "advice_recorded", "information_used",
    "informed_choice", "suitable_offer", "destination_known", "reflection_after", "about_work", "employer_set_task",
    "about_provider", "about_careers", "about_learning_there", "records_aspiration", "records_intention", "employment_focus",
)  # fmt: skip
"""What happened, was agreed or was told to somebody that year, and has to happen again."""

SET = (
    "status",
    "academic_year",
    "starts_on",
    "ends_on",
    "week_of",
    "owner",
    "copied_from",
    "school",
    "reference",
    "id",
)
"""What the copying itself decides."""

UNWANTED = (Activity.Type.OFFER, Activity.Type.DESTINATION)
"""Kinds of which each year has its own: they are offered, but not ticked."""


@dataclass(frozen=True)
class WouldBe:
    """When a copy would be, for the template that says when an activity is."""

    starts_on: date | None
    ends_on: date | None
    week_of: date | None
    get_half_term_display: str
    term: str

    @property
    def half_term(self) -> str:
        return self.get_half_term_display


@dataclass(frozen=True)
class Copy:
    """One activity and what its copy would be. `there` is the copy, where it has been made already."""

    activity: Activity
    starts_on: date | None
    week_of: date | None
    groups: tuple[Group, ...]
    lost: tuple[str, ...]
    """Names of its groups that the later year has none of."""
    there: bool
    one_pupils: bool
    """Whether one pupil alone had a place: their own review or placement, which is not made again for nobody."""

    @property
    def wanted(self) -> bool:
        """Whether it is ticked to begin with."""
        activity = self.activity
        lasting = activity.status != Activity.Status.CANCELLED and activity.type not in UNWANTED
        return lasting and not self.one_pupils and not self.there

    @property
    def becomes(self) -> WouldBe:
        old = self.activity
        half_term = old.get_half_term_display() if old.half_term else ""
        return WouldBe(self.starts_on, _last(old, self.starts_on), self.week_of, half_term, old.term)


def copies(school: School, year: AcademicYear, into: AcademicYear) -> list[Copy]:
    """What could be copied, in order of time; pupils' own appointments never. A fixed number of queries."""
    old, new = half_terms_of(school, year), half_terms_of(school, into)
    asked = queries.programme(school, year).exclude(queries.appointments())
    made = set(
        Activity.objects.filter(school=school, academic_year=into.start_year, copied_from__isnull=False).values_list(
            "copied_from_id", flat=True
        )
    )
    named = {
        (group.kind, group.name): group for group in Group.objects.filter(school=school, academic_year=into.start_year)
    }
    alone, found = one_pupils_own(school, year), asked.prefetch_related("partners", "groups")
    return [_copy(activity, old, new, named, activity.pk in made, activity.pk in alone) for activity in found]


def one_pupils_own(school: School, year: AcademicYear) -> set[int]:
    """The keys of a year's activities that one pupil alone has a place on. One query."""
    places = Encounter.objects.filter(school=school, activity__academic_year=year.start_year).values("activity")
    return set(places.annotate(pupils=Count("pk")).filter(pupils=1).values_list("activity", flat=True))


def _copy(
    activity: Activity, old: HalfTerms, new: HalfTerms, named: dict[tuple[str, str], Group], there: bool, alone: bool
) -> Copy:
    groups = [(group, named.get((group.kind, group.name))) for group in activity.groups.all()]
    return Copy(
        activity,
        matching_day(activity.starts_on, old, new) if activity.starts_on else None,
        matching_day(activity.week_of, old, new) if activity.week_of else None,
        tuple(found for _, found in groups if found),
        tuple(group.name for group, found in groups if found is None),
        there,
        alone,
    )


def copy_year(
    *, school: School, year: AcademicYear, into: AcademicYear, references: Collection[str], by: User
) -> list[Activity]:
    """Propose these activities of a year again in a later one. What has been copied already is left, so twice is once.

    The new activities. Each keeps its partners, outcomes and sessions; its groups become those of the same name.
    """
    with transaction.atomic():
        # One copying of a school at a time: two would each find that nothing has been copied.
        School.objects.select_for_update().get(pk=school.pk)
        chosen = [
            each for each in copies(school, year, into) if each.activity.reference in references and not each.there
        ]
        here = set(Membership.objects.filter(school=school).values_list("user_id", flat=True))
        made = [_made(each, into, here, by) for each in chosen]
        Activity.objects.bulk_create(made)
        _beside(school, year, into, chosen, made)
        if made:
            _on_record(school, year, into, made, by)
    return made


def _made(each: Copy, into: AcademicYear, here: set[int], by: User) -> Activity:
    old = each.activity
    facts: dict[str, Any] = {name: getattr(old, name) for name in KEPT}
    return Activity(
        school_id=old.school_id, status=Activity.Status.PROPOSED, academic_year=into.start_year,
        starts_on=each.starts_on, ends_on=_last(old, each.starts_on), week_of=each.week_of, copied_from=old,
        owner_id=old.owner_id if old.owner_id in here else by.pk, **facts,
    )  # fmt: skip


def _last(old: Activity, starts_on: date | None) -> date | None:
    return starts_on + (old.ends_on - old.starts_on) if starts_on and old.ends_on and old.starts_on else None


def _beside(school: School, year: AcademicYear, into: AcademicYear, chosen: list[Copy], made: list[Activity]) -> None:
    """Partners, groups, outcomes and sessions of the copies."""
    old, new = half_terms_of(school, year), half_terms_of(school, into)
    pairs = list(zip(chosen, made, strict=True))
    numbers = [each.activity.pk for each in chosen]
    outcomes, sessions = _by_activity(ActivityOutcome, numbers), _by_activity(Session, numbers)
    ActivityPartner.objects.bulk_create(
        ActivityPartner(school=school, activity=copy, partner=partner)
        for each, copy in pairs
        for partner in each.activity.partners.all()
    )
    ActivityGroup.objects.bulk_create(
        ActivityGroup(school=school, activity=copy, group=group) for each, copy in pairs for group in each.groups
    )
    ActivityOutcome.objects.bulk_create(
        ActivityOutcome(school=school, activity=copy, outcome=row.outcome)
        for each, copy in pairs
        for row in outcomes[each.activity.pk]
    )
    for each, copy in pairs:
        times = [times_of(row) for row in sessions[each.activity.pk]]
        if times:
            put(copy, [replace(one, day=matching_day(one.day, old, new)) for one in times])


def _by_activity(model: Any, numbers: Iterable[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in model.objects.filter(activity__in=list(numbers)):
        found[row.activity_id].append(row)
    return found


def _on_record(school: School, year: AcademicYear, into: AcademicYear, made: list[Activity], by: User) -> None:
    # What is only proposed counts for nobody, so no earlier day can be touched.
    record(
        "copied a programme", by=by, school=school, since=today(), from_year=str(year), into=str(into), activities=len(made)
    )  # fmt: skip
