"""The same answers the way school systems are usually written: each pupil's rows through the ORM, and Python for each rule.

Written as well as such code is: related rows are fetched with the pupil's encounters and not one by one, and each occasion is
read once. It knows the criteria of gatsby-2025 and provider-access by heart, and answers "cannot tell" where they do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from careers.encounters.models import Encounter
from careers.programme.models import Activity
from careers.pupils.models import GroupMembership, Pupil
from careers.schools.models import School

Known = bool | None
States = dict[int, dict[str, str]]
KINDS = {
    "sixth form": {"school_sixth_form", "sixth_form_college", "utc", "studio_school"},
    "college": {"fe_college", "specialist_post16"},
    "university": {"he_provider"},
    "independent training provider": {"itp_apprenticeship"},
}


@dataclass
class Occasion:
    """An activity a pupil had to do with, and what became of their place."""

    activity: Activity
    status: str
    employers: int | None
    kinds: set[str] | None
    eligible: frozenset[int] | None


@dataclass
class Learner:
    """A pupil on the day asked about."""

    pupil: Pupil
    year_group: int | None
    repeated: int
    subjects: set[str]
    occasions: list[Occasion]
    year: int
    today: date

    @property
    def held(self) -> int:
        """The year group, where it has been asked before whether it is known."""
        return self.year_group or 0


def evaluate(school: School, today: date) -> States:
    """pupil's key -> criterion -> state."""
    year = today.year if today.month >= 9 else today.year - 1
    found = {}
    for pupil in Pupil.objects.filter(school=school).order_by("surname", "forename"):
        if pupil.joined_on and pupil.joined_on > today:
            continue
        if pupil.is_on_roll(today):
            learner = learner_of(school, pupil, year, today)
            found[pupil.pk] = {criterion: rule(learner) for criterion, rule in RULES.items()}
        else:
            found[pupil.pk] = dict.fromkeys(RULES, "does_not_apply")
    return found


def learner_of(school: School, pupil: Pupil, year: int, today: date) -> Learner:
    held = {row.academic_year: row.year_group for row in pupil.years.filter(academic_year__lte=year)}
    repeated = max((group for each, group in held.items() if held.get(each - 1) == group), default=0)
    classes = GroupMembership.objects.filter(pupil=pupil, group__kind="class", group__academic_year=year)
    subjects = {
        membership.group.subject
        for membership in classes.select_related("group")
        if membership.group.subject and (membership.ends_on is None or membership.ends_on >= today)
    }
    log = Encounter.objects.filter(
        pupil=pupil, activity__starts_on__isnull=False, activity__status__in=("planned", "delivered")
    )
    occasions = [occasion_of(each) for each in log.select_related("activity").prefetch_related("activity__partners")]
    return Learner(pupil, held.get(year), repeated, subjects, occasions, year, today)


def occasion_of(encounter: Encounter) -> Occasion:
    partners = list(encounter.activity.partners.all())
    if not partners:
        return Occasion(encounter.activity, encounter.status, None, None, None)
    providers = [partner for partner in partners if partner.kind == "provider"]
    kinds = {provider.provider_kind for provider in providers if provider.provider_kind}
    eligible = frozenset(provider.pk for provider in providers if provider.pal_eligible)
    return Occasion(
        encounter.activity,
        encounter.status,
        sum(partner.kind == "employer" for partner in partners),
        None if not kinds and any(not provider.provider_kind for provider in providers) else kinds,
        None if not eligible and any(provider.pal_eligible is None for provider in providers) else eligible,
    )


def both(*facts: Known) -> Known:
    """All of them, where some may not be known."""
    return False if False in facts else None if None in facts else True


# Dates: an academic year is called by the calendar year it begins in.


def began(learner: Learner, year_group: int) -> date:
    """When the pupil entered a year group: a year sooner for those who have held one twice since."""
    year = learner.year - (learner.held - year_group)
    return date(year - (1 if year_group <= learner.repeated <= learner.held else 0), 9, 1)


