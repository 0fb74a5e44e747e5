from datetime import date

import pytest
from django.test import Client
from django_scopes import scope, scopes_disabled

from careers.audit.models import Event
from careers.partners.models import Partner
from careers.programme.forms import ActivityForm, answers_of
from careers.programme.models import Activity
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


@pytest.fixture
def talk(school: School) -> Activity:
    return make_activity(school, title="Meet the bakers", year_groups=[8], status="planned", day=date(2027, 2, 3))


def answers(activity: Activity, **changed: object) -> dict[str, object]:
    """The form as a browser would send it, with some answers changed."""
    with scope(school=activity.school):
        fresh = Activity.objects.get(pk=activity.pk)
        form = ActivityForm(school=activity.school, activity=fresh, initial=answers_of(fresh))
        sent: dict[str, object] = {}
        for bound in form:
            value = bound.value()
            if bound.name in ("starts_on", "ends_on", "week_of"):
                day, month, year = bound.field.widget.decompress(value)
                sent |= {
                    f"{bound.name}_day": day or "",
                    f"{bound.name}_month": month or "",
                    f"{bound.name}_year": year or "",
                }
            else:
                sent[bound.name] = "" if value is None else value
    return sent | changed


def signed_in(school: School, role: str = "careers_leader") -> Client:
    client = Client()
    client.force_login(make_person(school, role))
    return client


def address(activity: Activity, deed: str = "edit") -> str:
    return f"/programme/{activity.reference}/{deed}/"


def now(activity: Activity) -> Activity:
    with scopes_disabled():
        return Activity.objects.get(pk=activity.pk)


def test_a_careers_leader_records_that_there_was_time_to_reflect(school: School, talk: Activity) -> None:
    answer = signed_in(school).post(address(talk), answers(talk, reflection_after="yes", two_way="some"))
    assert answer.status_code == 302
    assert now(talk).reflection_after is True
    assert now(talk).two_way == "some"


def test_not_recorded_stays_unknown_and_does_not_become_no(school: School, talk: Activity) -> None:
    signed_in(school).post(address(talk), answers(talk, learning_outcomes_set="no"))
    assert now(talk).learning_outcomes_set is False
    assert now(talk).reflection_after is None


def test_the_audit_says_what_changed_and_keeps_free_text_to_itself(school: School, talk: Activity) -> None:
    signed_in(school).post(address(talk), answers(talk, reflection_after="yes", note="Sam found it hard"))
    event = Event.objects.get(verb="changed an activity")
    assert event.detail == {"changed": {"reflection_after": [None, True], "note": "changed"}}


def test_saving_without_a_change_writes_nothing(school: School, talk: Activity) -> None:
    signed_in(school).post(address(talk), answers(talk))
    assert not Event.objects.filter(verb="changed an activity").exists()


def test_the_partners_are_ticked(school: School, talk: Activity) -> None:
    with scopes_disabled():
        bakers = Partner.objects.create(school=school, name="Bakers", kind="employer")
    signed_in(school).post(address(talk), answers(talk, partners=[bakers.reference]))
    with scopes_disabled():
        assert list(now(talk).partners.all()) == [bakers]
    assert Event.objects.get(verb="changed an activity").detail == {"changed": {"partners": [[], ["Bakers"]]}}


def test_a_partner_of_another_school_cannot_be_ticked(school: School, talk: Activity) -> None:
    with scopes_disabled():
        theirs = Partner.objects.create(school=make_school("Elsewhere"), name="Theirs", kind="employer")
    assert signed_in(school).post(address(talk), answers(talk, partners=[theirs.reference])).status_code == 422


def test_a_change_made_meanwhile_is_told_and_what_was_typed_is_kept(school: School, talk: Activity) -> None:
    mine = answers(talk, note="What I typed")
    signed_in(school).post(address(talk), answers(talk, title="Meet the brewers"))
    client = signed_in(school)
    answer = client.post(address(talk), mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody else changed this while you were editing it" in page
    assert "<li>Title: Meet the brewers</li>" in page
    assert "What I typed" in page
    assert now(talk).title == "Meet the brewers"
    client.post(address(talk), mine | {"stamp": answer.context["form"]["stamp"].value()})
    assert (now(talk).title, now(talk).note) == ("Meet the bakers", "What I typed")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"title": ""}, "Enter title"),
        (
            {"ends_on_day": "1", "ends_on_month": "2", "ends_on_year": "2027"},
            "The last day must be the first day or later",
        ),
        ({"starts_on_year": "2028"}, "This day is in 2027/28, but the academic year chosen is 2026/27"),
        ({"hours": "-2"}, "greater than or equal to 0"),
    ],
)
def test_a_wrong_answer_is_named_and_nothing_is_saved(school: School, talk: Activity, given: dict, said: str) -> None:
    answer = signed_in(school).post(address(talk), answers(talk, note="kept", **given))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert now(talk).note == ""


def test_an_activity_is_added_for_the_year_group_that_lacks_one(school: School) -> None:
    client = signed_in(school)
    form = client.get("/programme/add/?type=employer_encounter&year_group=8").context["form"]
    assert (form["type"].value(), form["year_groups"].value()) == ("employer_encounter", ["8"])
    sent = {"title": "Meet the bakers", "type": "employer_encounter", "academic_year": "2026", "year_groups": ["8"]}
    answer = client.post("/programme/add/", sent)
    assert answer.status_code == 302
    with scopes_disabled():
        made = Activity.objects.get()
    assert (made.year_groups, made.status, made.reflection_after) == ([8], "planned", None)
    assert Event.objects.get(verb="added an activity").subject_id == str(made.pk)


@pytest.mark.parametrize("role", ["tutor", "link_governor", "senior_leader", "careers_adviser"])
def test_who_may_not_plan_cannot_change_an_activity(school: School, talk: Activity, role: str) -> None:
    client = signed_in(school, role)
    assert client.get(address(talk)).status_code == 403
    assert client.post(address(talk), answers(talk, note="x")).status_code == 403
    assert client.post(address(talk, "status")).status_code == 403


def test_a_careers_leader_cannot_change_another_schools_activity(talk: Activity) -> None:
    client = signed_in(make_school("Elsewhere"))
    assert client.get(address(talk)).status_code == 404
    assert client.post(address(talk, "status")).status_code == 404
    assert now(talk).status == "planned"
