"""A criterion: who has it and who lacks it, and who may see their names."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled
from pytest_django import DjangoAssertNumQueries

from careers.evaluation.tests.conftest import EMPLOYER, meaningful, text
from careers.pupils.models import Characteristic
from careers.schools.models import School
from tests.makers import give_group, make_encounter, make_pupil, make_school, put_in_group

PAGE = f"/criteria/{EMPLOYER}/"


def listed(page: object) -> list[str]:
    """The pupils in the page's list, in its order."""
    rows = page.content.decode().split('id="pupils"')[1]  # type: ignore[attr-defined]
    return [re.sub(r"<[^>]*>", "", name) for name in re.findall(r'data-label="Name">(.*?)</th>', rows)]


@pytest.fixture
def three(school: School) -> None:
    """Ash of 9B has met an employer, Birch of 9A is booked to, and Cedar of Year 11 is not."""
    make_encounter(make_pupil(school, 9, surname="Ash", forename="", form="9B", sex="F"), meaningful(school))
    coming = meaningful(school, date(2027, 3, 1), status="planned", year_groups=[9])
    make_encounter(make_pupil(school, 9, surname="Birch", forename="", form="9A", sex="M"), coming, "booked")
    make_pupil(school, 11, surname="Cedar", forename="", form="11C", sex="F")


@pytest.mark.usefixtures("three")
def test_a_careers_leader_sees_who_is_missing(leader: Client) -> None:
    page = leader.get(PAGE, {"state": "due"})
    assert listed(page) == ["Cedar"]
    assert "1 pupil." in text(page)


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Ash", "Birch", "Cedar"]),
        ("year=9", ["Ash", "Birch"]),
        ("form=9A", ["Birch"]),
        ("has=sex_f", ["Ash", "Cedar"]),
        ("state=booked", ["Birch"]),
        ("state=lacking", ["Cedar"]),
        ("year=9&has=sex_f&state=met", ["Ash"]),
        ("sort=-name", ["Cedar", "Birch", "Ash"]),
        ("sort=form", ["Birch", "Ash", "Cedar"]),
        ("sort=-year", ["Cedar", "Ash", "Birch"]),
        ("sort=state", ["Cedar", "Birch", "Ash"]),
        ("sort=-count", ["Ash", "Birch", "Cedar"]),
        ("sort=due", ["Ash", "Birch", "Cedar"]),
        ("sort=password&year=nonsense&state=1%27", ["Ash", "Birch", "Cedar"]),
        ("page=99", ["Ash", "Birch", "Cedar"]),
    ],
)
def test_the_list_is_filtered_and_sorted_by_its_address(leader: Client, query: str, names: list[str]) -> None:
    assert listed(leader.get(f"{PAGE}?{query}")) == names


def test_the_list_can_be_narrowed_to_a_class(leader: Client, school: School) -> None:
    make_pupil(school, surname="Outside")
    group = put_in_group(make_pupil(school, surname="Inside"), "9/Ma1", kind="class", subject="Mathematics")
    assert listed(leader.get(PAGE, {"group": group.reference})) == ["Inside, Alex"]


def test_a_benchmark_of_several_criteria_lists_each_pupil_at_their_worst(leader: Client, school: School) -> None:
    make_pupil(school, 13, surname="Leaver")
    make_pupil(school, 7, surname="Starter")
    page = leader.get("/benchmarks/gatsby-2025/6/?state=missed")
    assert listed(page) == ["Leaver, Alex"]
    assert b'data-label="Criterion">6.1<' in page.content


def test_every_figure_opens_the_pupils_behind_it(leader: Client, school: School) -> None:
    make_pupil(school)
    assert f'href="{PAGE}?state=due"'.encode() in leader.get(PAGE).content


def test_a_gap_says_what_is_planned_or_that_nothing_is(leader: Client, school: School) -> None:
    make_pupil(school, 9)
    make_pupil(school, 12)
    meaningful(school, date(2027, 3, 1), title="Bakers visit", status="planned", year_groups=[9])
    meaningful(school, date(2027, 3, 2), title="Perhaps", status="planned", year_groups=[9], reflection_after=None)
    said = text(leader.get(PAGE))
    assert "Bakers visit, 1 March" in said
    assert (
        "Perhaps, 2 March: invite any of 1 to Perhaps (may count: it is not recorded whether there was time to reflect afterwards)"
        in said
    )
    assert "None is planned." in said


def test_the_rule_its_source_and_what_is_only_our_reading_are_said(leader: Client, school: School) -> None:
    make_pupil(school)
    page = leader.get("/criteria/gb6.2025.school.1/")
    said = text(page)
    assert "By the age of 16 every pupil has had meaningful experiences of workplaces: two" in said
    assert "Not confirmed: The benchmark speaks of experiences in the plural" in said
    assert "Checked on 22 November 2026" in said
    assert "Example pupils, and where each stands" in said


