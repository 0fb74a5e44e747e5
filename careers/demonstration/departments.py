"""Departments with their subjects, what some careers links are about, and the training day: what careers in the curriculum shows.

Nothing that criteria ask is added: links are those of curriculum.py, and the training day is the milestone there already is.
"""

from __future__ import annotations

from careers.accounts.models import User
from careers.curriculum.models import Department, Link, StaffNumbers, StaffSession, Subject
from careers.curriculum.usual import careers_of
from careers.demonstration.making import Made
from careers.demonstration.plan import reference
from careers.leadership.models import Milestone
from careers.programme.models import Activity
from criteria.periods import AcademicYear

DEPARTMENTS = {
    "English and drama": ("English", "English literature", "Drama"),
    "Mathematics": ("Mathematics", "Further mathematics"),
    "Science": ("Science", "Biology", "Chemistry", "Physics"),
    "Humanities": ("History", "Geography", "Religious studies", "Psychology", "Sociology"),
    "Languages": ("French", "Spanish"),
    "Creative arts and technology": ("Art and design", "Music", "Design and technology", "Food and nutrition"),
    "Computing and business": ("Computing", "Business"),
    "Sport, health and life": ("Physical education", "Sport science", "Health and social care", "Life skills"),
}
HEADS = {"Science": "teacher@example.org"}
"""Of the people there are to sign in as. The other departments have no head yet, which the page says."""
STAFF = {"main": (84, 41), "special": (24, 38)}
"""Teachers, and other staff who support pupils."""


def departments(made: Made, users: dict[str, User]) -> list[Department]:
    """The departments that have a subject taught here."""
    dice = made.plan.dice("departments")
    taught = {subject for _, _, subject in made.groups.classes}
    found = []
    for name, subjects in DEPARTMENTS.items():
        made_here = Department(name=name, reference=reference(dice))
        if not made.plan.special and name in HEADS:
            made_here.head = users[HEADS[name]]
        if taught & {*subjects}:
            found.append(made_here)
    return found


def subjects(made: Made, found: list[Department]) -> list[Subject]:
    """Every subject of a class. One that nobody has put in a department stays in none."""
    dice = made.plan.dice("subjects")
    of = {subject: each for each in found for subject in DEPARTMENTS[each.name]}
    taught = sorted({subject for _, _, subject in made.groups.classes})
    return [Subject(name=name, department=of.get(name), reference=reference(dice)) for name in taught]


def links(made: Made) -> list[Link]:
    """What the careers links of this year are about."""
    told = []
    for entry in made.log.entries:
        activity = entry.activity
        if activity.type != Activity.Type.CURRICULUM_LINK or activity.academic_year != made.log.now.year:
            continue
        usual = careers_of(activity.subject)
        dice = made.plan.dice("link told", activity.reference)
        jobs = dice.sample([job for job, _ in usual.jobs], 2) if usual else []
        way = Link.Way.TOPIC if dice.random() < 0.4 else Link.Way.LESSON
        told.append(Link(activity=activity, way=way, topic=activity.title.partition(" (")[0], careers=", ".join(jobs)))
    return told


def training_days(made: Made, milestones: list[Milestone]) -> list[tuple[Milestone, Activity, StaffSession]]:
    """Each training day of the school's own record as the session it was. Its milestone is what counts, as it did."""
    found = []
    for milestone in milestones:
        if milestone.kind != "staff_development" or milestone.date > made.log.now.today:
            continue
        activity = Activity(
            type=Activity.Type.STAFF_DEVELOPMENT,
            title=milestone.title,
            status=Activity.Status.DELIVERED,
            academic_year=AcademicYear.containing(milestone.date).start_year,
            starts_on=milestone.date,
            hours=2,
            reference=reference(made.plan.dice("training day", milestone.title)),
        )
        session = StaffSession(
            activity=activity,
            topic="Where each subject leads, and a first link for every year group",
            led_by="The careers leader, with the heads of department",
            for_teachers=True,
            for_support_staff=True,
            teachers_came=21,
            support_staff_came=30,
        )
        found.append((milestone, activity, session))
    return found


def staff_numbers(made: Made) -> list[StaffNumbers]:
    if made.plan.key not in STAFF:  # a school made only to be measured
        return []
    teachers, others = STAFF[made.plan.key]
    return [StaffNumbers(academic_year=made.log.now.year, teachers=teachers, support_staff=others)]
