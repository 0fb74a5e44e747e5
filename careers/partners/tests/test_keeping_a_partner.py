"""A careers leader puts a partner on record, puts its facts right, and records whom to ask for and what was checked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django_scopes import scope

from careers.accounts.models import User
from careers.audit.models import Event
from careers.partners.checks import until, warned
from careers.partners.facts import answers_of
from careers.partners.forms import PartnerForm
from careers.partners.local import pasted_shares
from careers.partners.models import Check, Contact, LocalFigures, Partner
from careers.schools import clock
from careers.schools.models import School
from careers.schools.once import new_stamp
from tests.makers import TODAY, make_person, make_school


@pytest.fixture
def school(db: None) -> Iterator[School]:
    with clock.on(TODAY):
        made = make_school()
        with scope(school=made):
            yield made


@pytest.fixture
def leader(school: School) -> User:
    return make_person(school)


@pytest.fixture
def client(leader: User) -> Client:
    client = Client()
    client.force_login(leader)
    return client


def partner(school: School, name: str = "Harbour Works", **fields: Any) -> Partner:
    return Partner.objects.create(school=school, name=name, **{"kind": "employer", **fields})


def test_one_like_it_is_shown_before_a_second_is_added(school: School, client: Client) -> None:
    held = partner(school)
    sent = {"name": "The Harbour Works Ltd", "kind": "employer", "stamp": new_stamp()}
    asked = client.post("/partners/add/", sent)
    assert asked.status_code == 422
    page = asked.content.decode()
    assert "There is already Harbour Works" in page
    assert f"/partners/{held.reference}/" in page
    assert Partner.objects.count() == 1
    again = client.post("/partners/add/", {**sent, "another": "yes"})
    assert again.status_code == 302
    assert Partner.objects.count() == 2


def test_those_like_it_are_shown_while_a_name_is_typed(school: School) -> None:
    """To a form that adds one as links, to a form that chooses as boxes to tick; and only to who asks for a part of a page."""
    held, visitor = partner(school), Client(headers={"HX-Request": "true"})
    visitor.force_login(make_person(school, "teacher"))
    assert f"/partners/{held.reference}/" in visitor.get("/partners/like/?name=harbor+works").content.decode()
    boxes = visitor.get("/partners/like/?name=harbor+works&pick=1").content.decode()
    assert f'name="partners" value="{held.reference}"' in boxes
    assert "Nobody like that" in visitor.get("/partners/like/?name=Quite+another").content.decode()
    assert visitor.get("/partners/like/?name=har", headers={"HX-Request": ""})["Location"] == "/partners/"


def test_the_button_pressed_twice_adds_one(school: School, client: Client) -> None:
    sent = {"name": "Kiln and Clay", "kind": "employer", "stamp": new_stamp(), "another": "yes"}
    first, second = (client.post("/partners/add/", sent) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Partner.objects.count() == 1


def test_no_two_have_quite_the_same_name(school: School, client: Client) -> None:
    partner(school)
    sent = {"name": "Harbour Works", "kind": "employer", "stamp": new_stamp(), "another": "yes"}
    assert "There is already a partner called Harbour Works" in client.post("/partners/add/", sent).content.decode()


@pytest.mark.parametrize(
    ("field", "typed", "becomes"),
    [
        ("ukprn", "1000 1234", "10001234"),
        ("ukprn", "123", None),
        ("urn", "12345a", None),
        ("companies_house", "sc123456", "SC123456"),
        ("companies_house", "1234567", "01234567"),
        ("companies_house", "12-34", None),
        ("website", "www.example.org", "https://www.example.org"),
        ("website", "javascript:alert(1)", None),
        ("website", "ftp://example.org", None),
    ],
)
def test_a_number_or_an_address_is_put_right_or_refused(
    school: School, field: str, typed: str, becomes: str | None
) -> None:
    form = PartnerForm({"name": "X", "kind": "provider", field: typed}, school=school)
    assert form.is_valid() is (becomes is not None)
    assert form.cleaned_data.get(field) == becomes


def test_what_a_provider_offers_is_asked_and_never_taken_from_its_kind(school: School, client: Client) -> None:
    college = partner(school, "Ashmere College", kind="provider", provider_kind="fe_college")
    page = client.get(f"/partners/{college.reference}/").content.decode()
    assert "nobody can tell whether a pupil who meets them has met a provider" in page
    form = PartnerForm({"name": "A", "kind": "provider", "pal_basis": ["t_level"]}, school=school)
    assert "pal_eligible" in form.errors
    stamp = PartnerForm(school=school, partner=college, initial=answers_of(college))["stamp"].value()
    facts = {"name": college.name, "kind": "provider", "provider_kind": "fe_college", "stamp": stamp}
    done = client.post(
        f"/partners/{college.reference}/edit/", {**facts, "pal_eligible": "yes", "pal_basis": ["t_level", "htq"]}
    )
    assert done.status_code == 302
    college.refresh_from_db()
    assert (college.pal_eligible, college.pal_basis) == (True, "t_level|htq")
    assert "T Levels, Higher technical qualifications" in client.get(done["Location"]).content.decode()


def test_nobodys_change_is_overwritten_unseen(school: School, client: Client) -> None:
    held = partner(school)
    stamp = PartnerForm(school=school, partner=held, initial=answers_of(held))["stamp"].value()
    Partner.objects.update(town="Tarnside")
    late = client.post(
        f"/partners/{held.reference}/edit/",
        {"name": held.name, "kind": "employer", "town": "Ashmere", "stamp": stamp},
    )
    assert late.status_code == 409
    assert "Tarnside" in late.content.decode()


def test_a_partner_that_is_gone_stays_on_record_and_comes_back(school: School, client: Client) -> None:
    held = partner(school)
    address = f"/partners/{held.reference}/"
    client.post(f"{address}retire/")
    assert "No longer with us" in client.get(address).content.decode()
    assert held.name not in client.get("/partners/").content.decode().partition("<tbody")[2]
    assert held.name in client.get("/partners/?still=gone").content.decode().partition("<tbody")[2]
    client.post(f"{address}retire/", {"back": "yes"})
    held.refresh_from_db()
    assert held.gone_on is None


def test_contacts_are_for_staff_who_record_and_not_for_governors(school: School, client: Client) -> None:
    held = partner(school)
    sent = {"name": "Robin Vane", "email": "robin@example.org", "telephone": "01632 960001", "stamp": new_stamp()}
    sent |= {"former_pupil": "yes", "left_in": "2014"}
    assert client.post(f"/partners/{held.reference}/contact/add/", sent).status_code == 302
    for role, sees in (
        ("teacher", True),
        ("link_governor", False),
        ("enterprise_adviser", False),
        ("trust_lead", False),
    ):
        visitor = Client()
        visitor.force_login(make_person(school, role))
        page = visitor.get(f"/partners/{held.reference}/").content.decode()
        assert ("Robin Vane" in page, "robin@example.org" in page) == (sees, sees), role
        assert visitor.get("/partners/former-pupils/").status_code == (200 if sees else 403)
    assert "Robin" not in str(list(Event.objects.values_list("detail")))


def test_whoever_asked_not_to_be_contacted_has_no_address_on_any_page(school: School, client: Client) -> None:
    held = partner(school)
    Contact.objects.create(
        school=school, partner=held, name="Al Vane", email="al@example.org", leave_alone=True, former_pupil=True
    )
    page = client.get(f"/partners/{held.reference}/").content.decode()
    assert "Do not contact" in page
    assert "al@example.org" not in page
    assert "Al Vane" not in client.get("/partners/former-pupils/").content.decode()


def test_a_contact_looked_at_and_saved_is_known_to_be_right_today(school: School, client: Client) -> None:
    held = partner(school)
    contact = Contact.objects.create(school=school, partner=held, name="Al Vane", right_on=date(2025, 1, 1))
    address = f"/partners/{held.reference}/contact/{contact.reference}/"
    stamp = client.get(address).context["form"]["stamp"].value()
    client.post(address, {"name": "Al Vane", "stamp": stamp})
    contact.refresh_from_db()
    assert contact.right_on == TODAY


def test_something_is_taken_out_only_by_whoever_saw_what_it_says(school: School, client: Client) -> None:
    held = partner(school)
    contact = Contact.objects.create(school=school, partner=held, name="Al Vane")
    address = f"/partners/{held.reference}/contact/{contact.reference}/"
    stamp = client.get(address).context["form"]["stamp"].value()
    Contact.objects.update(telephone="01632 960002")
    client.post(f"{address}remove/", {"remove": "yes", "stamp": stamp})
    assert Contact.objects.exists()
    stamp = client.get(address).context["form"]["stamp"].value()
    client.post(f"{address}remove/", {"remove": "yes", "stamp": stamp})
    assert not Contact.objects.exists()


def test_a_check_warns_before_it_runs_out_and_a_renewed_one_does_not() -> None:
    def check(ends: int | None, kind: str = "employers", pk: int = 1) -> Check:
        return Check(pk=pk, kind=kind, expires_on=None if ends is None else TODAY + timedelta(days=ends))

    assert until(check(-12), TODAY) == "ran out on 10 November 2026"
    assert until(check(0), TODAY) == "runs out today"
    assert until(check(1), TODAY) == "runs out in 1 day, on 23 November 2026"
    assert until(check(20), TODAY) == "runs out in 20 days, on 12 December 2026"
    assert until(check(200), TODAY) == "good until 10 June 2027"
    assert until(check(None), TODAY) == "no end recorded"
    assert [(each.over, each.check.pk) for each in warned([check(20, pk=1), check(-1, "public", 2)], TODAY)] == [
        (True, 2),
        (False, 1),
    ]
    assert warned([check(-12), check(300)], TODAY) == []
    assert warned([check(None), check(-12)], TODAY) == []


HOSTILE = ["<script>alert(1)</script>", "' OR 1=1 --", "\u202eeslaf", "x" * 200, "=cmd|' /C calc'!A0"]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_shown_as_it_is(school: School, client: Client, name: str) -> None:
    held = partner(school, name)
    for address in ("/partners/", f"/partners/{held.reference}/", f"/partners/{held.reference}/merge/"):
        page = client.get(address)
        assert page.status_code == 200
        assert "<script>alert" not in page.content.decode()


def test_local_figures_are_the_schools_own_and_say_where_they_are_from(school: School, client: Client) -> None:
    stamp = client.get("/partners/mix/local/").context["form"]["stamp"].value()
    sent = {"pasted": "Section,Jobs\nA,200\nC: Manufacturing,600\nQ,1200", "stamp": stamp}
    assert "Say where they are from" in client.post("/partners/mix/local/", sent).content.decode()
    sent |= {"sectors_from": "A table we found", "size_micro": "89"}
    refused = client.post("/partners/mix/local/", sent)
    assert refused.status_code == 422
    assert client.post("/partners/mix/local/", {**sent, "sizes_from": "Another"}).status_code == 302
    held = LocalFigures.objects.get()
    assert (held.sectors, held.sizes) == ({"A": 10.0, "C": 30.0, "Q": 60.0}, {"micro": 89.0})


@pytest.mark.parametrize("text", ["Z, 4", "A", "A, nan", "A, 1\nB, lots", "A, -3", "A, 1e400"])
def test_lines_that_are_no_shares_are_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        pasted_shares(f"C, 3\n{text}")
