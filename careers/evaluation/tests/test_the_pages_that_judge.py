import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from careers.accounts.models import User
from careers.programme.models import Activity
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


@pytest.fixture
def fair(school: School) -> Activity:
    return make_activity(school, "careers_event", title="Harbour fair", year_groups=[9], claimed_benchmarks=[1, 5])


def page(person: User, address: str) -> str:
    client = Client()
    client.force_login(person)
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return " ".join(answer.content.decode().split())


def test_a_governor_sees_what_the_year_would_cover(school: School, fair: Activity) -> None:
    shown = page(make_person(school, "link_governor"), "/programme/coverage/")
    assert "Harbour fair" in shown
    assert "Plan one" not in shown


def test_a_hole_leads_a_careers_leader_to_a_form_for_what_is_missing(school: School, fair: Activity) -> None:
    shown = page(make_person(school), "/programme/coverage/")
    assert "/programme/add/?academic_year=2026&amp;type=workplace_experience&amp;year_group=9" in shown


def test_an_address_mangled_on_the_way_shows_this_year(school: School, fair: Activity) -> None:
    assert "Harbour fair" in page(make_person(school), "/programme/coverage/?academic_year=nonsense&source=x")


def test_an_activity_says_what_it_may_count_for_and_what_it_lacks(school: School) -> None:
    talk = make_activity(school, title="Talk", year_groups=[9], two_way="none")
    shown = page(make_person(school), f"/programme/{talk.reference}/")
    assert "there was no two-way interaction" in shown


def test_an_activity_says_which_claims_the_rules_bear_out(school: School, fair: Activity) -> None:
    shown = page(make_person(school), f"/programme/{fair.reference}/")
    assert "It claims Benchmark 1: not borne out" in shown
    assert "It claims Benchmark 5: may be" in shown


def test_a_cancelled_activity_counts_for_nothing(school: School) -> None:
    talk = make_activity(school, status="cancelled", year_groups=[9])
    assert "Nothing: it is cancelled." in page(make_person(school), f"/programme/{talk.reference}/")


def test_a_meeting_with_a_provider_leads_to_whom_it_counts_for_in_law(school: School) -> None:
    met = make_activity(school, type="provider_encounter", status="planned", year_groups=[9])
    talk = make_activity(school, type="employer_encounter", status="planned", year_groups=[9])
    links = {each: page(make_person(school), f"/programme/{each.reference}/") for each in (met, talk)}
    assert f"/provider-access/occasions/{met.reference}/" in links[met]
    assert "/provider-access/occasions/" not in links[talk]
    assert all(f"/evidence/activities/{each.reference}/" in links[each] for each in links)


def test_a_tutor_sees_the_names_of_their_own_form_and_only_the_number_of_the_rest(
    school: School, fair: Activity
) -> None:
    own, other = make_pupil(school, surname="Ownpupil"), make_pupil(school, surname="Otherpupil")
    tutor = make_person(school, "tutor")
    give_group(tutor, put_in_group(own, "9C"))
    make_encounter(own, fair)
    make_encounter(other, fair)
    shown = page(tutor, f"/programme/{fair.reference}/")
    assert "Ownpupil" in shown
    assert "Otherpupil" not in shown
    assert 'Attended</dt> <dd class="govuk-summary-list__value">fewer than 5</dd>' in shown


def test_one_pupils_meeting_is_not_a_number_to_a_governor(school: School) -> None:
    review = make_activity(school, "review", note="Ask Ownpupil's mother")
    make_encounter(make_pupil(school), review)
    exactly = 'Attended</dt> <dd class="govuk-summary-list__value">1</dd>'
    leader, governor = (
        page(make_person(school, r), f"/programme/{review.reference}/") for r in ("careers_leader", "link_governor")
    )
    assert exactly in leader
    assert "Ownpupil" in leader
    assert exactly not in governor
    assert "Ownpupil" not in governor


def test_only_the_address_of_a_page_becomes_a_link(school: School) -> None:
    person = make_person(school)
    for source, linked in (("https://beacon.example.org/careers", True), ("javascript:alert(1)", False)):
        published = make_activity(school, source=source)
        assert (f'href="{source}"' in page(person, f"/programme/{published.reference}/")) is linked


def test_a_governor_sees_no_pupil_by_name(school: School, fair: Activity) -> None:
    make_encounter(make_pupil(school, surname="Ownpupil"), fair)
    assert "Ownpupil" not in page(make_person(school, "link_governor"), f"/programme/{fair.reference}/")


def test_another_schools_activity_is_not_found(fair: Activity) -> None:
    client = Client()
    client.force_login(make_person(make_school("Elsewhere")))
    assert client.get(f"/programme/{fair.reference}/").status_code == 404


def test_the_pages_take_a_fixed_number_of_queries(
    school: School, fair: Activity, django_assert_max_num_queries
) -> None:
    for number in range(40):
        make_activity(school, year_groups=[7 + number % 7], status="planned")
        make_encounter(make_pupil(school), fair)
    client = Client()
    client.force_login(make_person(school))
    with django_assert_max_num_queries(36):  # twice the school's standings: today's, and at the close of the year
        client.get("/programme/coverage/")
    with django_assert_max_num_queries(17):  # with two to put on record whose names were shown
        client.get(f"/programme/{fair.reference}/")


def test_the_command_says_the_same_in_plain_text(school: School, fair: Activity, capsys: pytest.CaptureFixture) -> None:
    call_command("coverage", "--school", school.urn)
    said = capsys.readouterr().out
    assert "1 activities: 1 for everyone" in said
    assert "2 claims: 0 borne out, 1 may be, 1 not borne out" in said


def test_the_command_names_the_schools_there_are(school: School) -> None:
    with pytest.raises(CommandError, match=f"There are: {school.urn}"):
        call_command("coverage", "--school", "000000")


def test_the_command_names_the_editions_there_are(school: School) -> None:
    with pytest.raises(CommandError, match="gatsby-2014"):
        call_command("coverage", "--school", school.urn, "--edition", "gatsby-1999")
