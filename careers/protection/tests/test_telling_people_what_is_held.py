"""A privacy notice says what is really held, in words its readers know, and is read by anybody once it is published."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django_scopes import scope

from careers.accounts.models import User
from careers.protection.models import PublishedNotice, RetentionChoice
from careers.protection.notice import draft
from careers.protection.notice_words import words_for
from careers.pupils.models import Characteristic
from careers.schools import clock
from careers.schools.models import School
from tests.makers import TODAY, make_person, make_pupil, make_school

pytestmark = pytest.mark.django_db
CONTACT = {"officer": "Dana Fields", "email": "data@example.org", "local_authority": "Northshire Council"}


@pytest.fixture
def school() -> Iterator[School]:
    made = make_school("Beacon School")
    with clock.on(TODAY), scope(school=made):
        yield made


@pytest.fixture
def leader(school: School) -> User:
    return make_person(school, "careers_leader")


@pytest.fixture
def client(leader: User) -> Client:
    browser = Client()
    browser.force_login(leader)
    return browser


def lines(school: School, audience: str, title: str) -> list[str]:
    return [line for part in draft(school, audience) if part.title == title for line, _ in part.lines]


def test_only_what_is_held_is_said_to_be_held(school: School) -> None:
    pupil, care = make_pupil(school, 9), "Special educational needs, care and disadvantage"
    assert care in lines(school, "parents", "What we do not hold")
    Characteristic.objects.create(school=school, pupil=pupil, kind="looked_after", value="Y")
    assert care in lines(school, "parents", "What we hold")
    assert "The pupil" in lines(school, "parents", "What we hold")


def test_how_long_is_as_the_school_has_chosen(school: School) -> None:
    make_pupil(school, 9)
    RetentionChoice.objects.create(school=school, rule="pupil", length=5, start="leaving")
    (kept,) = [part for part in draft(school, "parents") if part.title == "How long we keep it"]
    assert any("The pupil" in titles and "5 years" in words for titles, words in kept.lines)


def test_a_notice_is_published_only_when_it_says_whom_to_ask(school: School, client: Client) -> None:
    address = f"/privacy/{school.reference}/pupils/"
    assert Client().get(address).status_code == 404
    client.post("/protection/notices/pupils/")
    assert not PublishedNotice.objects.exists()
    client.post("/protection/notices/", CONTACT)
    client.post("/protection/notices/pupils/")
    page = Client().get(address).content.decode()
    assert "Dana Fields, data@example.org" in page
    assert "Northshire Council" in page
    assert "draft" not in page


def test_a_published_notice_keeps_its_words_and_is_said_to_be_out_of_date(school: School, client: Client) -> None:
    client.post("/protection/notices/", CONTACT)
    client.post("/protection/notices/pupils/")
    before = Client().get(f"/privacy/{school.reference}/pupils/").context["parts"]
    assert "Out of date" not in client.get("/protection/notices/").content.decode()
    make_pupil(school, 9)
    assert Client().get(f"/privacy/{school.reference}/pupils/").context["parts"] == before
    assert "Out of date" in client.get("/protection/notices/").content.decode()


def test_a_notice_can_be_withdrawn(school: School, client: Client) -> None:
    client.post("/protection/notices/", CONTACT)
    client.post("/protection/notices/staff/")
    client.post("/protection/notices/staff/", {"withdraw": "yes"})
    assert Client().get(f"/privacy/{school.reference}/staff/").status_code == 404


def test_the_notice_for_pupils_can_be_read_in_year_7() -> None:
    """The Flesch-Kincaid grade, which is the school year in America: theirs of eleven-year-olds is the sixth."""
    parts = vars(words_for("pupils")).values()
    said = [text for part in parts for text in (part if isinstance(part, list) else part.values())]
    text = " ".join(said).replace("{authority}", "the council").replace("{school}", "your school")
    sentences, words = re.findall(r"[.?!:](?:\s|$)", text), re.findall(r"[A-Za-z’']+", text)
    syllables = sum(max(1, len(re.findall(r"[aeiouy]+", re.sub(r"e(s|d)?$", "", word.lower())))) for word in words)
    assert 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59 < 6.5


def test_anybody_can_take_a_copy_of_what_is_held_about_their_account(school: School) -> None:
    tutor = make_person(school, "tutor", name="Mo Lind")
    client = Client()
    client.force_login(tutor)
    said = json.loads(client.post("/own-data/").content)
    kinds = {section["kind"]: section["records"] for section in said["sections"]}
    assert kinds["account"][0]["name"] == "Mo Lind"
    assert next(row["verb"] for row in kinds["audit"]) == "took out own data"
