"""Each phase as the overview tells it: who still needs what, whom each occasion counts for, and why not the rest."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from careers.partners.models import Partner
from careers.programme.models import Activity, ActivityPartner
from careers.pupils.models import Pupil
from careers.schools import clock
from careers.schools.models import School
from tests.makers import make_activity, make_encounter, make_person, make_pupil, stamp_at

WHOLE = {
    "in_school_day": True, "about_provider": True, "about_careers": True, "about_learning_there": True,
    "questions_answered": True, "whole_cohort": True,
}  # fmt: skip
JUNE, OCTOBER = date(2026, 6, 16), date(2026, 10, 6)
OVERVIEW = "/provider-access/"


def provider(school: School, name: str, eligible: bool | None = True) -> Partner:
    return Partner.objects.get_or_create(school=school, kind="provider", name=name, pal_eligible=eligible)[0]


def occasion(
    school: School, day: date, title: str, *names: str, year_groups: tuple[int, ...] = (9,), **facts: Any
) -> Activity:
    status = "delivered" if day <= clock.today() else "planned"
    made = make_activity(
        school,
        "provider_encounter",
        day,
        **{"title": title, "status": status, "year_groups": list(year_groups), **WHOLE, **facts},
    )
    for name in names:
        ActivityPartner.objects.create(school=school, activity=made, partner=provider(school, name))
    return made


def seen(client: Client, address: str = OVERVIEW) -> str:
    """The words of a page, without its markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", client.get(address).content.decode()).split())


def of(activity: Activity, client: Client) -> str:
    return seen(client, f"/provider-access/occasions/{activity.reference}/")


def june(school: School, pupil: Pupil) -> Activity:
    """One that counts, in the summer of Year 8."""
    made = occasion(school, JUNE, "June assembly", "Northfield College", year_groups=(8,))
    make_encounter(pupil, made)
    return made


def test_the_29th_of_february_of_a_leap_year_is_a_day_too_late(school: School, client: Client) -> None:
    with clock.on(date(2028, 3, 10)):
        pupil = make_pupil(school, 9, academic_year=2027)
        made = occasion(school, date(2028, 2, 29), "Leap day visit", "Ridgeway Training")
        make_encounter(pupil, made)
        words = of(made, client)
        assert "Counts for: Nobody" in words
        assert "It is after 28 February 2028, when the phase ends" in words


def test_a_joiner_in_the_spring_has_until_the_28th_and_then_nobody_can_tell(school: School, client: Client) -> None:
    with clock.on(date(2027, 2, 1)):
        make_pupil(school, 9, joined_on=date(2027, 1, 11))
        assert "1 pupil of Year 9 still needs two by 28 February 2027 (in 27 weeks)" not in seen(client)
        assert "1 pupil of Year 9 still needs two by 28 February 2027" in seen(client)
    with clock.on(date(2027, 3, 10)):
        words = seen(client)
        assert "Cannot tell 1 of Year 9" in words
        assert "Missed" not in words.split("Years 10 and 11")[0].split("Show the figures")[0]


def test_the_same_provider_twice_adds_nothing_and_a_changed_fair_does(school: School, client: Client) -> None:
    pupil = make_pupil(school, 9)
    june(school, pupil)
    again = occasion(school, OCTOBER, "October assembly", "Northfield College")
    make_encounter(pupil, again)
    assert "1 met the same providers before, so it adds nothing for them" in of(again, client)
    assert "1 pupil of Year 9 still needs one by 28 February 2027 (in 14 weeks)" in seen(client)
    ActivityPartner.objects.create(school=school, activity=again, partner=provider(school, "Harbour UTC"))
    assert "Counts for: 1 pupil" in of(again, client)


def test_an_evening_for_parents_counts_for_nobody(school: School, client: Client) -> None:
    pupil = make_pupil(school, 9)
    made = occasion(school, OCTOBER, "Parents' evening", "Ridgeway Training", in_school_day=False)
    make_encounter(pupil, made)
    words = of(made, client)
    assert "Counts for: Nobody" in words
    assert "It was outside the standard school day" in words


def test_a_sixth_former_who_stayed_away_was_still_offered_it(school: School, client: Client) -> None:
    pupil = make_pupil(school, 13)
    for day, name in ((date(2026, 3, 3), "Northfield College"), (OCTOBER, "Ridgeway Training")):
        groups = (12,) if day.year == 2026 and day.month < 9 else (13,)
        made = occasion(school, day, f"Visit of {name}", name, year_groups=groups)
        make_encounter(pupil, made, "absent")
        assert "Counts for: 1 pupil" in of(made, client)
    words = seen(client)
    assert "The school must offer every pupil two. Pupils may choose whether to attend" in words
    assert "Year 13: every pupil has been offered them" in words


def test_an_encounter_on_1_march_of_year_11_is_in_no_phase(school: School, client: Client) -> None:
    with clock.on(date(2027, 3, 10)):
        pupil = make_pupil(school, 11)
        made = occasion(school, date(2027, 3, 1), "March visit", "Ridgeway Training", year_groups=(11,))
        make_encounter(pupil, made)
        assert "It is after 28 February 2027, when the phase ends" in of(made, client)


def test_one_for_some_pupils_says_who_was_left_out(school: School, client: Client) -> None:
    there, left_out = make_pupil(school, 9), make_pupil(school, 9, surname="Leftout")
    made = occasion(school, OCTOBER, "Small visit", "Ridgeway Training", whole_cohort=False)
    make_encounter(there, made)
    words = of(made, client)
    assert "It is for some pupils only" in words
    assert "They had no place on it: 1" in words
    assert left_out.surname in words


