"""Which pupils somebody else's list is about: surely one, perhaps one of these, or nobody.

A name that two pupils share is never guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from careers.pupils.identifiers import upn_fault
from careers.pupils.models import Group, GroupMembership, Pupil, PupilQuerySet

ALIKE = 80
"""Of 100: names less like one another than this are not offered."""
SAME_PERSON = 60
"""Of 100: a name less like a pupil's than this does not go with that pupil's UPN or e-mail."""
OFFERED = 6
MISTYPED = 2
"""Characters by which a UPN may differ and still be offered."""


@dataclass(frozen=True)
class Sought:
    """What one row says of a pupil. Anything may be empty.

    `name` is a whole name, forename first, where its parts are not told apart.
    """

    upn: str = ""
    email: str = ""
    mis_id: str = ""
    surname: str = ""
    forename: str = ""
    name: str = ""
    form: str = ""
    born: date | None = None

    @property
    def whole_name(self) -> str:
        return f"{self.forename} {self.surname}".strip() if self.surname else self.name or self.forename


@dataclass(frozen=True)
class Candidate:
    """A pupil it may be: `alike` is 0 to 100, `form` the pupil's own of that year, or empty."""

    pupil: Pupil
    form: str
    alike: int


@dataclass(frozen=True)
class Match:
    """`pupil` where it is surely one; else `candidates`, the likeliest first, or none. `reason` says why it is not sure."""

    sought: Sought
    pupil: Pupil | None
    candidates: tuple[Candidate, ...] = ()
    reason: str = ""

    @property
    def exact(self) -> bool:
        return self.pupil is not None

    @property
    def doubtful(self) -> bool:
        return self.pupil is None and bool(self.candidates)

    @property
    def nobody(self) -> bool:
        return self.pupil is None and not self.candidates


class Matching:
    """Pupils to match rows against. Three queries when made, none for a row.

    `pupils` are those who may be found: pass only what the reader may see by name. `everybody`, where given, are pupils who may not
    be found but whose name, borne by one of `pupils` too, makes a match by name doubtful. Forms are those of `academic_year`.
    """

    def __init__(self, pupils: PupilQuerySet, *, academic_year: int, everybody: PupilQuerySet | None = None) -> None:
        self.pupils = {pupil.pk: pupil for pupil in pupils}
        self.forms = _forms(pupils, academic_year)
        self.known_forms = {plain(form).replace(" ", "") for forms in self.forms.values() for form in forms}
        self._by_upn: dict[str, int] = {}
        self._by: dict[str, dict[str, set[int]]] = {kind: defaultdict(set) for kind in ("email", "mis_id", "surname")}
        self._by_name: dict[str, set[int]] = defaultdict(set)
        for pupil in self.pupils.values():
            self._enter(pupil)
        self._texts = {(key, n): name for n, (name, keys) in enumerate(self._by_name.items()) for key in keys}
        self._unseen = _unseen_names(everybody, self.pupils) if everybody is not None else frozenset()
        self._asked: dict[Sought, Match] = {}

    def match_all(self, rows: Iterable[Sought]) -> list[Match]:
        """One answer a row, in order."""
        return [self.match(row) for row in rows]

    def match(self, sought: Sought) -> Match:
        if sought not in self._asked:
            self._asked[sought] = self._match(sought)
        return self._asked[sought]

    def form_of(self, pupil: Pupil) -> str:
        return ", ".join(sorted(self.forms.get(pupil.pk, ())))

    def _enter(self, pupil: Pupil) -> None:
        if pupil.former_upn:
            self._by_upn.setdefault(pupil.former_upn, pupil.pk)
        if pupil.upn:
            self._by_upn[pupil.upn] = pupil.pk
        for kind in ("email", "mis_id"):
            if value := getattr(pupil, kind).strip().casefold():
                self._by[kind][value].add(pupil.pk)
        for name in _names(pupil):
            self._by_name[name].add(pupil.pk)
        for surname in {plain(pupil.surname), plain(pupil.preferred_surname or pupil.surname)}:
            self._by["surname"][surname].add(pupil.pk)

    def _match(self, sought: Sought) -> Match:
        if upn := sought.upn.replace(" ", "").upper():
            return self._by_number(sought, self._upn(upn), self._upn_words(upn))
        if email := sought.email.strip().casefold():
            found = self._by["email"].get(email, set())
            return self._by_number(sought, found, "No pupil here has this e-mail address")
        if number := sought.mis_id.strip().casefold():
            found = self._by["mis_id"].get(number, set())
            if found or not sought.whole_name:
                return self._by_number(sought, found, "No pupil here has this number")
        return self._by_a_name(sought)

    def _upn(self, upn: str) -> set[int]:
        return {self._by_upn[upn]} if upn in self._by_upn else set()

    def _upn_words(self, upn: str) -> str:
        fault = upn_fault(upn)
        return f"This is not a UPN: {fault}" if fault else "No pupil here has this UPN"

    def _by_number(self, sought: Sought, found: set[int], nobody: str) -> Match:
        """By a number or an address, which a name beside it must not speak against."""
        if len(found) > 1:
            return self._doubt(sought, found, f"{len(found)} pupils have this")
        if not found:
            near = set(self._near_upns(sought)) | {each.pupil.pk for each in self._alike(sought)}
            return self._doubt(sought, near, nobody)
        (key,) = found
        if sought.whole_name and self._how_alike(sought, key) < SAME_PERSON:
            others = {each.pupil.pk for each in self._alike(sought)}
            return self._doubt(sought, found | others, "The name beside it is not this pupil’s")
        if sought.born and self._born_otherwise(sought, key):
            return self._doubt(sought, found, "The date of birth beside it is not this pupil’s")
        return Match(sought, self.pupils[key])

    def _by_a_name(self, sought: Sought) -> Match:
        name = plain(sought.whole_name)
        if not name:
            return Match(sought, None, (), "It does not say which pupil")
        same = self._by_name.get(name, set())
        fits = {key for key in same if self._in_form(sought, key) and not self._born_otherwise(sought, key)}
        settled = bool(sought.form or sought.born)
        if len(fits) == 1 and (settled or name not in self._unseen):
            return Match(sought, self.pupils[next(iter(fits))])
        if len(fits) > 1:
            return self._doubt(sought, fits, f"{len(fits)} pupils have this name")
        if fits:
            return self._doubt(sought, fits, "Another pupil of the school, whom you do not see, has this name too")
        if same:
            return self._doubt(sought, same, "The name is here, but not with this form or date of birth")
        near = {each.pupil.pk for each in self._alike(sought)}
        return self._doubt(sought, near, "Nobody has exactly this name" if near else "Nobody here has a name like this")

    def _doubt(self, sought: Sought, keys: Iterable[int], reason: str) -> Match:
        found = [Candidate(self.pupils[k], self.form_of(self.pupils[k]), self._how_alike(sought, k)) for k in keys]
        ranked = sorted(found, key=lambda each: (-self._weight(sought, each), each.pupil.list_name, each.pupil.pk))
        return Match(sought, None, tuple(ranked[:OFFERED]), reason)

    def _weight(self, sought: Sought, each: Candidate) -> int:
        in_form = bool(sought.form) and self._in_form(sought, each.pupil.pk)
        return each.alike + 15 * in_form - 30 * self._born_otherwise(sought, each.pupil.pk)

    def _alike(self, sought: Sought) -> list[Candidate]:
        """Pupils whose names are like the one given: alike in letters, the other way round, shortened, or a surname alone."""
        name = plain(sought.whole_name)
        if not name:
            return []
        found = process.extract(
            name, self._texts, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE, limit=OFFERED * 3
        )  # fmt: skip
        keys = {key for _, _, (key, _) in found} | self._shortened(sought, name)
        return [Candidate(self.pupils[key], "", self._how_alike(sought, key)) for key in keys]

    def _shortened(self, sought: Sought, name: str) -> set[int]:
        """Of that surname, those whose forename begins as the one given does, or the other way about; all, where none is given."""
        *before, last = name.split()
        surname, given = (plain(sought.surname), plain(sought.forename)) if sought.surname else (last, " ".join(before))
        found = self._by["surname"].get(surname, set())
        return {key for key in found if any(_begins(given, first) for first in _forenames(self.pupils[key]))}

    def _near_upns(self, sought: Sought) -> Iterable[int]:
        upn = sought.upn.replace(" ", "").upper()
        if len(upn) < 10:
            return ()
        near = process.extract(
            upn, list(self._by_upn), scorer=OSA.distance, processor=None, score_cutoff=MISTYPED, limit=3
        )
        return (self._by_upn[found] for found, _, _ in near)

    def _how_alike(self, sought: Sought, key: int) -> int:
        name = plain(sought.whole_name)
        if not name:
            return 0
        best = max(fuzz.token_sort_ratio(name, own) for own in _names(self.pupils[key]))
        return round(max(best, ALIKE if key in self._shortened(sought, name) else 0))

    def _in_form(self, sought: Sought, key: int) -> bool:
        form = plain(sought.form).replace(" ", "")
        return not form or form in {plain(own).replace(" ", "") for own in self.forms.get(key, ())}

    def _born_otherwise(self, sought: Sought, key: int) -> bool:
        own = self.pupils[key].date_of_birth
        return sought.born is not None and own is not None and own != sought.born


