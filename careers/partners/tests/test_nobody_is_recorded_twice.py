"""The same employer typed in another way is recognised; a different one of the same trade is not."""

from __future__ import annotations

import pytest
from django_scopes import scope

from careers.partners.likeness import Likeness, domain_of, key_of, like
from careers.partners.models import Contact, Partner
from careers.schools.models import School
from tests.makers import make_school


@pytest.fixture
def school(db: None) -> School:
    school = make_school()
    with scope(school=school):
        for name in ("Harbour Works", "Key and Lintel", "Otterley Vets", "Vale Power Networks", "Vale Buses"):
            Partner.objects.create(school=school, name=name, kind="employer")
    return school


def test_a_name_is_the_same_however_it_is_written() -> None:
    ways = ["Harbour Works", "harbour works ltd", "The Harbour Works Limited", "HARBOUR-WORKS", "Harbour Works PLC."]
    assert {key_of(way) for way in ways} == {"harbour works"}
    assert key_of("Key & Lintel") == key_of("Key and Lintel") == "key lintel"
    assert key_of("Café Rouge") == key_of("Cafe Rouge")
    assert key_of("O’Brien’s") == key_of("OBriens") == key_of("O'Brien's")


def test_a_name_of_nothing_but_what_is_left_out_is_still_a_name() -> None:
    assert key_of("The Company") == "company"
    assert key_of("The") == "the"
    assert key_of("???") == "???"
    assert key_of("株式会社") == "株式会社"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("harbour works ltd", ["Harbour Works"]),
        ("Harbor Works", ["Harbour Works"]),
        ("Works Harbour", ["Harbour Works"]),
        ("harb", ["Harbour Works"]),
        ("Otterly Vetts", ["Otterley Vets"]),
        ("Vale", ["Vale Buses", "Vale Power Networks"]),
        ("Vale Haulage", []),
        ("Key", ["Key and Lintel"]),
        ("", []),
        ("ha", []),
    ],
)
def test_who_it_may_be_is_suggested_while_typing(school: School, typed: str, expected: list[str]) -> None:
    with scope(school=school):
        assert [found.partner.name for found in like(school, typed)] == expected


@pytest.mark.parametrize("name", ["x" * 100_000, "\x00\u202e<script>", "%_'\"; DROP TABLE", "🦆" * 300, "\u0301" * 500])
def test_a_hostile_name_is_only_a_name(school: School, name: str) -> None:
    with scope(school=school):
        assert like(school, name) == []


def test_the_same_number_or_mail_at_the_same_place_is_recognised(school: School) -> None:
    with scope(school=school):
        college = Partner.objects.create(
            school=school, name="Ashmere College", kind="provider", ukprn="10009999", companies_house="SC123456"
        )
        Contact.objects.create(school=school, partner=college, name="Jo Vane", email="jo@ashmere.example")
        Contact.objects.create(school=school, partner=college, name="Al Vane", email="al@gmail.com")
        (found,) = like(school, "Quite another", ukprn="10009999")
        assert (found.partner, found.why, found.same) == (college, "the same UKPRN", True)
        assert [each.why for each in like(school, "Other", companies_house="sc123456")] == [
            "the same Companies House number"
        ]
        (found,) = like(school, "Other", emails=["HEAD@Ashmere.example"])
        assert (found.partner, found.same) == (college, False)
        assert like(school, "Other", emails=["somebody@gmail.com", "not an address"]) == []


def test_a_file_finds_the_one_partner_of_a_name_and_none_where_there_are_two(school: School) -> None:
    with scope(school=school):
        harbour = Partner.objects.get(name="Harbour Works")
        harbour.other_names = ["Harbourside Engineering"]
        harbour.save()
        known = Likeness(school)
        assert known.same("The Harbour Works Ltd.") == known.same("Harbourside Engineering") == harbour
        assert known.same("Harbour Work") is None
        other = Partner.objects.create(school=school, name="Harbour Works Ltd", kind="employer")
        known.add(other)
        assert known.same("Harbour Works PLC") is None
        assert known.same("harbour works ltd") == other


def test_another_schools_partners_are_not_suggested(school: School) -> None:
    elsewhere = make_school("Elsewhere School")
    with scope(school=elsewhere):
        assert like(elsewhere, "Harbour Works") == []


def test_an_address_anybody_can_have_says_nothing_of_where_they_work() -> None:
    assert domain_of("a@gmail.com") == domain_of("nobody") == ""
    assert domain_of("A@Works.Example") == "works.example"
