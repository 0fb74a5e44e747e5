"""Pupils say what they took from an activity, by a link that knows nobody or on their own record."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from careers.audit.models import Event
from careers.programme.models import Activity
from careers.quality.models import Reflection
from careers.quality.tests.conftest import FRIDAY
from careers.quality.tests.pages import answer, ask_pupils, page, say, words_of
from careers.schools import clock
from careers.schools.models import School
from tests.makers import TODAY, make_activity, make_encounter, make_own_record, make_person, make_pupil

pytestmark = pytest.mark.django_db


def signed_in(school: School, activity: Activity, role: str = "pupil") -> Client:
    pupil = make_pupil(school, 10, surname="Quillfeather")
    make_encounter(pupil, activity)
    user, client = make_person(school, role), Client()
    make_own_record(user, pupil, "self" if role == "pupil" else "parent")
    client.force_login(user)
    return client


def test_anybody_with_the_link_says_something_and_stays_nobody(leader: Client, school: School, visit: Activity) -> None:
    make_encounter(make_pupil(school, 10, surname="Quillfeather"), visit)
    path, phone = ask_pupils(leader, visit), Client()
    asked = phone.get(path)
    assert "Quillfeather" not in asked.content.decode()
    thanks = say(phone, path, learnt="How ships are lifted.", useful="4")
    assert "Thank you" in words_of(thanks)
    said = Reflection.objects.get()
    assert (said.pupil, said.learnt, said.useful) == (None, "How ships are lifted.", 4)
    assert "already been sent from this device" in words_of(phone.get(path))
    assert "How ships are lifted." in words_of(leader.get(f"/programme/{visit.reference}/reflections/"))
    assert "lifted" not in str(list(Event.objects.values()))


def test_asking_answers_nothing_and_a_pupils_answer_is_offered(leader: Client, visit: Activity) -> None:
    path, offered = ask_pupils(leader, visit), "Pupils have said what they took from it."
    visit.refresh_from_db()
    assert visit.reflection_after is None
    assert offered not in words_of(leader.get(page(visit)))
    say(Client(), path, learnt="How ships are lifted.")
    visit.refresh_from_db()
    assert visit.reflection_after is None
    assert offered in words_of(leader.get(page(visit)))
    answer(leader, visit, "reflection_after", "yes", suggested="yes")
    visit.refresh_from_db()
    assert visit.reflection_after is True
    assert "because pupils said what they took from it" in words_of(leader.get(page(visit)))


def test_asked_again_the_link_and_its_poster_stay_the_same(leader: Client, visit: Activity) -> None:
    path = ask_pupils(leader, visit)
    assert ask_pupils(leader, visit) == path
    poster = leader.get(f"/programme/{visit.reference}/reflections/poster/").content.decode()
    assert f"testserver{path}".rstrip("/") in poster
    assert "<svg" in poster
    assert "style=" not in poster


def test_what_is_typed_is_never_a_part_of_the_page(leader: Client, visit: Activity) -> None:
    say(Client(), ask_pupils(leader, visit), learnt="<script>alert(1)</script>", next_step='"><img src=x onerror=y>')
    text = leader.get(f"/programme/{visit.reference}/reflections/").content.decode()
    assert "<script>alert" not in text
    assert "<img src=x" not in text
    assert "&lt;script&gt;alert(1)" in text


def test_two_presses_say_it_once_and_nothing_or_too_much_is_sent_back(leader: Client, visit: Activity) -> None:
    path, phone = ask_pupils(leader, visit), Client()
    stamp = phone.get(path).context["form"]["stamp"].value()
    for _ in range(2):
        Client().post(path, {"stamp": stamp, "learnt": "A lot."})
    assert Reflection.objects.count() == 1
    assert say(phone, path).status_code == 422
    assert say(phone, path, learnt="x" * 501).status_code == 422
    assert say(phone, path, useful="6").status_code == 422


def test_a_link_opens_nothing_before_the_day_after_its_time_closed_or_mangled(leader: Client, visit: Activity) -> None:
    path, phone = ask_pupils(leader, visit), Client()
    assert phone.get("/r/zzzzzzzzzz/").status_code == 404
    with clock.on(FRIDAY - timedelta(1)):
        assert phone.get(path).status_code == 403
    with clock.on(TODAY + timedelta(weeks=4)):
        assert phone.get(path).status_code == 200
    with clock.on(TODAY + timedelta(weeks=4, days=1)):
        assert phone.get(path).status_code == 410
        assert say(phone, path, learnt="Late").status_code == 410
    link = visit.links.get()  # type: ignore[attr-defined]
    leader.post(f"/links/{link.reference}/close/")
    assert phone.get(path).status_code == 410
    assert not Reflection.objects.exists()
    assert ask_pupils(leader, visit) != path


def test_a_pupil_who_has_signed_in_is_led_to_their_own_record_and_may_change_their_words(
    leader: Client, school: School, visit: Activity
) -> None:
    client = signed_in(school, visit)
    assert "Say what you took from A day at the harbour" in words_of(client.get("/", follow=True))
    own = client.get(ask_pupils(leader, visit), follow=True)
    assert own.redirect_chain[-1][0] == f"/own-reflection/{visit.reference}/"
    for words in ("Ropes.", "Ropes and knots."):
        assert say(client, f"/own-reflection/{visit.reference}/", learnt=words).status_code == 302
    said = Reflection.objects.get()
    assert (said.learnt, said.pupil.surname) == ("Ropes and knots.", "Quillfeather")  # type: ignore[union-attr]
    assert "Say what you took from" not in words_of(client.get("/", follow=True))
    assert "Quillfeather" not in leader.get(f"/programme/{visit.reference}/reflections/").content.decode()


def test_a_pupils_own_words_are_in_the_copy_of_everything_held_of_them(
    leader: Client, school: School, visit: Activity
) -> None:
    say(signed_in(school, visit), f"/own-reflection/{visit.reference}/", learnt="Ropes and knots.")
    pupil = Reflection.objects.get().pupil
    assert pupil is not None
    assert "Ropes and knots." in words_of(leader.get(reverse("protection:copy", args=[pupil.reference])))


def test_a_parent_says_nothing_for_a_child_nor_a_pupil_of_what_they_were_not_at(
    school: School, visit: Activity
) -> None:
    parent = signed_in(school, visit, "parent")
    assert parent.get(f"/own-reflection/{visit.reference}/").status_code == 404
    pupil = signed_in(school, visit)
    elsewhere = make_activity(school, title="Talk by a nurse", day=FRIDAY)
    assert pupil.get(f"/own-reflection/{elsewhere.reference}/").status_code == 404


def test_how_useful_it_was_is_told_from_five_answers_and_small_numbers_to_nobody_else(
    leader: Client, school: School, visit: Activity
) -> None:
    governor = Client()
    governor.force_login(make_person(school, "link_governor"))
    for useful in (5, 5, 4, 3):
        Reflection.objects.create(school=school, activity=visit, useful=useful, said_on=TODAY)
    assert "4 pupils answered" in words_of(leader.get(page(visit)))
    assert "Fewer than 5 pupils answered" in words_of(governor.get(page(visit)))
    assert "of 5:" not in words_of(leader.get(page(visit)))
    Reflection.objects.create(school=school, activity=visit, useful=3, said_on=TODAY)
    assert "of 5: 4.0" in words_of(governor.get(page(visit)))
    assert governor.get(f"/programme/{visit.reference}/reflections/").status_code == 403


def test_what_should_not_have_been_written_is_taken_away_for_good(leader: Client, visit: Activity) -> None:
    say(Client(), ask_pupils(leader, visit), learnt="Something unkind.")
    leader.post(f"/reflections/{Reflection.objects.get().reference}/remove/")
    assert not Reflection.objects.exists()
    assert Event.objects.filter(verb="removed a reflection").count() == 1


def test_a_meeting_of_one_pupil_has_no_link(leader: Client, visit: Activity) -> None:
    Activity.objects.filter(pk=visit.pk).update(one_to_one=True)
    leader.post(f"/programme/{visit.reference}/reflections/ask/")
    assert not visit.links.exists()  # type: ignore[attr-defined]


def test_a_year_group_in_a_hall_is_not_told_to_wait_and_whoever_tries_codes_is(
    leader: Client, visit: Activity, settings: Any
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "code_of_nothing": "2/m/ip"}
    path = ask_pupils(leader, visit)
    for _ in range(5):
        assert say(Client(), path, learnt="Boats are built upside down", useful="4").status_code == 200
    tried = [Client().get(f"{path[:-3]}{ending}/").status_code for ending in ("22", "23", "24")]
    assert tried == [404, 404, 429]
