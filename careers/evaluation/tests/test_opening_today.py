"""Today: where the school stands and what to do next."""

from collections.abc import Callable
from datetime import date, timedelta

from django.test import Client
from django_scopes import scopes_disabled

from careers.evaluation.tests.conftest import meaningful, text
from careers.pupils.models import Arrival
from careers.schools.models import School
from tests.makers import TODAY, give_group, make_activity, make_encounter, make_pupil, make_school, put_in_group


def test_a_careers_leader_sees_all_eight_benchmarks_and_the_duty(leader: Client, school: School) -> None:
    make_pupil(school)
    said = text(leader.get("/"))
    for title in (
        "1. A stable careers programme",
        "5. Encounters with employers",
        "8. Personal guidance",
        "Provider access",
    ):
        assert title in said
    assert "The school itself: 0 of 4 met, 4 due" in said


def test_it_opens_with_the_highest_and_the_lowest_benchmark(leader: Client, school: School) -> None:
    make_encounter(make_pupil(school, 9), meaningful(school))
    said = text(leader.get("/"))
    assert "Now: 1 benchmark met by every pupil. Highest: 5. Encounters with employers and employees, 100%." in said
    make_pupil(school, 9)
    assert "Now: no benchmark is met by every pupil yet. Highest: 5." in text(leader.get("/"))


def test_the_soonest_date_comes_first_with_how_many_pupils_lack_it(leader: Client, school: School) -> None:
    make_pupil(school, 9)
    make_pupil(school, 9)
    said = text(leader.get("/"))
    assert "Next: 2 pupils in Year 9 are without PA 1, Two encounters with providers in Years 8 and 9." in said
    assert "Due 28 February 2027, in 14 weeks" in said


def test_each_gap_has_what_is_planned_for_it_beside_it(leader: Client, school: School) -> None:
    make_pupil(school, 9)
    meaningful(school, date(2027, 1, 12), title="Engineers in school", status="planned", year_groups=[9])
    meaningful(school, date(2027, 1, 13), title="For somebody else", status="planned", year_groups=[12])
    said = text(leader.get("/"))
    assert "Engineers in school, 12 January" in said
    assert "For somebody else" not in said
    assert "None is planned." in said


def test_the_next_fortnight_is_listed_and_what_is_later_is_not(leader: Client, school: School) -> None:
    make_pupil(school)
    make_activity(school, day=TODAY + timedelta(days=14), title="Mock interviews", status="planned")
    make_activity(school, day=TODAY + timedelta(days=15), title="Too far off", status="planned")
    said = text(leader.get("/"))
    assert "Mock interviews" in said
    assert "Too far off" not in said


def test_arrivals_registers_and_missing_facts_wait_for_a_decision(leader: Client, school: School) -> None:
    pupil = make_pupil(school)
    with scopes_disabled():
        Arrival.objects.create(school=school, surname="Newcomer")
    make_encounter(pupil, make_activity(school, day=date(2026, 10, 1)), "booked")
    make_encounter(pupil, meaningful(school, reflection_after=None))
    said = text(leader.get("/"))
    assert "1 arrival to match to a pupil" in said
    assert "1 register not taken" in said
    assert "with a fact missing" in said


def test_what_is_missing_is_listed_with_the_activity_that_lacks_it(leader: Client, school: School) -> None:
    talk = meaningful(school, reflection_after=None, title="A talk by a baker")
    for _ in range(3):
        make_encounter(make_pupil(school), talk)
    said = text(leader.get("/decisions/"))
    assert "A talk by a baker, 6 Oct 2026: holds up 3 pupils on 5.1" in said
    assert "It is not recorded whether there was time to reflect afterwards" in said


def test_a_tutor_sees_their_own_group_with_what_each_lacks_and_no_other_form(
    signed_in: Callable[..., Client], school: School
) -> None:
    own = make_pupil(school, surname="Inform")
    make_pupil(school, surname="Elsewhere", form="9Z")
    tutor = signed_in("tutor")
    give_group(tutor.user, put_in_group(own, "9C"))  # type: ignore[attr-defined]
    said = text(tutor.get("/"))
    assert "Your group, 9C: 1 pupil" in said
    assert "Inform, Alex" in said
    assert "Elsewhere" not in said


def test_a_governor_sees_no_name_and_no_list(signed_in: Callable[..., Client], school: School) -> None:
    pupil = make_pupil(school, surname="Unseen")
    meaningful(school, TODAY + timedelta(days=3), title="Interview with Unseen", status="planned", year_groups=[9])
    make_encounter(pupil, make_activity(school, day=date(2026, 10, 1)), "booked")
    governor = signed_in("link_governor")
    page = governor.get("/")
    assert "Unseen" not in text(page)
    assert "fewer than 5 pupils in Year 9 are without PA 1" in text(page)
    assert b"state=" not in page.content
    assert governor.get("/decisions/").status_code == 403


def test_another_schools_pupils_are_never_counted(leader: Client, school: School) -> None:
    make_pupil(school, 9)
    other = make_school("Other School")
    for _ in range(4):
        make_pupil(other, 9)
    make_activity(other, day=TODAY + timedelta(days=1), title="Theirs", status="planned")
    said = text(leader.get("/"))
    assert "1 pupil in Year 9 is without PA 1" in said
    assert "Theirs" not in said


def test_a_school_with_nobody_yet_is_told_to_bring_in_its_roll(leader: Client) -> None:
    assert "There are no pupils yet. Bring in the school roll" in text(leader.get("/"))


def test_a_stranger_is_asked_to_sign_in(client: Client, db: None) -> None:
    assert client.get("/")["Location"].startswith("/account/login/")


def test_a_tutor_is_asked_only_for_registers_of_their_own_pupils(
    signed_in: Callable[..., Client], school: School
) -> None:
    own, other = make_pupil(school, 9), make_pupil(school, 12)
    fair = make_activity(school, "careers_event", date(2026, 10, 6), title="Fair for all")
    for pupil in (own, other):
        make_encounter(pupil, fair, "booked")
    make_encounter(other, make_activity(school, "careers_event", date(2026, 10, 6), title="Sixth form day"), "booked")
    tutor = signed_in("tutor")
    give_group(tutor.user, put_in_group(own, "9A tutor group"))
    assert "1 register not taken" in text(tutor.get("/"))
    said = text(tutor.get("/decisions/")).partition("Activities with a fact missing")[0]
    assert "Fair for all, 1 pupil" in said
    assert "Sixth form day" not in said


def test_registers_of_earlier_years_are_a_link_away(leader: Client, school: School) -> None:
    pupil = make_pupil(school)
    for day, title in ((date(2026, 10, 6), "Fair of this year"), (date(2025, 10, 6), "Fair of last year")):
        make_encounter(pupil, make_activity(school, "careers_event", day, title=title), "booked")
    assert "1 register not taken" in text(leader.get("/"))
    page = leader.get("/decisions/")
    assert "Registers not taken this year: 1" in text(page)
    assert "Fair of last year" not in text(page).partition("Activities with a fact missing")[0]
    assert 'href="?earlier=yes#registers"' in page.content.decode()
    earlier = text(leader.get("/decisions/?earlier=yes"))
    assert "Registers not taken in earlier years: 1" in earlier
    assert "Fair of last year" in earlier
    assert "1 from this year" in earlier
