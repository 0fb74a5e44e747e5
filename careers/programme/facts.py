"""The facts of an activity that criteria ask about, in the groups a person thinks in, and which types each group is for."""

from __future__ import annotations

from dataclasses import dataclass

from careers.programme.models import Activity
from criteria.tables import ENCOUNTERS, Kind

Type = Activity.Type
EVERY_TYPE = frozenset(Type)
WITH_PEOPLE = frozenset(
    {Type.EMPLOYER_ENCOUNTER, Type.WORKPLACE_EXPERIENCE, Type.PROVIDER_ENCOUNTER, Type.CAREERS_EVENT, Type.LMI_USE}
)


@dataclass(frozen=True)
class Group:
    """Facts asked together. `types` are those whose rules ask them; for any other type they are folded away."""

    key: str
    title: str
    facts: tuple[str, ...]
    types: frozenset[str]


GROUPS = (
    Group("how", "How it is held", ("in_school_day", "mode", "hours", "days"), EVERY_TYPE),
    Group(
        "prepared",
        "Purpose, conversation and reflection",
        (
            "purpose_shared_with_partner",
            "purpose_shared_with_pupils",
            "learning_outcomes_set",
            "two_way",
            "reflection_after",
        ),
        WITH_PEOPLE,
    ),
    Group(
        "work",
        "What it shows of work",
        ("about_work", "stem"),
        frozenset({Type.EMPLOYER_ENCOUNTER, Type.CAREERS_EVENT}),
    ),
    Group(
        "workplace",
        "In a workplace",
        (
            "in_workplace",
            "about_work",
            "met_range_of_people",
            "employer_set_task",
            "employer_feedback",
            "part_time_job",
            "stem",
        ),
        frozenset({Type.WORKPLACE_EXPERIENCE}),
    ),
    Group(
        "provider",
        "With a college, university or training provider",
        (
            "met_staff",
            "met_learners",
            "visit",
            "about_provider",
            "about_careers",
            "about_learning_there",
            "questions_answered",
        ),
        frozenset({Type.PROVIDER_ENCOUNTER, Type.CAREERS_EVENT}),
    ),
    Group(
        "guidance", "Guidance", ("one_to_one", "adviser_level", "advice_recorded"), frozenset({Type.GUIDANCE_MEETING})
    ),
    Group("information", "Careers information", ("information_used", "informed_choice"), frozenset({Type.LMI_USE})),
    Group(
        "curriculum",
        "In a subject's lessons",
        ("subject", "career_relevance", "stem"),
        frozenset({Type.CURRICULUM_LINK}),
    ),
    Group(
        "records",
        "What is put on record",
        ("records_aspiration", "records_intention"),
        frozenset({Type.SURVEY, Type.REVIEW, Type.GUIDANCE_MEETING}),
    ),
    Group("review", "At an annual review", ("employment_focus",), frozenset({Type.REVIEW})),
    Group("offer", "Offers", ("suitable_offer",), frozenset({Type.OFFER})),
    Group("destination", "Destination", ("destination_point", "destination_known"), frozenset({Type.DESTINATION})),
)
FACTS = tuple(dict.fromkeys(fact for group in GROUPS for fact in group.facts))
FLAGS = tuple(fact for fact in FACTS if ENCOUNTERS.column(fact).kind is Kind.FLAG)


def label(fact: str) -> str:
    """The question in plain words, as an explanation says it: "The purpose was shared with pupils"."""
    return ENCOUNTERS.column(fact).meaning.partition(";")[0]


def groups_for(type: str) -> tuple[list[tuple[Group, list[str]]], list[tuple[Group, list[str]]]]:
    """The groups whose facts matter for a type of activity, and the rest; each fact asked once, where it matters most."""
    asked: set[str] = set()
    now: list[tuple[Group, list[str]]] = []
    later: list[tuple[Group, list[str]]] = []
    for group in sorted(GROUPS, key=lambda group: type not in group.types):
        facts = [fact for fact in group.facts if fact not in asked]
        asked |= set(facts)
        if facts:
            (now if type in group.types else later).append((group, facts))
    return now, later


def shown(activity: Activity, fact: str) -> str:
    """What is recorded, in words; "not recorded" where nothing is."""
    value = getattr(activity, fact)
    if value is None or value == "":
        return "not recorded"
    if isinstance(value, bool):
        return "yes" if value else "no"
    named = getattr(activity, f"get_{fact}_display", None)
    return str(named()).lower() if named else value if isinstance(value, str) else f"{float(value):g}"
