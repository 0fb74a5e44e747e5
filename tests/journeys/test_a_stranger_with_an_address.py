"""Somebody who holds another school's addresses: not signed in, then signed in at a school of their own."""

from __future__ import annotations

from django.urls import reverse
from django_scopes import scopes_disabled

from careers.accounts.models import Membership
from tests.journeys.conftest import Beacon
from tests.journeys.visitor import PASSWORD, Visitor
from tests.makers import make_person, make_pupil, make_school


def test_a_stranger_with_an_address(visitor: Visitor, beacon: Beacon) -> None:
    file = reverse("pupils:pupil", args=[beacon.ada.reference])

    # Not signed in, they are asked to, and told nothing.
    visitor.open(file)
    assert visitor.at.startswith(reverse("account_login"))
    assert "Abara" not in visitor.words

    # Signed in at another school, the address holds nothing.
    other = make_school("Another School")
    make_pupil(other, 9, forename="Zed", surname="Zhou")
    visitor.sign_in(make_person(other, password=PASSWORD).email)
    assert visitor.open(file).status == 404
    assert "Abara" not in visitor.words

    # Nor does their own list or search.
    visitor.open(reverse("pupils:list"))
    assert "Zhou, Zed" in visitor.words
    assert "Abara" not in visitor.words
    visitor.send("Find", words="abara")
    assert "No pupil fits" in visitor.words

    # Nor can they choose the school.
    visitor.open(reverse("accounts:choose_school"))
    assert "Beacon School" not in visitor.words


def test_somebody_no_school_has_added_yet(visitor: Visitor, beacon: Beacon) -> None:
    newcomer = make_person(None, password=PASSWORD)
    visitor.sign_in(newcomer.email)
    visitor.open(reverse("pupils:list"))
    assert visitor.heading == "You do not belong to a school yet"
    assert newcomer.email in visitor.words


def test_somebody_of_two_schools_goes_from_one_to_the_other(visitor: Visitor, beacon: Beacon) -> None:
    trust = beacon.somebody("senior_leader", "Tess Trust")
    other = make_school("Another School")
    make_pupil(other, 9, forename="Zed", surname="Zhou")
    with scopes_disabled():
        Membership.objects.create(school=other, user=trust, role="senior_leader")
    visitor.sign_in(trust.email)
    visitor.follow("Work at another school").send("Work here")
    visitor.open(reverse("pupils:list"))
    assert "Abara, Ada" in visitor.words
    assert "Zhou" not in visitor.words
    visitor.follow("Work at another school").send("Work here")
    visitor.open(reverse("pupils:list"))
    assert "Zhou, Zed" in visitor.words
    assert "Abara" not in visitor.words
