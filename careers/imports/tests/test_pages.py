"""The pages of data in, as a person at a school meets them."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from careers.audit.models import Event
from careers.imports.models import Import
from careers.imports.reading.files import File
from careers.imports.tests.sheets import ROLL, bring_in, csv_file, ctf_file, roll_file, roll_rows, upload
from careers.pupils.models import Arrival, Pupil
from careers.schools.models import School
from tests.makers import YEAR, make_activity, make_encounter, make_person, make_pupil


@pytest.fixture
def leader(school: School, client: Client) -> Client:
    client.force_login(make_person(school))
    return client


def post_file(client: Client, file: File, kind: str = "roll", **more: Any) -> Any:
    sent = SimpleUploadedFile(file.name, file.content)
    return client.post(
        reverse("imports:new", args=[kind]), {"file": sent, "academic_year": YEAR.start_year, **more}, follow=True
    )


def address(name: str, one: Import | Arrival) -> str:
    return reverse(f"imports:{name}", args=[one.reference])


def the_import(school: School) -> Import:
    with scope(school=school):
        return Import.objects.latest("pk")


def test_a_leader_brings_in_a_roll_from_start_to_finish(leader: Client, school: School) -> None:
    assert b"Bring in" in leader.get(reverse("imports:list")).content
    assert leader.get(reverse("imports:new", args=["roll"])).status_code == 200
    preview = post_file(leader, roll_file()).content.decode()
    assert "Nothing has changed yet" in preview
    assert "3 pupils" in preview
    done = leader.post(address("confirm", the_import(school)), follow=True).content.decode()
    assert "was brought in" in done
    assert "Undo this import" in done
    with scope(school=school):
        assert Pupil.objects.count() == 3


def test_a_file_that_cannot_be_used_is_refused_at_the_question(leader: Client, school: School) -> None:
    page = post_file(leader, File("roll.xls", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(100))).content.decode()
    assert "There is a problem" in page
    assert "This is an old Excel workbook (.xls)." in page
    with scope(school=school):
        assert not Import.objects.exists()


def test_no_file_is_refused_at_the_question(leader: Client) -> None:
    page = leader.post(reverse("imports:new", args=["roll"]), {"academic_year": YEAR.start_year}).content.decode()
    assert "Choose file" in page


def test_errors_are_listed_and_can_be_downloaded_without_becoming_formulas(leader: Client, school: School) -> None:
    rows = roll_rows()
    rows[0][3] = "soon"
    page = post_file(leader, csv_file([*ROLL[:3], "=DOB", *ROLL[4:]], *rows)).content.decode()
    assert "Row 2, =DOB: “soon” is not a date." in page
    response = leader.get(address("errors", the_import(school)))
    assert response.content.decode("utf-8-sig").splitlines()[0] == "Row,Column,Problem"
    assert "2,'=DOB,\"“soon” is not a date" in response.content.decode()
    assert Event.objects.filter(verb="took out the errors of a file", school_id=school.pk).count() == 1


def test_a_double_click_on_confirm_brings_it_in_once(leader: Client, school: School) -> None:
    post_file(leader, roll_file())
    leader.post(address("confirm", the_import(school)))
    assert "already brought in" in leader.post(address("confirm", the_import(school)), follow=True).content.decode()
    with scope(school=school):
        assert Pupil.objects.count() == 3


def test_leavers_are_offered_unticked_and_leave_when_ticked(leader: Client, school: School) -> None:
    bring_in(school, roll_file())
    page = post_file(leader, roll_file(roll_rows()[:2])).content.decode()
    assert "On roll here but not in the file" in page
    assert "checked" not in page
    with scope(school=school):
        leaver = Pupil.objects.get(surname="Surname3")
    leader.post(address("confirm", the_import(school)), {"leaver": [leaver.reference]})
    with scope(school=school):
        leaver.refresh_from_db()
    assert leaver.left_on is not None


def test_an_import_is_undone_from_its_page(leader: Client, school: School) -> None:
    done = bring_in(school, roll_file())
    assert "Undo roll.csv?" in leader.get(address("undo", done)).content.decode()
    assert "was undone" in leader.post(address("undo", done), follow=True).content.decode()
    with scope(school=school):
        assert not Pupil.objects.exists()


def test_an_undo_that_is_refused_says_why(leader: Client, school: School) -> None:
    done = bring_in(school, roll_file())
    with scope(school=school):
        pupil = Pupil.objects.first()
    assert pupil is not None
    make_encounter(pupil, make_activity(school))
    page = leader.post(address("undo", done), follow=True).content.decode()
    assert "1 encounter was recorded since" in page


def test_an_import_is_cancelled(leader: Client, school: School) -> None:
    started = upload(school, roll_file())
    assert "Nothing was changed" in leader.post(address("cancel", started), follow=True).content.decode()
    assert the_import(school).status == Import.Status.CANCELLED


def test_a_programme_is_chosen_on_the_page(leader: Client, school: School) -> None:
    file = csv_file(
        ["programme_id", "activity_title", "kind"], ["a", "Fair", "careers_fair"], ["b", "Talk", "employer_encounter"]
    )
    assert "several programmes" in post_file(leader, file, "programme").content.decode()
    started = the_import(school)
    assert "Answer: Which programme?" in leader.post(address("choose", started)).content.decode()
    assert "1 activity" in leader.post(address("choose", started), {"programme": "b"}, follow=True).content.decode()


def test_a_held_pupil_is_matched_added_or_put_aside(leader: Client, school: School) -> None:
    pupil = make_pupil(school, surname="Smith", forename="Jo")
    born = "<DOB>2013-01-01</DOB>"
    bring_in(
        school,
        ctf_file(school, *[f"<Pupil><Surname>{name}</Surname>{born}</Pupil>" for name in ("Smith", "Ash", "Oak")]),
    )
    assert "Smith" in leader.get(reverse("imports:held")).content.decode()
    with scope(school=school):
        smith, ash, oak = (Arrival.objects.get(surname=name) for name in ("Smith", "Ash", "Oak"))
    assert "Smith, Jo" in leader.get(address("arrival", smith)).content.decode()
    assert "There is a problem" in leader.post(address("arrival-match", smith)).content.decode()
    leader.post(address("arrival-match", smith), {"pupil": pupil.reference})
    leader.post(address("arrival-add", ash), {"year_group": 9})
    leader.post(address("arrival-dismiss", oak))
    with scope(school=school):
        outcomes = dict(Arrival.objects.values_list("surname", "outcome"))
        assert outcomes == {"Smith": "matched", "Ash": "added", "Oak": "dismissed"}
        assert Pupil.objects.filter(surname="Ash").exists()


def test_several_held_pupils_are_added_at_once(leader: Client, school: School) -> None:
    bring_in(school, roll_file([["", f"Surname{n}", "Kit", "09/03/2013", 9, "9A"] for n in range(4)]))
    with scope(school=school):
        chosen = list(Arrival.objects.values_list("reference", flat=True)[:3])
    assert (
        "3 pupils were added"
        in leader.post(reverse("imports:held-add"), {"arrival": chosen}, follow=True).content.decode()
    )
    with scope(school=school):
        assert Pupil.objects.count() == 3


@pytest.mark.parametrize("role", ["tutor", "careers_adviser", "senior_leader", "link_governor"])
def test_those_who_may_not_import_are_refused_every_page(client: Client, school: School, role: str) -> None:
    client.force_login(make_person(school, role))
    started = upload(school, roll_file())
    for page in ("detail", "errors", "undo"):
        assert client.get(address(page, started)).status_code == 403
    for deed in ("confirm", "cancel", "choose"):
        assert client.post(address(deed, started)).status_code == 403
    for name in ("list", "held"):
        assert client.get(reverse(f"imports:{name}")).status_code == 403
    assert client.get(reverse("imports:new", args=["roll"])).status_code == 403


def test_another_schools_import_cannot_be_reached(leader: Client, another_school: School) -> None:
    theirs = upload(another_school, roll_file())
    for page in ("detail", "errors", "undo"):
        assert leader.get(address(page, theirs)).status_code == 404
    for deed in ("confirm", "cancel", "choose", "undo"):
        assert leader.post(address(deed, theirs)).status_code == 404
    bring_in(another_school, roll_file([["", "Ash", "Kit", "09/03/2013", 9, "9A"]]))
    with scope(school=another_school):
        held = Arrival.objects.get()
    for deed in ("arrival-match", "arrival-add", "arrival-dismiss"):
        assert leader.post(address(deed, held)).status_code == 404
    with scope(school=another_school):
        assert not Pupil.objects.exists()


def test_what_changes_a_record_cannot_be_done_by_following_a_link(leader: Client, school: School) -> None:
    started = upload(school, roll_file())
    for deed in ("confirm", "cancel", "choose"):
        assert leader.get(address(deed, started)).status_code == 405


def test_an_unknown_kind_is_not_found(leader: Client) -> None:
    assert leader.get(reverse("imports:new", args=["payroll"])).status_code == 404


def test_a_stranger_is_sent_to_sign_in(client: Client, db: None) -> None:
    assert client.get(reverse("imports:list")).status_code == 302
