"""The people of invented partners, what they offer, what was checked of them, and how it went. All of it is invented."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from careers.demonstration import names
from careers.demonstration.making import Made
from careers.demonstration.plan import reference
from careers.partners.models import Check, Contact, LocalFigures, Offer, Partner, Remark

TWICE = "Harbour Mutual Insurance Ltd"
"""Somebody put one partner on record a second time, as happens."""
RUN_OUT, RUNNING_OUT = "Calderstone Castings", "Tarnside General Hospital"
WORK = {
    "employer": ("Personnel manager", "Early careers lead", "Owner", "Site manager", "Apprentice"),
    "provider": ("Schools liaison officer", "Head of admissions", "Apprenticeships adviser"),
}
OFFERS: tuple[tuple[str, str, int | None, str], ...] = (
    ("talk", "How we started, and what we look for", None, "Any Friday"),
    ("interviews", "", 24, "Spring term"),
    ("visit", "A tour with a look behind the scenes", 15, "Not in December"),
    ("placement", "", 2, "July"),
    ("mentoring", "Half an hour a fortnight", 6, "Autumn and spring"),
    ("stand", "", None, "The careers fair"),
    ("virtual", "Questions and answers with an apprentice", 30, ""),
    ("governor", "Would think about being an enterprise adviser", None, ""),
)
REMARKS = (
    ("Lively, and asked pupils more than they asked her. Give them the questions a week before.", True),
    ("Ran over by ten minutes, but they hung on every word.", True),
    ("Slides too full to read from the back. Ask for something to hold and pass round.", True),
    ("Talked mostly to the front row and used words nobody knew. Brief them better or ask somebody else.", False),
    ("A former pupil of ours, and it showed: everybody listened.", True),
)
SHARES = {
    "A": 1.9,
    "B": 0.3,
    "C": 11.2,
    "D": 0.6,
    "E": 1.1,
    "F": 5.6,
    "G": 15.4,
    "H": 5.9,
    "I": 7.8,
    "J": 2.4,
    "K": 1.8,
    "L": 1.5,
    "M": 6.1,
    "N": 8.2,
    "O": 4.9,
    "P": 8.7,
    "Q": 13.1,
    "R": 2.0,
    "S": 1.5,
}


class PartnerPeople:
    """What belongs to the partners of one school."""

    def __init__(self, made: Made) -> None:
        self.made, self.today = made, made.log.now.today
        self.rng = made.plan.dice("partner people")

    def rows(self) -> Iterator[tuple[type[Any], list[Any]]]:
        """Each kind of record with its rows, to be written in this order."""
        partners = [*self.made.partners.employers, *self.made.partners.providers]
        yield (
            Contact,
            [each for place, partner in enumerate(partners) if place % 4 != 1 for each in self.contacts(partner)],
        )
        yield Offer, [each for partner in partners for each in self.offers(partner)]
        yield Check, [each for partner in self.made.partners.employers for each in self.checks(partner)]
        yield Remark, list(self.remarks())
        if not self.made.plan.special:
            yield Partner, [self.partner_twice()]
            yield LocalFigures, [self.local()]

    def partner_twice(self) -> Partner:
        usual = {"kind": Partner.Kind.EMPLOYER, "sic_section": "K", "town": "Ashmere"}
        return Partner(name=TWICE, reference=reference(self.rng), **usual)

    def contacts(self, partner: Partner) -> Iterator[Contact]:
        rng = self.rng
        for _ in range(1 if rng.random() < 0.7 else 2):
            first, last = names.forename(rng, rng.choice("FM")), rng.choice(names.SURNAMES)
            former = rng.random() < 0.22
            yield Contact(
                partner=partner,
                reference=reference(rng),
                name=f"{first} {last}",
                role=rng.choice(WORK[partner.kind]),
                email=f"{_plain(first)}.{_plain(last)}@example.org" if rng.random() < 0.9 else "",
                telephone=f"01632 960{rng.randrange(1000):03}" if rng.random() < 0.7 else "",
                way=rng.choice([*Contact.Way.values[:2], ""]),
                former_pupil=former or (None if rng.random() < 0.4 else False),
                left_in=self.today.year - rng.randrange(3, 19) if former else None,
                leave_alone=rng.random() < 0.04,
                right_on=self.today - timedelta(days=rng.randrange(20, 700)),
            )

    def offers(self, partner: Partner) -> Iterator[Offer]:
        for kind, words, pupils, when in self.rng.sample(OFFERS, self.rng.choice((0, 1, 1, 2))):
            yield Offer(
                partner=partner, reference=reference(self.rng), kind=kind, words=words, pupils=pupils, when=when
            )  # fmt: skip

    def checks(self, partner: Partner) -> Iterator[Check]:
        ends = {RUN_OUT: self.today - timedelta(days=12), RUNNING_OUT: self.today + timedelta(days=20)}.get(
            partner.name
        )
        if ends is None and self.rng.random() < 0.55:
            return
        later = self.today + timedelta(days=self.rng.randrange(90, 400))
        yield self.check(partner, Check.Kind.EMPLOYERS_LIABILITY, ends or later)
        if self.rng.random() < 0.4:
            yield self.check(partner, Check.Kind.RISK, later)

    def check(self, partner: Partner, kind: str, ends: date) -> Check:
        number = f"EL{self.rng.randrange(100000, 999999)}" if kind == Check.Kind.EMPLOYERS_LIABILITY else ""
        seen = min(ends - timedelta(days=360), self.today - timedelta(days=5))
        usual = {"partner": partner, "reference": reference(self.rng), "number": number}
        return Check(kind=kind, seen_on=seen, expires_on=ends, **usual)

    def remarks(self) -> Iterator[Remark]:
        """Of a fifth of what was held with one or two partners in the last two years."""
        since, writers = self.today - timedelta(days=700), self.made.log.owners
        for entry in self.made.log.entries:
            if not (1 <= len(entry.partners) <= 2 and since < entry.day < self.today and self.rng.random() < 0.2):
                continue
            words, again = self.rng.choice(REMARKS)
            yield Remark(
                partner=entry.partners[0],
                reference=reference(self.rng),
                occasion=entry.activity.reference,
                words=words,
                again=again,
                written_by=writers[0] if writers else None,
                written_on=min(entry.day + timedelta(days=2), self.today),
            )

    def local(self) -> LocalFigures:
        """Of sectors, and not of sizes: nobody has looked those up yet."""
        source = "Invented for the demonstration"
        return LocalFigures(
            area="Ashmere", sectors=SHARES, sectors_from=source, sectors_on=date(self.today.year - 1, 9, 30)
        )


def _plain(name: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKD", name).casefold() if "a" <= letter <= "z")
