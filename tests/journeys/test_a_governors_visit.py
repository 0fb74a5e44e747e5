"""The link governor reads the school's figures and never meets a pupil's name."""

from __future__ import annotations

from django.urls import reverse

from tests.journeys.conftest import Beacon
from tests.journeys.visitor import Visitor

NAMES = ("Abara", "Birch")


def test_a_governors_visit(visitor: Visitor, beacon: Beacon) -> None:
    governor = beacon.somebody("link_governor", "Gwen Governor")
    visitor.sign_in(governor.email)

    # Today and the benchmarks are there.
    assert visitor.status == 200
    for address in (
        reverse("evaluation:today"),
        reverse("evaluation:benchmarks"),
        reverse("evaluation:benchmark", args=["gatsby-2025", "5"]),
        reverse("evaluation:criterion", args=["gb5.2025.school.1"]),
    ):
        visitor.open(address)
        assert visitor.status == 200, address
        assert [name for name in NAMES if name in visitor.words] == [], address

    # Pupils are not, by list, by file or by download.
    assert visitor.open(reverse("pupils:list")).status == 403
    assert visitor.open(reverse("pupils:pupil", args=[beacon.ada.reference])).status == 403
    assert visitor.open(reverse("exports:criterion", args=["gb5.2025.school.1", "csv"])).status == 403

    # What each role may do is there for anybody.
    visitor.open(reverse("accounts:roles"))
    assert "Yours here is link governor" in visitor.words
