"""The roll: who the pupils are. Nobody is ever deleted; pupils missing from the file are only proposed as leavers."""

from __future__ import annotations

from datetime import date

from careers.imports.kinds import roll_ctf, roll_table
from careers.imports.kinds.group_changes import is_now
from careers.imports.kinds.options import Options
from careers.imports.kinds.pupil_changes import add_pupil, change_pupil
from careers.imports.kinds.pupil_row import PupilRow
from careers.imports.kinds.school_roll import SchoolRoll
from careers.imports.plan import Plan, Report
from careers.imports.reading.files import File, is_xml
from careers.pupils.models import Arrival, Pupil
from careers.schools.models import School
from criteria.periods import FIRST_YEAR_GROUP, AcademicYear, year_group_from_birth

EXTRA_YEAR = 14


def plan(school: School, file: File, options: Options) -> Plan:
    """What a roll file would do to a school. Raises FileRefused when the file as a whole cannot be used."""
    made = Plan()
    from_ctf = is_xml(file)
    rows = (
        roll_ctf.rows_of(file, school, options.academic_year, made.report)
        if from_ctf
        else roll_table.rows_of(file, made.report)
    )
    roll = SchoolRoll(school, options.academic_year)
    if from_ctf:
        work_out_years(rows, roll, made.report)
    rows = without_primary(rows, made.report)
    refuse_duplicates(rows, made.report)
    faulty = {fault.row for fault in made.report.faults}
    placed = [(row, place(made, roll, row, options)) for row in rows if row.number not in faulty]
    matched = [(row, pupil) for row, pupil in placed if pupil]
    refuse_shared_pupils(matched, made.report)
    if not from_ctf and not made.report.faults:
        propose_leavers(made, roll, rows, {pupil.pk for _, pupil in matched}, options)
    return made


def place(made: Plan, roll: SchoolRoll, row: PupilRow, options: Options) -> Pupil | None:
    """Plan one row. Gives the pupil it was matched to, if it was."""
    pupil, reason = roll.match(row)
    check_dates(row, pupil, made.report)
    check_year(row, roll, made.report)
    if pupil:
        words = change_pupil(made, roll, row, pupil)
        made.report.changing(pupil.list_name, words) if words else made.report.counts.update(unchanged=1)
    elif reason:
        hold(made, roll, row, reason)
    elif row.year_group is None:
        made.report.fault(
            row.number,
            "Year group",
            f"{row.label or 'This pupil'} is new and has no year group. Add it, like 9 or Year 9.",
        )
    else:
        add_pupil(made, roll, row, earlier_years=options.earlier_years)
        made.report.adding(row.label)
    return pupil


def hold(made: Plan, roll: SchoolRoll, row: PupilRow, reason: str) -> None:
    """Keep the row for a person to match. One that is waiting already, or was dismissed, is not held a second time."""
    facts = row.as_json() | {"reason": reason}
    waiting = roll.arrival_for(row)
    if waiting is None:
        surname, forename = row.facts.get("surname", ""), row.facts.get("forename", "")
        made.add(
            Arrival(
                school=roll.school,
                surname=surname,
                forename=forename,
                date_of_birth=row.facts.get("date_of_birth"),
                facts=facts,
            )
        )
        made.report.holding(f"{row.label}: {reason}")
        return
    made.report.counts["already_held"] += 1
    if waiting.outcome == Arrival.Outcome.WAITING and waiting.facts != facts:
        made.change(waiting, facts=facts)
        made.report.holding(f"{row.label}: {reason}")


def check_dates(row: PupilRow, pupil: Pupil | None, report: Report) -> None:
    joined = row.facts.get("joined_on") or (pupil.joined_on if pupil else None)
    left = row.facts.get("left_on") or (pupil.left_on if pupil else None)
    if joined and left and left < joined and {"joined_on", "left_on"} & row.facts.keys():
        report.fault(
            row.number,
            "",
            f"{row.label} would leave ({left:%d/%m/%Y}) before joining ({joined:%d/%m/%Y}). Correct one of the dates.",
        )


