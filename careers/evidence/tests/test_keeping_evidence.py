"""A photograph of the fair, the governors' minute, a link: kept once, seen by who may, taken out for a visit as one file."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled

from careers.accounts.models import Membership
from careers.audit.models import Event
from careers.evidence.models import Content, Evidence
from careers.evidence.tests.makers import pdf, photograph, sent
from careers.schools import clock
from tests.guards.two_schools import TheSchool, make_the_school
from tests.makers import TODAY, make_activity

pytestmark = pytest.mark.django_db
MEANINGFUL = {
    "purpose_shared_with_partner": True, "purpose_shared_with_pupils": True, "learning_outcomes_set": True,
    "two_way": "some", "reflection_after": True, "about_work": True,
}  # fmt: skip


@pytest.fixture(autouse=True)
def _the_day() -> Any:
    with clock.on(TODAY):
        yield


@pytest.fixture
def here() -> TheSchool:
    return make_the_school("Beacon School")


@pytest.fixture
def as_(here: TheSchool) -> Callable[[str], Client]:
    def client(role: str) -> Client:
        client = Client()
        client.force_login(here.people[role])
        return client

    return client


def add(client: Client, here: TheSchool, *files: tuple[str, bytes], **said: Any) -> Any:
    given = {"title": "The fair", "tells_of_pupils": "no", "sent": [sent(*file) for file in files], **said}
    return client.post(f"/evidence/activities/{here.activity.reference}/add/", given)


def pieces() -> list[Evidence]:
    with scopes_disabled():
        return list(Evidence.objects.order_by("pk"))


def test_a_teacher_keeps_three_photographs_of_a_visit_at_once(here: TheSchool, as_: Callable[[str], Client]) -> None:
    answer = add(as_("teacher"), here, *((f"{c}.jpg", photograph(colour=c)) for c in ("red", "green", "blue")))
    assert answer.status_code == 302
    assert [piece.title for piece in pieces()] == ["The fair (1)", "The fair (2)", "The fair (3)"]
    page = as_("teacher").get(answer["Location"]).content.decode()
    assert page.count("/thumbnail/") == 3


def test_the_same_file_sent_again_is_kept_once(here: TheSchool, as_: Callable[[str], Client]) -> None:
    for _ in range(2):
        add(as_("careers_leader"), here, ("a.jpg", photograph()), ("again.jpg", photograph()))
    assert len(pieces()) == 1


def test_the_same_link_pressed_twice_is_kept_once(here: TheSchool, as_: Callable[[str], Client]) -> None:
    for _ in range(2):
        add(as_("careers_leader"), here, link="https://example.org/fair")
    assert [piece.link for piece in pieces()] == ["https://example.org/fair"]


def test_one_bad_file_among_good_ones_is_named_and_nothing_is_half_kept(
    here: TheSchool, as_: Callable[[str], Client]
) -> None:
    answer = add(as_("careers_leader"), here, ("good.jpg", photograph()), ("bad.jpg", b"<svg onload='x()'/>"))
    assert answer.status_code == 422
    assert "bad.jpg: What is in this file is not a picture" in answer.content.decode()
    assert pieces() == []


def test_a_link_that_is_no_web_address_is_refused(here: TheSchool, as_: Callable[[str], Client]) -> None:
    for link in ("javascript:alert(1)", "file:///etc/passwd", "data:text/html,x"):
        assert add(as_("careers_leader"), here, link=link).status_code == 422
    assert pieces() == []


def test_a_photograph_of_pupils_is_not_shown_to_a_governor(here: TheSchool, as_: Callable[[str], Client]) -> None:
    add(as_("careers_leader"), here, ("a.jpg", photograph()), tells_of_pupils="yes")
    (piece,) = pieces()
    for part in ("", "file/", "thumbnail/"):
        assert as_("link_governor").get(f"/evidence/{piece.reference}/{part}").status_code == 404
        assert as_("careers_leader").get(f"/evidence/{piece.reference}/{part}").status_code == 200
    with scopes_disabled():
        assert Event.objects.filter(verb="opened evidence of pupils").count() == 1
    assert "The fair" not in as_("link_governor").get("/evidence/").content.decode()


def test_a_tutor_sees_the_photograph_of_pupils_they_kept_and_nobody_elses(
    here: TheSchool, as_: Callable[[str], Client]
) -> None:
    add(as_("tutor"), here, ("a.jpg", photograph(colour="red")), tells_of_pupils="yes")
    add(as_("teacher"), here, ("b.jpg", photograph(colour="blue")), tells_of_pupils="yes")
    theirs, others = pieces()
    assert as_("tutor").get(f"/evidence/{theirs.reference}/file/").status_code == 200
    assert as_("tutor").get(f"/evidence/{others.reference}/file/").status_code == 404


def test_a_teacher_who_becomes_a_governor_no_longer_sees_the_photograph_of_pupils_they_kept(
    here: TheSchool, as_: Callable[[str], Client]
) -> None:
    add(as_("teacher"), here, ("a.jpg", photograph()), tells_of_pupils="yes")
    with scopes_disabled():
        Membership.objects.filter(user=here.people["teacher"]).update(role="link_governor")
    assert as_("teacher").get(f"/evidence/{pieces()[0].reference}/file/").status_code == 404


def test_a_teacher_removes_what_they_kept_and_not_what_the_leader_did(
    here: TheSchool, as_: Callable[[str], Client]
) -> None:
    add(as_("careers_leader"), here, ("a.jpg", photograph(colour="red")))
    add(as_("teacher"), here, ("b.jpg", photograph(colour="blue")))
    leaders, theirs = pieces()
    for piece in (leaders, theirs):
        as_("teacher").post(f"/evidence/{piece.reference}/remove/", {"remove": "yes"})
    assert pieces() == [leaders]
    with scopes_disabled():
        assert Content.objects.count() == 1


def test_a_document_is_saved_and_never_opened_as_a_page(here: TheSchool, as_: Callable[[str], Client]) -> None:
    add(as_("careers_leader"), here, ("minutes.pdf", pdf()))
    answer = as_("link_governor").get(f"/evidence/{pieces()[0].reference}/file/")
    assert answer["Content-Disposition"] == 'attachment; filename="minutes.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"


def taken(client: Client, key: str = "5", **asked: str) -> zipfile.ZipFile:
    answer = client.get(f"/evidence/benchmarks/gatsby-2025/{key}/file/", asked)
    assert answer.status_code == 200
    return zipfile.ZipFile(BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]


def test_all_the_evidence_of_a_benchmark_is_one_file_for_a_visit(here: TheSchool, as_: Callable[[str], Client]) -> None:
    leader = as_("careers_leader")
    talk = make_activity(here.school, title="Talk: engineers / makers", year_groups=[9], **MEANINGFUL)
    where = f"/evidence/activities/{talk.reference}/add/"
    said = {"tells_of_pupils": "no"}
    leader.post(where, {**said, "title": "<b>All there</b>", "sent": [sent("a.jpg", photograph(colour="red"))]})
    leader.post(where, {**said, "title": "A link", "link": "https://example.org/talk"})
    leader.post(where, {"title": "Faces", "tells_of_pupils": "yes", "sent": [sent("b.jpg", photograph(colour="blue"))]})
    leader.post(
        "/evidence/criteria/gb5.2025.school.1/add/", {**said, "title": "Plan", "sent": [sent("plan.pdf", pdf())]}
    )
    file = taken(leader)
    names = file.namelist()
    folder = next(name for name in names if name.endswith("Plan.pdf")).rpartition("/")[0]
    assert set(names) == {"index.html", f"{folder}/Plan.pdf", f"{folder}/Talk engineers makers/b All there b.jpg"}
    assert file.testzip() is None
    page = file.read("index.html").decode()
    assert "&lt;b&gt;All there&lt;/b&gt;" in page
    assert "https://example.org/talk" in page
    assert "1 piece in which pupils can be recognised or are named is left out" in page
    assert "Faces" not in page
    assert any(name.endswith("Faces.jpg") for name in taken(leader, pupils="yes").namelist())
    with scopes_disabled():
        told = [event.detail["telling_of_pupils"] for event in Event.objects.filter(verb="took out evidence")]
    assert sorted(told) == [0, 1]


def test_evidence_of_an_activity_that_does_not_count_is_not_shown_as_if_it_did(
    here: TheSchool, as_: Callable[[str], Client]
) -> None:
    add(as_("careers_leader"), here, ("a.jpg", photograph()), title="Of the visit")
    assert "Of the visit" not in as_("careers_leader").get("/evidence/benchmarks/gatsby-2025/5/").content.decode()
    assert "Of the visit" in as_("careers_leader").get("/evidence/").content.decode()


def test_the_pages_ask_as_much_of_the_database_for_forty_pieces_as_for_four(
    here: TheSchool, as_: Callable[[str], Client]
) -> None:
    leader = as_("careers_leader")
    leader.get("/roles/")
    asked = []
    for number in (4, 40):
        for at in range(number):
            talk = make_activity(here.school, title=f"Talk {number} {at}", year_groups=[9], **MEANINGFUL)
            with scopes_disabled():
                held = {"title": f"Link {at}", "link": "https://example.org/", "kind": "link", "activity": talk}
                Evidence.objects.create(school=here.school, tells_of_pupils=False, **held)
        leader.get("/evidence/benchmarks/gatsby-2025/5/")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            leader.get("/evidence/")
            leader.get("/evidence/benchmarks/gatsby-2025/5/")
            leader.get(f"/evidence/activities/{here.activity.reference}/")
        asked.append(len(queries))
    assert asked[0] == asked[1]
