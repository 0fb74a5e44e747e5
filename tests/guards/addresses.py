"""Every address of the site, what to put in those that name a record, and which methods each takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from careers.accounts.deeds import person_key
from careers.accounts.policy import View
from tests.guards.folders import said
from tests.guards.records_of_protection import a_file, a_hold, a_receipt, a_request, an_instruction
from tests.guards.two_schools import TheSchool

Sample = Callable[[TheSchool], str]


SAMPLES: dict[str, Sample] = {
    "pupils.reference": lambda school: school.pupil.reference,
    "guidance:write.reference": lambda school: school.pupil.reference,
    "guidance:correct.reference": lambda school: school.note.reference,
    "leadership.reference": lambda school: school.milestone.reference,
    "programme.reference": lambda school: school.activity.reference,
    "encounters.reference": lambda school: school.activity.reference,
    **dict.fromkeys(
        [f"programme:{deed}.reference" for deed in ("invite", "status")],
        lambda school: school.coming.reference,
    ),
    "imports.reference": lambda school: school.imported.reference,
    "people.reference": lambda school: school.invitation.reference,
    "people.person": lambda school: person_key(school.people["tutor"].pk),
    **dict.fromkeys(
        [f"imports:arrival{deed}.reference" for deed in ("", "-match", "-add", "-dismiss")],
        lambda school: school.arrival.reference,
    ),
    **dict.fromkeys(
        [
            f"protection:{deed}.reference"
            for deed in ("pupil", "correct", "keep_back", "erase", "receive", "copy", "instruct", "consent")
        ],
        lambda school: school.pupil.reference,
    ),
    "protection:extend.reference": lambda school: a_request(school).reference,
    "protection:export.reference": lambda school: a_file(school).reference,
    "protection:take_back.reference": lambda school: an_instruction(school).reference,
    "portal.reference": lambda school: school.pupil.reference,
    "protection:end_hold.reference": lambda school: a_hold(school).reference,
    "protection:receipt.reference": lambda school: a_receipt(school).reference,
    "protection:erase_account.person": lambda school: person_key(school.people["tutor"].pk),
    **said("SAMPLES"),
}
"""What an address's part is filled with, by the namespace (or the whole name, where one namespace has several kinds) and the part.

A sample that is one of a school's records: the address with another school's is tried too, and with a reference that is nobody's,
and both must be answered as if there were nothing there.
"""

BEYOND_REACH: dict[str, Sample] = {
    "pupils.reference": lambda school: school.outsider.reference,
    "programme:activity.reference": lambda school: school.meeting.reference,
    "guidance:write.reference": lambda school: school.outsider.reference,
    "guidance:correct.reference": lambda school: school.outsiders_note.reference,
    **said("BEYOND_REACH"),
}
"""For the same parts: a record of the same school that only a role that sees every pupil by name may open."""

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
    "protection.audience": "pupils",
    "account_reset_password_from_key.uidb36": "1",
    "account_reset_password_from_key.key": "nobody-s",
    # What a school has published is anybody's to read, so another school's is no secret: here, one that is nobody's.
    "protection:privacy.reference": "zzzz2222zzzz",
    "protection:rule.rule": "pupil",
    "remove_passkey.key": "0123456789abcdef",
    **said("SHARED"),
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

NOWHERE = "zzzz2222zzzz"
"""A reference that is no record's."""
OWN, OTHERS, NO_RECORD, OUT_OF_REACH = "own school's", "another school's", "nobody's", "own school's, beyond reach"


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
        return any(self._find(SAMPLES, part) for part in self.parts)

    @property
    def records(self) -> tuple[str, ...]:
        """Whose record its parts may be filled with."""
        if not self.names_a_record:
            return (OWN,)
        beyond = any(self._find(BEYOND_REACH, part) for part in self.parts)
        return (OWN, OTHERS, NO_RECORD, OUT_OF_REACH) if beyond else (OWN, OTHERS, NO_RECORD)

    @property
    def methods(self) -> frozenset[str] | None:
        """The methods it takes; None where its view does not say."""
        return methods_of(self.view)

    def _find(self, table: dict[str, Any], part: str) -> Any:
        return next((table[key] for key in (f"{self.name}.{part}", self.sample_key(part)) if key in table), None)

    def sample_key(self, part: str) -> str:
        return f"{self.name.partition(':')[0]}.{part}"

    def filled(self, school: TheSchool) -> str:
        """The address with a record of this school in it; AssertionError says what is missing from the samples."""
        return self.filled_with(OWN, school, school)

    def filled_with(self, record: str, own: TheSchool, other: TheSchool) -> str:
        return reverse(self.name, kwargs={part: self._fill(part, record, own, other) for part in self.parts})

    def _fill(self, part: str, record: str, own: TheSchool, other: TheSchool) -> str:
        if sample := self._find(SAMPLES, part):
            if record == OUT_OF_REACH:
                return str((self._find(BEYOND_REACH, part) or sample)(own))
            return NOWHERE if record == NO_RECORD else str(sample(other if record == OTHERS else own))
        if shared := self._find(SHARED, part):
            return str(shared)
        raise AssertionError(
            f"The address {self.name} ({self.route}) has a part called '{part}' that no test knows how to fill. "
            f"Add '{self.sample_key(part)}' to SAMPLES (a record of a school) or SHARED in tests/guards/addresses.py."
        )


def methods_of(view: Any) -> frozenset[str] | None:
    """What `require_safe`, `require_POST`, `require_http_methods` or a class of views says it takes."""
    while view is not None:
        if (made_from := getattr(view, "view_class", None)) is not None:
            return frozenset(name.upper() for name in made_from.http_method_names if hasattr(made_from, name))
        names = getattr(getattr(view, "__code__", None), "co_freevars", ())
        held = dict(zip(names, getattr(view, "__closure__", None) or (), strict=False))
        if "request_method_list" in held:
            return frozenset(held["request_method_list"].cell_contents)
        view = getattr(view, "__wrapped__", None)
    return None


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
