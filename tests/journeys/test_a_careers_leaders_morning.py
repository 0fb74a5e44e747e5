"""From the sign-in page to a list of who is missing, a pupil's file and a file for the head of year."""

from __future__ import annotations

from django.urls import reverse

from tests.journeys.conftest import Beacon
from tests.journeys.visitor import Visitor


def test_a_careers_leaders_morning(visitor: Visitor, beacon: Beacon) -> None:
    leader = beacon.somebody("careers_leader", "Lee Leader")

    # She signs in and is at Today.
    visitor.sign_in(leader.email)
    assert visitor.at == reverse("evaluation:today")
    assert "Beacon School" in visitor.words

    # She opens Benchmark 5 and its criterion, and sees that Ben is missing.
    visitor.open(reverse("evaluation:criterion", args=["gb5.2025.school.1"]) + "?state=due")
    assert "Birch, Ben" in visitor.words
    assert "Abara, Ada" not in visitor.words

    # She opens Ben's file, which says what would meet it.
    visitor.follow("Birch, Ben")
    assert visitor.heading == "Ben Birch"
    assert "What is wanted next" in visitor.words

    # She finds Ada by name, whose visit counted.
    visitor.open(reverse("pupils:list")).send("Find", words="abara")
    assert "1 pupil found" in visitor.words
    visitor.follow("Abara, Ada")
    assert "Harbour Foods visit" in visitor.words

    # She takes the list out.
    visitor.open(reverse("exports:criterion", args=["gb5.2025.school.1", "csv"]) + "?state=due")
    assert visitor.status == 200
    assert visitor.answer is not None
    taken = b"".join(visitor.answer) if visitor.answer.streaming else visitor.answer.content
    assert b"Birch" in taken
    assert b"Abara" not in taken

    # Who did what says all of it.
    visitor.open(reverse("accounts:audit"))
    assert visitor.words.count("Opened a pupil's file") >= 2
    assert "Lee Leader" in visitor.words
