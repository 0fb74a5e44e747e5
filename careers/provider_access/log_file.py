"""The log of requests as a file: what was asked, when and how it was answered. Evidence, should somebody complain."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO, StringIO

from xlsxwriter import Workbook

from careers.design.formulas import harmless
from careers.provider_access.limits import BY_KEY
from careers.provider_access.models import Decision, ProviderRequest
from careers.provider_access.wording import BASIS, CONTENTS, SETTINGS, chosen, years_in_words

Cell = str | date | None

HEADS = (
    "Reference",
    "Received",
    "How it came",
    "Organisation",
    "UKPRN",
    "Contact",
    "E-mail address",
    "Telephone number",
    "Approved offer",
    "Offer in words",
    "Year groups asked for",
    "How they would meet",
    "When",
    "What they would cover",
    "What they would need",
    "Promised by",
    "Answer",
    "Ground",
    "Ground is in the statement",
    "Limits warned of",
    "Words of the reply",
    "Agreed day",
    "Agreed year groups",
    "In the school day",
    "For every pupil",
    "Approval checked",
    "They heard on",
    "By e-mail",
    "Decided by",
    "Decided at",
    "Became an activity",
)
ONCE = 16
"""The columns that are of the request. An earlier answer has a line of its own, with the request's columns again."""


def lines(requests: Iterable[ProviderRequest]) -> list[list[Cell]]:
    """A line for every answer, latest first, and one for a request with none. Needs decisions fetched."""
    found: list[list[Cell]] = []
    for request in requests:
        own, became = _of_request(request), request.activity.title if request.activity else ""
        answers = [_of_answer(each) for each in request.decisions.all()] or [[""] * (len(HEADS) - ONCE - 1)]  # type: ignore[attr-defined]
        found += [[*own, *answer, became] for answer in answers]
    return found


def _of_request(request: ProviderRequest) -> list[Cell]:
    return [
        request.reference,
        request.received_on,
        request.get_came_display(),
        request.organisation,
        request.ukprn,
        request.contact_name,
        request.email,
        request.phone,
        chosen(BASIS, request.basis),
        request.offer,
        years_in_words(request.year_groups),
        chosen(SETTINGS, request.settings),
        request.when,
        chosen(CONTENTS, request.contents),
        request.needs,
        request.answer_by,
    ]


def _of_answer(decision: Decision) -> list[Cell]:
    return [
        decision.get_outcome_display(),
        decision.ground,
        _said(decision.in_statement),
        "; ".join(BY_KEY[key].asked for key in decision.limits if key in BY_KEY),
        decision.words,
        decision.agreed_on,
        years_in_words(decision.year_groups) if decision.year_groups else "",
        _said(decision.in_school_day),
        _said(decision.whole_cohort),
        _said(decision.approved),
        decision.replied_on,
        _said(decision.emailed),
        str(decision.decided_by or ""),
        decision.decided_at.date(),
    ]


def _said(value: bool | None) -> str:
    return {True: "yes", False: "no", None: "not recorded"}[value]


def as_csv(rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with the mark by which a spreadsheet knows it; nothing in a cell is taken for a formula."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEADS)
    writer.writerows([harmless(_plain(cell)) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _plain(cell: Cell) -> str:
    return cell.isoformat() if isinstance(cell, date) else cell or ""


def as_xlsx(rows: Iterable[Sequence[Cell]]) -> bytes:
    file = BytesIO()
    safe = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(file, safe) as workbook:
        sheet = workbook.add_worksheet("Requests")
        sheet.write_row(0, 0, HEADS, workbook.add_format({"bold": True}))
        day = workbook.add_format({"num_format": "d mmm yyyy"})
        for at, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(at, column, cell, day)  # type: ignore[arg-type]
                elif cell:
                    sheet.write_string(at, column, cell)
        sheet.freeze_panes(1, 0)
        sheet.autofit()
    return file.getvalue()


KINDS = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "xlsx": (as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
