"""What invented schools do every year, and for whom: the patterns a synthetic nation's log is drawn from."""

from __future__ import annotations

from dataclasses import dataclass, field

SUBJECTS = (
    "Art and design", "Biology", "Business", "Chemistry", "Computing", "Design and technology", "Drama", "Economics",
    "Engineering", "English", "French", "Further mathematics", "Geography", "Health and social care", "History", "Mathematics",
    "Music", "Physical education", "Physics", "Psychology", "Religious education", "Science", "Sociology",
)  # fmt: skip
"""In order of the alphabet, as a list in a file is. What a pupil studies is a set of these, kept as bits of a number."""

STEM = {
    "Biology", "Chemistry", "Computing", "Design and technology", "Engineering", "Further mathematics", "Mathematics", "Physics",
    "Science",
}  # fmt: skip
LOWER_SCHOOL = (
    "Art and design", "Computing", "Design and technology", "Drama", "English", "French", "Geography", "History", "Mathematics",
    "Music", "Physical education", "Religious education", "Science",
)  # fmt: skip
EXAMINED_BY_ALL = ("English", "Mathematics", "Science", "Physical education")
OPTIONS = (
    "Art and design", "Business", "Computing", "Design and technology", "Drama", "French", "Geography",
    "Health and social care", "History", "Music", "Religious education",
)  # fmt: skip
AFTER_SIXTEEN = (
    "Art and design", "Biology", "Business", "Chemistry", "Computing", "Economics", "Engineering", "English", "Further mathematics",
    "Geography", "Health and social care", "History", "Mathematics", "Physics", "Psychology", "Sociology",
)  # fmt: skip
SPECIAL = ("Art and design", "Computing", "English", "Mathematics", "Physical education", "Science")


def bits(subjects: tuple[str, ...]) -> int:
    return sum(1 << SUBJECTS.index(subject) for subject in subjects)


@dataclass(frozen=True)
class Item:
    """One line of the programme.

    `by` is "class", "year", "all" (several year groups at one occasion) or "pupil" (each at a time of their own). `rate` is how
    often a year in a middling school; `share` the part of the pupils asked; `who` limits it ("ehc": an education, health and
    care plan; "leaver": years 21 to 23 are the first to third after leaving). `facts` are the chances that a flag is true where
    quality is middling; a flag not named is blank. `sets` are what providers may take part: their kinds, and how many of them
    are eligible for provider access.
    """

    title: str
    type: str
    first: int
    last: int
    rate: float
    by: str = "class"
    share: float = 1.0
    weeks: tuple[int, int] = (0, 38)
    hours: float | None = 1.0
    days: float | None = None
    facts: dict[str, float] = field(default_factory=dict)
    virtual: float = 0.0
    employers: int | None = None
    sets: tuple[tuple[str, int], ...] = ()
    subject: str | None = None
    who: str = ""


QUALITY = {
    "purpose_shared_with_partner": 0.92,
    "purpose_shared_with_pupils": 0.93,
    "learning_outcomes_set": 0.9,
    "reflection_after": 0.88,
}
AT_SCHOOL = {"in_school_day": 0.97, "in_workplace": 0.0}
EMPLOYER = QUALITY | AT_SCHOOL | {"about_work": 0.95, "stem": 0.25, "curriculum_area_linked": 0.4}
WORKPLACE = QUALITY | {
    "in_school_day": 0.9, "in_workplace": 0.9, "about_work": 0.97, "stem": 0.3, "met_range_of_people": 0.95,
    "employer_set_task": 0.92, "employer_feedback": 0.92, "part_time_job": 0.04,
}  # fmt: skip
PROVIDER = QUALITY | {
    "in_school_day": 0.93, "met_staff": 0.98, "met_learners": 0.8, "about_provider": 0.97, "about_careers": 0.9,
    "about_learning_there": 0.92, "questions_answered": 0.94,
}  # fmt: skip
MEETING = {"one_to_one": 0.98, "advice_recorded": 0.88, "records_aspiration": 0.85, "records_intention": 0.8}
ASKED = {"records_aspiration": 0.93, "records_intention": 0.75}
USE = {"information_used": 0.93, "informed_choice": 0.85, "in_school_day": 0.98}

