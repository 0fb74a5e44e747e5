"""Two people have the same form open. Whoever saves second is told what the first changed; pressing twice saves once."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django_scopes import scopes_disabled

from careers.audit.models import Event
from careers.leadership.models import Milestone
from careers.programme.models import Activity
from tests.journeys.conftest import Beacon
from tests.journeys.visitor import Visitor
from tests.makers import TODAY, make_activity

DAY = {"date_day": "10", "date_month": "11", "date_year": "2026"}
NEXT = {"next_review_on_day": "1", "next_review_on_month": "9", "next_review_on_year": "2027"}
REVIEW = {"reviewed_on_day": "20", "reviewed_on_month": "11", "reviewed_on_year": "2026"}
TOLD = "Somebody else changed this while you were editing it"


def both(beacon: Beacon) -> tuple[Visitor, Visitor]:
    return tuple(Visitor().sign_in(beacon.somebody("careers_leader", name).email) for name in ("Ana", "Bo"))  # type: ignore[return-value]


@pytest.fixture
def survey(beacon: Beacon) -> Milestone:
    with scopes_disabled():
        return Milestone.objects.create(school=beacon.school, kind="feedback_gathered", date=TODAY, title="Survey")


def test_an_activity_is_not_overwritten(beacon: Beacon) -> None:
    talk = make_activity(beacon.school, title="Bakers", status="planned")
    ana, bo = (each.open(reverse("programme:edit", args=[talk.reference])) for each in both(beacon))
    ana.send("Save", title="Brewers")
    bo.send("Save", note="Bring a coat")
    assert bo.status == 409
    assert TOLD in bo.words
    assert "Ana changed it on" in bo.words
    assert "Title: Brewers" in bo.words
    bo.send("Save")
    with scopes_disabled():
        talk.refresh_from_db()
    assert (talk.title, talk.note) == ("Bakers", "Bring a coat")


def test_a_register_taken_meanwhile_is_no_change_of_what_the_form_asks(beacon: Beacon) -> None:
    talk = make_activity(beacon.school, title="Bakers", status="planned")
    _, bo = (each.open(reverse("programme:edit", args=[talk.reference])) for each in both(beacon))
    with scopes_disabled():
        Activity.objects.filter(pk=talk.pk).update(status="delivered")
    assert "Saved" in bo.send("Save", title="Brewers").words


def test_a_milestone_is_not_overwritten(beacon: Beacon, survey: Milestone) -> None:
    ana, bo = (each.open(reverse("leadership:edit", args=[survey.reference])) for each in both(beacon))
    ana.send("Save", title="Autumn survey")
    bo.send("Save", note="Forty answers")
    assert bo.status == 409
    assert "Ana changed it on" in bo.words
    assert "Autumn survey" in bo.words
    with scopes_disabled():
        assert Milestone.objects.get().note == ""


def test_a_milestone_changed_meanwhile_is_not_removed_unseen(beacon: Beacon, survey: Milestone) -> None:
    ana, bo = (each.open(reverse("leadership:edit", args=[survey.reference])) for each in both(beacon))
    ana.send("Save", title="Autumn survey")
    bo.send("Remove it from the record")
    assert "Nothing was removed" in bo.words
    assert "Ana changed it on" in bo.words
    bo.send("Remove it from the record")
    with scopes_disabled():
        assert not Milestone.objects.exists()


def test_the_next_review_is_not_overwritten(beacon: Beacon) -> None:
    ana, bo = (each.open(reverse("leadership:review")) for each in both(beacon))
    ana.send("Save", **NEXT)
    bo.send("Save", **{**NEXT, "next_review_on_month": "10"})
    assert bo.status == 409
    assert "1 September 2027" in bo.words


def test_a_reading_is_not_overwritten(beacon: Beacon) -> None:
    with scopes_disabled():
        ana, bo = (each.open(reverse("evaluation:reading", args=["gatsby-2025", "by-age"])) for each in both(beacon))
    choices = [each.get("value") for each in bo.page.xpath("//input[@name='choice']")]
    ana.send("Save", choice=choices[1])
    bo.send("Save", choice=choices[-1] if len(choices) > 2 else choices[0])
    assert bo.status == 409
    assert TOLD in bo.words
    assert "Ana chose it" in bo.words


@pytest.mark.parametrize(
    ("where", "button", "answers", "verb"),
    [
        ("programme:add", "Add the activity", {"title": "Bakers"}, "added an activity"),
        ("leadership:add", "Record it", {**DAY, "title": "Survey"}, "added to the school's record"),
        ("leadership:review", "Save", {**NEXT, **REVIEW}, "added to the school's record"),
    ],
)
def test_a_button_pressed_twice_adds_once(
    beacon: Beacon, where: str, button: str, answers: dict[str, str], verb: str
) -> None:
    ana, _ = both(beacon)
    ana.open(reverse(where, args=["feedback_gathered"] if where == "leadership:add" else []))
    before = ana.answer, ana.at
    ana.send(button, **answers)
    first = ana.words
    ana.answer, ana.at = before  # the second press, from the page as it was
    ana.send(button, **answers)
    assert ana.status == 200
    assert ana.words == first
    assert Event.objects.filter(verb=verb).count() == 1


def test_an_add_form_gone_back_to_and_sent_with_other_answers_adds_another(beacon: Beacon) -> None:
    ana, _ = both(beacon)
    ana.open(reverse("programme:add"))
    before = ana.answer, ana.at
    ana.send("Add the activity", title="Bakers")
    ana.answer, ana.at = before
    ana.send("Add the activity", title="Brewers")
    assert Event.objects.filter(verb="added an activity").count() == 2
