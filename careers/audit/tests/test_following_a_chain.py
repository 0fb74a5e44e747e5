"""Whoever owns the database can rewrite it. They cannot do so without its showing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from careers.audit.chain import NOTHING_BEFORE, digest
from careers.audit.models import Event, Tail
from careers.audit.record import record
from careers.audit.tests.tampering import by_hand, unguarded
from careers.audit.verifying import Head, chains, check_every_chain, verify
from tests.makers import make_school

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> Any:
    """A school with six events in its chain."""
    school = make_school()
    for number in range(1, 7):
        record("changed an activity", by=None, school=school, since=date(2026, 9, number), names=["Zoë", number, None])
    return school


def one(school: Any, number: int) -> Event:
    return Event.objects.get(school_id=school.pk, number=number)


def write_again_from(school: Any, number: int) -> None:
    """What somebody would do who knows how it is made: every hash from a number on, and the tail, made to fit again."""
    previous = one(school, number - 1).hash if number > 1 else NOTHING_BEFORE
    for event in Event.objects.filter(school_id=school.pk, number__gte=number).order_by("number"):
        event.previous = previous
        event.hash = previous = digest(event)
        event.save()
    Tail.objects.filter(pk=school.pk).update(number=event.number, hash=previous)


def test_a_chain_left_alone_holds(school: Any) -> None:
    verdict = verify(school.pk)
    assert (verdict.events, verdict.fault) == (6, "")
    assert verdict.head == Head(6, one(school, 6).hash)
    assert [event.number for event in Event.objects.filter(school_id=school.pk).order_by("id")] == [1, 2, 3, 4, 5, 6]


def test_each_school_has_a_chain_and_so_have_deeds_of_no_school(school: Any) -> None:
    other = make_school("Other School")
    record("set the term dates", by=None, school=other, changes=False)
    record("checked the machine", by=None, changes=False)
    assert chains() == sorted([0, school.pk, other.pk])
    assert [verify(chain).head.number for chain in (0, school.pk, other.pk)] == [1, 6, 1]


def test_what_is_taken_back_with_its_transaction_leaves_no_gap(school: Any) -> None:
    with transaction.atomic():
        record("changed an activity", by=None, school=school)
        transaction.set_rollback(True)
    record("opened a pupil's file", by=None, school=school, changes=False)
    assert verify(school.pk).head == Head(7, one(school, 7).hash)


def change(school: Any) -> None:
    by_hand("UPDATE audit_event SET verb = 'did nothing' WHERE school_id = %s AND number = 3", school.pk)


def change_the_detail(school: Any) -> None:
    by_hand("UPDATE audit_event SET detail = '{\"names\": []}' WHERE school_id = %s AND number = 3", school.pk)


def change_when(school: Any) -> None:
    Event.objects.filter(school_id=school.pk, number=3).update(at=one(school, 2).at)


def change_with_its_hash(school: Any) -> None:
    event = one(school, 3)
    event.actor_id = 99
    event.hash = digest(event)
    event.save()


def take_one_out(school: Any) -> None:
    by_hand("DELETE FROM audit_event WHERE school_id = %s AND number = 3", school.pk)


def take_several_out(school: Any) -> None:
    by_hand("DELETE FROM audit_event WHERE school_id = %s AND number IN (2, 3)", school.pk)


def take_one_out_and_close_up(school: Any) -> None:
    by_hand("DELETE FROM audit_event WHERE school_id = %s AND number = 3", school.pk)
    for number in (4, 5, 6):
        by_hand(
            "UPDATE audit_event SET number = %s WHERE school_id = %s AND number = %s", number - 1, school.pk, number
        )
    Tail.objects.filter(pk=school.pk).update(number=5)


def put_one_in(school: Any) -> None:
    for number in (6, 5, 4):
        by_hand(
            "UPDATE audit_event SET number = %s WHERE school_id = %s AND number = %s", number + 1, school.pk, number
        )
    event = one(school, 3)
    event.pk, event.number, event.previous, event.verb = None, 4, event.hash, "did something else"
    event.hash = digest(event)
    event.save(force_insert=True)


def change_places(school: Any) -> None:
    for now, then in ((3, 90), (4, 3), (90, 4)):
        by_hand("UPDATE audit_event SET number = %s WHERE school_id = %s AND number = %s", then, school.pk, now)


def cut_off(school: Any) -> None:
    by_hand("DELETE FROM audit_event WHERE school_id = %s AND number > 4", school.pk)


def add_at_the_end(school: Any) -> None:
    event = one(school, 6)
    event.pk, event.number, event.previous = None, 7, event.hash
    event.hash = digest(event)
    event.save(force_insert=True)


def forget_the_tail(school: Any) -> None:
    Tail.objects.filter(pk=school.pk).delete()


TAMPERED: dict[Callable[[Any], None], str] = {
    change: "Number 3 was changed after it was written.",
    change_the_detail: "Number 3 was changed after it was written.",
    change_when: "Number 3 was changed after it was written.",
    change_with_its_hash: "Number 4 does not follow number 3",
    take_one_out: "Number 3 is missing.",
    take_several_out: "Numbers 2 to 3 are missing.",
    take_one_out_and_close_up: "Number 3 does not follow number 2",
    put_one_in: "Number 5 does not follow number 4",
    change_places: "Number 3 does not follow number 2",
    cut_off: "It is cut off after number 4: numbers 5 to 6 are missing.",
    add_at_the_end: "Number 7 stands past the end",
    forget_the_tail: "Number 1 stands past the end",
}


@pytest.mark.parametrize("tamper", TAMPERED, ids=lambda tamper: tamper.__name__)
def test_it_says_where_the_chain_breaks(school: Any, tamper: Callable[[Any], None]) -> None:
    with unguarded():
        tamper(school)
    assert TAMPERED[tamper] in verify(school.pk).fault
    assert "1 BROKEN" in check_every_chain()


def test_a_head_kept_elsewhere_shows_what_was_written_again_from_a_point(school: Any) -> None:
    kept = verify(school.pk).head
    with unguarded():
        change(school)
        write_again_from(school, 3)
    assert verify(school.pk).fault == ""
    assert "Number 6 is not the one kept elsewhere" in verify(school.pk, kept).fault


def test_a_head_kept_elsewhere_shows_a_tail_cut_off(school: Any) -> None:
    kept = verify(school.pk).head
    with unguarded():
        cut_off(school)
        write_again_from(school, 1)
    assert verify(school.pk).fault == ""
    assert verify(school.pk, kept).fault == "It is cut off after number 4: the head kept elsewhere is number 6."


def test_a_head_kept_elsewhere_still_fits_when_the_chain_has_grown(school: Any) -> None:
    kept = verify(school.pk).head
    record("opened a pupil's file", by=None, school=school, changes=False)
    assert verify(school.pk, kept).fault == ""


@pytest.mark.parametrize("wrong", [{"number": 9}, {"previous": NOTHING_BEFORE}, {"number": 6}])
def test_the_database_refuses_an_event_out_of_its_turn(school: Any, wrong: dict[str, object]) -> None:
    last = one(school, 6)
    fields = {"number": 7, "previous": last.hash, **wrong}
    with pytest.raises(DatabaseError, match="follows the last"), transaction.atomic():
        Event.objects.create(at=last.at, school_id=school.pk, verb="did nothing", hash="f" * 64, **fields)


def test_the_database_refuses_to_turn_a_chain_back(school: Any) -> None:
    for statement in ("UPDATE audit_tail SET number = 2", "DELETE FROM audit_tail"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            by_hand(statement)


@pytest.mark.parametrize("value", [1.5, date(2026, 9, 1), {1: "one"}, {"a": {"b": float("nan")}}])
def test_what_a_database_would_alter_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="The audit keeps"):
        record("changed an activity", by=None, changes=False, value=value)