def check_year(row: PupilRow, roll: SchoolRoll, report: Report) -> None:
    taught = roll.school.year_groups
    if (
        row.year_group is None
        or row.year_group in taught
        or (row.year_group == EXTRA_YEAR and EXTRA_YEAR - 1 in taught)
    ):
        return
    report.fault(
        row.number,
        "Year group",
        f"Year {row.year_group} is not taught at {roll.school.name} (Years {taught[0]} to {taught[-1]}). "
        "Correct it, or take the row out.",
    )


def work_out_years(rows: list[PupilRow], roll: SchoolRoll, report: Report) -> None:
    """A transfer file often leaves the year group out: for new pupils it is then worked out from the date of birth, and said."""
    worked_out = 0
    for row in rows:
        born: date | None = row.facts.get("date_of_birth")
        if row.year_group is None and born and roll.match(row)[0] is None:
            row.year_group = year_group_from_birth(born, AcademicYear(roll.academic_year).starts)
            worked_out += 1
    if worked_out:
        report.notices.append(
            f"For {worked_out} pupil{'s' * (worked_out != 1)} the file gives no year group. "
            "It was worked out from the date of birth: check it."
        )


def without_primary(rows: list[PupilRow], report: Report) -> list[PupilRow]:
    kept = [row for row in rows if row.year_group is None or row.year_group >= FIRST_YEAR_GROUP]
    if skipped := len(rows) - len(kept):
        left_out = {row.number for row in rows} - {row.number for row in kept}
        report.faults = [fault for fault in report.faults if fault.row not in left_out]
        report.counts["skipped"] = skipped
        report.notices.append(f"{skipped} row{'s' * (skipped != 1)} for pupils below Year {FIRST_YEAR_GROUP} left out.")
    return kept


def refuse_duplicates(rows: list[PupilRow], report: Report) -> None:
    first: dict[object, int] = {}
    for row in rows:
        key = row.upn or row.identity
        earlier = first.setdefault(key, row.number)
        if earlier != row.number:
            what = f"UPN {row.upn}" if row.upn else f"{row.label} without a UPN"
            report.fault(
                row.number, "", f"{what} is also in {report.counted_in.lower()} {earlier}. Take one of the two out."
            )


def refuse_shared_pupils(matched: list[tuple[PupilRow, Pupil]], report: Report) -> None:
    first: dict[int, PupilRow] = {}
    for row, pupil in matched:
        earlier = first.setdefault(pupil.pk, row)
        if earlier is not row:
            report.fault(
                row.number,
                "",
                f"This and {report.counted_in.lower()} {earlier.number} are both about {pupil.list_name}. Take one of the two out.",
            )


def propose_leavers(made: Plan, roll: SchoolRoll, rows: list[PupilRow], present: set[int], options: Options) -> None:
    """Pupils on roll in the year groups the file covers, or too old for the school, who are not in it."""
    covered = {row.year_group for row in rows if row.year_group}
    held_names = {row.identity for row in rows if not row.upn}
    oldest = max(roll.school.year_groups)
    for pupil in roll.pupils:
        expected = roll.expected_year(pupil)
        absent = (
            pupil.pk not in present
            and pupil.left_on is None
            and (pupil.joined_on is None or pupil.joined_on <= roll.today)
        )
        named = (pupil.surname.casefold(), pupil.forename.casefold(), pupil.date_of_birth) in held_names
        if not absent or named or expected is None or (expected not in covered and expected <= oldest):
            continue
        came_back = roll.academic_year in roll.years[pupil.pk]
        last_day = roll.today if came_back or not is_now(roll) else AcademicYear(roll.academic_year).previous.ends
        last_day = max(last_day, pupil.joined_on or last_day)
        year = roll.years[pupil.pk][max(roll.years[pupil.pk])].year_group
        made.report.counts["leavers_proposed"] += 1
        made.report.leavers.append(
            {
                "reference": pupil.reference,
                "name": pupil.list_name,
                "year": f"Year {year}",
                "left_on": f"{last_day.day} {last_day:%B %Y}",
            }
        )
        if options.leaving(pupil.reference):
            made.change(pupil, left_on=last_day)
            made.report.counts["leavers"] += 1
