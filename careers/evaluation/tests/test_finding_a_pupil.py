"""The list of pupils: who is on it, how it is narrowed, and what it keeps to itself."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django_scopes import scopes_disabled

from careers.accounts.models import User
from careers.pupils.models import Characteristic, Pupil
from careers.schools.models import School
from tests.makers import (
    give_group,
    make_activity,
    make_encounter,
    make_person,
    make_pupil,
    make_school,
    put_in_group,
)

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def names(client: Client, address: str = "/pupils/") -> list[str]:
    """The pupils on the page, in its order."""
    return [person.name for person, *_ in client.get(address).context["rows"]]


def make_three(school: School) -> tuple[Pupil, Pupil, Pupil]:
    return (
        make_pupil(school, 9, surname="Abara", forename="Ada", form="9A"),
        make_pupil(school, 11, surname="Birch", forename="Ben", form="11B"),
        make_pupil(school, 7, surname="Carr", forename="Cass", form="7C"),
    )


def test_pupils_are_listed_as_registers_are(leader: Client, school: School) -> None:
    make_three(school)
    assert names(leader) == ["Abara, Ada", "Birch, Ben", "Carr, Cass"]


def test_another_schools_pupils_are_not_listed(leader: Client, school: School) -> None:
    make_pupil(make_school("Another School"))
    assert names(leader) == []


def test_a_tutor_sees_only_their_own_form(school: School) -> None:
    ada, _, _ = make_three(school)
    tutor = make_person(school, "tutor")
    give_group(tutor, put_in_group(ada, "9A tutor group"))
    assert names(signed_in(tutor)) == ["Abara, Ada"]


def test_a_tutor_with_no_form_is_told_whom_to_ask(school: School) -> None:
    make_three(school)
    page = signed_in(make_person(school, "tutor")).get("/pupils/")
    assert "The careers leader can add you" in page.content.decode()


def test_a_list_is_narrowed_by_year_form_group_and_characteristic(leader: Client, school: School) -> None:
    ada, ben, cass = make_three(school)
    group = put_in_group(ben, "Debating", kind="other")
    with scopes_disabled():
        Characteristic.objects.create(school=school, pupil=cass, kind="fsm", value="Y")
    assert names(leader, "/pupils/?year=9") == [ada.list_name]
    assert names(leader, "/pupils/?form=11B") == [ben.list_name]
    assert names(leader, f"/pupils/?group={group.reference}") == [ben.list_name]
    assert names(leader, "/pupils/?has=fsm") == [cass.list_name]
    assert names(leader, "/pupils/?has=fsm&year=9") == []


def test_a_filter_that_makes_no_sense_narrows_nothing(leader: Client, school: School) -> None:
    make_three(school)
    assert len(names(leader, "/pupils/?year=99&group=nonsense&sort=nonsense&page=99")) == 3


def test_a_day_or_an_edition_that_makes_no_sense_is_said_to_be_wrong(leader: Client, school: School) -> None:
    make_three(school)
    page = leader.get("/pupils/?as_at=never&edition=none")
    assert page.status_code == 422
    assert len(page.context["rows"]) == 3
    assert "There is a problem" in page.content.decode()


def test_a_list_is_sorted_by_year_form_name_or_a_benchmark(leader: Client, school: School) -> None:
    ada, ben, cass = make_three(school)
    make_encounter(ben, make_activity(school, two_way="extensive", about_work=True))
    assert names(leader, "/pupils/?sort=year")[0] == cass.list_name
    assert names(leader, "/pupils/?sort=-form")[0] == ben.list_name
    assert names(leader, "/pupils/?sort=-name")[0] == cass.list_name
    columns = {column.key for column in leader.get("/pupils/").context["columns"]}
    for key in columns:
        assert sorted(names(leader, f"/pupils/?sort={key}")) == sorted(p.list_name for p in (ada, ben, cass))


def test_a_search_is_kept_out_of_the_address_and_lasts_until_it_is_cleared(leader: Client, school: School) -> None:
    make_three(school)
    answer = leader.post("/pupils/?year=11&page=2", {"words": "birch"})
    assert answer["Location"] == "/pupils/?year=11"
    assert names(leader, answer["Location"]) == ["Birch, Ben"]
    assert names(leader) == ["Birch, Ben"]
    leader.post("/pupils/", {"words": ""})
    assert len(names(leader)) == 3


def test_a_search_finds_nobody_the_person_may_not_see(school: School) -> None:
    make_three(school)
    client = signed_in(make_person(school, "tutor"))
    client.post("/pupils/", {"words": "birch"})
    assert names(client) == []


def test_what_was_searched_for_is_in_no_log(leader: Client, school: School, caplog: pytest.LogCaptureFixture) -> None:
    make_three(school)
    with caplog.at_level("DEBUG"):
        caplog.clear()
        leader.post("/pupils/", {"words": "birchwood"})
        page = leader.get("/pupils/")
    assert "birchwood" not in " ".join(r.getMessage() for r in caplog.records if r.name != "django.db.backends")
    assert "birchwood" not in "".join(re.findall('(?:href|action)="[^"]*"', page.content.decode()))


def test_those_who_have_left_are_listed_apart(leader: Client, school: School) -> None:
    make_three(school)
    make_pupil(school, 11, surname="Dean", forename="", academic_year=2025, left_on="2026-08-31")
    assert "Dean" not in names(leader)
    assert names(leader, "/pupils/?left=yes") == ["Dean"]


def test_each_pupil_has_a_mark_for_every_benchmark_that_asks_something_of_pupils(
    leader: Client, school: School
) -> None:
    make_three(school)
    page = leader.get("/pupils/")
    heads = [column.key for column in page.context["columns"]]
    assert heads == ["name", "year", "form", *[f"benchmark-{n}" for n in range(2, 9)], "provider-access"]
    (_, _, drawn) = page.context["rows"][0]
    assert len(drawn) == 8
    assert all("govuk-visually-hidden" in mark for mark in drawn)


def test_a_list_takes_as_many_queries_for_many_pupils_as_for_few(
    leader: Client, school: School, django_assert_num_queries, django_assert_max_num_queries
) -> None:
    leader.get("/pupils/")
    make_three(school)
    with django_assert_max_num_queries(33) as few:
        leader.get("/pupils/")
    for _ in range(20):
        make_pupil(school, form="9A")
    with django_assert_num_queries(len(few)):
        leader.get("/pupils/")