def plain(words: str) -> str:
    """A name for comparing: no capitals, accents, apostrophes or full stops; a hyphen is a space."""
    apart = unicodedata.normalize("NFKD", words.casefold())
    letters = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return " ".join(re.sub(r"[-‐‑–_]", " ", re.sub(r"['’‘`´.]", "", letters)).split())


def _forenames(pupil: Pupil) -> set[str]:
    return {plain(name) for name in (pupil.forename, pupil.preferred_forename) if name}


def _names(pupil: Pupil) -> set[str]:
    """A pupil's whole names, forename first: legal and preferred, with and without middle names."""
    forenames = {pupil.forename, pupil.preferred_forename or pupil.forename}
    if pupil.middle_names:
        forenames.add(f"{pupil.forename} {pupil.middle_names}")
    surnames = {pupil.surname, pupil.preferred_surname or pupil.surname}
    return {plain(f"{forename} {surname}") for forename in forenames for surname in surnames}


def _begins(given: str, forename: str) -> bool:
    return not given or forename.startswith(given) or (len(forename) > 2 and given.startswith(forename))


def _forms(pupils: PupilQuerySet, academic_year: int) -> dict[int, set[str]]:
    rows = GroupMembership.objects.filter(
        pupil__in=pupils, group__kind=Group.Kind.FORM, group__academic_year=academic_year
    )
    forms: dict[int, set[str]] = defaultdict(set)
    for pupil, form in rows.values_list("pupil_id", "group__name"):
        forms[pupil].add(form)
    return dict(forms)


def _unseen_names(everybody: PupilQuerySet, seen: Iterable[int]) -> frozenset[str]:
    named = ("surname", "forename", "middle_names", "preferred_surname", "preferred_forename")
    found = everybody.only("pk", *named).iterator(chunk_size=2000)
    known = frozenset(seen)
    return frozenset(name for pupil in found if pupil.pk not in known for name in _names(pupil))
