"""Everything we hold about a school's pupils, read once: who a row of a file is, and what they have now."""

from __future__ import annotations

from collections import defaultdict

from careers.curriculum.models import EveryoneStudies
from careers.curriculum.subjects import spellings
from careers.imports.kinds.pupil_row import Identity, PupilRow, identity_of
from careers.pupils.models import Arrival, Characteristic, Group, GroupMembership, Pupil, YearHeld
from careers.schools import clock
from careers.schools.models import School

HOUSE = "House"
"""The subject given to groups that are houses, so that changing house leaves clubs and caseloads alone."""
GroupKey = tuple[str, str]
"""Kind and name of a group of the academic year."""


class SchoolRoll:
    """Read in seven queries, whatever the size of the school; kept up to date by the planner as it adds."""

    def __init__(self, school: School, academic_year: int, only: Pupil | None = None) -> None:
        self.school, self.academic_year, self.today = school, academic_year, clock.today()
        pupils = Pupil.objects.filter(school=school)
        about = {"school": school, **({"pupil": only} if only else {})}
        self.pupils: list[Pupil] = list(pupils.filter(pk=only.pk) if only else pupils)
        self.years: dict[int, dict[int, YearHeld]] = defaultdict(dict)
        for held in YearHeld.objects.filter(**about):
            self.years[held.pupil_id][held.academic_year] = held
        self.characteristics: dict[int, dict[str, Characteristic]] = defaultdict(dict)
        for fact in Characteristic.objects.filter(**about):
            if fact.ends_on is None or fact.ends_on >= self.today:
                self.characteristics[fact.pupil_id][fact.kind] = fact
        self.groups: dict[GroupKey, Group] = {
            (group.kind, group.name): group
            for group in Group.objects.filter(school=school, academic_year=academic_year)
        }
        taught = (group.subject for group in self.groups.values() if group.kind == Group.Kind.CLASS and group.subject)
        self.spellings = {subject.casefold(): subject for subject in taught} | spellings(school)
        everyone = EveryoneStudies.objects.filter(school=school, academic_year=academic_year)
        self.of_everyone = set(everyone.values_list("group_id", flat=True))
        self.memberships: dict[int, list[GroupMembership]] = defaultdict(list)
        groups = {group.pk: group for group in self.groups.values()}
        for membership in GroupMembership.objects.filter(group__academic_year=academic_year, **about):
            membership.group = groups[membership.group_id]
            self.memberships[membership.pupil_id].append(membership)
        self._index()

    def _index(self) -> None:
        self.by_pk = {pupil.pk: pupil for pupil in self.pupils}
        self.by_upn = {pupil.upn: pupil for pupil in self.pupils if pupil.upn}
        self.by_former_upn = {pupil.former_upn: pupil for pupil in self.pupils if pupil.former_upn}
        self.by_mis_id = {pupil.mis_id: pupil for pupil in self.pupils if pupil.mis_id}
        self.by_identity: dict[Identity, list[Pupil]] = defaultdict(list)
        for pupil in self.pupils:
            self.by_identity[identity_of(pupil.surname, pupil.forename, pupil.date_of_birth)].append(pupil)
        self.arrivals: dict[tuple[str, Identity], Arrival] = {}
        for arrival in Arrival.objects.filter(school=self.school).order_by("pk"):
            upn = str(arrival.facts.get("facts", {}).get("upn", ""))
            self.arrivals[upn, identity_of(arrival.surname, arrival.forename, arrival.date_of_birth)] = arrival

    def arrival_for(self, row: PupilRow) -> Arrival | None:
        return self.arrivals.get((row.upn, row.identity))

    def match(self, row: PupilRow) -> tuple[Pupil | None, str]:
        """The pupil a row is about, or None and why a person must decide; None and nothing for a new pupil.

        By UPN, present or former; by the school's own number where the name or birthday agrees; by what a person decided
        before; and by exact surname, forename and date of birth where that is one pupil without another UPN.
        """
        known = self._by_number(row) or self._decided(row)
        if known:
            return known, ""
        surname, forename, born = row.identity
        alike = self.by_identity[row.identity] if surname and forename and born else []
        if len(alike) == 1 and (not row.upn or not alike[0].upn):
            return alike[0], ""
        if row.upn:
            return None, "same name and birthday as a pupil here with another UPN" if alike else ""
        return (
            None,
            "no UPN, and several pupils have this name and birthday"
            if alike
            else "no UPN, and no pupil here has this name and birthday",
        )

    def _by_number(self, row: PupilRow) -> Pupil | None:
        former = row.facts.get("former_upn")
        found = (
            self.by_upn.get(row.upn) or self.by_former_upn.get(row.upn) or (self.by_upn.get(former) if former else None)
        )
        if found:
            return found
        numbered = self.by_mis_id.get(row.facts.get("mis_id", ""))
        if numbered is None:
            return None
        surname, forename, born = row.identity
        same_name = (surname, forename) == (numbered.surname.casefold(), numbered.forename.casefold())
        same_birthday = born is not None and born == numbered.date_of_birth
        agrees = (same_name and same_birthday) if row.upn and numbered.upn else (same_name or same_birthday)
        return numbered if agrees else None

    def _decided(self, row: PupilRow) -> Pupil | None:
        arrival = self.arrival_for(row)
        return self.by_pk.get(arrival.pupil_id) if arrival and arrival.pupil_id else None

    def expected_year(self, pupil: Pupil) -> int | None:
        """The year group a pupil holds in the academic year, or would by moving up from the last one known."""
        held = {year: row.year_group for year, row in self.years[pupil.pk].items() if year <= self.academic_year}
        if not held:
            return None
        latest = max(held)
        return held[latest] + self.academic_year - latest

    def spelling(self, subject: str) -> str:
        """The subject the school said a spelling means, else as its classes have it, else as it was first written in the file."""
        return self.spellings.setdefault(subject.casefold(), subject)

    def is_chosen(self, membership: GroupMembership) -> bool:
        """Whether a class is the pupil's own, and not one that holds the whole year group, which no file lists."""
        return membership.group_id not in self.of_everyone

    def is_current(self, membership: GroupMembership) -> bool:
        return membership.ends_on is None or membership.ends_on >= self.today
