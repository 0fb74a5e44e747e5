"""The purpose is told to the partner and to pupils; a message that went is why the answer is yes, and one that did not is said."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from careers.jobs.worker import Worker
from careers.partners.models import Contact, Partner
from careers.programme.models import Activity, ActivityOutcome, ActivityPartner, SchoolOutcome
from careers.quality.models import Sharing, ToldPupil
from careers.quality.tests.pages import answer, page, tell, words_of
from careers.schools.models import School
from tests.makers import make_activity, make_encounter, make_person, make_pupil

pytestmark = pytest.mark.django_db


def test_the_sheet_that_is_seen_is_what_the_partner_gets_and_why_the_answer_is_yes(
    leader: Client, coming: Activity, works: Partner, mailoutbox: list[Any]
) -> None:
    sheet = words_of(leader.get(f"/programme/{coming.reference}/purpose/partner/"))
    assert "To see how ships are mended." in sheet
    done = tell(leader, coming, "partner", partner=works.reference, email="works@example.org")
    coming.refresh_from_db()
    assert coming.purpose_shared_with_partner is None, "not before the message has gone"
    Worker().do_all()
    (message,) = mailoutbox
    assert message.to == ["works@example.org"]
    assert "What it is for\nTo see how ships are mended." in message.body
    coming.refresh_from_db()
    assert coming.purpose_shared_with_partner is True
    because = "because the purpose was sent to Harbour Works on 22 November 2026"
    assert because in words_of(leader.get(done.url))  # type: ignore[attr-defined]


def test_the_sheet_has_the_outcomes_chosen_and_the_form_the_contacts_address(
    leader: Client, coming: Activity, works: Partner
) -> None:
    own = SchoolOutcome.objects.create(school=coming.school, text="Tie a bowline")
    for code in (f"own.{own.reference}", "cdi2021.1.ks3.1"):
        ActivityOutcome.objects.create(school=coming.school, activity=coming, outcome=code)
    for name, alone in (("Ash", True), ("Bo", False)):
        email = f"{name.lower()}@example.org"
        Contact.objects.create(school=coming.school, partner=works, name=name, email=email, leave_alone=alone)
    shown = leader.get(f"/programme/{coming.reference}/purpose/partner/")
    assert "Tie a bowline" in words_of(shown)
    assert len(shown.context["sheet"].outcomes) == 2
    assert shown.context["form"]["email"].value() == "bo@example.org"


def test_a_message_that_could_not_be_sent_is_said_and_answers_nothing(
    leader: Client, coming: Activity, works: Partner, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # where nothing listens
    tell(leader, coming, "partner", partner=works.reference, email="works@example.org")
    Worker().do_all()
    coming.refresh_from_db()
    assert coming.purpose_shared_with_partner is None
    assert "could not be sent" in words_of(leader.get(page(coming)))


def test_a_no_that_somebody_gave_stays_no(leader: Client, coming: Activity, works: Partner) -> None:
    answer(leader, coming, "purpose_shared_with_partner", "no")
    tell(leader, coming, "partner", way="by_hand", partner=works.reference)
    coming.refresh_from_db()
    assert coming.purpose_shared_with_partner is False


def test_it_is_shared_once_every_partner_has_been_told(leader: Client, coming: Activity, works: Partner) -> None:
    other = Partner.objects.create(school=coming.school, kind="employer", name="Quay Ropes")
    ActivityPartner.objects.create(school=coming.school, activity=coming, partner=other)
    tell(leader, coming, "partner", way="by_hand", partner=works.reference)
    coming.refresh_from_db()
    assert coming.purpose_shared_with_partner is None
    tell(leader, coming, "partner", way="by_hand", partner=other.reference)
    coming.refresh_from_db()
    assert coming.purpose_shared_with_partner is True
    told = "given to Harbour Works on 22 November 2026 and given to Quay Ropes on 22 November 2026"
    assert told in words_of(leader.get(page(coming)))


def test_telling_twice_asks_first_and_two_presses_of_the_button_tell_once(
    leader: Client, coming: Activity, works: Partner, mailoutbox: list[Any]
) -> None:
    to = {"partner": works.reference, "email": "works@example.org"}
    sheet = f"/programme/{coming.reference}/purpose/partner/"
    first = {**to, "way": "email", "stamp": leader.get(sheet).context["form"]["stamp"].value()}
    assert [leader.post(f"{sheet}tell/", first).status_code for _ in range(2)] == [302, 302]
    Worker().do_all()
    assert len(mailoutbox) == 1
    asked = tell(leader, coming, "partner", **to)
    assert asked.status_code == 422
    assert "It was told to Harbour Works on 22 November 2026" in words_of(asked)
    tell(leader, coming, "partner", again="on", **to)
    Worker().do_all()
    assert len(mailoutbox) == 2


def test_nobody_is_told_a_purpose_that_is_not_written(leader: Client, coming: Activity, works: Partner) -> None:
    Activity.objects.filter(pk=coming.pk).update(purpose=" ")
    tell(leader, coming, "partner", way="by_hand", partner=works.reference)
    assert not Sharing.objects.exists()
    assert "This is not written yet" in words_of(leader.get(f"/programme/{coming.reference}/purpose/pupils/"))


def test_pupils_with_a_place_are_written_to_one_by_one_and_those_who_join_later_alone(
    leader: Client, school: School, coming: Activity, mailoutbox: list[Any]
) -> None:
    bea, cal = (make_pupil(school, 10, email=f"{name}@example.org") for name in ("bea", "cal"))
    make_encounter(bea, coming, "booked")
    make_encounter(make_pupil(school, 10, email="away@example.org"), coming, "declined")
    tell(leader, coming, "pupils")
    Worker().do_all()
    make_encounter(cal, coming, "booked")
    coming.refresh_from_db()
    assert coming.purpose_shared_with_pupils is True
    tell(leader, coming, "pupils")
    Worker().do_all()
    assert [message.to for message in mailoutbox] == [["bea@example.org"], ["cal@example.org"]]
    assert bea.surname not in mailoutbox[1].body
    assert tell(leader, coming, "pupils").status_code == 422


def test_pupils_are_not_all_told_while_one_has_no_address_until_they_have_been_shown_the_sheet(
    leader: Client, school: School, coming: Activity
) -> None:
    make_encounter(make_pupil(school, 10, email="bea@example.org"), coming)
    make_encounter(make_pupil(school, 10), coming)
    tell(leader, coming, "pupils")
    Worker().do_all()
    coming.refresh_from_db()
    assert ToldPupil.objects.get().arrived is True
    assert coming.purpose_shared_with_pupils is None
    tell(leader, coming, "pupils", way="by_hand", again="on")
    coming.refresh_from_db()
    assert coming.purpose_shared_with_pupils is True


def test_a_partner_of_another_activity_cannot_be_told(leader: Client, coming: Activity) -> None:
    stranger = Partner.objects.create(school=coming.school, kind="employer", name="Somebody Else")
    assert tell(leader, coming, "partner", way="by_hand", partner=stranger.reference).status_code == 422


def test_what_is_told_afterwards_answers_nothing(leader: Client, visit: Activity, works: Partner) -> None:
    assert "does not prepare anybody" in words_of(leader.get(f"/programme/{visit.reference}/purpose/partner/"))
    tell(leader, visit, "partner", way="by_hand", partner=works.reference)
    visit.refresh_from_db()
    assert visit.purpose_shared_with_partner is None


def test_how_many_pupils_were_written_to_is_not_told_to_a_governor_or_a_tutor(
    leader: Client, coming: Activity, school: School
) -> None:
    make_encounter(make_pupil(school, 9, email="ash@example.org"), coming, status="booked")
    tell(leader, coming, "pupils")
    Worker().do_all()
    sheet = f"/programme/{coming.reference}/purpose/pupils/"
    assert "Messages to pupils: 1 sent" in words_of(leader.get(sheet))
    for role in ("link_governor", "tutor"):
        other = Client()
        other.force_login(make_person(school, role))
        shown = words_of(other.get(sheet))
        assert "Pupils: sent on" in shown
        assert "Messages to pupils" not in shown


def test_a_providers_sheet_asks_for_all_that_the_law_has_schools_ask_and_promises_no_time_nobody_set_aside(
    leader: Client, school: School
) -> None:
    coming = make_activity(
        school, "provider_encounter", date(2026, 11, 27), status="planned", purpose="To see a college."
    )
    college = Partner.objects.create(school=school, kind="provider", name="Quay College")
    ActivityPartner.objects.create(school=school, activity=coming, partner=college)
    sheet = f"/programme/{coming.reference}/purpose/partner/"
    words = words_of(leader.get(sheet))
    for content in (
        "about yourselves",
        "careers these can lead to",
        "learn or train with you",
        "answer pupils’ questions",
    ):
        assert content in words
    assert "when you take somebody on" not in words
    assert "will have time to think" not in words
    Activity.objects.update(reflection_after=True)
    assert "will have time to think" in words_of(leader.get(sheet))
