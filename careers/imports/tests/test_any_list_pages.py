"""The pages for a list of any kind, as a careers leader meets them: columns, words, who is who, sources."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django_scopes import scope
from lxml import html

from careers.audit.models import Event
from careers.encounters.models import Encounter
from careers.imports.models import Import, ListSource
from careers.imports.reading.files import File
from careers.imports.tests import lists
from careers.imports.tests.lists import five_pupils
from careers.imports.tests.sheets import csv_file
from careers.pupils.models import Pupil
from careers.schools.models import School
from tests.makers import YEAR, make_person, make_pupil


@pytest.fixture
def pupils(school: School) -> list[Pupil]:
    return five_pupils(school)


@pytest.fixture
def leader(school: School, client: Client) -> Client:
    client.force_login(make_person(school))
    return client


def sent(client: Client, file: File) -> Any:
    upload = {"file": SimpleUploadedFile(file.name, file.content), "academic_year": YEAR.start_year}
    return client.post(reverse("imports:new", args=["anything"]), upload, follow=True)


def answered(client: Client, response: Any, button: str = "", **changed: str) -> Any:
    """Send the page's longest form as it stands, but for what is changed: what a person does who agrees with every guess."""
    page = html.fromstring(response.content.decode())
    form = max(
        (f for f in page.forms if f.method == "POST" and "sign-out" not in (f.action or "")),
        key=lambda f: len(f.inputs),
    )
    fields = {name: value for name, value in form.form_values() if name not in ("use", "again", "nobody", "reset")}
    return client.post(
        response.request["PATH_INFO"], {**fields, **changed, **({button: "yes"} if button else {})}, follow=True
    )


def text(response: Any) -> str:
    return " ".join(html.fromstring(response.content.decode()).text_content().split())


def the_list(school: School) -> Import:
    with scope(school=school):
        return Import.objects.latest("pk")


def test_a_leader_brings_in_a_list_and_is_asked_only_once(leader: Client, school: School, pupils: list[Pupil]) -> None:
    columns = sent(leader, lists.interactions(pupils))
    assert "What do the columns mean?" in text(columns)
    assert "For example: Talked of colleges, Is worried" in text(columns)
    words = answered(leader, columns)
    assert "“Careers interview” is" in text(words)
    preview = answered(leader, words, name="Interactions")
    assert "“Description”" not in text(preview)
    assert "“Student Email”: pupil’s e-mail address" in text(preview)
    assert "There is no column for attendance: everyone listed is taken as attended." in text(preview)
    assert "Columns not used: Description." in text(preview)
    leader.post(reverse("imports:confirm", args=[the_list(school).reference]))
    with scope(school=school):
        assert Encounter.objects.count() == 3
    again = sent(leader, lists.interactions(pupils))
    assert "The headings are those of Interactions" in text(again)
    assert "Nothing to change" in text(
        leader.post(again.request["PATH_INFO"], {"use": "yes", "header": "1"}, follow=True)
    )
    assert Event.objects.filter(verb="said what a list means", school_id=school.pk).count() == 2


def test_a_guess_that_is_wrong_is_corrected_and_the_headings_looked_for_elsewhere(
    leader: Client, school: School
) -> None:
    file = csv_file(["Some title"], ["Who", "What"], ["Wren Ash", "Fair"], name="odd.csv")
    columns = sent(leader, file)
    assert "Column A" in text(columns)
    again = answered(leader, columns, "again", header="2")
    assert "Who" in text(again)
    assert "Column A" not in text(again)
    refused = answered(leader, again)
    assert "There is a problem" in text(refused)
    words = answered(leader, again, **{"means-0": "name", "means-1": "title"})
    assert "“Fair” is" in text(words)


def test_a_type_or_a_mark_nobody_can_guess_must_be_said(leader: Client, school: School, pupils: list[Pupil]) -> None:
    words = answered(leader, sent(leader, lists.tracker(pupils)))
    refused = answered(leader, words)
    assert "There is a problem" in text(refused)
    assert "“x” means" in text(refused)


def test_doubtful_pupils_are_shown_beside_the_row_and_chosen(
    leader: Client, school: School, pupils: list[Pupil]
) -> None:
    twin = make_pupil(school, surname="Ash", forename="Wren", form="9B")
    rows = [
        ["Wren Ash", "Employer talk", "06/10/2026"],
        ["Wren Ash", "Employer talk", "soon"],
        ["Zed Quartz", "Employer talk", "07/10/2026"],
    ]
    words = answered(leader, sent(leader, csv_file(["Student", "Activity", "Date"], *rows, name="talks.csv")))
    detail = answered(leader, words)
    assert "3 things in this file must be put right first" in text(detail)
    address = reverse("imports:fix", args=[the_list(school).reference])
    page = leader.get(address)
    for words_on_it in (
        "Who is this?",
        "2 pupils have this name.",
        "Year 9, form 9B",
        "Nobody here is like this",
        "Row 3",
    ):
        assert words_on_it in text(page)
    asked = the_list(school).preview["people"]
    part = leader.post(
        address, {f"person-{asked[0]['key']}": twin.reference, f"upn-{asked[1]['key']}": "nonsense"}, follow=True
    )
    assert "No pupil here has the UPN NONSENSE" in text(part)
    assert "2 of 3 still to put right" in text(part)
    done = leader.post(address, {f"person-{asked[1]['key']}": "nobody", "cell-3-2": "08/10/2026"}, follow=True)
    assert "Left out as nobody of ours: 1 row (Zed Quartz)." in text(done)
    assert "Put right here: row 3, Date to “08/10/2026”." in text(done)
    looked = Event.objects.filter(
        verb="looked at names being brought in", school_id=school.pk, concerns__contains=f",{twin.pk},"
    )
    assert looked.exists(), "the candidates shown are on record"
    taken_back = leader.post(address, {"reset": "yes"}, follow=True)
    assert "still to put right" in text(taken_back)


def test_a_choice_that_was_not_offered_is_passed_over(
    leader: Client, school: School, another_school: School, pupils: list[Pupil]
) -> None:
    theirs = make_pupil(another_school, surname="Ash", forename="Wren")
    words = answered(
        leader, sent(leader, csv_file(["Student", "Activity"], ["Wrenn Ash", "Employer talk"], name="talks.csv"))
    )
    answered(leader, words)
    one = the_list(school)
    (asked,) = one.preview["people"]
    leader.post(
        reverse("imports:fix", args=[one.reference]),
        {f"person-{asked['key']}": theirs.reference, f"upn-{asked['key']}": theirs.upn},
    )
    assert the_list(school).status == Import.Status.FIX


def test_a_source_is_changed_and_forgotten(leader: Client, school: School, pupils: list[Pupil]) -> None:
    answered(leader, answered(leader, sent(leader, lists.interactions(pupils))), name="Interactions")
    with scope(school=school):
        source = ListSource.objects.get()
    assert "Interactions" in text(leader.get(reverse("imports:sources")))
    page = leader.get(reverse("imports:source", args=[source.reference]))
    saved = answered(leader, page, name="Meetings", **{"means-3": "purpose"})
    assert "Saved what is known of Meetings." in text(saved)
    with scope(school=school):
        source.refresh_from_db()
    assert (source.name, source.mapping["means"][3]) == ("Meetings", "purpose")
    leader.post(reverse("imports:source-forget", args=[source.reference]))
    with scope(school=school):
        assert not ListSource.objects.exists()
        assert the_list(school).source_id is None
    verbs = {"changed how a list is understood", "forgot how a list is understood"}
    assert set(Event.objects.filter(verb__in=verbs).values_list("verb", flat=True)) == verbs
