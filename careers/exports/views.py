"""Lists taken out of Trigpoint: just what the page shows, all its pages, and on record."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from careers.accounts.policy import requires
from careers.accounts.roles import Policy
from careers.audit.record import record
from careers.evaluation.asking import Asked
from careers.evaluation.breakdown import asked_under
from careers.evaluation.listing import Line, Listing
from careers.evaluation.sensitive import tells, told
from careers.exports.writing import Cell, as_csv, as_xlsx

HEADS = ("Name", "Year group", "Form", "Criterion", "State", "Done", "Needed", "Due", "Why nobody can tell")
KINDS = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "xlsx": (as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


@requires(Policy.EXPORT_PUPILS)
@require_safe
def criterion(request: HttpRequest, id: str, kind: str) -> HttpResponse:
    """A criterion's pupils, filtered and ordered by the same address as its page."""
    asked = Asked(request)
    found = asked.find_criterion(id)
    if found and tells(found[2]) and not asked.reader.sensitive:
        raise PermissionDenied
    return _file(asked, id, kind, Listing(asked, found[2]) if found else None)


@requires(Policy.EXPORT_PUPILS)
@require_safe
def benchmark(request: HttpRequest, framework: str, key: str, kind: str) -> HttpResponse:
    """A benchmark's pupils, each at the criterion they are worst at."""
    asked = Asked(request)
    found = asked.find_heading(framework, key)
    criteria = told(asked_under(asked.found, *found), asked.reader.sensitive) if found else ()
    return _file(asked, f"{framework}.{key}", kind, Listing(asked, *criteria) if criteria else None)


def _file(asked: Asked, what: str, kind: str, listing: Listing | None) -> HttpResponse:
    if listing is None or kind not in KINDS or asked.form.errors:
        raise Http404("There is no such list.")
    write, content_type = KINDS[kind]
    body = write(HEADS, [row(line) for line in listing.lines])
    record(
        "took out a list of pupils",
        by=asked.request.user,
        school=asked.school,
        changes=False,
        concerning=[line.person.pk for line in listing.lines],
        list=what,
        file=kind,
        rows=len(listing.lines),
        as_at=asked.as_at.isoformat(),
        filters=listing.filter.on(),
    )
    name = f"{what.replace('.', '-')}-{asked.as_at.isoformat()}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(body, content_type=content_type, headers=headers)


def row(line: Line) -> tuple[Cell, ...]:
    person, standing = line.person, line.standing
    return (
        person.name,
        person.year_group,
        person.form,
        line.criterion.number,
        line.word,
        standing.count,
        standing.needed,
        standing.due,
        str(standing.reason),
    )
