"""A tutor looks up one of their own, and can find nobody else."""

from __future__ import annotations

from django.urls import reverse

from careers.accounts.models import User
from tests.journeys.conftest import Beacon
from tests.journeys.visitor import Visitor


def test_a_tutors_minute(visitor: Visitor, beacon: Beacon, tutor: User) -> None:
    visitor.sign_in(tutor.email)
    assert visitor.status == 200

    # His list is his form.
    visitor.open(reverse("pupils:list"))
    assert "Abara, Ada" in visitor.words
    assert "Birch, Ben" not in visitor.words

    # He opens Ada's file: the end of her UPN, and nothing of who else looked.
    visitor.follow("Abara, Ada")
    assert beacon.ada.upn not in visitor.words
    assert "Who looked at this pupil" not in visitor.words

    # A search finds nobody else's pupil, and Ben's address might as well not be there.
    visitor.open(reverse("pupils:list")).send("Find", words="birch")
    assert "No pupil fits" in visitor.words
    visitor.open(reverse("pupils:pupil", args=[beacon.ben.reference]))
    assert visitor.status == 404

    # He may look at the school's figures, and not at who did what, nor take lists out.
    visitor.open(reverse("evaluation:criterion", args=["gb5.2025.school.1"]))
    assert visitor.status == 200
    assert "Birch" not in visitor.words
    assert visitor.open(reverse("accounts:audit")).status == 403
    assert visitor.open(reverse("exports:criterion", args=["gb5.2025.school.1", "csv"])).status == 403
