"""Who may open what, for every address there is: each page has a policy, each role is held to it, and schools are apart."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from careers.accounts.models import User
from careers.accounts.roles import AT_A_SCHOOL, Policy
from careers.schools import clock
from tests.guards.addresses import SIGNING_IN, Address, addresses, ours
from tests.guards.two_schools import TheSchool, make_the_school
from tests.makers import TODAY, make_person

pytestmark = pytest.mark.django_db
METHODS = ("get", "post")
ANSWERED = {200, 302, 303, 400, 405, 422}
"""What a page may answer to somebody it lets in: it may want something else posted, or be only for reading."""


def each(found: list[Address]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("address", found, ids=lambda address: address.name)


each_address = each(ours())


@pytest.fixture
def here() -> Iterator[TheSchool]:
    with clock.on(TODAY):
        yield make_the_school("Beacon School")


@pytest.fixture
def elsewhere(here: TheSchool) -> TheSchool:
    return make_the_school("Another School")


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_every_page_has_a_policy() -> None:
    missing = [f"{address.name} ({address.route})" for address in ours() if address.policy is None]
    assert missing == [], "Mark each with requires(...), any_member or public (careers/accounts/policy.py)."


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


@each_address
def test_a_stranger_is_sent_to_sign_in(address: Address, here: TheSchool) -> None:
    for method in METHODS:
        answer = getattr(Client(), method)(address.filled(here))
        if address.policy == "public":
            assert answer.status_code in ANSWERED | {404}
        else:
            assert answer.status_code == 302
            assert answer["Location"].startswith("/account/login/")


def asked(user: User, where: str) -> set[int]:
    """The statuses of reading an address and of posting to it. A page may refuse the way it is asked before it asks who asks."""
    client = signed_in(user)
    return {getattr(client, method)(where).status_code for method in METHODS}


def only(statuses: set[int], wanted: int) -> bool:
    return wanted in statuses <= {wanted, 405}


@each_address
def test_each_role_opens_only_what_its_policies_allow(address: Address, here: TheSchool) -> None:
    for key, role in AT_A_SCHOOL.items():
        may = not isinstance(address.policy, Policy) or address.policy in role.policies
        statuses = asked(here.people[key], address.filled(here))
        said = f"{address.route} answered a {role.title.lower()} with {statuses}"
        # A public page of nothing that is there, such as a link nobody was sent.
        answered = ANSWERED | {404} if address.policy == "public" else ANSWERED
        assert statuses <= answered if may else only(statuses, 403), said


@each([address for address in ours() if address.names_a_record])
def test_another_schools_records_are_as_if_they_were_not_there(
    address: Address, here: TheSchool, elsewhere: TheSchool
) -> None:
    for key, role in AT_A_SCHOOL.items():
        may = address.policy in role.policies
        statuses = asked(here.people[key], address.filled(elsewhere))
        said = f"{address.route} of another school answered a {role.title.lower()} with {statuses}"
        assert only(statuses, 404 if may else 403), said


@each_address
def test_somebody_who_belongs_to_no_school_is_told_so(address: Address, here: TheSchool) -> None:
    client = signed_in(make_person(None))
    answers = [getattr(client, method)(address.filled(here)) for method in METHODS]
    if address.policy is Policy.RUN_INSTALLATION:
        assert only({answer.status_code for answer in answers}, 403)
    elif isinstance(address.policy, Policy):
        assert only({answer.status_code for answer in answers}, 302)
        assert {answer["Location"] for answer in answers if answer.status_code == 302} == {"/schools/choose/"}
    else:
        assert {answer.status_code for answer in answers} <= ANSWERED | {404}


@each([address for address in ours() if address.policy != "public"])
def test_nothing_is_changed_from_another_site(address: Address, here: TheSchool) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(here.people["careers_leader"])
    assert client.post(address.filled(here)).status_code in {403, 405}
