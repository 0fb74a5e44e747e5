"""Another school's references, wherever a request can name one, do nothing: in query strings, in forms and in files."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django import forms
from django.apps import apps
from django.core.management import call_command
from django.db import transaction
from django_scopes import scopes_disabled

from careers.accounts.memberships import memberships_of
from careers.accounts.roles import Policy
from careers.audit.models import Event, Tail
from careers.pupils.models import GroupMembership
from careers.schools import clock
from careers.website.walls import breaches
from tests.guards.addresses import Address, ours
from tests.guards.checkout import ROOT
from tests.guards.posts import NARROWER, OPENED, POSTS
from tests.guards.turns import is_their_turn
from tests.guards.two_schools import TheSchool
from tests.guards.visitors import World, body_of, make_the_world, words_of
from tests.makers import TODAY

pytestmark = pytest.mark.django_db
LEADER = "a careers leader"
NAMED = re.compile(r"""(?:GET|POST)(?:\.get|\.getlist|\.pop)?[\[(]["'](\w+)""")
AS_NOBODYS = "2222zzzz22"


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), clock.on(TODAY), transaction.atomic():
        yield make_the_world()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def the_day(world: World) -> Iterator[None]:
    with clock.on(TODAY):
        yield


def parameters() -> set[str]:
    """Every name that a page reads from an address or a form: in its view, or as a field of any form of ours."""
    names = set()
    for path in (ROOT / "careers").rglob("*.py"):
        if not {"tests", "migrations"} & set(path.parts):
            names |= set(NAMED.findall(path.read_text()))
    waiting: list[type] = [forms.Form]
    while waiting:
        for form in waiting.pop().__subclasses__():
            waiting.append(form)
            if form.__module__.startswith("careers."):
                names |= set(form.base_fields)
    return names


DRAWN_BY_LOT = re.compile(rb"(?<=name=\"stamp\" value=\")[^\"]+|\b[23456789abcdefghjkmnpqrstvwxyz]{12}\b")
"""The stamp of a form that adds something, and references: both are new each time a page is made."""


def references(school: TheSchool, number: str = "") -> dict[str, str]:
    """For every parameter a record's reference: that of the kind it is named after, else a pupil's. `number` for nobody's."""
    kinds = {
        "group": school.outsiders_group, "form": school.form, "activity": school.activity, "partner": school.partner,
        "partners": school.partner, "arrival": school.arrival, "programme": school.imported, "school": school.school,
        "milestone": school.milestone,
    }  # fmt: skip
    found = {name: kinds.get(name, school.pupil).reference for name in parameters()}
    if not number:
        return found
    different = {each: f"{AS_NOBODYS}{at:02}" for at, each in enumerate(sorted(set(found.values())))}
    return {name: different[each] for name, each in found.items()}


@pytest.mark.parametrize("address", [a for a in ours() if "GET" in (a.methods or ())], ids=lambda a: a.name)
def test_another_schools_reference_in_a_query_is_like_one_that_is_nobodys(address: Address, world: World) -> None:
    leader, answers = world[LEADER], []
    for query in (references(leader.other), references(leader.other, "nobody's")):
        asked = "&".join(f"{name}={value}" for name, value in sorted(query.items()))
        answer = leader.asking.ask("GET", f"{address.filled(leader.own)}?{asked}")
        body = DRAWN_BY_LOT.sub(b"", body_of(answer, *query.values()))
        assert answer.status_code < 500 or answer.status_code == OPENED.get(address.name)
        assert not [word for word in words_of(leader.other) if word.encode() in body]
        answers.append((answer.status_code, body.splitlines()))
    assert answers[0] == answers[1]


def of_the_machine() -> set[str]:
    """Addresses that only operators post to, who stand at no school."""
    return {address.name for address in ours() if address.policy is Policy.RUN_INSTALLATION}


def rows_of(school: TheSchool) -> str:
    """Stands for everything the database holds of a school."""
    held = hashlib.sha256()
    with scopes_disabled():
        for model in apps.get_models():
            if any(field.name == "school" and field.is_relation for field in model._meta.fields):
                held.update(
                    repr(list(model._base_manager.filter(school=school.school).order_by("pk").values())).encode()
                )
        held.update(repr(list(type(school.school).objects.filter(pk=school.school.pk).values())).encode())
        for audit, number in ((Event, "school_id"), (Tail, "chain")):
            held.update(repr(list(audit.objects.filter(**{number: school.school.pk}).order_by("pk").values())).encode())
    return held.hexdigest()


@pytest.mark.parametrize("name", sorted(POSTS.keys() - of_the_machine()))
def test_what_is_posted_at_one_school_changes_nothing_at_another(name: str, world: World) -> None:
    address = next(address for address in ours() if address.name == name)
    posted = POSTS[name]
    able = [visitor for visitor in world.visitors if visitor.membership and posted_by(address, visitor)]
    if address.policy == "any member":
        # What somebody does about their own account is on record at each of their schools.
        able = [visitor for visitor in able if visitor.user and len(memberships_of(visitor.user)) == 1]
    if not able and (address.policy == "public" or address.policy is Policy.RUN_INSTALLATION):
        pytest.skip("is done by somebody who stands at no school")
    assert able, f"Nobody of the walk may post to {name}."
    able = [visitor for visitor in able if is_their_turn(visitor.who, address.route)] or able[:1]
    for visitor in able:
        where = address.filled(visitor.own)
        own, others = (posted.fields(school) if posted.fields else {} for school in (visitor.own, visitor.other))
        before = rows_of(visitor.other)

        def left_alone(other: TheSchool = visitor.other, before: str = before) -> None:
            assert rows_of(other) == before

        def unharmed(left_alone: Callable[[], None] = left_alone) -> None:
            left_alone()
            assert breaches() == []

        visitor.asking.ask("POST", where, {}, after=left_alone)
        if posted.fields is None:
            continue
        done = visitor.asking.ask("POST", where, own, after=left_alone)
        assert done.status_code == posted.done, f"{name} by {visitor.who}, with the fields that should succeed"
        foreign = visitor.asking.ask("POST", where, others, after=unharmed)
        assert foreign.status_code == posted.others, f"{name} by {visitor.who}, with another school's references"
        every = visitor.asking.ask("POST", where, references(visitor.other), after=unharmed)
        assert every.status_code < 500, f"{name} by {visitor.who}, with another school's reference in every field"


def posted_by(address: Address, visitor: Any) -> bool:
    role = visitor.membership.role if visitor.membership else ""
    if NARROWER.get((address.name, role), (0, 0))[1] == 403:
        return False
    return address.policy in visitor.policies or address.policy == "any member"


def test_a_record_that_points_at_another_schools_is_found(world: World) -> None:
    call_command("verify_walls", verbosity=0)
    with transaction.atomic(), scopes_disabled():
        GroupMembership.objects.create(school=world.here.school, group=world.here.form, pupil=world.elsewhere.pupil)
        assert [(each.model, each.field, each.rows) for each in breaches()] == [("pupils.GroupMembership", "pupil", 1)]
        transaction.set_rollback(True)