def ends(learner: Learner, year_group: int, month: int, day: int) -> date:
    return date(learner.year - (learner.held - year_group) + 1, month, day)


@dataclass
class Window:
    opens: date
    closes: date
    due: date


def this_year(learner: Learner) -> Window:
    return Window(date(learner.year, 9, 1), date(learner.year + 1, 8, 31), date(learner.year + 1, 7, 31))


def between(first: int, last: int) -> Callable[[Learner], Window]:
    return lambda learner: Window(began(learner, first), ends(learner, last, 8, 31), ends(learner, last, 7, 31))


def phase(first: int, last: int) -> Callable[[Learner], Window]:
    return lambda learner: Window(began(learner, first), ends(learner, last, 2, 28), ends(learner, last, 2, 28))


def this_stage(learner: Learner) -> Window:
    group = learner.held
    first, last = (7, 9) if group <= 9 else (10, 11) if group <= 11 else (12, 13 if group <= 13 else 14)
    return between(first, last)(learner)


# What qualifies.


def labour_market(o: Occasion) -> Known:
    a = o.activity
    return a.type == "lmi_use" and both(a.information_used, a.informed_choice)


def hopes(o: Occasion) -> Known:
    a = o.activity
    return a.type in ("guidance_meeting", "review", "survey") and both(a.records_aspiration, a.records_intention)


def link(o: Occasion) -> Known:
    return o.activity.type == "curriculum_link" and o.activity.career_relevance


def employer(o: Occasion) -> Known:
    a = o.activity
    if a.type == "careers_event":
        here: Known = None if o.employers is None else o.employers >= 1
    else:
        here = a.type == "employer_encounter"
    two_way = None if not a.two_way else a.two_way in ("some", "extensive")
    return both(
        here,
        a.purpose_shared_with_partner,
        a.purpose_shared_with_pupils,
        a.learning_outcomes_set,
        two_way,
        a.reflection_after,
    )


def workplace(o: Occasion) -> Known:
    a = o.activity
    return a.type == "workplace_experience" and both(
        a.purpose_shared_with_partner, a.purpose_shared_with_pupils, a.learning_outcomes_set,
        None if not a.two_way else a.two_way == "extensive", a.met_range_of_people, a.employer_set_task, a.employer_feedback,
        a.reflection_after,
    )  # fmt: skip


def provider(o: Occasion) -> Known:
    a = o.activity
    return a.type in ("provider_encounter", "careers_event") and both(
        a.about_learning_there, a.met_staff, a.met_learners
    )


def university_visit(o: Occasion) -> Known:
    a = o.activity
    there = None if o.kinds is None else "he_provider" in o.kinds
    return a.type in ("provider_encounter", "careers_event") and both(there, a.visit, a.met_staff, a.met_learners)


def guidance(o: Occasion) -> Known:
    a = o.activity
    qualified = None if a.adviser_level is None else a.adviser_level >= 6
    return a.type == "guidance_meeting" and both(a.one_to_one, qualified)


def access(o: Occasion) -> Known:
    a = o.activity
    return a.type in ("provider_encounter", "careers_event") and both(
        a.in_school_day, None if o.eligible is None else bool(o.eligible), a.about_provider, a.about_careers,
        a.about_learning_there, a.questions_answered,
    )  # fmt: skip


# What is counted: things that surely count, that may, and that will if all goes to plan.

Thing = tuple[object, Known]
Things = Callable[[Learner, Occasion], Iterable[Thing]]


def one(test: Callable[[Occasion], Known]) -> Things:
    return lambda learner, o: [(o.activity.pk, test(o))]


def kinds_met(learner: Learner, o: Occasion) -> Iterable[Thing]:
    return [
        (name, both(provider(o), None if o.kinds is None else bool(o.kinds & kinds))) for name, kinds in KINDS.items()
    ]


