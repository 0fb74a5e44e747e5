"""What one row of a roll changes for one pupil: who they are, their year group, their groups, and their dated facts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from careers.imports.kinds.group_changes import Words, move, study
from careers.imports.kinds.pupil_row import PupilRow
from careers.imports.kinds.school_roll import HOUSE, SchoolRoll
from careers.imports.plan import Plan, in_words, said
from careers.pupils.models import Characteristic, Group, Pupil, YearHeld
from criteria.periods import FIRST_YEAR_GROUP, AcademicYear

SEN = Characteristic.Kind.SEN_PROVISION.value


def add_pupil(plan: Plan, roll: SchoolRoll, row: PupilRow, *, earlier_years: bool) -> Pupil:
    """A new pupil with all the row says. With `earlier_years`, also one year group lower for each year since joining."""
    pupil = plan.add(Pupil(school=roll.school, **row.facts))
    if row.year_group:
        years = {roll.academic_year: row.year_group}
        if earlier_years and pupil.joined_on:
            first = AcademicYear.containing(pupil.joined_on).start_year
            back = range(1, min(roll.academic_year - first, row.year_group - FIRST_YEAR_GROUP) + 1)
            years |= {roll.academic_year - n: row.year_group - n for n in back}
        for year, group in sorted(years.items()):
            plan.add(YearHeld(school=roll.school, pupil=pupil, academic_year=year, year_group=group))
    move(plan, roll, pupil, Group.Kind.FORM, row.form, "")
    move(plan, roll, pupil, Group.Kind.OTHER, row.house, HOUSE)
    study(plan, roll, pupil, row)
    for kind, code in row.characteristics.items():
        if kind == SEN or code == "Y":
            plan.add(
                Characteristic(school=roll.school, pupil=pupil, kind=kind, value=code, starts_on=row.since.get(kind))
            )
    return pupil


def change_pupil(plan: Plan, roll: SchoolRoll, row: PupilRow, pupil: Pupil) -> Words:
    """Bring a pupil we have into line with the row. A blank changes nothing. Gives what changed, in words."""
    words = in_words(Pupil, plan.change(pupil, **facts_for(row, pupil, roll)))
    words += hold_year(plan, roll, pupil, row.year_group)
    words += move(plan, roll, pupil, Group.Kind.FORM, row.form, "")
    words += move(plan, roll, pupil, Group.Kind.OTHER, row.house, HOUSE)
    words += study(plan, roll, pupil, row)
    for kind, code in row.characteristics.items():
        words += state(plan, roll, pupil, kind, code, row)
    return words


def facts_for(row: PupilRow, pupil: Pupil, roll: SchoolRoll) -> dict[str, Any]:
    """The row's facts as this pupil should hold them: the UPN before a new one is kept, and a leaver in the file is back."""
    facts = dict(row.facts)
    if row.upn and row.upn == pupil.former_upn:
        facts = {name: value for name, value in facts.items() if name not in ("upn", "former_upn")}
    elif row.upn and pupil.upn and row.upn != pupil.upn:
        facts["former_upn"] = pupil.upn
    if pupil.left_on and pupil.left_on < roll.today and "left_on" not in facts:
        facts["left_on"] = None
    return facts


def hold_year(plan: Plan, roll: SchoolRoll, pupil: Pupil, year_group: int | None) -> Words:
    held = roll.years[pupil.pk].get(roll.academic_year)
    if year_group is None or (held and held.year_group == year_group):
        return []
    before = held.year_group if held else None
    if held:
        plan.change(held, year_group=year_group)
    else:
        plan.add(YearHeld(school=roll.school, pupil=pupil, academic_year=roll.academic_year, year_group=year_group))
    return [said(f"Year group in {AcademicYear(roll.academic_year)}", before, year_group)]


def state(plan: Plan, roll: SchoolRoll, pupil: Pupil, kind: str, code: str, row: PupilRow) -> Words:
    """A dated fact: what was so ends yesterday, what is so starts today (or when the file says, if nothing was known)."""
    current = roll.characteristics[pupil.pk].get(kind)
    wanted = code if kind == SEN or code == "Y" else None
    before = current.value if current else None
    if wanted == before:
        return []
    if current and current.starts_on and current.starts_on >= roll.today:
        plan.change(current, value=wanted) if wanted else plan.remove(current)
    else:
        if current:
            plan.change(current, ends_on=roll.today - timedelta(days=1))
        if wanted:
            starts = roll.today if current else row.since.get(kind, roll.today)
            plan.add(Characteristic(school=roll.school, pupil=pupil, kind=kind, value=wanted, starts_on=starts))
    return [said(Characteristic.Kind(kind).label, before, wanted)]