def test_what_was_not_covered_who_was_absent_and_what_was_cancelled_is_said(school: School, client: Client) -> None:
    pupil, away = make_pupil(school, 9), make_pupil(school, 9)
    hurried = occasion(school, OCTOBER, "Hurried visit", "Ridgeway Training", questions_answered=False)
    make_encounter(pupil, hurried)
    assert "questions were not answered" in of(hurried, client)
    full = occasion(school, OCTOBER, "Full visit", "Ridgeway Training")
    make_encounter(pupil, full)
    make_encounter(away, full, "absent")
    assert "1 was absent, or their place was cancelled" in of(full, client)
    off = occasion(school, OCTOBER, "Called off", "Ridgeway Training", status="cancelled")
    assert "It was cancelled" in of(off, client)
    approved_by_nobody = occasion(school, OCTOBER, "Sixth form talk", whole_cohort=True)
    sixth_form = provider(school, "A Sixth Form", eligible=False)
    ActivityPartner.objects.create(school=school, activity=approved_by_nobody, partner=sixth_form)
    assert "No provider of approved technical education or apprenticeships took part" in of(approved_by_nobody, client)


def test_a_missing_fact_is_asked_for_and_never_counted_as_met(school: School, client: Client) -> None:
    pupil = make_pupil(school, 9)
    june(school, pupil)
    made = occasion(school, OCTOBER, "October visit", "Ridgeway Training", in_school_day=None, whole_cohort=None)
    Partner.objects.filter(name="Ridgeway Training").update(pal_eligible=None)
    make_encounter(pupil, made)
    words = seen(client)
    assert "every pupil has them" not in words
    assert "Cannot tell 1 of Year 9" in words
    assert "Was it, or will it be, in the standard school day?" in words
    assert "Does Ridgeway Training offer approved technical education or apprenticeships?" in words
    where = f"/provider-access/occasions/{made.reference}/facts/"
    approved = f"approved-{made.partners.get().reference}"
    sent = {
        "questions": f"in_school_day whole_cohort {approved}",
        "in_school_day": "yes",
        "whole_cohort": "yes",
        approved: "yes",
    }
    stamp = stamp_at(client, where)
    for _ in range(2):
        assert client.post(where, sent | {"stamp": stamp}).status_code == 302
    made.refresh_from_db()
    assert (made.in_school_day, made.questions_answered, made.partners.get().pal_eligible) == (True, True, True)
    assert "Year 9: every pupil has them" in seen(client)


def test_a_fact_somebody_else_recorded_meanwhile_is_not_overwritten(school: School, client: Client) -> None:
    make_pupil(school, 9)
    made = occasion(school, OCTOBER, "October visit", "Ridgeway Training", in_school_day=None)
    where = f"/provider-access/occasions/{made.reference}/facts/"
    stamp = stamp_at(client, where)
    Activity.objects.filter(pk=made.pk).update(in_school_day=False)
    answer = client.post(where, {"questions": "in_school_day", "in_school_day": "yes", "stamp": stamp})
    made.refresh_from_db()
    assert answer.status_code == 409
    assert made.in_school_day is False


def test_a_governor_sees_figures_and_no_name_and_is_asked_nothing(school: School) -> None:
    pupil = make_pupil(school, 9, surname="Quillfeather")
    made = occasion(school, OCTOBER, "October visit", "Ridgeway Training", in_school_day=None)
    make_encounter(pupil, made)
    governor = Client()
    governor.force_login(make_person(school, "link_governor"))
    for page in (OVERVIEW, f"/provider-access/occasions/{made.reference}/"):
        words = seen(governor, page)
        assert "Quillfeather" not in words
        assert "fewer than 5" in words
        assert "Save the answers" not in words
    assert governor.get("/provider-access/requests/").status_code == 403


def test_a_title_that_is_markup_is_shown_as_text(school: School, client: Client) -> None:
    make_pupil(school, 9)
    made = occasion(school, OCTOBER, "<img src=x onerror=alert(1)>", "Ridgeway <i>Training</i>", in_school_day=None)
    for page in (OVERVIEW, f"/provider-access/occasions/{made.reference}/"):
        body = client.get(page).content.decode()
        assert "<img src=x" not in body
        assert "<i>Training" not in body


def test_the_number_of_queries_does_not_grow_with_pupils_or_occasions(school: School, client: Client) -> None:
    def fill(pupils: int, occasions: int) -> Activity:
        people = [make_pupil(school, group) for group in (8, 9, 11) for _ in range(pupils)]
        for number in range(occasions):
            day = date(2026, 10, 5 + number)
            made = occasion(
                school, day, f"Visit {number}", "Ridgeway Training", year_groups=(8, 9, 11), in_school_day=None
            )
            for pupil in people:
                make_encounter(pupil, made)
        return made

    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    first = fill(2, 4)
    client.get("/roles/")
    few = (
        queries(OVERVIEW),
        queries(f"/provider-access/occasions/{first.reference}/"),
        queries("/provider-access/requests/"),
    )
    second = fill(6, 9)
    many = (
        queries(OVERVIEW),
        queries(f"/provider-access/occasions/{second.reference}/"),
        queries("/provider-access/requests/"),
    )
    assert few == many
