"""What the rules leave open: the school's own choice, who made it, and that every standing follows it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django_scopes import scope, scopes_disabled

from careers.audit.models import Event
from careers.audit.record import version_of
from careers.evaluation.readings import choices_of
from careers.evaluation.standings import editions, evaluate, standings_of
from careers.leadership.actions import choose_reading
from careers.leadership.models import ChosenReading
from careers.schools.models import School
from criteria.standing import State
from tests.makers import TODAY, make_activity, make_encounter, make_person, make_pupil, make_school, stamp_at

from .conftest import text

BY_AGE, PLACES, GUIDANCE, WORKPLACES = "by-age", "workplace-experiences", "gb8.2025.school.1", "gb6.2025.school.1"
ADDRESS = f"/readings/gatsby-2025/{BY_AGE}/"


def choose(school: School, key: str, choice: str) -> None:
    person = make_person(school, name="Jo Hart")
    with scope(school=school):
        choose_reading(school=school, framework="gatsby-2025", key=key, choice=choice, by=person)


def test_the_page_lists_each_open_question_with_its_usual_reading(leader: Client) -> None:
    said = text(leader.get("/readings/"))
    assert 'When is somebody "by 16"' in said
    assert "(the default)" in said
    assert "It decides" in said


def test_a_choice_is_kept_with_who_made_it(leader: Client, school: School) -> None:
    before = version_of(school)
    assert leader.post(ADDRESS, {"choice": "birthday", "stamp": stamp_at(leader, ADDRESS)}).status_code == 302
    said = text(leader.get("/readings/"))
    assert f"Chosen by {leader.user}" in said  # type: ignore[attr-defined]
    assert "The default is:" in said
    assert version_of(school) == before + 1
    assert Event.objects.get(verb="chose a reading").detail["changed"] == ["the default", "birthday"]


def test_choosing_what_is_chosen_already_is_no_deed(leader: Client, school: School) -> None:
    leader.post(ADDRESS, {"choice": "birthday", "stamp": stamp_at(leader, ADDRESS)})
    leader.post(ADDRESS, {"choice": "birthday", "stamp": stamp_at(leader, ADDRESS)})
    assert Event.objects.filter(verb="chose a reading").count() == 1


def test_only_what_the_framework_offers_can_be_chosen(leader: Client, school: School) -> None:
    assert leader.post(ADDRESS, {"choice": "whenever"}).status_code == 422
    assert leader.get("/readings/gatsby-2025/no-such/").status_code == 404
    assert leader.get("/readings/no-such/by-age/").status_code == 404
    with scopes_disabled():
        assert not ChosenReading.objects.exists()


@pytest.mark.parametrize(
    ("role", "status"),
    [("careers_leader", 200), ("senior_leader", 200), ("careers_administrator", 403), ("tutor", 403)],
)
def test_only_the_careers_leader_and_senior_leaders_choose(
    signed_in: Callable[..., Client], role: str, status: int
) -> None:
    someone = signed_in(role)
    assert someone.get(ADDRESS).status_code == status
    assert someone.get("/readings/").status_code == 200


def test_a_choice_that_is_no_longer_offered_is_passed_over(school: School) -> None:
    choose(school, BY_AGE, "a choice of some earlier release")
    with scope(school=school):
        assert choices_of(school) == {}
        assert standings_of(school, TODAY).frameworks[:2] == editions(TODAY)


def test_one_schools_choice_is_not_anothers(school: School) -> None:
    choose(school, BY_AGE, "birthday")
    other = make_school()
    with scope(school=other):
        assert choices_of(other) == {}


def test_guidance_by_the_birthday_is_due_on_the_birthday(school: School) -> None:
    pupil = make_pupil(school, 11, date_of_birth=date(2011, 3, 9))
    with scope(school=school):
        assert standings_of(school, TODAY).by_pk[pupil.pk].facts.get("born") is None, "it is not read where nobody asks"
    choose(school, BY_AGE, "birthday")
    with scope(school=school):
        found = standings_of(school, TODAY)
        criterion = found.frameworks[0].criterion(GUIDANCE)
        assert found.of(found.by_pk[pupil.pk], criterion).due == date(2027, 3, 9)


def test_a_meeting_after_the_birthday_came_too_late_and_before_it_counts(school: School) -> None:
    early = make_pupil(school, 11, date_of_birth=date(2010, 11, 2))
    late = make_pupil(school, 11, date_of_birth=date(2010, 10, 2))
    nobody_knows = make_pupil(school, 11, date_of_birth=None)
    meeting = make_activity(school, "guidance_meeting", date(2026, 10, 20), one_to_one=True, adviser_level=6)
    for pupil in (early, late, nobody_knows):
        make_encounter(pupil, meeting)
    choose(school, BY_AGE, "birthday")
    with scope(school=school):
        found = standings_of(school, TODAY)
        criterion = found.frameworks[0].criterion(GUIDANCE)
        states = [found.of(found.by_pk[pupil.pk], criterion).state for pupil in (early, late, nobody_knows)]
    assert states == [State.MET, State.MISSED, State.CANNOT_TELL]


def test_how_many_workplaces_are_wanted_is_the_schools_to_say(school: School) -> None:
    pupil = make_pupil(school, 11)
    choose(school, PLACES, "3")
    with scope(school=school):
        found = standings_of(school, TODAY)
        assert found.of(found.by_pk[pupil.pk], found.frameworks[0].criterion(WORKPLACES)).needed == 3
        usual = evaluate(school, editions(TODAY), TODAY)
        assert usual.of(usual.by_pk[pupil.pk], usual.frameworks[0].criterion(WORKPLACES)).needed == 2


def test_a_criterion_says_when_it_is_read_otherwise_than_usual(leader: Client, school: School) -> None:
    make_pupil(school, 11)
    assert "Read differently here" not in text(leader.get(f"/criteria/{WORKPLACES}/"))
    choose(school, PLACES, "3")
    assert "Read differently here" in text(leader.get(f"/criteria/{WORKPLACES}/"))


def test_a_question_that_decides_nothing_here_is_not_asked(leader: Client) -> None:
    """Such as how many kinds of provider are a range for a college's learner."""
    page = leader.get("/readings/").content.decode()
    assert "(college)" not in page
    assert leader.get("/readings/gatsby-2025/range-of-providers/").status_code == 404


def test_nobodys_birthday_is_shown_where_a_rule_goes_by_birthdays(
    signed_in: Callable[..., Client], leader: Client, school: School
) -> None:
    make_pupil(school, 11, date_of_birth=date(2010, 12, 17))
    make_pupil(school, 12, date_of_birth=date(2009, 12, 18))
    choose(school, BY_AGE, "birthday")
    governor = signed_in("link_governor")
    for_leader, for_governor = (text(each.get(f"/criteria/{GUIDANCE}/")) for each in (leader, governor))
    what_to_do = for_leader.split("What to do next")[1].split("Choose pupils")[0]
    assert "16th birthday" in for_leader
    for said in (what_to_do, for_governor):
        assert "on birthdays up to 31 December 2026" in said
        assert "on birthdays up to 31 August 2026" in said
        assert "17 Dec" not in said
        assert "18 Dec" not in said
    assert "17 December" not in text(governor.get("/"))
    assert "16th birthday" in text(leader.get("/benchmarks/gatsby-2025/8/"))