ONE_PROVIDER = (
    ("fe_college", 1), ("itp_apprenticeship", 1), ("sixth_form_college", 0), ("utc", 1), ("fe_college", 1), ("he_provider", 0),
)  # fmt: skip
SEVERAL = (
    ("fe_college|itp_apprenticeship", 2), ("fe_college|sixth_form_college", 1), ("fe_college|he_provider|itp_apprenticeship", 2),
    ("itp_apprenticeship|utc", 2), ("fe_college|he_provider|itp_apprenticeship|school_sixth_form", 2), ("he_provider", 0),
)  # fmt: skip
NEXT_AT_SIXTEEN = (("school_sixth_form", 0), ("sixth_form_college", 0), ("fe_college", 1), ("specialist_post16", 0))
UNIVERSITY = (("he_provider", 0), ("he_provider", 1), ("he_provider", 0))

ITEMS = (
    Item("What people do all day", "employer_encounter", 7, 8, 0.9, facts=EMPLOYER, employers=3),
    Item("Employers in conversation", "employer_encounter", 9, 11, 0.9, facts=EMPLOYER, employers=4, virtual=0.15),
    Item("Mock interviews", "employer_encounter", 11, 11, 0.7, facts=EMPLOYER, employers=8, hours=2),
    Item("Recruiters' question time", "employer_encounter", 12, 14, 1.1, facts=EMPLOYER, employers=4, virtual=0.2),
    Item("A day with engineers", "employer_encounter", 8, 10, 0.4, share=0.5, facts=EMPLOYER | {"stem": 1.0}, employers=2, hours=5),
    Item("National Careers Week assembly", "employer_encounter", 7, 11, 0.7, "all", weeks=(23, 2), facts=EMPLOYER, employers=2, hours=0.5),
    Item("Careers fair", "careers_event", 8, 11, 0.8, "all", facts=EMPLOYER | PROVIDER, employers=20, sets=SEVERAL, hours=2),
    Item("Choices fair", "careers_event", 12, 14, 0.8, "all", share=0.9, facts=EMPLOYER | PROVIDER, employers=15, sets=SEVERAL, hours=2),
    Item("Technical routes assembly", "provider_encounter", 8, 9, 0.8, "year", facts=PROVIDER, sets=ONE_PROVIDER),
    Item("Apprenticeships and technical courses", "provider_encounter", 8, 11, 0.5, facts=PROVIDER, sets=SEVERAL),
    Item("Technical education morning", "provider_encounter", 10, 11, 0.7, "year", facts=PROVIDER, sets=SEVERAL, hours=2),
    Item("Taster day", "provider_encounter", 10, 11, 0.7, "year", 0.8, facts=PROVIDER | {"visit": 0.95}, sets=NEXT_AT_SIXTEEN, hours=4),
    Item("University for a day", "provider_encounter", 9, 11, 0.5, "year", 0.5, facts=PROVIDER | {"visit": 0.9}, sets=UNIVERSITY, hours=5),
    Item("Routes at eighteen", "provider_encounter", 12, 14, 1.0, "year", facts=PROVIDER, sets=SEVERAL),
    Item("Campus visit", "provider_encounter", 12, 13, 1.1, "year", 0.65, facts=PROVIDER | {"visit": 0.95}, sets=UNIVERSITY, hours=6),
    Item("A morning behind the scenes", "workplace_experience", 7, 9, 0.35, share=0.6, facts=WORKPLACE, employers=1, hours=3, days=0.5),
    Item("Three days in three workplaces", "workplace_experience", 8, 9, 0.25, "year", 0.6, facts=WORKPLACE, employers=6, hours=15, days=3, virtual=0.2),
    Item("A working week at a distance", "workplace_experience", 9, 10, 0.2, "year", 0.5, facts=WORKPLACE | {"in_workplace": 0.0}, employers=1, hours=12, days=3, virtual=1.0),
    Item("Work experience", "workplace_experience", 10, 10, 0.75, "pupil", weeks=(30, 8), facts=WORKPLACE, employers=1, hours=30, days=5, virtual=0.05),
    Item("Visit to a workplace", "workplace_experience", 10, 11, 0.35, share=0.7, facts=WORKPLACE, employers=1, hours=5, days=1),
    Item("Placement", "workplace_experience", 12, 14, 0.45, "pupil", facts=WORKPLACE, employers=1, hours=30, days=5, virtual=0.1),
    Item("Guidance meeting", "guidance_meeting", 8, 10, 0.22, "pupil", facts=MEETING, hours=0.5, virtual=0.08),
    Item("Guidance meeting", "guidance_meeting", 11, 11, 0.75, "pupil", weeks=(0, 34), facts=MEETING, hours=0.75, virtual=0.08),
    Item("Guidance meeting", "guidance_meeting", 12, 14, 0.5, "pupil", facts=MEETING, hours=0.75, virtual=0.15),
    Item("Using job figures", "lmi_use", 7, 9, 0.45, facts=USE),
    Item("What qualifications are for", "lmi_use", 10, 11, 0.6, facts=USE),
    Item("Graduate outcomes and earnings", "lmi_use", 12, 14, 0.6, "year", facts=USE),
    Item("Who decides what jobs are for whom?", "careers_lesson", 7, 9, 0.9, facts=AT_SCHOOL),
    Item("Writing a CV", "careers_lesson", 10, 14, 0.8, facts=AT_SCHOOL),
    Item("Hopes and plans questionnaire", "survey", 7, 14, 0.75, "year", weeks=(2, 20), facts=ASKED, hours=0.5),
    Item("Parents' evening with advisers", "parent_event", 8, 11, 0.25, "year", 0.6, facts={"in_school_day": 0.0}, hours=2),
    Item("Review of the plan", "review", 7, 14, 0.9, "pupil", who="ehc", facts=ASKED | {"employment_focus": 0.75}),
    Item("Offer of a place", "offer", 11, 12, 0.85, "pupil", weeks=(18, 20), hours=None, facts={"suitable_offer": 0.94}),
    Item("Destination check", "destination", 21, 23, 0.93, "pupil", weeks=(4, 8), hours=None, who="leaver", facts={"destination_known": 0.93}),
)  # fmt: skip


