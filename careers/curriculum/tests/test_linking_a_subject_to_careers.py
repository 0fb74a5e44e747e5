"""A head of department plans a careers link, and says afterwards that it was taught."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scopes_disabled

from careers.audit.models import Event
from careers.curriculum import linking
from careers.curriculum.models import Link
from careers.curriculum.tests.conftest import Chemistry
from careers.encounters.models import Encounter
from careers.programme.actions import NotNow
from careers.programme.models import Activity
from tests.makers import TODAY, give_group, make_encounter, make_person, stamp_at

FACTS = {
    "way": "topic",
    "topic": "Who works with acids",
    "careers": "Battery chemist",
    "resource": "",
    "half_term": "autumn_2",
    "starts_on": None,
    "learning_outcomes": "",
    "partner": None,
    "teacher": None,
}


def plan(chemistry: Chemistry, **facts: object) -> Activity:
    return linking.plan_link(
        school=chemistry.school, subject=chemistry.subject, year_group=9, facts={**FACTS, **facts}, by=chemistry.head
    )


def marks(link: Activity) -> dict[int, str]:
    with scopes_disabled():
        return dict(Encounter.objects.filter(activity=link).values_list("pupil_id", "status"))


def teach(client: Client, link: Activity, classes: list[object], day: date = TODAY) -> object:
    data = {"day_day": day.day, "day_month": day.month, "day_year": day.year, "classes": classes}
    return client.post(reverse("curriculum:taught", args=[link.reference]), data)


def test_a_head_of_department_plans_a_link_in_one_line_of_the_sheet(as_head: Client, chemistry: Chemistry) -> None:
    sheet = reverse("curriculum:department", args=[chemistry.department.reference])
    address = reverse("curriculum:plan_link", args=[chemistry.subject.reference, 9])
    assert address in as_head.get(sheet).content.decode()
    sent = {"topic": "Who works with acids", "way": "topic", "half_term": "autumn_2", "back": sheet}
    sent["stamp"] = stamp_at(as_head, sheet)
    for _ in range(2):  # pressed twice, it is planned once
        assert as_head.post(address, sent)["Location"] == sheet
    link = Activity.objects.get()
    assert (link.type, link.subject, link.year_groups, link.status) == ("curriculum_link", "Chemistry", [9], "planned")
    assert (link.career_relevance, link.whole_cohort, link.half_term) == (True, True, "autumn_2")
    assert link.link.topic == "Who works with acids"
    assert "Who works with acids" in as_head.get(sheet).content.decode()


def test_nobody_is_led_to_another_site_after_planning(as_head: Client, chemistry: Chemistry) -> None:
    address = reverse("curriculum:plan_link", args=[chemistry.subject.reference, 9])
    for elsewhere in ("https://example.org/", "//example.org/", "javascript:alert(1)"):
        answer = as_head.post(address, {"topic": "Acids", "way": "topic", "back": elsewhere})
        assert answer["Location"] == reverse("curriculum:in_year", args=[chemistry.subject.reference, 9])


def test_the_head_of_another_department_may_not_plan_it(as_head: Client, chemistry: Chemistry) -> None:
    chemistry.department.head = chemistry.leader
    chemistry.department.save()
    address = reverse("curriculum:plan_link", args=[chemistry.subject.reference, 9])
    assert as_head.get(address).status_code == 403
    assert as_head.post(address, {"topic": "Acids", "way": "topic"}).status_code == 403
    assert not Activity.objects.exists()


def test_one_press_marks_the_classes_and_the_day_becomes_the_links(as_head: Client, chemistry: Chemistry) -> None:
    link = plan(chemistry)
    page = as_head.get(reverse("curriculum:taught", args=[link.reference])).content.decode()
    assert page.count("checked") == 2
    assert all(pupil.surname not in page for pupil in chemistry.pupils)
    teach(as_head, link, [group.reference for group in chemistry.classes])
    assert marks(link) == {pupil.pk: "attended" for pupil in chemistry.pupils}
    link.refresh_from_db()
    assert (link.status, link.starts_on) == ("delivered", TODAY)
    event = Event.objects.filter(verb="took a register").get()
    assert event.actor_id == chemistry.head.pk
    assert event.concerns == "," + ",".join(str(pk) for pk in sorted(p.pk for p in chemistry.pupils)) + ","


def test_somebody_who_was_marked_absent_stays_absent(chemistry: Chemistry) -> None:
    link = plan(chemistry)
    make_encounter(chemistry.pupils[0], link, "absent")
    done = linking.taught(activity=link, classes=chemistry.classes, day=TODAY, by=chemistry.head)
    assert (done.marked, done.already) == (2, 1)
    assert marks(link)[chemistry.pupils[0].pk] == "absent"
    assert linking.taught(activity=link, classes=chemistry.classes, day=TODAY, by=chemistry.head).marked == 0


def test_a_class_that_is_taught_later_stretches_the_link_to_that_day(chemistry: Chemistry) -> None:
    link = plan(chemistry)
    first, second = chemistry.classes
    linking.taught(activity=link, classes=[first], day=TODAY - timedelta(7), by=chemistry.head)
    linking.taught(activity=link, classes=[second], day=TODAY, by=chemistry.head)
    link.refresh_from_db()
    assert (link.starts_on, link.ends_on) == (TODAY - timedelta(7), TODAY)


def test_a_teacher_says_it_of_their_own_class_and_of_no_other(chemistry: Chemistry) -> None:
    link, teacher = plan(chemistry), make_person(chemistry.school, "teacher")
    give_group(teacher, chemistry.classes[1])
    client = Client()
    client.force_login(teacher)
    page = client.get(reverse("curriculum:taught", args=[link.reference])).content.decode()
    assert "9Y Ch" in page
    assert "9X Ch" not in page
    assert teach(client, link, [chemistry.classes[0].reference]).status_code == 422
    teach(client, link, [chemistry.classes[1].reference])
    assert list(marks(link)) == [chemistry.pupils[2].pk]
    assert client.get(reverse("curriculum:link", args=[link.reference])).status_code == 403


def test_a_lesson_to_come_cannot_have_been_taught(as_head: Client, chemistry: Chemistry) -> None:
    link = plan(chemistry)
    answer = teach(as_head, link, [chemistry.classes[0].reference], TODAY + timedelta(1))
    assert answer.status_code == 422
    with pytest.raises(NotNow, match="still to come"):
        linking.taught(activity=link, classes=chemistry.classes, day=TODAY + timedelta(1), by=chemistry.head)
    assert marks(link) == {}


def test_two_people_who_change_a_link_are_told_of_each_other(
    as_head: Client, as_leader: Client, chemistry: Chemistry
) -> None:
    address = reverse("curriculum:link", args=[plan(chemistry).reference])
    sent = {"topic": "Acids", "way": "topic", "half_term": "autumn_2", "stamp": stamp_at(as_head, address)}
    assert as_leader.post(address, {**sent, "careers": "Pharmacist"}).status_code == 302
    answer = as_head.post(address, {**sent, "careers": "Paint technologist"})
    assert answer.status_code == 409
    assert "Which careers?: Pharmacist" in answer.content.decode()
    assert "Who looks after it?" not in answer.content.decode().split("</ul>")[0]
    assert Link.objects.get().careers == "Pharmacist"
