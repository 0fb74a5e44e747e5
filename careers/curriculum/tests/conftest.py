"""A school with a chemistry class in Year 9, its department, and people of each role."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.test import Client
from django_scopes import scope

from careers.accounts.models import User
from careers.curriculum.models import Department, Subject
from careers.pupils.models import Group, Pupil
from careers.schools import clock
from careers.schools.models import School
from tests.makers import TODAY, make_person, make_pupil, make_school, put_in_group


@dataclass
class Chemistry:
    """Two classes of Year 9, with two pupils in the first and one in the second; the head of the department is a teacher."""

    school: School
    department: Department
    subject: Subject
    head: User
    leader: User
    pupils: list[Pupil]
    classes: list[Group]


@pytest.fixture(autouse=True)
def _on_a_day_in_november() -> Iterator[None]:
    with clock.on(TODAY):
        yield


@pytest.fixture
def chemistry(db: None) -> Iterator[Chemistry]:
    school = make_school()
    head, leader = make_person(school, "teacher"), make_person(school, "careers_leader")
    pupils = [make_pupil(school, 9) for _ in range(3)]
    classes = [
        put_in_group(pupil, name, kind="class", subject="Chemistry")
        for pupil, name in zip(pupils, ("9X Ch", "9X Ch", "9Y Ch"), strict=True)
    ]
    with scope(school=school):
        department = Department.objects.create(school=school, name="Science", head=head)
        subject = Subject.objects.create(school=school, name="Chemistry", department=department)
        yield Chemistry(school, department, subject, head, leader, pupils, classes[1:])


@pytest.fixture
def as_head(chemistry: Chemistry) -> Client:
    client = Client()
    client.force_login(chemistry.head)
    return client


@pytest.fixture
def as_leader(chemistry: Chemistry) -> Client:
    client = Client()
    client.force_login(chemistry.leader)
    return client
