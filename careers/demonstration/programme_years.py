"""The programme as the school repeats it every year: what, for whom, when, with whom.

Work experience, guidance, curriculum links and destinations have modules of their own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from careers.programme.models import Activity

Type = Activity.Type


@dataclass(frozen=True)
class Item:
    """One line of the programme.

    `by` is "year" (an activity for each year group), "form" (one for each form) or "all" (one for every year group together).
    `share` is the part of the pupils asked, the keener first. `offsets` are the years it ran in, where not in all of them.
    `booked` says whether pupils are put down for it beforehand. `letters` limits it to some forms.
    """

    title: str
    type: str
    years: tuple[int, ...]
    month: int
    day: int
    by: str = "year"
    partners: str = "none"
    share: float = 1.0
    hours: float = 1
    days: float | None = None
    good: float = 0.94
    booked: bool = True
    missing: str = ""
    letters: str = ""
    offsets: tuple[int, ...] = ()
    special: bool = True
    facts: dict[str, Any] = field(default_factory=dict)


AT_SCHOOL = {"in_school_day": True, "mode": "in_person", "in_workplace": False}
TALK = AT_SCHOOL | {"about_work": True}
VISIT = {"in_school_day": True, "mode": "in_person", "in_workplace": True, "about_work": True, "part_time_job": False}
ONLINE = {"in_school_day": True, "mode": "virtual", "in_workplace": False, "about_work": True, "part_time_job": False}
MET = AT_SCHOOL | {"met_staff": True, "met_learners": True, "visit": False}
STAFF_ONLY = AT_SCHOOL | {"met_staff": True, "met_learners": False, "visit": False}
WENT = {"in_school_day": True, "mode": "in_person", "met_staff": True, "met_learners": True, "visit": True}
LMI = AT_SCHOOL | {"information_used": True, "informed_choice": True}
LMI_SEEN = AT_SCHOOL | {"information_used": True, "informed_choice": None}
ASPIRATION = {"records_aspiration": True, "records_intention": False, "mode": "in_person"}
FAIR_FACTS = TALK | {"stem": False, "met_staff": True, "met_learners": False, "about_learning_there": False}
INTENTION = {"records_aspiration": True, "records_intention": True, "mode": "in_person"}
EVENING = {"in_school_day": False, "mode": "in_person"}

EMPLOYER = Type.EMPLOYER_ENCOUNTER
PROVIDER = Type.PROVIDER_ENCOUNTER
WORKPLACE = Type.WORKPLACE_EXPERIENCE
FAIR = Type.CAREERS_EVENT
LESSON = Type.CAREERS_LESSON
SURVEY = Type.SURVEY
USE = Type.LMI_USE

YEAR_7 = (
    Item("What people do all day: three neighbours talk", EMPLOYER, (7,), 3, 9, "form", "employer 2", facts=TALK),
    Item("Dreams and plans questionnaire", SURVEY, (7,), 10, 5, hours=0.5, facts=INTENTION, offsets=(-1, 0)),
    Item("Who decides what jobs are for whom?", LESSON, (7,), 11, 9, facts=AT_SCHOOL, offsets=(-1, 0)),
    Item(
        "Inventors' day",
        EMPLOYER,
        (7,),
        6,
        22,
        partners="stem 3",
        share=0.7,
        hours=5,
        facts=TALK | {"stem": True},
        booked=False,
    ),
)
YEAR_8 = (
    Item("Enterprise day", EMPLOYER, (8,), 11, 12, "form", "employer 3", hours=5, facts=TALK),
    Item("Where do the jobs in our valley come from?", USE, (8,), 2, 25, "form", facts=LMI),
    Item("Technical routes assembly", PROVIDER, (8,), 5, 6, partners="Ashmere College; Calderside UTC", facts=MET),
    Item("Dreams and plans questionnaire", SURVEY, (8,), 10, 6, hours=0.5, facts=INTENTION, offsets=(-1, 0)),
    Item(
        "A morning behind the scenes",
        WORKPLACE,
        (8,),
        6,
        8,
        "form",
        "employer 1",
        0.6,
        3,
        0.5,
        facts=VISIT,
        good=0.8,
        special=False,
    ),
)
YEAR_9 = (
    Item("Before the options: pay, demand and routes", USE, (9,), 1, 20, "form", facts=LMI),
    Item("Apprenticeships and technical courses", PROVIDER, (9,), 1, 27, partners="Makers' Training Partnership", facts=MET,
         letters="ABCD"),
    Item("Apprenticeships and technical courses, first group", PROVIDER, (9,), 10, 13, partners="Vale Engineering Apprentices",
         facts=MET, letters="FG", special=False),
    Item("Apprenticeships and technical courses, catching up", PROVIDER, (9,), 2, 10, partners="Steps into Care Training",
         facts=MET, letters="EKL", booked=False),
    Item("Behind the headlines: working lives", EMPLOYER, (9,), 10, 8, "form", "employer 2", facts=TALK, letters="ABCD"),
    Item("Working lives, in conversation", EMPLOYER, (9,), 5, 13, "form", "employer 2", facts=TALK, letters="EFGKL"),
    Item("Dreams and plans questionnaire", SURVEY, (9,), 10, 7, hours=0.5, facts=ASPIRATION),
    Item("Three days in three workplaces", WORKPLACE, (9,), 6, 15, partners="employer 9", share=0.45, hours=15, days=3, facts=VISIT),
    Item("A working week, at a distance", WORKPLACE, (9,), 3, 2, partners="Insight at a Distance", share=0.3, hours=10, days=2,
         facts=ONLINE),
    Item("STEM insight day", EMPLOYER, (9,), 11, 18, partners="stem 4", share=0.6, hours=5, facts=TALK | {"stem": True}),
    Item("University for a day", PROVIDER, (9,), 7, 6, partners="Thornley University", share=0.35, hours=5, facts=WENT),
)  # fmt: skip
YEAR_10 = (
    Item("Meet the employers: speed interviews", EMPLOYER, (10,), 2, 3, partners="employer 8", hours=2, facts=TALK),
    Item("What qualifications are for", USE, (10,), 11, 5, "form", facts=LMI, letters="ABCDEK"),
    Item("Using local job figures", USE, (10,), 4, 28, "form", facts=LMI_SEEN, letters="FGL"),
    Item("Technical education morning", PROVIDER, (10,), 11, 10, partners="Tarnside College; Makers' Training Partnership", hours=2,
         facts=MET, letters="ABCDEKL"),
    Item("Apprenticeships evening", PROVIDER, (10, 11), 3, 4, partners="Vale Engineering Apprentices; Digital Futures Academy",
         share=0.4, facts=MET | {"in_school_day": False}),
    Item("University campus visit", PROVIDER, (10,), 6, 24, partners="Calder Metropolitan University", share=0.55, hours=5, facts=WENT),
    Item("Dreams and plans questionnaire", SURVEY, (10,), 10, 9, hours=0.5, facts=INTENTION, offsets=(-1, 0)),
    Item("A young engineer visits", EMPLOYER, (10,), 10, 20, partners="stem 1", share=0.25, facts=TALK | {"stem": True}),
    Item("Writing a CV", LESSON, (10,), 5, 18, share=0.5, facts=AT_SCHOOL),
)  # fmt: skip
YEAR_11 = (
    Item("Mock interviews", EMPLOYER, (11,), 11, 17, "form", "employer 5", hours=2, facts=TALK, letters="ABCDEK"),
    Item("Mock interviews, second week", EMPLOYER, (11,), 12, 2, "form", "employer 4", hours=2, facts=TALK, letters="FGL"),
    Item("Sixth form taster day", PROVIDER, (11,), 10, 15, partners="Ashmere Vale Sixth Form; Beacon Hill Sixth Form College", share=0.85,
         hours=3, facts=WENT),
    Item("College taster day", PROVIDER, (11,), 1, 14, partners="Ashmere College", share=0.7, hours=4, facts=WENT),
    Item("Apprenticeships: how to apply", PROVIDER, (11,), 10, 1, partners="Makers' Training Partnership; Ashmere College", facts=MET,
         good=0.9),
    Item("A talk from the land college", PROVIDER, (11,), 2, 4, partners="Vale Land and Environment College", facts=STAFF_ONLY,
         missing="about_careers", booked=False, special=False),
    Item("Where next? Intended destinations", SURVEY, (11,), 1, 12, "form", hours=0.5, facts=INTENTION),
    Item("Comparing next steps with real figures", USE, (11,), 11, 24, "form", facts=LMI),
    Item("Visit to a workplace of your choice", WORKPLACE, (11,), 10, 22, partners="employer 7", share=0.5, hours=5, days=1, facts=VISIT),
)  # fmt: skip
SIXTH_FORM = (
    Item("Higher and degree apprenticeships", PROVIDER, (12,), 2, 10, partners="Calder Metropolitan University; Ashmere College",
         facts=MET),
    Item("Routes at eighteen", PROVIDER, (13,), 11, 3, partners="Tarnside College; Vale Engineering Apprentices", facts=MET, letters="ABCDE"),
    Item("Routes at eighteen, second group", PROVIDER, (13,), 1, 19, partners="Ashmere College; Steps into Care Training", facts=MET,
         letters="FG"),
    Item("University open day", PROVIDER, (12,), 6, 26, partners="University of North Ashmere", share=0.75, hours=6, facts=WENT),
    Item("Campus visit before applying", PROVIDER, (13,), 10, 2, partners="Thornley University", share=0.6, hours=6, facts=WENT),
    Item("Lunch with a professional", EMPLOYER, (12,), 11, 6, partners="employer 4", hours=1, facts=TALK, share=0.9),
    Item("Recruiters' question time", EMPLOYER, (13,), 3, 11, partners="employer 3", facts=TALK),
    Item("Alumni evening", EMPLOYER, (12, 13), 10, 14, partners="employer 5", share=0.4, facts=TALK | {"in_school_day": False}),
    Item("Graduate outcomes and earnings", USE, (12,), 3, 3, facts=LMI),
    Item("Choosing between offers", USE, (13,), 1, 21, facts=LMI, booked=False),
    Item("Plans after Year 13", SURVEY, (12, 13), 11, 26, hours=0.5, facts=INTENTION),
    Item("Personal statements and applications", LESSON, (12,), 6, 10, facts=AT_SCHOOL),
    Item("Insight week", WORKPLACE, (12,), 4, 20, partners="employer 5", share=0.25, hours=15, days=3, facts=VISIT),
)  # fmt: skip
EVERYBODY = (
    Item("Careers fair", FAIR, (9, 10, 11), 3, 5, "all", "fair", hours=2, facts=FAIR_FACTS),
    Item(
        "Choices and careers fair",
        FAIR,
        (12, 13),
        10,
        21,
        "all",
        "fair",
        share=0.85,
        hours=2,
        facts=FAIR_FACTS,
        special=False,
    ),
    Item(
        "National Careers Week assembly", EMPLOYER, (7, 8), 3, 3, partners="employer 1", hours=0.5, facts=TALK, good=0.5
    ),
)
NO_REGISTER = (
    Item("Parents' evening with the careers adviser", Type.PARENT_EVENT, (8,), 2, 24, facts=EVENING, share=0),
    Item("Options evening for parents and carers", Type.PARENT_EVENT, (9,), 1, 28, facts=EVENING, share=0),
    Item(
        "Parents' evening with colleges and employers",
        Type.PARENT_EVENT,
        (11,),
        11,
        11,
        partners="Ashmere College",
        facts=EVENING,
        share=0,
    ),
    Item(
        "Applying to university: evening for families",
        Type.PARENT_EVENT,
        (12,),
        4,
        22,
        facts=EVENING,
        share=0,
        special=False,
    ),
    Item(
        "Careers in your subject: staff session",
        Type.STAFF_DEVELOPMENT,
        (),
        9,
        7,
        "all",
        share=0,
        facts={"mode": "in_person"},
    ),
    Item(
        "Reading job figures: staff session",
        Type.STAFF_DEVELOPMENT,
        (),
        1,
        6,
        "all",
        share=0,
        facts={"mode": "in_person"},
    ),
    Item(
        "Teachers in industry", Type.STAFF_DEVELOPMENT, (), 6, 30, "all", "stem 4", share=0, facts={"mode": "in_person"}
    ),
)
STEM_LINKS = tuple(
    Item(f"{subject} at work", Type.CURRICULUM_LINK, (group,), month, 12, partners="stem 1", facts=AT_SCHOOL
         | {"subject": subject, "career_relevance": True, "stem": True}, offsets=(-6, -5, -4, -3, -2))
    for month, subject in ((11, "Science"), (1, "Mathematics"), (3, "Computing"), (5, "Design and technology"))
    for group in (7, 8, 9)
)  # fmt: skip

ITEMS = (*YEAR_7, *YEAR_8, *YEAR_9, *YEAR_10, *YEAR_11, *SIXTH_FORM, *EVERYBODY, *NO_REGISTER, *STEM_LINKS)
