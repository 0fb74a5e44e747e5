import pytest
from django.test import Client
from django_scopes import scopes_disabled

from careers.audit.models import Event
from careers.programme.models import Activity
from careers.schools.models import School
from tests.makers import make_activity, make_encounter, make_person, make_pupil, make_school

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    return make_school()


def do(school: School, activity: Activity, deed: str) -> str:
    client = Client()
    client.force_login(make_person(school))
    client.post(f"/programme/{activity.reference}/{deed}/")
    with scopes_disabled():
        return Activity.objects.get(pk=activity.pk).status


def test_a_planned_activity_is_cancelled_and_planned_again(school: School) -> None:
    talk = make_activity(school, status="planned")
    assert do(school, talk, "cancel") == "cancelled"
    assert do(school, talk, "confirm") == "planned"
    assert [event.verb for event in Event.objects.order_by("pk")] == ["cancelled an activity", "confirmed an activity"]


def test_a_proposed_activity_is_confirmed(school: School) -> None:
    assert do(school, make_activity(school, status="proposed"), "confirm") == "planned"


def test_what_pupils_have_attended_cannot_be_cancelled(school: School) -> None:
    talk = make_activity(school)
    make_encounter(make_pupil(school), talk)
    assert do(school, talk, "cancel") == "delivered"
    assert not Event.objects.exists()


def test_cancelling_twice_is_done_once(school: School) -> None:
    talk = make_activity(school, status="planned")
    do(school, talk, "cancel")
    assert do(school, talk, "cancel") == "cancelled"
    assert Event.objects.count() == 1


def test_a_link_somebody_was_sent_changes_nothing(school: School) -> None:
    talk = make_activity(school, status="planned")
    client = Client()
    client.force_login(make_person(school))
    assert client.get(f"/programme/{talk.reference}/cancel/").status_code == 405
