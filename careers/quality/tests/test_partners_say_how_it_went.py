"""A partner answers by a link without an account; what they say is offered, and one press records it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from careers.programme.models import Activity
from careers.quality.models import Feedback, Link
from careers.quality.tests.pages import answer, ask_partner, page, say, words_of
from careers.schools.models import School
from tests.makers import make_encounter, make_pupil, stamp_at

pytestmark = pytest.mark.django_db
SAID = {"went": "well", "employer_set_task": "yes", "two_way": "extensive", "change": "More time."}


def test_a_message_brings_a_link_that_needs_no_account_and_names_no_pupil(
    leader: Client, school: School, visit: Activity, mailoutbox: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    make_encounter(make_pupil(school, 10, surname="Quillfeather"), visit)
    with django_capture_on_commit_callbacks(execute=True):
        path = ask_partner(leader, visit, email="works@example.org")
    (message,) = mailoutbox
    (link,) = re.findall(r"http://testserver(\S+)", message.body)
    assert link == path
    asked = Client().get(link).content.decode()
    assert "Quillfeather" not in asked + message.body
    assert Link.objects.get().sent is True
    assert link.strip("/").rpartition("/")[2] not in str(list(Link.objects.values())), "only a digest is kept"


def test_what_a_partner_says_is_offered_and_one_press_records_it(leader: Client, visit: Activity) -> None:
    assert "Thank you" in words_of(say(Client(), ask_partner(leader, visit), **SAID))
    shown = words_of(leader.get(page(visit)))
    assert "Harbour Works says: pupils did a task they set." in shown
    assert "More time." in shown
    visit.refresh_from_db()
    assert visit.employer_set_task is None, "a person decides"
    answer(leader, visit, "employer_set_task", "yes", suggested="yes")
    shown = words_of(leader.get(page(visit)))
    assert "Yes , because a partner said so on 22 November 2026" in shown
    assert "Harbour Works says: pupils did a task they set." not in shown


def test_a_partner_who_says_otherwise_is_heard_and_nothing_changes_by_itself(leader: Client, visit: Activity) -> None:
    answer(leader, visit, "purpose_shared_with_partner", "yes")
    say(Client(), ask_partner(leader, visit), went="mixed", purpose_understood="no")
    assert "Harbour Works says: they were not told the purpose. Record “No”" in words_of(leader.get(page(visit)))
    visit.refresh_from_db()
    assert visit.purpose_shared_with_partner is True


def test_a_second_answer_stands_beside_the_first_and_two_presses_are_one(leader: Client, visit: Activity) -> None:
    path = ask_partner(leader, visit)
    stamp = stamp_at(Client(), path)
    for _ in range(2):
        Client().post(path, {**SAID, "stamp": stamp})
    assert Feedback.objects.count() == 1
    say(Client(), path, went="badly", employer_set_task="no")
    assert [each.went for each in Feedback.objects.all()] == ["badly", "well"]
    assert "they set no task" in words_of(leader.get(page(visit))), "the last word counts"


def test_one_partners_link_is_not_a_pupils_and_asked_again_it_is_the_same(leader: Client, visit: Activity) -> None:
    path = ask_partner(leader, visit)
    code = path.strip("/").rpartition("/")[2]
    assert Client().get(f"/r/{code}/").status_code == 404
    assert ask_partner(leader, visit) == path
    assert say(Client(), path).status_code == 422
    leader.post(f"/links/{Link.objects.get().reference}/close/")
    assert Client().get(path).status_code == 410
