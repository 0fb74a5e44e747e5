"""Partners that a name, a number or an e-mail address may already stand for: so that nobody is recorded twice.

`like(school, name)` answers a page; `Likeness(school)` reads the school's partners once and answers many names, as a file has.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz, process

from careers.partners.models import Contact, Partner
from careers.schools.models import School

FORMS_OF_COMPANY = {"ltd", "limited", "plc", "llp", "lp", "llc", "inc", "cic", "cio", "co", "company"}
JOINING = {"and", "the"}
CLOSE = 88
"""From 0 to 100: how alike two names must be to be suggested. Below, unlike names of one trade begin to appear."""
TYPED = 3
"""Letters of a name before what begins with them is suggested."""
LONGEST = 200
PUBLIC_MAIL = {
    *(
        "aol.com",
        "btinternet.com",
        "btopenworld.com",
        "fastmail.com",
        "gmail.com",
        "gmx.com",
        "gmx.co.uk",
        "googlemail.com",
    ),
    *(
        "hotmail.co.uk",
        "hotmail.com",
        "icloud.com",
        "live.co.uk",
        "live.com",
        "mac.com",
        "mail.com",
        "me.com",
        "msn.com",
    ),
    *("ntlworld.com", "outlook.com", "proton.me", "protonmail.com", "sky.com", "talktalk.net", "tiscali.co.uk"),
    *("virginmedia.com", "yahoo.co.uk", "yahoo.com", "ymail.com", "zoho.com"),
    *("example.com", "example.net", "example.org"),
}
"""Addresses anybody can have, which say nothing of where a person works."""


def key_of(name: str) -> str:
    """A name as it is compared: no case, accents or punctuation, no The, and or &, no Ltd or PLC. Never empty for a name."""
    plain = unicodedata.normalize("NFKD", name[:LONGEST]).casefold().replace("&", " and ")
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    words = re.sub(r"[^\w\s]", " ", re.sub(r"['’`.]", "", plain)).split()
    kept = [word for word in words if word not in JOINING]
    while len(kept) > 1 and kept[-1] in FORMS_OF_COMPANY:
        kept.pop()
    return " ".join(kept or words) or plain.strip()


def domain_of(email: str) -> str:
    """What follows the @, unless anybody can have an address there."""
    domain = email.rpartition("@")[2].strip().casefold() if "@" in email else ""
    return "" if domain in PUBLIC_MAIL else domain


@dataclass(frozen=True)
class Like:
    """A partner there is. `same`: the name is the same but for spelling, or a number is; else it is only similar."""

    partner: Partner
    why: str
    same: bool
    score: float


class Likeness:
    """The partners of a school by all that they may be recognised by. Two queries, when first asked."""

    def __init__(self, school: School) -> None:
        self.school = school

    @cached_property
    def partners(self) -> dict[int, Partner]:
        return {partner.pk: partner for partner in Partner.objects.filter(school=self.school).order_by("name", "pk")}

    @cached_property
    def by_key(self) -> dict[str, list[int]]:
        found: defaultdict[str, list[int]] = defaultdict(list)
        for partner in self.partners.values():
            for key in dict.fromkeys(key_of(name) for name in (partner.name, *partner.other_names)):
                found[key].append(partner.pk)
        return dict(found)

    @cached_property
    def by_domain(self) -> dict[str, set[int]]:
        found: defaultdict[str, set[int]] = defaultdict(set)
        addresses = Contact.objects.filter(school=self.school).exclude(email="").values_list("partner_id", "email")
        for partner, email in addresses:
            if domain := domain_of(email):
                found[domain].add(partner)
        return dict(found)

    def same(self, name: str) -> Partner | None:
        """The one partner of this name but for spelling, for what nobody is asked about; None where there are none or two.

        Exactly the name, where one has it: two may differ in no more than Ltd.
        """
        keys = self.by_key.get(key_of(name), [])
        exact = [key for key in keys if self.partners[key].name.casefold() == name.strip().casefold()]
        found = exact or keys
        return self.partners[found[0]] if len(found) == 1 else None

    def add(self, partner: Partner) -> None:
        """Let a partner that has just been made be found."""
        self.partners[partner.pk] = partner
        self.by_key.setdefault(key_of(partner.name), []).append(partner.pk)

    def like(
        self, name: str, *, ukprn: str = "", companies_house: str = "", emails: Iterable[str] = (), most: int = 5
    ) -> list[Like]:
        """Who it may be, the likeliest first."""
        found: dict[int, Like] = {}
        told: tuple[tuple[float, str, Iterable[int]], ...] = (
            (103, "the same UKPRN", self._with_number("ukprn", ukprn)),
            (102, "the same Companies House number", self._with_number("companies_house", companies_house)),
            (101, "the same name", self.by_key.get(key_of(name), []) if name.strip() else []),
            (100, "an e-mail address at the same place", self._at(emails)),
        )
        for sure, why, keys in told:
            for key in keys:
                found.setdefault(key, Like(self.partners[key], why, sure > 100, sure))
        for key, score in self._close(key_of(name)):
            found.setdefault(key, Like(self.partners[key], "a similar name", False, score))
        return sorted(found.values(), key=lambda each: (-each.score, each.partner.name.casefold()))[:most]

    def _with_number(self, field: str, number: str) -> list[int]:
        wanted = number.strip().casefold()
        return [key for key, each in self.partners.items() if wanted and getattr(each, field).casefold() == wanted]

    def _at(self, emails: Iterable[str]) -> set[int]:
        domains = {domain_of(email) for email in emails} - {""}
        return {key for domain in domains for key in self.by_domain.get(domain, ())}

    def _close(self, key: str) -> Iterable[tuple[int, float]]:
        if len(key) < TYPED:
            return
        begins = {known for known in self.by_key if known.startswith(key) or f" {key}" in known}
        near = process.extract(key, list(self.by_key), scorer=fuzz.token_sort_ratio, score_cutoff=CLOSE, limit=20)
        scores = dict.fromkeys(begins, 95.0) | {known: score for known, score, _ in near}
        for known, score in scores.items():
            for partner in self.by_key[known]:
                yield partner, min(score, 99.0)


def like(
    school: School, name: str, *, ukprn: str = "", companies_house: str = "", emails: Iterable[str] = (), most: int = 5
) -> list[Like]:
    """Partners of the school that a name or a number may already stand for, the likeliest first. At most two queries."""
    return Likeness(school).like(name, ukprn=ukprn, companies_house=companies_house, emails=emails, most=most)
