"""The grid of subjects and year groups says what the criterion says, and to each reader only what they may know."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_scopes import scope, scopes_disabled

from careers.audit.models import Event
from careers.curriculum.models import Department, StaffSession, Subject
from careers.evaluation.curriculum_cover import Linked, curriculum_cover
from careers.evaluation.school_criteria import school_file
from careers.evaluation.standings import forget, standings_of
from careers.leadership.models import Milestone
from careers.programme.models import Activity
from careers.pupils.models import Pupil
from careers.schools.models import School
from criteria.standing import State
from tests.makers import (
    TODAY,
    give_group,
    make_activity,
    make_encounter,
    make_person,
    make_pupil,
    put_in_group,
)

EVERY_SUBJECT, STAFF = "gb4.2025.school.1", "gb4.2025.school.2"


def study(school: School, *subjects: str, year_group: int = 9, number: int = 1) -> list[Pupil]:
    pupils = [make_pupil(school, year_group) for _ in range(number)]
    for pupil in pupils:
        for subject in subjects:
            put_in_group(pupil, f"{year_group} {subject}", kind="class", subject=subject)
    return pupils


def link(school: School, subject: str, pupils: list[Pupil] = [], **facts: Any) -> Activity:  # noqa: B006
    usual = {"subject": subject, "career_relevance": True, "year_groups": [9], **facts}
    made = make_activity(school, "curriculum_link", **usual)
    for pupil in pupils:
        make_encounter(pupil, made, "booked" if made.status == "planned" else "attended")
    return made


def subject(school: School, name: str, department: str = "Science") -> Subject:
    with scopes_disabled():
        made, _ = Department.objects.get_or_create(school=school, name=department)
        return Subject.objects.create(school=school, name=name, department=made)


def session(school: School) -> None:
    held = make_activity(school, "staff_development")
    with scopes_disabled():
        StaffSession.objects.create(school=school, activity=held, teachers_came=3)


def states(school: School) -> dict[tuple[str, int], Linked]:
    forget()
    with scope(school=school):
        cover = curriculum_cover(standings_of(school, TODAY))
        return {key: cell.linked for key, cell in cover.cells.items()}


def test_each_subject_is_taught_partly_taught_planned_unsure_or_nothing(school: School) -> None:
    pupils = study(school, "English", "History", "Art", "Music", "Drama", "Latin", number=2)
    link(school, "English", pupils)
    link(school, "History", pupils[:1])
    link(school, "Art", day=None, status="planned", half_term="spring_1")
    link(school, "Music", pupils, career_relevance=None)
    link(school, "Drama", pupils, status="cancelled")
    link(school, "Latin")
    assert states(school) == {
        ("English", 9): Linked.TAUGHT,
        ("History", 9): Linked.PARTLY,
        ("Art", 9): Linked.PLANNED,
        ("Music", 9): Linked.UNSURE,
        ("Drama", 9): Linked.NOTHING,
        ("Latin", 9): Linked.UNSURE,
    }


def test_a_pupil_who_was_away_and_one_whose_register_was_never_taken_have_had_the_chance(school: School) -> None:
    away, booked = study(school, "English", number=2)
    lesson = link(school, "English", day=TODAY - timedelta(3), status="planned")
    make_encounter(away, lesson, "absent")
    make_encounter(booked, lesson, "booked")
    assert states(school) == {("English", 9): Linked.TAUGHT}


def test_pupils_with_a_link_in_every_subject_are_those_who_have_met_the_criterion(school: School) -> None:
    pupils = study(school, "English", "History", number=4) + study(school, "English", number=2)
    late = TODAY + timedelta(10)
    link(school, "English", pupils[1:])
    link(school, "English", pupils[:1], day=late, status="planned")
    link(school, "History", pupils[:2])
    link(school, "History", pupils[2:3], career_relevance=False)
    link(school, "Latin", pupils)
    forget()
    with scope(school=school):
        found = standings_of(school, TODAY)
        cover = curriculum_cover(found)
        for person in found.people:
            cells = [cell for cell in cover.cells.values() if person.pk in cell.pupils]
            met = found.standings.rows[person.pk][found.standings.position[EVERY_SUBJECT]].state is State.MET
            assert met == all(person.pk in cell.had for cell in cells)
        assert cover.share_of_classes(9) == (1, 2)


def test_the_grid_leads_to_the_pupils_without_a_link_and_says_the_next_step(leader: Client, school: School) -> None:
    one = subject(school, "English")
    subject(school, "History")
    pupils = study(school, "English", "History", number=2)
    link(school, "English", pupils[:1])
    link(school, "History", day=None, status="planned", term="Autumn 1", title="Overdue")
    page = leader.get(reverse("curriculum:overview")).content.decode()
    address = reverse("curriculum:in_year", args=[one.reference, 9])
    assert f'href="{address}"' in page
    assert "Partly taught" in page
    there = leader.get(address).content.decode()
    assert pupils[1].surname in there
    assert pupils[0].surname not in there
    event = Event.objects.filter(verb="looked at a list of pupils").get()
    assert event.concerns == f",{pupils[1].pk},"


def test_a_hole_says_whom_to_ask_and_who_may_plan_is_led_to_the_form(
    leader: Client, signed_in: Callable[[str], Client], school: School
) -> None:
    one = subject(school, "English")
    study(school, "English", number=6)
    plan = reverse("curriculum:plan_link", args=[one.reference, 9])
    assert plan in leader.get(reverse("curriculum:overview")).content.decode()
    for role in ("link_governor", "teacher"):
        page = signed_in(role).get(reverse("curriculum:overview")).content.decode()
        assert "nothing planned or taught, 5 pupils" in page
        assert plan not in page


def test_a_governor_sees_rounded_numbers_no_name_and_nothing_of_a_handful(
    signed_in: Callable[[str], Client], school: School
) -> None:
    one, few = subject(school, "English"), subject(school, "Latin")
    pupils = study(school, "English", number=12)
    alone = study(school, "Latin")
    link(school, "English", pupils[:6])
    link(school, "Latin", alone)
    governor = signed_in("link_governor")
    page = governor.get(reverse("curriculum:overview")).content.decode()
    assert "5 of 10" in page
    assert "Few pupils" in page
    for each in (one, few):
        there = governor.get(reverse("curriculum:in_year", args=[each.reference, 9])).content.decode()
        assert not any(pupil.surname in there for pupil in pupils + alone)


def test_a_tutor_sees_the_names_of_their_own_and_of_no_other(school: School) -> None:
    one = subject(school, "English")
    mine, other = study(school, "English", number=2)
    tutor = make_person(school, "tutor")
    give_group(tutor, put_in_group(mine, "9A"))
    client = Client()
    client.force_login(tutor)
    page = client.get(reverse("curriculum:in_year", args=[one.reference, 9])).content.decode()
    assert mine.surname in page
    assert other.surname not in page


def test_the_sheet_of_a_department_has_its_subjects_and_no_others(leader: Client, school: School) -> None:
    one = subject(school, "Chemistry")
    subject(school, "Latin", "Languages")
    study(school, "Chemistry", "Latin", number=2)
    link(school, "Chemistry", title="A pharmacist on doses", day=None, status="planned", half_term="spring_2")
    page = leader.get(reverse("curriculum:department", args=[one.department.reference])).content.decode()
    assert "A pharmacist on doses" in page
    assert "Spring 2, no day yet" in page
    assert "Battery chemist" in page
    assert "Latin" not in page


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({"teachers_came": 40, "support_staff_came": 3}, State.MET),
        ({"teachers_came": 40, "support_staff_came": 0}, State.DUE),
        ({}, State.CANNOT_TELL),
    ],
)
def test_a_session_of_staff_development_counts_by_who_is_said_to_have_come_with_no_milestone_written(
    leader: Client, school: School, facts: dict[str, Any], state: State
) -> None:
    day = {"day_day": TODAY.day, "day_month": TODAY.month, "day_year": TODAY.year}
    sent = {"title": "Training day", **day, "for_teachers": "on", "for_support_staff": "on", **facts}
    leader.post(reverse("curriculum:add_session"), sent)
    with scope(school=school):
        forget()
        answer = school_file(standings_of(school, TODAY)).answer(STAFF)
        assert answer is not None
        assert answer.state is state
        assert not Milestone.objects.exists()


def test_a_session_to_come_counts_as_booked_for_those_it_is_for(school: School) -> None:
    to_come = make_activity(school, "staff_development", TODAY + timedelta(30), status="planned")
    with scope(school=school):
        StaffSession.objects.create(school=school, activity=to_come, for_support_staff=True)
        forget()
        answer = school_file(standings_of(school, TODAY)).answer(STAFF)
        assert answer is not None
        assert answer.state is State.BOOKED


def test_the_grid_and_the_sheet_ask_as_many_queries_for_a_large_school_as_for_a_small(
    leader: Client, school: School
) -> None:
    def queries(address: str) -> int:
        forget()
        leader.get("/roles/")
        with CaptureQueriesContext(connection) as asked:
            assert leader.get(address).status_code == 200
        return len(asked)

    one = subject(school, "Subject 0")
    addresses = [
        reverse("curriculum:overview"),
        reverse("curriculum:subjects"),
        reverse("curriculum:staff"),
        reverse("curriculum:department", args=[one.department.reference]),
        reverse("curriculum:in_year", args=[one.reference, 9]),
    ]
    names = [f"Subject {n}" for n in range(6)]
    link(school, names[0], study(school, *names[:2], number=2)[:1])
    session(school)
    few = [queries(address) for address in addresses]
    for name in names[1:]:
        subject(school, name)
        link(school, name, study(school, *names, number=4)[:2])
        session(school)
    assert [queries(address) for address in addresses] == few
