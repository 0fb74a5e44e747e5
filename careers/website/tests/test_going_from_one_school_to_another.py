"""Somebody who belongs to two schools goes from one to the other, and nothing of the first goes with them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django_scopes import scopes_disabled

from careers.accounts.models import Membership
from careers.design.editing import stamp_of
from careers.schools import clock
from careers.schools.models import School
from tests.makers import TODAY, make_activity, make_person, make_pupil, make_school

pytestmark = pytest.mark.django_db


@pytest.fixture
def schools() -> Iterator[tuple[School, School]]:
    with clock.on(TODAY):
        first, second = make_school("Beacon School"), make_school("Dell School")
        make_pupil(first, surname="Alderton")
        make_pupil(second, surname="Brackley")
        yield first, second


@pytest.fixture
def browser(schools: tuple[School, School]) -> Client:
    user = make_person(schools[0])
    with scopes_disabled():
        Membership.objects.create(school=schools[1], user=user, role="careers_leader")
    client = Client()
    client.force_login(user)
    return client


def go_to(browser: Client, school: School) -> None:
    browser.post("/schools/choose/", {"school": school.reference})


def test_a_name_searched_for_at_one_school_is_forgotten_at_the_other(
    browser: Client, schools: tuple[School, School]
) -> None:
    browser.post("/pupils/", {"words": "Alderton"})
    assert "Alderton" in browser.get("/pupils/").content.decode()
    go_to(browser, schools[1])
    shown = browser.get("/pupils/").content.decode()
    assert "Alderton" not in shown
    assert "Brackley" in shown
    assert "Alderton" not in str(dict(browser.session))


def test_a_message_of_one_school_is_not_shown_at_the_other(browser: Client, schools: tuple[School, School]) -> None:
    fair = make_activity(schools[0], title="Fair for Alderton", status="proposed")
    stamp = stamp_of({"status": "proposed"})
    browser.post(f"/programme/{fair.reference}/status/", {"status": "planned", "stamp": stamp})
    assert "Alderton" in str(dict(browser.session))
    go_to(browser, schools[1])
    assert "Alderton" not in str(dict(browser.session))
    assert "Alderton" not in browser.get("/").content.decode()


def test_what_was_worked_out_for_one_school_is_never_an_answer_at_the_other(
    browser: Client, schools: tuple[School, School]
) -> None:
    for school, here, away in ((0, "Alderton", "Brackley"), (1, "Brackley", "Alderton"), (0, "Alderton", "Brackley")):
        go_to(browser, schools[school])
        for address in (
            "/pupils/",
            "/criteria/gb5.2025.school.1/",
            "/exports/criteria/gb5.2025.school.1.csv?state=due",
        ):
            shown = browser.get(address).content.decode()
            assert away not in shown
            assert here in shown or address.startswith("/exports/")


def test_a_role_that_has_ended_ends_at_once(browser: Client, schools: tuple[School, School]) -> None:
    go_to(browser, schools[1])
    with scopes_disabled():
        Membership.objects.filter(school=schools[1]).delete()
    shown = browser.get("/pupils/").content.decode()
    assert "Brackley" not in shown
    assert "Alderton" in shown
