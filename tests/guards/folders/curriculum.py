"""What the guards need of careers/curriculum: a record of each kind, and how each form is filled in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django_scopes import scope

from careers.curriculum import linking, sessions
from careers.curriculum.forms import DepartmentForm, LinkForm, NumbersForm, SessionForm, SubjectForm
from careers.curriculum.models import Department, SameSubject, Subject
from careers.programme.models import Activity
from careers.pupils.models import Group, GroupMembership
from careers.schools import clock
from tests.guards.tried import Form, Posted
from tests.guards.two_schools import TheSchool
from tests.makers import TODAY, YEAR

NAME = "Chemistry"
YEAR_GROUP = "9"


def a_department(school: TheSchool) -> Department:
    with scope(school=school.school):
        return Department.objects.get_or_create(school=school.school, name=f"Science of {_word(school)}")[0]


def a_subject(school: TheSchool) -> Subject:
    with scope(school=school.school):
        usual = {"department": a_department(school)}
        return Subject.objects.get_or_create(school=school.school, name=NAME, defaults=usual)[0]


def a_spelling(school: TheSchool) -> SameSubject:
    with scope(school=school.school):
        usual = {"subject": a_subject(school)}
        return SameSubject.objects.get_or_create(school=school.school, spelling="Chem", defaults=usual)[0]


def a_class(school: TheSchool) -> Group:
    with scope(school=school.school):
        usual = {"kind": "class", "academic_year": YEAR.start_year, "subject": NAME}
        group = Group.objects.get_or_create(school=school.school, name="9X Chemistry", defaults=usual)[0]
        GroupMembership.objects.get_or_create(school=school.school, group=group, pupil=school.pupil)
        return group


def a_link(school: TheSchool) -> Activity:
    a_subject(school)
    usual = {"title": f"Link of {_word(school)}", "career_relevance": True}
    return _an_activity(school, "curriculum_link", subject=NAME, year_groups=[9], **usual)


def a_session(school: TheSchool) -> Activity:
    return _an_activity(school, "staff_development", title=f"Session of {_word(school)}")


def _an_activity(school: TheSchool, type: str, **facts: Any) -> Activity:
    with scope(school=school.school):
        usual = {"academic_year": YEAR.start_year, "starts_on": TODAY, "status": "planned", **facts}
        return Activity.objects.get_or_create(school=school.school, type=type, defaults=usual)[0]


def _word(school: TheSchool) -> str:
    return school.school.name.split()[0]


def _stamp(form: Any) -> str:
    return str(form["stamp"].value())


def _department(school: TheSchool) -> dict[str, Any]:
    held = a_department(school)
    with scope(school=school.school):
        form = DepartmentForm(school=school.school, initial={"name": held.name, "head": ""})
        return {"name": "Sciences", "stamp": _stamp(form)}


def _subject(school: TheSchool) -> dict[str, Any]:
    held = a_subject(school)
    with scope(school=school.school):
        first = {"department": a_department(school).reference, "everyone_in": []}
        form = SubjectForm(school=held.school, initial=first)
        return {"department": "", "everyone_in": [9], "stamp": _stamp(form)}


def _join(school: TheSchool) -> dict[str, Any]:
    with scope(school=school.school):
        Subject.objects.get_or_create(school=school.school, name="Chemistries")
    return {"subject": a_subject(school).reference, "spelling": "Chemistries"}


def _link(school: TheSchool) -> dict[str, Any]:
    held = a_link(school)
    with scope(school=school.school), clock.on(TODAY):
        form = LinkForm(school=held.school, initial=linking.answers_of(held))
        day = {"starts_on_day": TODAY.day, "starts_on_month": TODAY.month, "starts_on_year": TODAY.year}
        return {"topic": "Who works with acids", "way": "topic", **day, "stamp": _stamp(form)}


def _taught(school: TheSchool) -> dict[str, Any]:
    a_link(school)
    day = {"day_day": TODAY.day, "day_month": TODAY.month, "day_year": TODAY.year}
    return {**day, "classes": [a_class(school).reference]}


def _new_session(school: TheSchool) -> dict[str, Any]:
    day = {"day_day": 2, "day_month": 9, "day_year": YEAR.start_year}
    return {"title": "Training day", **day, "for_teachers": "on"}


def _session(school: TheSchool) -> dict[str, Any]:
    held = a_session(school)
    with scope(school=school.school):
        form = SessionForm(school=held.school, initial=sessions.answers_of(held))
        return {**_new_session(school), "teachers_came": 4, "stamp": _stamp(form)}


def _numbers(school: TheSchool) -> dict[str, Any]:
    return {"teachers": 40, "stamp": _stamp(NumbersForm(initial={"teachers": None, "support_staff": None}))}


def _new(school: TheSchool) -> None:
    """A class of a subject that nobody looks after."""
    with scope(school=school.school):
        usual = {"school": school.school, "kind": "class", "academic_year": YEAR.start_year}
        Group.objects.create(name="9X Latin", subject="Latin", **usual)


def _ready(fields: Callable[[TheSchool], dict[str, Any]]) -> Callable[[TheSchool], None]:
    """Makes the records that what is posted names."""

    def make(school: TheSchool) -> None:
        fields(school)

    return make


_PLAN = {"topic": "A pharmacist on doses", "way": "lesson"}

SAMPLES = {
    "curriculum.subject": lambda school: a_subject(school).reference,
    "curriculum.department": lambda school: a_department(school).reference,
    "curriculum.spelling": lambda school: a_spelling(school).reference,
    "curriculum.activity": lambda school: a_link(school).reference,
    "curriculum:session.activity": lambda school: a_session(school).reference,
}
SHARED = {"curriculum.year_group": YEAR_GROUP}

POSTS = {
    "curriculum:subjects": Posted(302),
    "curriculum:subject": Posted(409, _subject, others=409),
    "curriculum:join": Posted(422, _join),
    "curriculum:part": Posted(302),
    "curriculum:add_department": Posted(422, lambda school: {"name": "Languages"}, others=302),
    "curriculum:edit_department": Posted(422, _department, others=409),
    "curriculum:plan_link": Posted(422, lambda school: _PLAN, others=302),
    "curriculum:link": Posted(422, _link, others=409),
    "curriculum:taught": Posted(422, _taught),
    "curriculum:add_session": Posted(422, _new_session, others=302),
    "curriculum:session": Posted(422, _session, others=409),
    "curriculum:staff_numbers": Posted(302, _numbers, others=302),
}

FORMS = {
    "curriculum:subjects": Form(first=_new),
    "curriculum:subject": Form(_subject),
    "curriculum:join": Form(_join, _ready(_join)),
    "curriculum:part": Form(),
    "curriculum:add_department": Form(lambda school: {"name": "Languages"}),
    "curriculum:edit_department": Form(_department),
    "curriculum:plan_link": Form(lambda school: _PLAN),
    "curriculum:link": Form(_link),
    "curriculum:taught": Form(_taught, _ready(_taught)),
    "curriculum:add_session": Form(_new_session),
    "curriculum:session": Form(_session),
    "curriculum:staff_numbers": Form(_numbers),
}

WITHOUT = {
    "curriculum:subjects": "takes in what is there; done twice it finds nothing left to do",
    "curriculum:join": "joins a spelling once; whoever comes second is told that it has been joined",
    "curriculum:taught": "marks those who have no mark, and leaves those that are there as they are",
}

NARROWER = {
    (f"curriculum:{page}", role): (403, 403)
    for page in ("plan_link", "link", "taught")
    for role in ("senior_leader", "senco", "careers_adviser", "tutor", "teacher")
}
"""Only the head of the department, those who plan the programme and a teacher of classes of it: none here has any."""

OF_NO_SCHOOLS_OWN = {
    "careers/curriculum/actions.py": "locks the row of the school it is given, so that two people do not add the same",
    "careers/curriculum/sessions.py": "locks the row of the school it is given, so that two people do not add the same",
}
