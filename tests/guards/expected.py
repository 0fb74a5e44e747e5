"""What each case of the walk must be answered, by rule.

Asked in this order, the same for every address: is the person signed in (else they are sent to sign in), does their role hold
the page's policy (else 403), does the page take the method (else 405), and is the record one of their school and within their
reach (else 404, the same page as for a record that does not exist). So who may not open a page learns nothing of what is behind it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from careers.accounts.roles import Policy
from tests.guards.addresses import OUT_OF_REACH, OWN, SIGNING_IN, Address, addresses
from tests.guards.posts import AT_A_SCHOOL_ONLY, NARROWER, OPENED, POSTS
from tests.guards.sign_in_answers import ANSWERS
from tests.guards.visitors import METHODS, WHO, Visitor

SIGN_IN, CHOOSE = "/account/login/", "/schools/choose/"


@dataclass(frozen=True)
class Answer:
    status: int
    to: str = ""
    """Where a redirect leads, where that is part of the rule."""


def expected(address: Address, visitor: Visitor, method: str, record: str) -> Answer:
    """Raises KeyError where nobody has said what an address answers: `missing` says what to add."""
    if address.name in ANSWERS:
        lists = ANSWERS[address.name]
        by_method = lists[min(visitor.step, len(lists) - 1)].split()
        return Answer(int(by_method[METHODS.index(method)]))
    if address.policy != "public" and visitor.user is None:
        return Answer(302, SIGN_IN)
    if isinstance(address.policy, Policy) and address.policy not in visitor.policies:
        return refused(address, visitor, method)
    if method not in (address.methods or ()):
        return Answer(405)
    if record not in (OWN, OUT_OF_REACH) or (record == OUT_OF_REACH and not visitor.sees_all):
        return Answer(404)
    if visitor.membership is None and address.name in AT_A_SCHOOL_ONLY:
        return Answer(302, CHOOSE)
    opened, posted = OPENED.get(address.name, 200), POSTS[address.name].empty if method == "POST" else 0
    if visitor.membership and (address.name, visitor.membership.role) in NARROWER:
        opened, posted = NARROWER[address.name, visitor.membership.role]
    return Answer(posted if method == "POST" else opened)


def refused(address: Address, visitor: Visitor, method: str) -> Answer:
    """Whoever has no school is told so, but of a page about the machine; a role that comes in elsewhere is shown the way."""
    if visitor.membership is None and visitor.policies and address.name == "evaluation:today":
        return Answer(302, "/installation/")
    if visitor.membership is None:
        return Answer(403) if address.policy is Policy.RUN_INSTALLATION else Answer(302, CHOOSE)
    if address.name == "evaluation:today" and method == "GET" and visitor.membership.held.home != address.name:
        return Answer(302)
    return Answer(403)


def missing(address: Address) -> str:
    """A sentence saying what a new address still needs before it can be walked; empty where nothing is missing."""
    if address.name in ANSWERS:
        return ""
    if address.name in SIGNING_IN:
        return f"Add {address.name!r} to ANSWERS in tests/guards/sign_in_answers.py: what it answers to each method. "
    if address.policy is None:
        return f"Mark the view of {address.name} with requires(...) or another policy of careers/accounts/policy.py."
    if address.methods is None:
        return f"Say which methods {address.name} takes: require_safe, require_POST or require_http_methods, beneath its policy."
    if "POST" in address.methods and address.name not in POSTS:
        return (
            f"Add {address.name!r} to POSTS in tests/guards/posts.py: Posted(empty=the status of posting nothing to it, "
            "fields=what would succeed made of a school's records, others=the status of posting another school's)."
        )
    return ""


def number_of_cases(names: Collection[str] = ()) -> int:
    """How many cases the walk tries: every address (or these), every method, everybody, each kind of record."""
    walked = [address for address in addresses() if not names or address.name in names]
    return sum(len(METHODS) * len(WHO) * len(address.records) for address in walked)
