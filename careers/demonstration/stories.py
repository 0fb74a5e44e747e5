"""How a pupil with a scenario fares: what becomes of the usual programme for them, and what they do besides."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from careers.demonstration.calendar import last_school_day_before, school_day, school_days
from careers.demonstration.log import Entry, Log
from careers.demonstration.partners import Partners
from careers.demonstration.qualities import ACCESS, FULL
from careers.demonstration.roll import USUAL, Child, Story
from careers.programme.models import Activity
from criteria.periods import AcademicYear

Type = Activity.Type
Extras = Callable[["Stage", Child], None]


def nothing(activity: Activity, year_group: int) -> str | None:
    """Never on any register."""
    return None


def everything(activity: Activity, year_group: int) -> str | None:
    """There every time."""
    return "attended"


def told(kind: str, status: str | None, *year_groups: int, otherwise: str = USUAL) -> Story:
    """At activities of one type (in some year groups, or all) this status, and at any other what `otherwise` says."""

    def story(activity: Activity, year_group: int) -> str | None:
        concerned = activity.type == kind and (not year_groups or year_group in year_groups)
        return status if concerned else otherwise

    return story


def without(kind: str, *year_groups: int) -> Story:
    """Not on the register of one type of activity, present at all others."""
    return told(kind, None, *year_groups, otherwise="attended")


def without_subject(subject: str) -> Story:
    def story(activity: Activity, year_group: int) -> str | None:
        return None if activity.type == Type.CURRICULUM_LINK and activity.subject == subject else "attended"

    return story


class Stage:
    """Adds to the log what a scenario needs besides the usual programme. `back` counts academic years back from this one."""

    def __init__(self, log: Log, partners: Partners) -> None:
        self.log = log
        self.now = log.now
        self.partners = partners

    def day(self, back: int, month: int, day: int) -> date:
        """A school day that is over, whatever today is."""
        year = self.now.year - back
        return min(school_day(year, month, day), last_school_day_before(self.now.today, year))

    def add(
        self, child: Child, kind: str, title: str, day: date, who: str = "", status: str = "attended", **facts: Any
    ) -> Entry:
        named = [self.partners.named[name] for name in who.split("; ")] if who else []
        usual = {"in_school_day": True, "mode": "in_person", "hours": 1}
        year_group = child.years.get(AcademicYear.containing(day).start_year)
        group = [year_group] if year_group else []
        entry = self.log.activity(kind, title, day, partners=named, **{"year_groups": group, **usual, **facts})
        return self.log.put(entry, child, status if day < self.now.today else "booked")

    def employer(self, child: Child, day: date, who: str, title: str = "A visitor from work", **facts: Any) -> None:
        self.add(child, Type.EMPLOYER_ENCOUNTER, title, day, who, **{**FULL, "in_workplace": False, **facts})

    def workplace(self, child: Child, day: date, who: str, days: float, **facts: Any) -> None:
        usual = {**FULL, "days": days, "hours": days * 5, "in_workplace": True, "part_time_job": False}
        self.add(child, Type.WORKPLACE_EXPERIENCE, f"{days:g} days at {who}", day, who, **{**usual, **facts})

    def provider(self, child: Child, day: date, who: str, status: str = "attended", **facts: Any) -> None:
        met = {"met_staff": True, "met_learners": True, "visit": False} | dict.fromkeys(ACCESS, True)
        quality = {
            name: FULL[name]
            for name in FULL
            if name.endswith(("shared_with_partner", "shared_with_pupils", "set", "after"))
        }
        title = facts.pop("title", f"Small group with {who.replace('; ', ' and ')}")
        self.add(
            child, Type.PROVIDER_ENCOUNTER, title, day, who, status, **{**met, **quality, "two_way": "some", **facts}
        )

    def guidance(self, child: Child, day: date, **facts: Any) -> None:
        usual = {"one_to_one": True, "adviser_level": 6, "advice_recorded": True, "hours": 0.75}
        title = "Personal guidance interview"
        self.add(child, Type.GUIDANCE_MEETING, title, day, "Helen Marsh, careers adviser", **{**usual, **facts})

    def lmi(self, child: Child, day: date) -> None:
        title = "Job figures, one to one"
        self.add(child, Type.LMI_USE, title, day, information_used=True, informed_choice=True)


def all_of_it(stage: Stage, child: Child) -> None:
    """For a pupil of Year 11: whatever the usual programme may have left out, every year since Year 7."""
    for back in range(5):
        stage.employer(child, stage.day(back, 9, 10), "Sidwell Instruments")
        for subject in ("Science", "Mathematics", "Computing", "Design and technology") if 2 <= back <= 4 else ():
            facts: dict[str, Any] = {"subject": subject, "career_relevance": True, "stem": True}
            stage.add(child, Type.CURRICULUM_LINK, f"{subject} club with an engineer", stage.day(back, 10, 7), **facts)
    for back in (4, 2, 1):
        stage.lmi(child, stage.day(back, 11, 9))
    stage.workplace(child, stage.day(3, 3, 12), "Cairn Software", 2)
    stage.workplace(child, stage.day(2, 5, 20), "Tarnside General Hospital", 3)
    stage.workplace(child, stage.day(1, 6, 8), "Ashmere Rail Services", 5)
    for back, who in ((3, "Ashmere College"), (2, "Vale Engineering Apprentices"), (1, "Makers' Training Partnership")):
        stage.provider(child, stage.day(back, 1, 19), who)
    stage.provider(child, stage.day(1, 11, 12), "Tarnside College")
    stage.provider(child, stage.day(1, 6, 2), "Calder Metropolitan University", visit=True)
    stage.provider(child, stage.day(1, 6, 4), "Beacon Hill Sixth Form College", visit=True)
    stage.guidance(child, stage.day(1, 5, 6))
    survey: dict[str, Any] = {"records_aspiration": True, "records_intention": True}
    stage.add(child, Type.SURVEY, "Plans, asked in person", stage.day(0, 9, 9), **survey)


def access(*occasions: tuple[int, int, int, str], **facts: Any) -> Extras:
    """Encounters with providers: years back, month, day and who came."""

    def extras(stage: Stage, child: Child) -> None:
        for back, month, day, who in occasions:
            stage.provider(child, stage.day(back, month, day), who, **facts)

    return extras


def on_leap_day(stage: Stage, child: Child) -> None:
    leap = last_leap_day(stage.now.today)
    stage.provider(child, leap.replace(year=leap.year - 1, month=5, day=12), "Ashmere College")
    stage.provider(child, leap, "Calderside UTC")


def last_leap_day(today: date) -> date:
    """The 29 February before today."""
    year = next(
        y for y in range(today.year, 0, -1) if y % 4 == 0 and (y % 100 or y % 400 == 0) and date(y, 2, 29) < today
    )
    return date(year, 2, 29)


def work(*stays: tuple[int, int, int, str, float], **facts: Any) -> Extras:
    """Experiences of workplaces: years back, month, day, where and for how many days."""

    def extras(stage: Stage, child: Child) -> None:
        for back, month, day, who, days in stays:
            stage.workplace(child, stage.day(back, month, day), who, days, **facts)

    return extras


def job_figures(*backs: int) -> Extras:
    """Use of labour market information, one November for each year back."""

    def extras(stage: Stage, child: Child) -> None:
        for back in backs:
            stage.lmi(child, stage.day(back, 11, 9))

    return extras


def interview(back: int, **facts: Any) -> Extras:
    return lambda stage, child: stage.guidance(child, stage.day(back, 3, 16), **facts)


def interview_to_come(stage: Stage, child: Child) -> None:
    after = stage.now.today + timedelta(10)
    days = [day for day in school_days(stage.now.year) if day >= after]
    if days:
        stage.guidance(child, days[0], status="booked", advice_recorded=None)
