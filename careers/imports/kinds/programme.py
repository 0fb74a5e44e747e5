"""A published programme becomes a plan: its rows planned activities, with only what the programme says of them."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import Any

from careers.imports import headings, values
from careers.imports.kinds.options import Options
from careers.imports.kinds.published_kinds import meaning_of, meanings
from careers.imports.plan import Plan, in_words
from careers.imports.reading import files
from careers.imports.reading.files import File
from careers.imports.reading.refusal import FileRefused
from careers.imports.reading.table import Row, Table
from careers.imports.values import NotUnderstood
from careers.programme.models import Activity
from careers.schools.models import School
from criteria.periods import AcademicYear

AUDIENCES = {"all": True, "targeted": False, "optional": False, "referral": False, "": None}
KEPT = ("source", "claimed_benchmarks", "whole_cohort")
"""What a second import may correct. Type, dates, note and attributes are the school's own once the plan is here."""


def plan(school: School, file: File, options: Options) -> Plan:
    made = Plan()
    table = files.read_table(file, headings.PROGRAMME)
    require_columns(table)
    made.report.of_table(table)
    rows = chosen_rows(table, options.programme, made)
    if not rows:
        return made
    notice_origin(rows, school, options, made)
    known = {a.external_key: a for a in Activity.objects.filter(school=school, external_key__startswith="programme:")}
    seen: Counter[str] = Counter()
    for row in rows:
        facts = facts_of(row, table, made)
        if facts:
            place(made, school, row, facts, known, seen, options)
    return made


def require_columns(table: Table) -> None:
    for name in ("title", "kind"):
        if name not in table.columns:
            found = ", ".join(heading for heading in table.header if heading)[:200]
            raise FileRefused(
                f"There is no column “{headings.PROGRAMME[name][0]}”. The headings found in row {table.header_row} are: {found}."
            )


def chosen_rows(table: Table, programme: str, made: Plan) -> list[Row]:
    """The rows of one programme. When the file holds several and none is chosen, the report lists them and there are no rows."""
    rows = list(table.rows())
    by_programme: dict[str, list[Row]] = {}
    for row in rows:
        by_programme.setdefault(row.text("programme_id"), []).append(row)
    if programme and programme not in by_programme:
        known = ", ".join(sorted(by_programme))
        raise FileRefused(f"There is no programme “{programme}” in the file. It has: {known}.")
    if programme or len(by_programme) == 1:
        return by_programme[programme] if programme else rows
    made.report.choices = [
        {"programme": name, "school": some[0].text("school"), "year": some[0].text("academic_year"), "rows": len(some)}
        for name, some in by_programme.items()
    ]
    return []


def notice_origin(rows: list[Row], school: School, options: Options, made: Plan) -> None:
    urn, published_by, year = rows[0].text("urn"), rows[0].text("school"), rows[0].text("academic_year")
    if urn and urn != school.urn:
        made.report.notices.append(
            f"This programme was published by {published_by or 'another school'} (URN {urn}), not by {school.name}."
        )
    chosen = AcademicYear(options.academic_year)
    if year and year[:4] != str(options.academic_year):
        made.report.notices.append(f"It was published for {year}. Its activities are planned for {chosen}.")


def facts_of(row: Row, table: Table, made: Plan) -> dict[str, Any]:
    """Fields of `Activity` that the row states, or nothing when it has faults."""
    facts: dict[str, Any] = {}
    readers = {
        "title": lambda: {"title": required(row, "title", 200)},
        "kind": lambda: type_of(row, made),
        "year_groups": lambda: {
            "year_groups": values.year_groups(row.cells["year_groups"]) if "year_groups" in row.cells else []
        },
        "benchmarks": lambda: {"claimed_benchmarks": benchmarks(row)},
        "audience": lambda: {"whole_cohort": audience(row)},
        "term": lambda: {"term": values.a_text(row.text("term"), 30)},
        "source_url": lambda: {"source": values.a_text(row.text("source_url"), 300)},
        "note": lambda: {"note": values.a_text(row.text("note"), 5_000)},
    }
    faulty = False
    for name, read in readers.items():
        try:
            facts.update(read())
        except NotUnderstood as fault:
            faulty = True
            made.report.fault(row.number, table.heading(name), str(fault))
    return {} if faulty else facts


def required(row: Row, name: str, longest: int) -> str:
    if not row.text(name):
        raise NotUnderstood("It is missing. Add it, or take the row out.")
    return values.a_text(row.text(name), longest)


def type_of(row: Row, made: Plan) -> dict[str, Any]:
    kind, title = row.text("kind").casefold().replace(" ", "_"), row.text("title")
    meaning = meaning_of(kind, title)
    if meaning is None:
        known = ", ".join(dict.fromkeys(m.kind for m in meanings()))
        raise NotUnderstood(
            f"{values.shown(row.text('kind'))} is not a kind of activity we know. The kinds are: {known}."
        )
    if meaning.doubt:
        made.report.notices.append(
            f"Row {row.number}, {title}: planned as “{Activity.Type(meaning.type).label}”. {meaning.doubt}"
        )
    return {"type": meaning.type, "one_to_one": meaning.one_to_one}


def benchmarks(row: Row) -> list[int]:
    parts = [part.strip() for part in row.text("benchmarks").replace(",", "|").split("|") if part.strip()]
    if any(part not in {str(n) for n in range(1, 9)} for part in parts):
        raise NotUnderstood(
            f"{values.shown(row.text('benchmarks'))} are not benchmarks. Write numbers from 1 to 8 with a bar between, like 1|3."
        )
    return sorted({int(part) for part in parts})


def audience(row: Row) -> bool | None:
    words = row.text("audience").casefold()
    if words not in AUDIENCES:
        raise NotUnderstood(
            f"{values.shown(words)} is not an audience we know. Write all, targeted, optional or referral, or leave it blank."
        )
    return AUDIENCES[words]


def place(
    made: Plan,
    school: School,
    row: Row,
    facts: dict[str, Any],
    known: dict[str, Activity],
    seen: Counter[str],
    options: Options,
) -> None:
    what = "|".join(
        [
            facts["title"].casefold(),
            ",".join(map(str, facts["year_groups"])),
            facts["term"].casefold(),
            row.text("kind"),
        ]
    )
    stem = f"programme:{row.text('programme_id')[:60]}:{options.academic_year}:{hashlib.sha256(what.encode()).hexdigest()[:16]}"
    seen[stem] += 1
    key = stem if seen[stem] == 1 else f"{stem}:{seen[stem]}"
    years = f" (Year {', '.join(map(str, facts['year_groups']))})" if facts["year_groups"] else ""
    activity = known.get(key)
    if activity is None:
        made.add(
            Activity(
                school=school,
                external_key=key,
                academic_year=options.academic_year,
                status=Activity.Status.PLANNED,
                **facts,
            )
        )
        made.report.adding(facts["title"] + years)
    elif differing := made.change(activity, **{name: facts[name] for name in KEPT}):
        made.report.changing(facts["title"] + years, in_words(Activity, differing))
    else:
        made.report.counts["unchanged"] += 1
