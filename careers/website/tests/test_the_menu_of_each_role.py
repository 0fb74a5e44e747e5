"""The menu names only pages that its reader may open, and marks the one they are at."""

import pytest
from django.test import Client

from careers.accounts.roles import CareersLeader, LinkGovernor, Parent, PupilRole, Role, Tutor
from careers.website.navigation import menu
from tests.makers import make_person, make_school


def words(role: type[Role]) -> list[str]:
    return [item["text"] for item in menu(role.policies, "/")]


def folded_away(role: type[Role]) -> list[str]:
    return [place["text"] for item in menu(role.policies, "/") for place in item.get("places", [])]


def test_a_careers_leader_goes_everywhere_and_what_is_rarely_wanted_is_folded_away() -> None:
    assert words(CareersLeader) == ["Today", "Benchmarks", "Forecast", "Pupils", "Record", "Programme", "School"]
    assert folded_away(CareersLeader)[:2] == ["Year planner", "Activities"]
    assert folded_away(CareersLeader)[-5:] == ["School record", "Imports", "People", "Data protection", "Who did what"]


def test_a_tutor_is_not_shown_imports() -> None:
    assert "Imports" not in words(Tutor) + folded_away(Tutor)


@pytest.mark.parametrize("role", [PupilRole, Parent])
def test_a_pupil_and_a_parent_are_shown_the_record_that_is_theirs(role: type[Role]) -> None:
    assert words(role) == ["Careers record"]


def test_a_governor_is_shown_no_list_of_pupils_and_one_place_alone_is_not_folded() -> None:
    assert words(LinkGovernor) == ["Today", "Benchmarks", "Forecast", "Programme", "School record"]


@pytest.mark.parametrize(
    ("path", "place"),
    [("/", "Today"), ("/decisions/", "Today"), ("/benchmarks/", "Benchmarks"), ("/criteria/pal.meet.1/", "Benchmarks")],
)
def test_the_place_a_page_belongs_to_is_marked(path: str, place: str) -> None:
    assert [item["text"] for item in menu(CareersLeader.policies, path) if item["current"]] == [place]


def test_at_a_place_that_is_folded_away_both_it_and_what_it_is_under_are_marked() -> None:
    [school] = [item for item in menu(CareersLeader.policies, "/people/invite/") if item["current"]]
    assert school["text"] == "School"
    assert [place["text"] for place in school["places"] if place["current"]] == ["People"]


@pytest.mark.django_db
def test_an_operator_finds_their_account_in_the_frame() -> None:
    client = Client()
    client.force_login(make_person(None, is_operator=True))
    assert 'href="/account/"' in client.get("/installation/").content.decode()


@pytest.mark.django_db
def test_the_frame_says_which_school_and_in_what_role() -> None:
    client = Client()
    client.force_login(make_person(make_school("Beacon School"), "link_governor", name="Mo Lind"))
    page = client.get("/").content.decode()
    assert "Mo Lind (Link governor)" in page
    assert "Beacon School" in page