def providers_met(learner: Learner, o: Occasion) -> Iterable[Thing]:
    return [(("not known", o.activity.pk) if o.eligible is None else o.eligible, access(o))]


def subjects_linked(learner: Learner, o: Occasion) -> Iterable[Thing]:
    return [(o.activity.subject, link(o))] if o.activity.subject in learner.subjects else []


def count(learner: Learner, window: Window, things: Things, offered: bool) -> tuple[int, int, int]:
    sure, possible, expected = set(), set(), set()
    for o in learner.occasions:
        day: Any = o.activity.starts_on
        if not window.opens <= day <= window.closes:
            continue
        if day <= learner.today:
            there: Known = True if offered or o.status == "attended" else None if o.status == "booked" else False
        elif day <= window.due and (offered or o.status in ("attended", "booked")):
            expected |= {thing for thing, counts in things(learner, o) if counts}
            continue
        else:
            continue
        if there is False:
            continue
        for thing, counts in things(learner, o):
            if counts and there:
                sure.add(thing)
            if counts is not False:
                possible.add(thing)
    return len(sure), len(possible), len(expected | sure)


@dataclass
class Rule:
    """Whom a criterion is for, when, and how much of what."""

    years: range
    window: Callable[[Learner], Window]
    things: Things
    needed: int | None
    offered: bool = False
    benchmark: bool = True
    who: Callable[[Pupil], Known] = lambda pupil: True

    def __call__(self, learner: Learner) -> str:
        group, pupil = learner.year_group, learner.pupil
        special = self.benchmark and pupil.school.kind == School.Kind.SPECIAL
        applies = both(
            None if group is None else group in self.years,
            self.who(pupil),
            pupil.in_benchmark_cohort if special else True,
        )
        if applies is not True:
            return "cannot_tell" if applies is None else "does_not_apply"
        needed = self.needed or len(learner.subjects)
        if not needed:
            return "cannot_tell"
        window = self.window(learner)
        sure, possible, expected = count(learner, window, self.things, self.offered)
        in_time = learner.today <= window.due
        if sure >= needed:
            return "met"
        if expected >= needed and in_time:
            return "booked"
        if possible >= needed:
            return "cannot_tell"
        if in_time:
            return "due"
        late = pupil.joined_on is not None and pupil.joined_on > window.opens + timedelta(30)
        return "cannot_tell" if late else "missed"


ALL, OVER_16 = range(7, 15), range(12, 15)
RULES: dict[str, Callable[[Learner], str]] = {
    "gb2.2025.school.1": Rule(ALL, this_stage, one(labour_market), 1),
    "gb3.2025.school.4": Rule(ALL, this_year, one(hopes), 1),
    "gb4.2025.school.1": Rule(ALL, this_year, subjects_linked, None, offered=True),
    "gb5.2025.school.1": Rule(ALL, this_year, one(employer), 1),
    "gb6.2025.school.1": Rule(ALL, between(7, 11), one(workplace), 2),
    "gb6.2025.school.2": Rule(OVER_16, between(12, 13), one(workplace), 1),
    "gb7.2025.school.1": Rule(ALL, between(7, 11), kinds_met, 4),
    "gb7.2025.school.2": Rule(
        OVER_16, between(7, 13), one(university_visit), 2, who=lambda pupil: pupil.considering_he
    ),
    "gb8.2025.school.1": Rule(ALL, between(7, 11), one(guidance), 1),
    "gb8.2025.school.2": Rule(OVER_16, between(12, 13), one(guidance), 1),
    "pal.meet.1": Rule(range(8, 15), phase(8, 9), providers_met, 2, benchmark=False),
    "pal.meet.2": Rule(range(10, 15), phase(10, 11), providers_met, 2, benchmark=False),
    "pal.offer.3": Rule(OVER_16, phase(12, 13), one(access), 2, offered=True, benchmark=False),
}
