"""Which pupil a row of a log is about: by UPN, by the school's own number, or by name with form or birthday where that is one."""

from __future__ import annotations

from collections import defaultdict

from careers.imports import values
from careers.imports.reading.table import Row
from careers.imports.values import NotUnderstood
from careers.pupils.models import Group, GroupMembership, Pupil
from careers.schools.models import School


class PupilFinder:
    def __init__(self, school: School, academic_year: int) -> None:
        self.pupils = {pupil.pk: pupil for pupil in Pupil.objects.filter(school=school)}
        self.by_upn = {p.former_upn: p for p in self.pupils.values() if p.former_upn} | {
            p.upn: p for p in self.pupils.values() if p.upn
        }
        self.by_mis_id: dict[str, list[Pupil]] = defaultdict(list)
        self.by_name: dict[tuple[str, str], dict[int, Pupil]] = defaultdict(dict)
        for pupil in self.pupils.values():
            if pupil.mis_id:
                self.by_mis_id[pupil.mis_id].append(pupil)
            for surname in {pupil.surname, pupil.preferred_surname or pupil.surname}:
                for forename in {pupil.forename, pupil.preferred_forename or pupil.forename}:
                    self.by_name[surname.casefold(), forename.casefold()][pupil.pk] = pupil
        forms = GroupMembership.objects.filter(
            school=school, group__kind=Group.Kind.FORM, group__academic_year=academic_year
        )
        self.forms: dict[int, set[str]] = defaultdict(set)
        for pupil_id, form in forms.values_list("pupil_id", "group__name"):
            self.forms[pupil_id].add(form.casefold())

    def find(self, row: Row) -> Pupil:
        """The pupil, or NotUnderstood with what was found and what would settle it."""
        if upn := row.text("upn").replace(" ", "").upper():
            if upn in self.by_upn:
                return self.by_upn[upn]
            raise NotUnderstood(f"No pupil here has the UPN “{upn}”. Correct it, or bring in the roll first.")
        numbered = self.by_mis_id.get(row.text("mis_id"), []) if row.text("mis_id") else []
        return numbered[0] if len(numbered) == 1 else self.by_name_in(row)

    def by_name_in(self, row: Row) -> Pupil:
        surname, forename = self.name_in(row)
        alike = list(self.by_name[surname.casefold(), forename.casefold()].values())
        if not alike:
            raise NotUnderstood(f"No pupil here is called “{forename} {surname}”. Correct the name, or give the UPN.")
        form, birthday = row.text("form").casefold(), row.cells.get("date_of_birth")
        if not form and birthday is None:
            raise NotUnderstood(
                f"A name alone is not enough to know “{forename} {surname}”. Give the UPN, the form or the date of birth as well."
            )
        born = values.a_date(birthday) if birthday is not None else None
        fits = [
            p for p in alike if (not form or form in self.forms[p.pk]) and (born is None or p.date_of_birth == born)
        ]
        if len(fits) == 1:
            return fits[0]
        how_many = "No pupil" if not fits else f"{len(fits)} pupils"
        raise NotUnderstood(
            f"{how_many} called “{forename} {surname}” fit the form or date of birth given. Give the UPN."
        )

    @staticmethod
    def name_in(row: Row) -> tuple[str, str]:
        surname, forename = row.text("surname"), row.text("forename")
        if not surname and (name := row.text("name")):
            surname, comma, forename = (part.strip() for part in name.partition(","))
            if not comma:
                forename, _, surname = name.rpartition(" ")
        if not surname:
            raise NotUnderstood("It does not say which pupil. Give the UPN, or the name with the form.")
        return surname, forename
