from datetime import date

import pytest
from django.test import Client
from django_scopes import scopes_disabled

from careers.accounts.models import User
from careers.partners.models import Partner
from careers.programme.models import ActivityPartner
from careers.schools import clock
from careers.schools.models import School
from tests.makers import TODAY, make_activity, make_person, make_school

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _november():
    with clock.on(TODAY):
        yield


@pytest.fixture
def school() -> School:
    return make_school()


def reading(person: User, query: str = "") -> str:
    client = Client()
    client.force_login(person)
    answer = client.get(f"/programme/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_link_governor_reads_what_is_planned_this_year_and_not_last(school: School) -> None:
    make_activity(school, title="Meet the bakers", status="planned")
    make_activity(school, day=date(2025, 11, 3), title="Meet the brewers")
    page = reading(make_person(school, "link_governor"))
    assert "Meet the bakers" in page
    assert "Meet the brewers" not in page
    assert "Add an activity" not in page


def test_last_year_is_one_choice_away(school: School) -> None:
    make_activity(school, day=date(2025, 11, 3), title="Meet the brewers")
    assert "Meet the brewers" in reading(make_person(school), "?academic_year=2025")


def test_nobody_sees_the_programme_of_another_school(school: School) -> None:
    make_activity(school, title="Meet the bakers")
    assert "Meet the bakers" not in reading(make_person(make_school("Elsewhere")))


def test_a_stranger_is_asked_to_sign_in() -> None:
    assert Client().get("/programme/").status_code == 302


def test_activities_come_by_date_then_by_the_term_they_name_and_those_without_either_come_last(school: School) -> None:
    make_activity(school, day=None, title="Some day", status="planned")
    make_activity(school, day=None, term="Autumn 2", title="Before Christmas", status="planned")
    make_activity(school, day=date(2027, 2, 3), title="In February", status="planned")
    make_activity(school, day=date(2026, 9, 9), title="In September")
    page = reading(make_person(school))
    places = [page.index(title) for title in ("In September", "Before Christmas", "In February", "Some day")]
    assert places == sorted(places)


def test_a_year_group_shows_only_what_names_it(school: School) -> None:
    make_activity(school, title="For ten", year_groups=[10])
    make_activity(school, title="For nine and eleven", year_groups=[9, 11])
    page = reading(make_person(school), "?year_group=11")
    assert "For nine and eleven" in page
    assert "For ten" not in page


def test_the_list_can_be_narrowed_to_what_providers_take_part_in(school: School) -> None:
    with_college = make_activity(school, title="College morning")
    make_activity(school, title="A lesson", type="careers_lesson")
    with scopes_disabled():
        college = Partner.objects.create(school=school, name="Harbour College", kind="provider")
        ActivityPartner.objects.create(school=school, activity=with_college, partner=college)
    page = reading(make_person(school), "?partner=provider")
    assert "Harbour College" in page
    assert "A lesson" not in page


def test_a_filter_mangled_on_the_way_shows_everything(school: School) -> None:
    make_activity(school, title="Meet the bakers")
    assert "Meet the bakers" in reading(make_person(school), "?year_group=abc&type=nonsense&academic_year=x&page=99")


def test_meetings_with_single_pupils_are_left_out_until_asked_for(school: School) -> None:
    make_activity(school, type="guidance_meeting", title="Guidance at ten o'clock", one_to_one=True)
    leader = make_person(school)
    assert "Guidance at ten" not in reading(leader)
    assert "1 one-to-one meeting with single pupils is left out" in " ".join(reading(leader).split())
    assert "Guidance at ten" in reading(leader, "?appointments=1")


def test_the_small_table_counts_an_activity_in_each_of_its_year_groups_and_in_its_term(school: School) -> None:
    make_activity(school, year_groups=[7, 8], day=None, term="Summer")
    make_activity(school, year_groups=[8])
    page = "".join(reading(make_person(school)).split("How many in each year group and term")[-1].split())
    row = page.partition(">Year8<")[2].partition("</tr>")[0]
    assert [part[0] for part in row.split('">')[1:]] == ["1", "0", "1", "0"]


def test_a_long_programme_takes_no_more_queries_than_a_short_one(school: School, django_assert_max_num_queries) -> None:
    leader = make_person(school)
    for number in range(60):
        make_activity(school, title=f"Activity {number}", year_groups=[7 + number % 5])
    client = Client()
    client.force_login(leader)
    client.get("/roles/")  # the first page of a session writes down that it is one
    with django_assert_max_num_queries(11):
        client.get("/programme/")


def test_the_year_opens_at_today_and_not_in_september(school: School) -> None:
    for n in range(60):
        make_activity(school, day=date(2026, 9, 7), title=f"Gone {n}")
    make_activity(school, day=date(2026, 11, 24), title="Coming soon", status="planned")
    leader = make_person(school)
    page = reading(leader)
    assert "Coming soon" in page
    assert "This page holds today" in page
    assert "Coming soon" not in reading(leader, "?page=1")


def test_a_year_in_which_everything_is_past_opens_at_its_last_page(school: School) -> None:
    for n in range(50):
        make_activity(school, day=date(2026, 9, 7), title=f"Gone {n}")
    assert "Gone 1" in reading(make_person(school))
