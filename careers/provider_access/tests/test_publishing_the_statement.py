"""The policy statement is written once: publishing it shows it to everybody and puts on the school's record what it contains."""

from __future__ import annotations

from datetime import date

from django.test import Client

from careers.accounts.models import User
from careers.evaluation.school_criteria import school_file
from careers.evaluation.standings import standings_of
from careers.leadership.models import Milestone
from careers.partners.models import Partner
from careers.programme.models import Activity, ActivityPartner
from careers.provider_access import statement_actions
from careers.provider_access.models import PublishedStatement
from careers.schools import clock
from careers.schools.models import School
from tests.makers import TODAY, make_activity, make_person, stamp_at

PAGES = "/provider-access/policy/"


def standing(school: School, day: date = TODAY) -> tuple[str, float]:
    answer = school_file(standings_of(school, day)).answer("pal.policy")
    assert answer is not None
    return answer.state.value, answer.standing.count


def test_the_rule_answers_from_what_is_published_and_nobody_ticks_it_again(published: School) -> None:
    [milestone] = Milestone.objects.all()
    assert milestone.features == ["procedure", "grounds", "premises_and_times", "compliance_plan"]
    assert standing(published) == ("met", 4)


def test_what_a_statement_lacks_is_not_said_to_be_there(school: School, leader: User, client: Client) -> None:
    facts = {
        "procedure": "Write to us.",
        "contact_phone": "01632 960001",
        "premises": "The hall.",
        "grounds_for": ["It fits"],
    }
    statement_actions.write(school=school, facts=facts, stamp=None, by=leader)
    page = client.get(PAGES).content.decode()
    assert page.count("○ Missing") == 3
    assert "01632" not in page
    statement_actions.publish(school=school, by=leader)
    assert Milestone.objects.get().features == ["procedure"]
    assert standing(school)[0] != "met"


def test_publishing_again_unchanged_makes_no_version_and_no_second_milestone(published: School, client: Client) -> None:
    for _ in range(2):
        client.post(f"{PAGES}publish/")
    assert PublishedStatement.objects.count() == 1
    assert Milestone.objects.count() == 1


def test_a_policy_somebody_recorded_by_hand_is_not_recorded_twice(school: School, leader: User) -> None:
    by_hand = Milestone.objects.create(
        school=school,
        kind="access_policy_published",
        date=date(2024, 1, 15),
        on_website=True,
        features=["procedure", "grounds"],
    )
    from careers.provider_access.tests.conftest import WORDS

    statement_actions.write(school=school, facts=WORDS, stamp=None, by=leader)
    statement_actions.publish(school=school, by=leader)
    by_hand.refresh_from_db()
    assert by_hand.until == date(2026, 11, 21), "what was so until yesterday stays on record"
    assert Milestone.objects.filter(until=None).count() == 1
    assert standing(school) == ("met", 4)


def test_a_part_taken_out_is_taken_off_the_record_and_both_versions_can_be_read(
    published: School, leader: User, client: Client
) -> None:
    with clock.on(date(2026, 12, 1)):
        statement_actions.write(school=published, facts={"compliance_plan": ""}, stamp=None, by=leader)
        statement_actions.publish(school=published, by=leader)
        assert standing(published, date(2026, 12, 1))[1] == 3
        assert standing(published, date(2026, 11, 30))[1] == 4
        old = PublishedStatement.objects.get(number=1)
        assert "Two assemblies in each phase" in client.get(f"{PAGES}versions/{old.reference}/").content.decode()
        assert "Versions" in client.get(PAGES).content.decode()


def test_everybody_reads_the_published_words_and_not_the_draft(
    published: School, stranger: Client, client: Client
) -> None:
    where, stamp = f"{PAGES}write/", stamp_at(client, f"{PAGES}write/")
    client.post(
        where, {"procedure": "<script>alert(1)</script> Ring us.", "contact_phone": "01632 960002", "stamp": stamp}
    )
    public = f"/provider-access/{published.reference}/statement/"
    assert "Write to the careers leader." in stranger.get(public).content.decode()
    client.post(f"{PAGES}publish/")
    page = stranger.get(public).content.decode()
    assert "Ring us." in page
    assert "<script>alert" not in page


def test_the_public_page_is_in_step_with_the_log_and_names_no_activity(published: School, stranger: Client) -> None:
    college = Partner.objects.create(school=published, kind="provider", name="Calderside College")
    held = make_activity(
        published, "provider_encounter", date(2026, 10, 6), title="Visit of Jolyon Quillfeather", year_groups=[9]
    )
    ActivityPartner.objects.create(school=published, activity=held, partner=college)
    make_activity(
        published, "provider_encounter", date(2027, 1, 19), title="Talk with Jolyon", status="planned", year_groups=[10]
    )
    public = f"/provider-access/{published.reference}/statement/"
    page = stranger.get(public).content.decode()
    assert "Calderside College" in page
    assert "January 2027" in page
    assert "Year 10: encounter with providers" in page
    assert "Jolyon" not in page
    Activity.objects.filter(status="planned").update(status="cancelled")
    assert "January 2027" not in stranger.get(public).content.decode()


def test_a_withdrawn_statement_is_read_by_nobody_and_is_off_the_record(
    published: School, stranger: Client, client: Client
) -> None:
    with clock.on(date(2027, 1, 5)):
        client.post(f"{PAGES}publish/", {"withdraw": "yes"})
        assert stranger.get(f"/provider-access/{published.reference}/statement/").status_code == 404
        assert standing(published, date(2027, 1, 5))[1] == 0


def test_two_people_who_write_at_once_are_told(published: School, client: Client) -> None:
    where, stamp = f"{PAGES}write/", stamp_at(client, f"{PAGES}write/")
    statement_actions.write(school=published, facts={"times": "Mondays"}, stamp=None, by=make_person(published))
    answer = client.post(where, {"procedure": "Mine", "stamp": stamp})
    assert answer.status_code == 409
    assert "Mondays" in answer.content.decode()


def test_a_year_without_a_look_is_said(published: School, client: Client) -> None:
    with clock.on(date(2027, 11, 30)):
        assert "▲ Review overdue" in client.get("/provider-access/").content.decode()
        assert "A review once a year is recommended. It is not law" in client.get(PAGES).content.decode()
