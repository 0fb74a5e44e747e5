"""The log: one row for each pupil and activity. Blank means not known, never no."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.utils import timezone

from careers.accounts.models import User
from careers.encounters.models import Encounter
from careers.imports import headings
from careers.imports.kinds.log_activities import ActivityPlanner
from careers.imports.kinds.log_rows import Happening, Happenings, a_status
from careers.imports.kinds.options import Options
from careers.imports.kinds.pupil_finder import PupilFinder
from careers.imports.plan import Plan, said
from careers.imports.reading import files
from careers.imports.reading.files import File
from careers.imports.reading.refusal import FileRefused
from careers.imports.reading.table import Row, Table
from careers.imports.values import NotUnderstood
from careers.pupils.models import Pupil
from careers.schools.models import School

Register = dict[tuple[int, str], tuple[Pupil, Happening, str, int]]
"""(pupil, activity key) to the pupil, the activity, the attendance and the row that said so."""


def plan(school: School, file: File, options: Options, by: User | None = None) -> Plan:
    made = Plan()
    table = files.read_table(file, headings.for_log())
    require_columns(table)
    made.report.of_table(table)
    if "status" not in table.columns:
        made.report.notices.append(
            "There is no column for attendance, so everyone in the file is taken to have attended."
        )
    register = read(table, made, options, PupilFinder(school, options.academic_year))
    activities = ActivityPlanner(made, school, options.academic_year)
    happenings: dict[str, Happening] = {}
    for _, happening, status, _ in register.values():
        happening.statuses.add(status)
        happenings[happening.key] = happening
    planned = activities.plan(list(happenings.values()))
    record(made, school, register, planned, by)
    return made


def require_columns(table: Table) -> None:
    found = ", ".join(name for name in table.header if name)[:200]
    if not {"upn", "mis_id", "surname", "name"} & table.columns.keys():
        raise FileRefused(
            "There is no column for the pupil: UPN, or surname and forename with form. "
            f"The headings found in row {table.header_row} are: {found}."
        )
    for name, example in (("title", "Activity"), ("type", "Activity type")):
        if name not in table.columns:
            raise FileRefused(
                f"There is no column for the activity's {name}, such as {example}. "
                f"The headings found in row {table.header_row} are: {found}."
            )


def read(table: Table, made: Plan, options: Options, pupils: PupilFinder) -> Register:
    happenings = Happenings(table, made.report, options.academic_year)
    register: Register = {}
    for row in table.rows():
        pupil, status = pupil_in(row, pupils, table, made), status_in(row, table, made)
        happening = happenings.of(row)
        if not (pupil and status and happening):
            continue
        key = (pupil.pk, happening.key)
        earlier = register.get(key)
        if earlier and earlier[2] != status:
            made.report.fault(
                row.number,
                table.heading("status"),
                f"It says {status} and row {earlier[3]} says {earlier[2]}, for the same pupil and activity. Keep one of the two.",
            )
        elif earlier:
            made.report.counts["repeated"] += 1
        else:
            register[key] = (pupil, happening, status, row.number)
    return register


def pupil_in(row: Row, pupils: PupilFinder, table: Table, made: Plan) -> Pupil | None:
    try:
        return pupils.find(row)
    except NotUnderstood as fault:
        made.report.fault(row.number, table.heading("upn" if "upn" in row.cells else "surname"), str(fault))
        return None


def status_in(row: Row, table: Table, made: Plan) -> str:
    if "status" not in table.columns:
        return str(Encounter.Status.ATTENDED)
    try:
        if "status" not in row.cells:
            raise NotUnderstood(
                "It does not say whether the pupil attended. Write attended, absent, excused, declined, offered or booked."
            )
        return a_status(row.cells["status"])
    except NotUnderstood as fault:
        made.report.fault(row.number, table.heading("status"), str(fault))
        return ""


def record(
    made: Plan,
    school: School,
    register: Register,
    activities: dict[str, Any],
    by: User | None,
    *,
    several_days: Collection[str] = (),
) -> None:
    """One encounter for each pupil and activity: added, brought into line, or left as it is.

    On an activity of `several_days` (their keys) a pupil who has attended once has attended, whatever a later day says.
    """
    saved = [activity.pk for activity in activities.values() if activity.pk]
    known: dict[tuple[int, int], Encounter] = {}
    for start in range(0, len(saved), 500):
        for encounter in Encounter.objects.filter(school=school, activity_id__in=saved[start : start + 500]):
            known[encounter.pupil_id, encounter.activity_id] = encounter
    now = timezone.now()
    for pupil, happening, status, _ in register.values():
        activity = activities[happening.key]
        recorded = known.get((pupil.pk, activity.pk)) if activity.pk else None
        if recorded is None:
            made.add(Encounter(school=school, pupil=pupil, activity=activity, status=status, recorded_by=by))
            made.report.adding(f"{pupil.list_name}: {activity.title}")
        elif recorded.status == status or (
            happening.key in several_days and recorded.status == Encounter.Status.ATTENDED
        ):
            made.report.counts["unchanged"] += 1
        else:
            words = said("attendance", recorded.get_status_display(), str(Encounter.Status(status).label))
            made.change(recorded, status=status, recorded_by_id=by.pk if by else None, recorded_at=now)
            made.report.changing(f"{pupil.list_name}: {activity.title}", [words])