def test_a_tutor_cannot_see_another_forms_names_on_a_criterion_page(
    signed_in: Callable[..., Client], school: School
) -> None:
    own = make_pupil(school, surname="Inform")
    others = [make_pupil(school, surname="Elsewhere", form="9Z") for _ in range(9)]
    tutor = signed_in("tutor")
    give_group(tutor.user, put_in_group(own, "9C"))  # type: ignore[attr-defined]
    page = tutor.get(PAGE, {"state": "due"})
    assert listed(page) == ["Inform, Alex"]
    assert others[0].reference.encode() not in page.content
    assert "of about 10 pupils met" in text(page), "the figures are for the whole school"
    assert listed(tutor.get(PAGE, {"form": "9Z"})) == ["Inform, Alex"], "another form is not on offer"


def test_a_tutor_cannot_ask_for_another_tutors_group(signed_in: Callable[..., Client], school: School) -> None:
    tutor = signed_in("tutor")
    give_group(tutor.user, put_in_group(make_pupil(school, surname="Inform"), "9C"))  # type: ignore[attr-defined]
    secret = put_in_group(make_pupil(school, surname="Elsewhere"), "At risk", kind="other")
    page = tutor.get(PAGE, {"group": secret.reference})
    assert listed(page) == ["Inform, Alex"]
    assert b"At risk" not in page.content


def test_a_governor_sees_no_names_anywhere(signed_in: Callable[..., Client], school: School) -> None:
    pupil = make_pupil(school, surname="Unseen", forename="Name")
    for _ in range(6):
        make_pupil(school)
    governor = signed_in("link_governor")
    for address in ("/", "/benchmarks/", "/benchmarks/gatsby-2025/5/", PAGE, f"{PAGE}?state=due"):
        page = governor.get(address)
        assert page.status_code == 200
        assert "Unseen" not in text(page)
        assert pupil.reference.encode() not in page.content
        assert b"?state=" not in page.content
    assert "sees figures for the whole school, and no pupil by name" in text(governor.get(PAGE))


def test_another_schools_figures_never_include_our_pupils(signed_in: Callable[..., Client], school: School) -> None:
    for _ in range(5):
        make_encounter(make_pupil(school, surname="Ours"), meaningful(school))
    other = make_school("Other School")
    make_pupil(other, surname="Theirs")
    page = signed_in(school=other).get(PAGE)
    assert "0% of 1 pupil met" in text(page)
    assert listed(page) == ["Theirs, Alex"]


def test_a_pupil_can_be_found_by_a_characteristic(leader: Client, school: School) -> None:
    make_pupil(school, surname="Without")
    with scopes_disabled():
        Characteristic.objects.create(
            school=school, pupil=make_pupil(school, surname="Free"), kind="fsm", value="Y", starts_on=date(2026, 9, 1)
        )
    assert listed(leader.get(PAGE, {"has": "fsm"})) == ["Free, Alex"]


def test_a_long_list_is_turned_page_by_page_and_keeps_its_filter(leader: Client, school: School) -> None:
    for _ in range(55):
        make_pupil(school, 9)
    page = leader.get(PAGE, {"year": "9"})
    assert len(listed(page)) == 50
    assert b'href="?year=9&amp;page=2"' in page.content
    assert len(listed(leader.get(PAGE, {"year": "9", "page": "2"}))) == 5


def test_htmx_gets_only_the_list(leader: Client, school: School) -> None:
    make_pupil(school)
    page = leader.get(PAGE, headers={"HX-Request": "true", "HX-Target": "div#pupils"})
    assert b"<html" not in page.content
    assert listed(page)


@pytest.mark.parametrize("id", ["gb1.2025.school.9", "no.such", "gb1.2025.college.1"])
def test_a_criterion_that_is_not_there_is_not_found(leader: Client, id: str) -> None:
    assert leader.get(f"/criteria/{id}/").status_code == 404


@pytest.mark.parametrize(
    "address", ["/", "/benchmarks/", "/benchmarks/gatsby-2025/6/", PAGE, f"{PAGE}query/", "/decisions/"]
)
def test_a_page_asks_the_database_as_often_for_thirty_pupils_as_for_three(
    leader: Client, school: School, address: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    def grow(pupils: int) -> None:
        talk, coming = (
            meaningful(school, reflection_after=None),
            meaningful(school, date(2026, 11, 24), status="planned"),
        )
        for n in range(pupils):
            pupil = make_pupil(school, 7 + n % 7, form=f"{7 + n % 7}A")
            make_encounter(pupil, talk)
            make_encounter(pupil, coming, "booked")

    leader.get("/roles/")  # the first page of a session writes down that it is one
    grow(3)
    with CaptureQueriesContext(connection) as for_three:
        leader.get(address)
    grow(27)
    with django_assert_num_queries(len(for_three)):
        leader.get(address)
    # Session, person and school; then four for pupils and one for counting, today and on the day compared with; and six for
    # the school's own record.
    # And two to put on record whose names were shown.
    questions = [query for query in for_three.captured_queries if query["sql"].startswith(("SELECT", "WITH", "\n"))]
    assert len(questions) <= 34
