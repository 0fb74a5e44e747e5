"""Every address of the site, and what to put in those that name a record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django_scopes import scope

from careers.accounts.deeds import person_key
from careers.accounts.policy import View
from careers.protection.models import Hold, Receipt
from tests.guards.two_schools import TheSchool
from tests.makers import TODAY

Sample = Callable[[TheSchool], str]


def a_hold(school: TheSchool) -> Hold:
    with scope(school=school.school):
        usual = {"reason": "request", "until": TODAY, "made_on": TODAY}
        return Hold.objects.get_or_create(school=school.school, pupil=school.pupil, defaults=usual)[0]


def a_receipt(school: TheSchool) -> Receipt:
    with scope(school=school.school):
        return Receipt.objects.get_or_create(school=school.school, kind="pupil", made_on=TODAY)[0]


SAMPLES: dict[str, Sample] = {
    "pupils.reference": lambda school: school.pupil.reference,
    "leadership.reference": lambda school: school.milestone.reference,
    "programme.reference": lambda school: school.activity.reference,
    "imports.reference": lambda school: school.imported.reference,
    "people.reference": lambda school: school.invitation.reference,
    "people.person": lambda school: person_key(school.people["tutor"].pk),
    **dict.fromkeys(
        [f"imports:arrival{deed}.reference" for deed in ("", "-match", "-add", "-dismiss")],
        lambda school: school.arrival.reference,
    ),
    **dict.fromkeys(
        [f"protection:{deed}.reference" for deed in ("pupil", "correct", "keep_back", "erase")],
        lambda school: school.pupil.reference,
    ),
    "protection:end_hold.reference": lambda school: a_hold(school).reference,
    "protection:receipt.reference": lambda school: a_receipt(school).reference,
    "protection:erase_account.person": lambda school: person_key(school.people["tutor"].pk),
}
"""What an address's part is filled with, by the namespace (or the whole name, where one namespace has several kinds) and the part.

A sample that is one of a school's records: the address with another school's is tried too, and must be answered as if there
were nothing there.
"""

SHARED: dict[str, str] = {
    "evaluation:reading.framework": "gatsby-2025",
    "evaluation:reading.key": "by-age",
    "leadership.kind": "feedback_gathered",
    "evaluation.framework": "gatsby-2025",
    "evaluation.key": "5",
    "evaluation.id": "gb5.2025.school.1",
    "exports.framework": "gatsby-2025",
    "exports.key": "5",
    "exports.id": "gb5.2025.school.1",
    "exports.kind": "csv",
    "imports.kind": "roll",
    "people.role": "tutor",
    "people.token": "not-a-link-of-anybodys",
    "single_sign_on.reference": "notaschool22",
    "operating.reference": "notaschool22",
    "operating.person": "000000000000",
    "protection:rule.rule": "pupil",
    "remove_passkey.key": "0123456789abcdef",
}
"""Parts that are the same for every school, such as a criterion's id: there is no other school's to try."""

SIGNING_IN = {
    "account_login": "signing in",
    "account_logout": "signing out; asks nothing of anybody",
    "account_inactive": "says that an account is closed",
    "account_reauthenticate": "asks for the password again; needs signing in",
    "account_change_password": "one's own password; needs signing in",
    "account_set_password": "one's own password; needs signing in",
    "account_reset_password": "asks for a link to set a forgotten password",
    "account_reset_password_done": "says that a message was sent",
    "account_reset_password_from_key": "a signed link from a message",
    "account_reset_password_from_key_done": "says that the password was set",
}
"""Pages of the sign-in library, which know nothing of schools: why each may be without a policy of ours."""


@dataclass(frozen=True)
class Address:
    name: str
    route: str
    view: View
    parts: tuple[str, ...]

    @property
    def policy(self) -> Any:
        return getattr(self.view, "policy", None)

    @property
    def names_a_record(self) -> bool:
        return any(self.sample_key(part) in SAMPLES or f"{self.name}.{part}" in SAMPLES for part in self.parts)

    def sample_key(self, part: str) -> str:
        return f"{self.name.partition(':')[0]}.{part}"

    def filled(self, school: TheSchool) -> str:
        """The address with a record of this school in it; AssertionError says what is missing from the samples."""
        return reverse(self.name, kwargs={part: self._fill(part, school) for part in self.parts})

    def _fill(self, part: str, school: TheSchool) -> str:
        for key in (f"{self.name}.{part}", self.sample_key(part)):
            if key in SAMPLES:
                return SAMPLES[key](school)
            if key in SHARED:
                return SHARED[key]
        raise AssertionError(
            f"The address {self.name} ({self.route}) has a part called '{part}' that no test knows how to fill. "
            f"Add '{self.sample_key(part)}' to SAMPLES (a record of a school) or SHARED in tests/guards/addresses.py."
        )


def addresses() -> list[Address]:
    """Every address there is, the sign-in library's too."""
    return list(_walk(get_resolver(), "", ""))


def ours() -> list[Address]:
    return [address for address in addresses() if address.name not in SIGNING_IN]


def _walk(resolver: URLResolver, route: str, namespace: str) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            parts = tuple(pattern.pattern.regex.groupindex)
            yield Address(f"{namespace}{pattern.name}", here, pattern.callback, parts)
        else:
            yield from _walk(pattern, here, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace)
