"""What the demonstration's pupils should learn from its activities, with a few holes, and two of its own outcomes."""

from __future__ import annotations

from random import Random

from careers.demonstration.making import Made
from careers.demonstration.plan import reference
from careers.programme.models import Activity, ActivityOutcome, SchoolOutcome
from careers.programme.outcomes import OWN, Outcome, framework

Type = Activity.Type
AREAS: dict[str, tuple[int, ...]] = {
    Type.EMPLOYER_ENCOUNTER: (2, 4),
    Type.WORKPLACE_EXPERIENCE: (4, 1),
    Type.PROVIDER_ENCOUNTER: (2, 3),
    Type.CAREERS_EVENT: (2,),
    Type.LMI_USE: (6, 2),
    Type.CAREERS_LESSON: (3, 5),
    Type.SURVEY: (1,),
}
"""Which areas an activity of a type is about."""
HOLES = ((5, 8), (6, 7))
"""An area nothing is about in a year group."""


def own_outcomes(rng: Random) -> list[SchoolOutcome]:
    buses = "Can say which buses and trains lead to the colleges near here, and what they cost"
    harbour = "Has asked somebody who works by the harbour what has changed there"
    return [
        SchoolOutcome(reference=reference(rng), area=2, year_groups=[10, 11], text=buses),
        SchoolOutcome(reference=reference(rng), area=None, year_groups=[7, 8, 9], text=harbour),
    ]


def outcomes_set(made: Made) -> tuple[list[SchoolOutcome], list[ActivityOutcome]]:
    """The school's own outcomes, and those set for the activities of this year and the last."""
    rng = made.plan.dice("learning outcomes")
    own = own_outcomes(rng)
    offered = list(framework().outcomes)
    offered += [Outcome(OWN + each.reference, each.area, tuple(each.year_groups), each.text) for each in own]
    found = []
    for entry in made.log.entries:
        activity = entry.activity
        recent = activity.academic_year >= made.log.now.year - 1 and not activity.one_to_one
        if recent and (
            activity.learning_outcomes_set or activity.type in (Type.CAREERS_LESSON, Type.LMI_USE, Type.SURVEY)
        ):
            codes = _chosen(activity, offered, rng)
            found += [ActivityOutcome(activity=activity, outcome=code) for code in codes]
    return own, found


def _chosen(activity: Activity, offered: list[Outcome], rng: Random) -> list[str]:
    """One outcome of each area for the stages it is held in; one of the school's own now and then."""
    years, codes = set(activity.year_groups), []
    areas: tuple[int | None, ...] = AREAS.get(activity.type, ())
    for area in (*areas, None) if activity.type == Type.EMPLOYER_ENCOUNTER and rng.random() < 0.5 else areas:
        fitting = [
            each.code
            for each in offered
            if each.area == area
            and years & set(each.year_groups)
            and not any((area, group) in HOLES for group in years & set(each.year_groups))
        ]
        codes += rng.sample(fitting, min(1, len(fitting)))
    return codes
