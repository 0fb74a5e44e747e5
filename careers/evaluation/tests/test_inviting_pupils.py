"""Whom to invite to a planned activity, and booking them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scope, scopes_disabled

from careers.audit.models import Event
from careers.encounters.models import Encounter
from careers.evaluation.inviting import Invitations, invitations
from careers.evaluation.standings import standings_of
from careers.evaluation.tests.conftest import MEANINGFUL, meaningful, text
from careers.partners.models import Partner
from careers.programme.models import Activity, ActivityPartner
from careers.pupils.models import Pupil
from careers.schools.models import School
from tests.makers import TODAY, make_activity, make_encounter, make_pupil, make_school

JANUARY = date(2027, 1, 15)
FULL_ACCESS = {
    "in_school_day": True,
    "about_provider": True,
    "about_careers": True,
    "about_learning_there": True,
    "questions_answered": True,
}


@pytest.fixture
def visit(school: School) -> Activity:
    return meaningful(school, JANUARY, status="planned", year_groups=[9, 10], title="Visit to the works")


def taster(school: School, day: date, provider: str, **fields: Any) -> Activity:
    """A morning with a provider that counts for provider access."""
    usual = {"status": "planned", "year_groups": [8, 9], **MEANINGFUL, **FULL_ACCESS}
    activity = make_activity(school, "provider_encounter", day, **{**usual, **fields})
    with scopes_disabled():
        facts = {"kind": "provider", "provider_kind": "fe_college", "pal_eligible": True}
        partner, _ = Partner.objects.get_or_create(school=school, name=provider, defaults=facts)
        ActivityPartner.objects.create(school=school, activity=activity, partner=partner)
    return activity


def whom(school: School, activity: Activity) -> Invitations:
    with scope(school=school):
        return invitations(standings_of(school, TODAY), activity)


def gains(found: Invitations) -> dict[int, tuple[list[str], list[str]]]:
    return {c.person.pk: ([x.id for x in c.meets], [x.id for x in c.adds]) for c in found.candidates}


def places(activity: Activity) -> dict[int, str]:
    with scopes_disabled():
        return dict(Encounter.objects.filter(activity=activity).values_list("pupil_id", "status"))


def test_only_those_whose_gap_it_would_close_are_worth_inviting(school: School, visit: Activity) -> None:
    lacking, has_it, booked_elsewhere, too_old = (make_pupil(school, year) for year in (9, 9, 9, 12))
    make_encounter(has_it, meaningful(school))
    make_encounter(booked_elsewhere, meaningful(school, date(2026, 12, 1), status="planned"), "booked")
    found = whom(school, visit)
    assert gains(found) == {lacking.pk: (["gb5.2025.school.1"], [])}
    assert {person.pk for person in found.others} == {has_it.pk, booked_elsewhere.pk}
    assert too_old.pk not in gains(found)


def test_whoever_has_a_place_or_declined_one_is_not_asked_again(school: School, visit: Activity) -> None:
    for status in ("booked", "declined"):
        make_encounter(make_pupil(school), visit, status)
    found = whom(school, visit)
    assert (found.candidates, found.others, found.placed) == ((), (), 2)


def test_the_pupil_for_whom_it_would_be_enough_comes_before_the_one_it_brings_nearer(school: School) -> None:
    nearer, enough = make_pupil(school, 9, surname="Aaron"), make_pupil(school, 9, surname="Zola")
    make_encounter(enough, taster(school, date(2026, 10, 6), "First College", status="delivered"))
    found = whom(school, taster(school, JANUARY, "Second College"))
    worth = [(c.person.pk, "pal.meet.1" in [x.id for x in c.meets]) for c in found.candidates]
    assert worth == [(enough.pk, True), (nearer.pk, False)]
    assert "pal.meet.1" in gains(found)[nearer.pk][1]


def test_meeting_the_same_provider_again_brings_nobody_nearer(school: School) -> None:
    pupil = make_pupil(school, 9)
    make_encounter(pupil, taster(school, date(2026, 10, 6), "First College", status="delivered"))
    meets, adds = gains(whom(school, taster(school, JANUARY, "First College"))).get(pupil.pk, ([], []))
    assert "pal.meet.1" not in [*meets, *adds]


def test_an_activity_for_those_who_lack_a_criterion_is_offered_to_them_alone(school: School, leader: Client) -> None:
    lacking, has_it = make_pupil(school, 9, surname="Lackland"), make_pupil(school, 9, surname="Hasland")
    make_encounter(has_it, meaningful(school))
    catching_up = taster(school, JANUARY, "First College", lacking="gb5.2025.school.1")
    assert {lacking.pk, has_it.pk} <= gains(whom(school, catching_up)).keys()
    said = text(leader.get(f"/programme/{catching_up.reference}/invite/"))
    assert "Lackland" in said
    assert "Hasland" not in said
    assert "only pupils to whom that is still owed are listed" in said


def test_a_fact_not_recorded_is_named_with_how_many_it_would_help(school: School, visit: Activity) -> None:
    for _ in range(2):
        make_pupil(school, 9)
    with scopes_disabled():
        Activity.objects.filter(pk=visit.pk).update(reflection_after=None)
        visit.refresh_from_db()
    found = whom(school, visit)
    assert found.candidates == ()
    improvement = next(each for each in found.improvements if each.criterion.id == "gb5.2025.school.1")
    assert (improvement.facts, improvement.pupils) == (("whether there was time to reflect afterwards",), 2)


def test_what_is_recorded_and_not_so_is_named_too(school: School, visit: Activity) -> None:
    make_pupil(school, 9)
    with scopes_disabled():
        Activity.objects.filter(pk=visit.pk).update(reflection_after=False)
        visit.refresh_from_db()
    improvement = next(each for each in whom(school, visit).improvements if each.criterion.number == "5.1")
    assert (improvement.known, improvement.facts) == (True, ("there was no time to reflect afterwards",))


def test_what_has_no_day_yet_is_judged_by_when_it_may_be(school: School) -> None:
    pupil = make_pupil(school, 9)
    undated = meaningful(school, None, status="planned", term="Spring", year_groups=[9])  # type: ignore[arg-type]
    assert list(gains(whom(school, undated))) == [pupil.pk]


def test_the_leader_reads_who_would_gain_and_books_those_ticked(
    leader: Client, school: School, visit: Activity
) -> None:
    one, two = make_pupil(school, 9, surname="Ableson"), make_pupil(school, 10, surname="Bakewell")
    address = f"/programme/{visit.reference}/invite/"
    words = text(leader.get(address))
    assert "Pupils of Years 9 and 10 who would gain: 2" in words
    assert "Ableson, Alex 9 – 5.1" in words
    page = leader.post(address, {"pupil": [one.reference]}, follow=True)
    assert "1 pupil booked." in text(page)
    assert "who would gain: 1" in text(page)
    assert places(visit) == {one.pk: "booked"}
    with scopes_disabled():
        event = Event.objects.get(verb="booked places")
    assert (event.detail, event.concerns) == ({"pupils": 1}, f",{one.pk},")
    assert event.actor_id == leader.user.pk  # type: ignore[attr-defined]
    assert two.pk not in places(visit)


def test_booking_the_same_pupils_twice_changes_nothing_more(leader: Client, school: School, visit: Activity) -> None:
    pupil, absent = make_pupil(school), make_pupil(school)
    make_encounter(absent, visit, "declined")
    address, chosen = f"/programme/{visit.reference}/invite/", {"pupil": [pupil.reference, absent.reference]}
    leader.post(address, chosen)
    page = leader.post(address, chosen, follow=True)
    assert "0 pupils booked. 2 had a place already." in text(page)
    assert places(visit) == {pupil.pk: "booked", absent.pk: "declined"}
    with scopes_disabled():
        assert Event.objects.filter(verb="booked places").count() == 1


def test_one_button_books_everybody_of_a_year_group_who_would_gain(
    leader: Client, school: School, visit: Activity
) -> None:
    ours, older = make_pupil(school, 9), make_pupil(school, 10)
    leader.post(f"/programme/{visit.reference}/invite/?year_group=9", {"everyone": "yes"})
    assert places(visit) == {ours.pk: "booked"}
    assert older.pk not in places(visit)


def test_nobody_ticked_is_said_and_nothing_done(leader: Client, school: School, visit: Activity) -> None:
    make_pupil(school)
    page = leader.post(f"/programme/{visit.reference}/invite/", follow=True)
    assert "Tick the pupils to book" in text(page)
    assert places(visit) == {}


def test_another_schools_pupil_cannot_be_booked(leader: Client, school: School, visit: Activity) -> None:
    theirs = make_pupil(make_school("Another School"))
    leader.post(f"/programme/{visit.reference}/invite/", {"pupil": [theirs.reference]})
    assert places(visit) == {}


@pytest.mark.parametrize("role", ["senior_leader", "tutor", "careers_adviser", "link_governor"])
def test_who_may_not_plan_may_not_invite(signed_in: Callable[..., Client], visit: Activity, role: str) -> None:
    client = signed_in(role)
    assert client.get(f"/programme/{visit.reference}/invite/").status_code == 403
    assert client.post(f"/programme/{visit.reference}/invite/", {"everyone": "yes"}).status_code == 403
    assert "Choose whom to invite" not in text(client.get(f"/programme/{visit.reference}/"))


@pytest.mark.parametrize(
    ("fields", "words"), [({"status": "proposed"}, "Plan it first"), ({"starts_on": TODAY}, "not still to come")]
)
def test_nobody_is_invited_to_what_is_only_proposed_or_is_here(
    leader: Client, school: School, visit: Activity, fields: dict[str, Any], words: str
) -> None:
    pupil = make_pupil(school)
    with scopes_disabled():
        Activity.objects.filter(pk=visit.pk).update(**fields)
    assert words in text(leader.get(f"/programme/{visit.reference}/invite/"))
    if fields.get("status"):
        leader.post(f"/programme/{visit.reference}/invite/", {"pupil": [pupil.reference]})
        assert places(visit) == {}


def test_an_activity_leads_to_whom_to_invite_and_so_does_a_gap(leader: Client, school: School, visit: Activity) -> None:
    make_pupil(school, 9)
    make_encounter(make_pupil(school, 9), visit, "booked")
    link = f'href="/programme/{visit.reference}/invite/"'
    assert link in leader.get(f"/programme/{visit.reference}/").content.decode()
    gap = leader.get("/criteria/gb5.2025.school.1/")
    assert link in gap.content.decode()
    assert "Visit to the works, 15 January: invite any of 1" in text(gap)


def test_what_reaches_most_of_a_gaps_pupils_is_named_first(leader: Client, school: School, visit: Activity) -> None:
    pupils: list[Pupil] = [make_pupil(school, 9) for _ in range(3)]
    meaningful(school, date(2027, 3, 1), status="planned", year_groups=[9], title="Talk for all")
    make_encounter(pupils[0], visit, "declined")
    words = text(leader.get("/criteria/gb5.2025.school.1/"))
    first, second = (
        words.index(f"{title}: invite any of {n}")
        for title, n in (("Talk for all, 1 March", 3), ("Visit to the works, 15 January", 2))
    )
    assert first < second


def test_the_page_asks_as_many_queries_for_many_pupils_as_for_few(
    leader: Client, school: School, visit: Activity
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            leader.get(f"/programme/{visit.reference}/invite/")
        return len(queries)

    leader.get("/roles/")  # the first page of a session writes down that it is one
    make_pupil(school, 9)
    few = asked()
    for _ in range(12):
        make_encounter(make_pupil(school, 10), meaningful(school, date(2026, 12, 1), status="planned"), "booked")
        make_pupil(school, 9)
    assert asked() == few
