"""A careers leader keeps the list of subjects: whose each is, which names mean one subject, and what everybody studies."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from careers.curriculum import actions
from careers.curriculum.models import Department, EveryoneStudies, SameSubject, Subject
from careers.curriculum.subjects import alike, waiting
from careers.curriculum.tests.conftest import Chemistry
from careers.curriculum.usual import usual_careers
from careers.programme.actions import NotNow
from careers.pupils.models import Group, GroupMembership
from careers.schools.clock import current_year
from tests.makers import make_activity, make_pupil, put_in_group, stamp_at


def test_subjects_that_classes_name_come_onto_the_list_by_one_press(as_leader: Client, chemistry: Chemistry) -> None:
    put_in_group(chemistry.pupils[0], "9 Latin", kind="class", subject="Latin")
    address = reverse("curriculum:subjects")
    assert "1 subject of your classes" in as_leader.get(address).content.decode()
    as_leader.post(address)
    assert Subject.objects.filter(name="Latin", department=None).exists()
    assert not waiting(chemistry.school, current_year())


def test_a_department_is_added_once_and_gets_a_head(as_leader: Client, chemistry: Chemistry) -> None:
    add = reverse("curriculum:add_department")
    sent = {"name": "Languages", "stamp": stamp_at(as_leader, add)}
    assert [as_leader.post(add, sent).status_code for _ in range(2)] == [302, 422]
    assert as_leader.post(add, {"name": "science"}).status_code == 422
    made = Department.objects.get(name="Languages")
    edit = reverse("curriculum:edit_department", args=[made.reference])
    head = actions.key_of(chemistry.head.pk)
    as_leader.post(edit, {"name": "Modern languages", "head": head, "stamp": stamp_at(as_leader, edit)})
    made.refresh_from_db()
    assert (made.name, made.head) == ("Modern languages", chemistry.head)


def test_maths_and_mathematics_are_joined_and_can_be_parted_again(as_leader: Client, chemistry: Chemistry) -> None:
    put_in_group(chemistry.pupils[0], "9 Ma", kind="class", subject="Mathematics")
    other = put_in_group(chemistry.pupils[1], "9 Mb", kind="class", subject="Maths")
    link = make_activity(chemistry.school, "curriculum_link", subject="Maths")
    actions.take_in(school=chemistry.school, by=chemistry.leader)
    page = as_leader.get(reverse("curriculum:subjects")).content.decode()
    assert "<strong>Maths</strong> and <strong>Mathematics</strong>" in page
    kept = Subject.objects.get(name="Mathematics")
    as_leader.post(reverse("curriculum:join"), {"subject": kept.reference, "spelling": "Maths"})
    other.refresh_from_db()
    link.refresh_from_db()
    assert (other.subject, link.subject) == ("Mathematics", "Mathematics")
    assert not Subject.objects.filter(name="Maths").exists()

    joined = SameSubject.objects.get()
    as_leader.post(reverse("curriculum:part", args=[joined.reference]))
    other.refresh_from_db()
    link.refresh_from_db()
    assert (other.subject, link.subject) == ("Maths", "Maths")
    assert Group.objects.get(name="9 Ma").subject == "Mathematics"


def test_a_spelling_that_comes_back_is_put_right_by_one_press(chemistry: Chemistry) -> None:
    actions.join_spellings(subject=chemistry.subject, spelling="Chem", by=chemistry.leader)
    again = put_in_group(chemistry.pupils[0], "9Z Ch", kind="class", subject="Chem")
    assert waiting(chemistry.school, current_year()).returned == ("Chem",)
    assert actions.take_in(school=chemistry.school, by=chemistry.leader).renamed == 1
    again.refresh_from_db()
    assert again.subject == "Chemistry"
    actions.part_spellings(joined=SameSubject.objects.get(), by=chemistry.leader)
    again.refresh_from_db()
    assert again.subject == "Chem"


def test_a_name_cannot_be_joined_to_itself_nor_twice(chemistry: Chemistry) -> None:
    other = Subject.objects.create(school=chemistry.school, name="Physics")
    actions.join_spellings(subject=chemistry.subject, spelling="Chem", by=chemistry.leader)
    for subject, spelling in ((chemistry.subject, "Chemistry"), (other, "Chem"), (other, "Chemistry")):
        with pytest.raises(NotNow):
            actions.join_spellings(subject=subject, spelling=spelling, by=chemistry.leader)


def test_names_that_may_be_one_subject_are_told_from_those_that_are_not() -> None:
    names = ["Mathematics", "Maths", "Further mathematics", "PE", "Physical education", "geography", "Geography"]
    assert {frozenset(pair) for pair in alike(names)} == {
        frozenset({"Mathematics", "Maths"}),
        frozenset({"PE", "Physical education"}),
        frozenset({"geography", "Geography"}),
    }
    assert ("Mathematics", "Maths") in alike(names)


def test_everybody_in_year_9_studies_pshe_and_newcomers_are_put_in(as_leader: Client, chemistry: Chemistry) -> None:
    pshe = Subject.objects.create(school=chemistry.school, name="PSHE")
    make_pupil(chemistry.school, 10)
    address = reverse("curriculum:subject", args=[pshe.reference])
    as_leader.post(address, {"everyone_in": [9], "stamp": stamp_at(as_leader, address)})
    said = EveryoneStudies.objects.get()
    inside = GroupMembership.objects.filter(group=said.group)
    assert set(inside.values_list("pupil_id", flat=True)) == {pupil.pk for pupil in chemistry.pupils}
    newcomer = make_pupil(chemistry.school, 9)
    assert waiting(chemistry.school, current_year()).newcomers == 1
    as_leader.post(reverse("curriculum:subjects"))
    assert inside.filter(pupil=newcomer).exists()
    as_leader.post(address, {"stamp": stamp_at(as_leader, address)})
    assert not Group.objects.filter(subject="PSHE").exists()


def test_every_subject_has_three_to_six_careers_with_no_figures() -> None:
    found = {usual.subject: usual for usual in usual_careers().values()}
    assert len(found) >= 20
    for usual in found.values():
        assert 3 <= len(usual.jobs) <= 6
        assert not any(letter.isdigit() or letter == "£" for job, use in usual.jobs for letter in job + use)
