"""Everybody who might ask for a page: a stranger, somebody of no school, and one person in each role, at one school or at both."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client, RequestFactory
from django.test.client import ClientHandler
from django_scopes import scope, scopes_disabled

from careers.accounts.memberships import memberships_of
from careers.accounts.middleware import SESSION_KEY
from careers.accounts.models import Membership, User
from careers.accounts.roles import AT_A_SCHOOL, ROLES, Policy, Reach
from careers.pupils.visibility import pupils_visible_to
from tests.guards.two_schools import TheSchool, make_the_school
from tests.makers import make_person

STRANGER, NOBODY, OPERATOR = "a stranger", "somebody of no school", "an installation operator"
BOTH = "a careers leader of both schools who stands at the other"
GRANTED = "a trust lead at a school that lets them see names"
WHO = (STRANGER, NOBODY, OPERATOR, *(f"a {role.title.lower()}" for role in AT_A_SCHOOL.values()), BOTH, GRANTED)
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
TOKEN = re.compile(rb'(name="csrfmiddlewaretoken" value="|"X-CSRFToken": ")[^"]*')


class Asking(RequestFactory):
    """Asks as one browser does, by the whole stack, and undoes in the database whatever the answer did there."""

    def __init__(self, user: User | None, school: TheSchool | None) -> None:
        super().__init__()
        self.handler = ClientHandler(enforce_csrf_checks=False)
        if user is not None:
            self.cookies = self.signed_in(user, school).cookies

    @staticmethod
    def signed_in(user: User, school: TheSchool | None) -> Client:
        """The one place where the walk signs people in."""
        client = Client()
        client.force_login(user)
        if school is not None:
            session = client.session
            session[SESSION_KEY] = school.school.reference
            session.save()
        return client

    def request(self, **request: Any) -> HttpResponseBase:
        return self.handler(self._base_environ(**request))  # type: ignore[no-any-return]

    def ask(self, method: str, where: str, data: dict[str, Any] | None = None, after: Any = None) -> HttpResponseBase:
        """The answer. `after` is called before what it did is undone."""
        with transaction.atomic():
            answer = self.post(where, data) if data is not None else self.generic(method, where)
            if after is not None:
                after()
            transaction.set_rollback(True)
        return answer


@dataclass
class Visitor:
    """`own` is the school they stand at, or the first of the two for somebody who stands at none; `other` is the other one."""

    who: str
    user: User | None
    own: TheSchool
    other: TheSchool
    membership: Membership | None = None
    asking: Asking = field(init=False)

    def __post_init__(self) -> None:
        if self.user is not None:
            at = self.own.school.pk
            self.membership = next((m for m in memberships_of(self.user) if m.school_id == at), None)
        self.asking = Asking(self.user, self.own if self.membership else None)

    @property
    def policies(self) -> frozenset[Policy]:
        if self.membership:
            return self.membership.policies
        return ROLES["operator"].policies if self.user and self.user.is_operator else frozenset()

    @property
    def step(self) -> int:
        """0 for a stranger, 1 signed in, 2 signed in with a second step."""
        needs = bool(self.user and self.user.is_operator) or bool(self.membership and self.membership.held.second_step)
        return 0 if self.user is None else 2 if needs else 1

    @property
    def sees_all(self) -> bool:
        return bool(self.membership and self.membership.reach is Reach.ALL and Policy.SEE_PUPILS in self.policies)

    @cached_property
    def not_to_be_seen(self) -> set[bytes]:
        """Words that no page shown to this person may hold: the other school's, and of pupils beyond their reach."""
        words = {*words_of(self.other)}
        if not self.sees_all:
            words.add(self.own.meeting.title)
        if Policy.SEE_GUIDANCE not in self.policies:
            words.add(self.own.note.text)
        own = {self.own.pupil, self.own.outsider}
        if self.membership:
            with scope(school=self.own.school):
                seen = set(pupils_visible_to(self.membership))
            named = {Policy.SEE_PUPILS, Policy.SEE_OWN_RECORD} & self.policies
            own -= seen if named else set()
        return {word.encode() for word in words | {each for pupil in own for each in (pupil.surname, pupil.reference)}}


def words_of(school: TheSchool) -> set[str]:
    """What can only be of this school: its pupils' names, its activities' titles, its partners and every reference."""
    held = [getattr(school, name) for name in vars(school) if name not in ("people", "school")]
    references = {each.reference for each in held if hasattr(each, "reference")}
    titles = {
        school.activity.title,
        school.meeting.title,
        school.partner.name,
        school.note.text,
        school.outsiders_group.name,
    }
    return references | titles | {school.pupil.surname, school.outsider.surname}


def body_of(answer: HttpResponseBase, *taken_out: str) -> bytes:
    """What was answered, less what differs each time: the token of a form, and the references given."""
    if answer.streaming:
        return b"".join(answer)  # type: ignore[call-overload, no-any-return]
    body = TOKEN.sub(rb"\1", answer.content)  # type: ignore[attr-defined]
    for each in taken_out:
        body = body.replace(each.encode(), b"...")
    return body


@dataclass
class World:
    here: TheSchool
    elsewhere: TheSchool
    visitors: list[Visitor]

    def __getitem__(self, who: str) -> Visitor:
        return next(visitor for visitor in self.visitors if visitor.who == who)


def make_the_world() -> World:
    here, elsewhere = make_the_school("Beacon School"), make_the_school("Another School", names_to_trust=True)
    both = make_person(here.school)
    with scopes_disabled():
        Membership.objects.create(school=elsewhere.school, user=both, role="careers_leader")
    people = {STRANGER: None, NOBODY: make_person(None), OPERATOR: here.people["operator"]}
    people |= {f"a {role.title.lower()}": here.people[key] for key, role in AT_A_SCHOOL.items()}
    visitors = [Visitor(who, user, here, elsewhere) for who, user in people.items()]
    visitors.append(Visitor(BOTH, both, elsewhere, here))
    visitors.append(Visitor(GRANTED, elsewhere.people["trust_lead"], elsewhere, here))
    return World(here, elsewhere, visitors)
