"""Following a chain from end to end, and saying in plain words where it breaks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models
from django.utils import timezone

from careers.audit.chain import NOTHING_BEFORE, digest
from careers.audit.models import SEALED, Event, Seal, Tail

AT_ONCE = 2_000
"""Events held in memory, however long the chain."""


@dataclass(frozen=True)
class Head:
    """The last event of a chain: its number and hash. Kept elsewhere, it shows later whether the chain was cut off or rebuilt."""

    number: int = 0
    hash: str = NOTHING_BEFORE


@dataclass(frozen=True)
class Verdict:
    """What came of following one chain (0 for the installation's own): how many events, from where, to where, and what is wrong.

    `fault` is a sentence, empty where the chain holds.
    """

    chain: int
    head: Head
    events: int = 0
    sealed: int = 0
    """The number up to which events are sealed away: the chain is followed from there."""
    fault: str = ""


class Broken(Exception):
    """The chain breaks here. Its text says at which number, and how."""


def chains() -> list[int]:
    """Every chain there is, also one whose tail was taken away."""
    of_events = Event.objects.order_by().values_list("school_id", flat=True).distinct()
    return sorted({*Tail.objects.values_list("pk", flat=True), *(school or 0 for school in of_events)})


def verify(chain: int, expected: Head | None = None) -> Verdict:
    """Follow one chain. Nothing is written, and nobody waits for it: what is added meanwhile is left for next time."""
    seal = _seal_of(chain)
    verdict = _follow(chain, seal, expected)
    if verdict.fault and _seal_of(chain) != seal:  # events were sealed away while they were read
        return _follow(chain, _seal_of(chain), expected)
    return verdict


def remember(verdict: Verdict) -> None:
    """Keep when a chain was last followed and what was found, for the page that says so."""
    found = {"checked_at": timezone.now(), "checked_to": verdict.head.number, "fault": verdict.fault}
    Tail.objects.filter(pk=verdict.chain).update(**found)


def check_every_chain() -> str:
    """Follow every chain and remember what was found: what runs each night. Gives a sentence."""
    verdicts = [verify(chain) for chain in chains()]
    for verdict in verdicts:
        remember(verdict)
    broken = sum(1 for verdict in verdicts if verdict.fault)
    whole = f"{len(verdicts)} chains of the audit followed, {sum(verdict.events for verdict in verdicts)} events"
    return f"{whole}: {f'{broken} BROKEN, see manage.py verify_audit' if broken else 'all whole'}."


def _seal_of(chain: int) -> Head:
    seal = Seal.objects.filter(chain=chain).order_by("-number").first()
    return Head(seal.number, seal.hash) if seal else Head()


def _follow(chain: int, seal: Head, expected: Head | None) -> Verdict:
    tail = Tail.objects.filter(pk=chain).first() or Tail(chain=chain)
    walk = _Walk(seal, expected)
    try:
        for event in _events(chain, tail.number):
            walk.step(event)
        walk.end(Head(tail.number, tail.hash))
        if over := _past_the_tail(chain):
            raise Broken(
                f"Number {over} stands past the end: it was put in by hand, or the chain's end was turned back."
            )
    except Broken as broken:
        return Verdict(chain, walk.at, walk.events, seal.number, str(broken))
    return Verdict(chain, walk.at, walk.events, seal.number)


def _of(chain: int) -> models.QuerySet[Event]:
    return Event.objects.filter(school_id=chain or None)


def _events(chain: int, last: int) -> Iterator[Event]:
    return _of(chain).filter(number__lte=last).order_by("number").iterator(chunk_size=AT_ONCE)


def _past_the_tail(chain: int) -> int | None:
    # One statement, so that it sees one moment: somebody may be writing.
    end = Tail.objects.filter(pk=chain).values("number")
    after = models.Q(number__gt=models.Subquery(end)) if end.exists() else models.Q(number__gt=0)
    return _of(chain).filter(after).order_by("number").values_list("number", flat=True).first()


class _Walk:
    """Where the walk stands on a chain, and what it has been told to find on the way."""

    def __init__(self, seal: Head, expected: Head | None) -> None:
        self.at, self.seal, self.expected = seal, seal, expected
        self.events = self.pk = 0
        self.seal_on_record = seal == Head()

    def step(self, event: Event) -> None:
        number, due = event.number, self.at.number + 1
        if number < due:
            raise Broken(f"Number {number} stands before {due}, where the seal ends: it was put back by hand.")
        if number > due:
            gone = f"Number {due} is" if number == due + 1 else f"Numbers {due} to {number - 1} are"
            raise Broken(f"{gone} missing.")
        if event.previous != self.at.hash:
            raise Broken(
                f"Number {number} does not follow number {self.at.number}: "
                "one was put in, taken out, put in another order or written again here."
            )
        if digest(event) != event.hash:
            raise Broken(f"Number {number} was changed after it was written.")
        if event.pk <= self.pk:
            raise Broken(f"Number {number} stands in the table before the one it follows: the order was changed.")
        self.at, self.pk, self.events = Head(number, event.hash), event.pk, self.events + 1
        if event.verb == SEALED:
            self.seal_on_record |= (event.detail["up_to"], event.detail["hash"]) == (self.seal.number, self.seal.hash)
        if self.expected and self.expected.number == number and self.expected.hash != event.hash:
            raise Broken(_REBUILT.format(number))

    def end(self, tail: Head) -> None:
        last, due = self.at.number, self.at.number + 1
        if tail.number > last:
            gone = f"number {due} is" if tail.number == due else f"numbers {due} to {tail.number} are"
            raise Broken(f"It is cut off after number {last}: {gone} missing.")
        if tail.number == last and tail.hash != self.at.hash:
            raise Broken(f"Its end is not the number {last} that was written: it was written again by hand.")
        if not self.seal_on_record:
            raise Broken(f"The seal at number {self.seal.number} is not in the chain: it was put in by hand.")
        if self.expected:
            self._held_against(self.expected)

    def _held_against(self, expected: Head) -> None:
        if expected.number > self.at.number:
            raise Broken(
                f"It is cut off after number {self.at.number}: the head kept elsewhere is number {expected.number}."
            )
        if expected.number == self.seal.number and expected.hash != self.seal.hash:
            raise Broken(_REBUILT.format(expected.number))


_REBUILT = "Number {} is not the one kept elsewhere: the chain was written again since, at that number or before it."
