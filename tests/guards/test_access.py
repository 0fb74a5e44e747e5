"""Who may open what, for every address there is: walked by everybody, by every method, with every kind of record.

What each case must be answered is known by rule (tests/guards/expected.py). How many there are is printed at the end of a run.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from time import process_time

import pytest
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client

from careers.accounts.roles import AT_A_SCHOOL, Policy
from careers.schools import clock
from tests.guards.addresses import NO_RECORD, NOWHERE, OTHERS, SIGNING_IN, Address, addresses, ours
from tests.guards.expected import expected, missing, number_of_cases
from tests.guards.posts import POSTS
from tests.guards.sign_in_answers import ANSWERS
from tests.guards.turns import is_its_turn, is_their_turn
from tests.guards.visitors import METHODS, STRANGER, WHO, Visitor, World, body_of, make_the_world, words_of
from tests.makers import TODAY

pytestmark = pytest.mark.django_db
NOTHING = {"nothing": ""}
NOT_TAKEN = ("PUT", "PATCH", "DELETE", "OPTIONS")
LET_IN = (200, 422)
REFUSED = 403
LEADER = "a careers leader"


def each(found: list[Address]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("address", found, ids=lambda address: address.name)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: pytest.Module) -> Iterator[World]:
    """Made once: whatever a case does is undone at once (`Asking.ask`)."""
    with django_db_blocker.unblock(), clock.on(TODAY), transaction.atomic():
        yield make_the_world()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def the_day(world: World) -> Iterator[None]:
    with clock.on(TODAY):
        yield


def test_every_address_has_what_the_walk_needs() -> None:
    assert [said for address in addresses() if (said := missing(address))] == []


def test_every_policy_is_one_there_is() -> None:
    known = {*Policy, "any member", "public"}
    assert {address.name for address in ours() if address.policy not in known} == set()


def test_only_pages_of_the_sign_in_library_are_without_a_policy() -> None:
    theirs = {address.name: address.view.__module__ for address in addresses() if address.policy is None}
    assert set(theirs) == set(SIGNING_IN)
    assert {module.partition(".")[0] for module in theirs.values()} == {"allauth"}


def test_no_address_holds_a_database_number() -> None:
    numbered = [a.name for a in ours() if ({"pk", "id"} & set(a.parts) and "<int:" in a.route) or "pk" in a.parts]
    assert numbered == []


def test_everybody_there_can_be_asks(world: World) -> None:
    assert tuple(visitor.who for visitor in world.visitors) == WHO
    assert {v.membership.role for v in world.visitors if v.membership} == set(AT_A_SCHOOL)


@each(addresses())
def test_everybody_is_answered_as_the_rules_say(
    address: Address, world: World, record_property: Callable[[str, object], None]
) -> None:
    if lacking := missing(address):
        pytest.fail(f"{lacking} {as_it_is(address, world)}")
    cases: list[str] = []
    began = process_time()
    wrong = [said for visitor in world.visitors for said in wrong_for(visitor, address, cases)]
    record_property("cases", len(cases))
    record_property("seconds", process_time() - began)
    assert wrong == [], f"{len(wrong)} of them, of which: " + "\n".join(wrong[:20])


def test_no_address_of_ours_takes_a_method_that_is_tried_by_turns() -> None:
    """Those of the library say what they take by methods of a class, which Django gives OPTIONS and the library PUT."""
    walked = [address for address in ours() if address.name not in SIGNING_IN and address.name not in ANSWERS]
    assert [address.name for address in walked if set(address.methods or ()) & set(NOT_TAKEN)] == []


def as_it_is(address: Address, world: World) -> str:
    """The line to add for an address that takes posts or is the sign-in library's, as it answers now: for a person to judge."""
    where = address.filled(world.here)
    if address.name in SIGNING_IN:
        said = [
            " ".join(str(world[who].asking.ask(method, where).status_code) for method in METHODS)
            for who in (STRANGER, LEADER)
        ]
        return f"If it should answer as it does now: {address.name!r}: {tuple(said)!r},".replace("'", '"')
    able = [v for v in world.visitors if v.user and (address.policy in v.policies or address.policy == "any member")]
    if not able or "POST" not in (address.methods or ()):
        return ""
    status = able[0].asking.ask("POST", where, NOTHING).status_code
    return f'If it should answer {able[0].who} as it does now: "{address.name}": Posted({status}),'


def wrong_for(visitor: Visitor, address: Address, cases: list[str]) -> Iterator[str]:
    """What is not as it should be when this visitor asks for the address in every way; each way is added to `cases`.

    Of the methods no address takes, each visitor tries one by turns at each address, and all of them in a long run.
    Who is let in is shown the page or the form sent back: the careers leader at each commit, anybody else at every second one.
    Who is refused for want of a policy is refused whatever record the address names: one is tried, by turns.
    Django answers HEAD as it does GET. That is tried wherever GET is not simply answered, and by the careers leader everywhere.
    """
    not_there: dict[tuple[str, str], object] = {}
    taken = address.methods or ()
    turn = NOT_TAKEN[(WHO.index(visitor.who) + len(address.route)) % len(NOT_TAKEN)]
    for record in address.records:
        where = address.filled_with(record, visitor.own, visitor.other)
        for method in METHODS:
            wanted = expected(address, visitor, method, record)
            if method in NOT_TAKEN and "LONG_TESTS" not in os.environ and method not in (turn, *taken):
                continue
            if not is_tried_now(visitor, address, method, record, wanted.status):
                continue
            answer = visitor.asking.ask(method, where, NOTHING if method == "POST" else None)
            said = f"{method} {address.route} ({record}) by {visitor.who}"
            cases.append(said)
            if answer.status_code != wanted.status or wanted.to not in answer.get("Location", ""):
                yield f"{said}: {answer.status_code} {answer.get('Location', '')}, expected {wanted}"
            if method == "GET":
                shown = body_of(answer, visitor.other.school.reference)
                yield from (f"{said} shows {word!r}" for word in sorted(visitor.not_to_be_seen) if word in shown)
            if record in (OTHERS, NO_RECORD) and visitor.user is not None:
                not_there[method, record] = all_of(answer, visitor)
    for method in {method for method, _ in not_there}:
        both = [not_there.get((method, record)) for record in (OTHERS, NO_RECORD)]
        if None not in both and both[0] != both[1]:
            yield f"{method} {address.route} by {visitor.who}: another school's record is told from none at all"


def is_tried_now(visitor: Visitor, address: Address, method: str, record: str, status: int) -> bool:
    if status == REFUSED:
        return is_its_turn(visitor.who, address.route, record, address.records)
    if status not in LET_IN:
        return True
    if method == "HEAD" and visitor.who != LEADER and address.name not in ANSWERS:
        return False
    return is_their_turn(visitor.who, address.route)


def all_of(answer: HttpResponseBase, visitor: Visitor) -> tuple[object, ...]:
    """Everything an answer says, less the references that were in the address."""
    return answer.status_code, dict(answer.items()), body_of(answer, NOWHERE, *words_of(visitor.other))


@each([address for address in ours() if address.policy != "public"])
def test_nothing_is_changed_from_another_site(address: Address, world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.here.people["careers_leader"])
    assert client.post(address.filled(world.here)).status_code in {403, 405}


def test_the_walk_is_as_long_as_it_says() -> None:
    assert number_of_cases() >= 11_000
    assert set(POSTS) <= {address.name for address in ours()}, "Take out of POSTS the addresses there no longer are."