def links() -> tuple[Item, ...]:
    """A careers link in each subject: how often is the school's own habit, so the rate here is 1."""
    facts = AT_SCHOOL | {"career_relevance": 0.94}
    return tuple(
        Item(f"{subject} at work", "curriculum_link", 7, 14, 1.0, "year", subject=subject,
             facts=facts | {"stem": 1.0 if subject in STEM else 0.0})
        for subject in SUBJECTS
    )  # fmt: skip


PROGRAMME = (*ITEMS, *links())


@dataclass(frozen=True)
class Slot:
    """A place on the roll of a kind of school: `share` is its weight. `ago` is how many years ago the pupil left, 0 on roll.
    A mover left part-way, for another school.
    """

    year_group: int
    share: float
    ago: int = 0
    mover: bool = False


def _left(*groups: tuple[int, float]) -> tuple[Slot, ...]:
    return tuple(Slot(group, share, ago) for ago in (1, 2, 3) for group, share in groups)


def _moved(*groups: int) -> tuple[Slot, ...]:
    return tuple(Slot(group, 0.03, ago, mover=True) for ago in (1, 2, 3) for group in groups)


LOWER = tuple(Slot(group, 1.0) for group in range(7, 12))
ROLLS = {
    "eleven_to_eighteen": (*LOWER, Slot(12, 0.5), Slot(13, 0.46), *_left((11, 0.42), (13, 0.42)), *_moved(7, 8, 9, 10)),
    "eleven_to_sixteen": (*LOWER, *_left((11, 0.95)), *_moved(7, 8, 9, 10)),
    "special": (*LOWER, Slot(12, 0.7), Slot(13, 0.6), Slot(14, 0.5), *_left((11, 0.2), (13, 0.1), (14, 0.4)), *_moved(8, 9)),
    "college": (Slot(12, 1.0), Slot(13, 0.85), Slot(14, 0.12), *_left((12, 0.1), (13, 0.75), (14, 0.1))),
}  # fmt: skip
