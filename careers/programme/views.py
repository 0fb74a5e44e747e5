"""The programme as a list. An activity's own page and its form ask the rules, so they are evaluation's."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from careers.accounts.policy import SchoolRequest, requires
from careers.accounts.roles import Policy
from careers.design.components import Column
from careers.programme import queries
from careers.programme.forms import ProgrammeFilter, years_offered
from careers.programme.models import Activity
from careers.programme.statuses import MANY_FROM
from careers.schools.clock import current_year, today
from criteria.periods import AcademicYear

PAGE = 50


@requires(Policy.SEE_FIGURES)
@require_safe
def programme_list(request: SchoolRequest) -> HttpResponse:
    """The year's activities, narrowed by the address. The grid counts what the list shows."""
    year = asked_year(request)
    form = ProgrammeFilter(request.GET, school=request.school, sources=queries.sources(request.school, year))
    found = narrowed(queries.programme(request.school, year), form, request)
    meetings = found.filter(queries.appointments())
    unseen = meetings.filter(pk__in=queries.hidden_from(request.membership).values("pk")).count()
    appointments = 0
    if "appointments" not in request.GET:
        appointments = meetings.count() - unseen
        found = found.exclude(queries.appointments())
    elif unseen:
        found = found.exclude(pk__in=queries.hidden_from(request.membership).values("pk"))
    grid = queries.grid(found, year, request.school.year_groups)
    pages = Paginator(found.prefetch_related("partners"), PAGE)
    page = pages.get_page(request.GET.get("page") or (todays_page(found, pages) if year == current_year() else 1))
    return render(
        request,
        "programme/list.html",
        {
            "year": year,
            "filter": form,
            "page": page,
            "holds_today": "page" not in request.GET and page.number > 1,
            "appointments": appointments,
            "unseen": rounded(unseen),
            "grid_columns": [Column("Year group"), *(Column(name, numeric=True) for name in grid.columns)],
            "grid_rows": [[row, *numbers] for row, numbers in grid.rows],
            "may_plan": Policy.PLAN in request.membership.policies,
            "may_tick": _may_tick(request, page.object_list),
            "registers_to": today() if Policy.RECORD in request.membership.policies else None,
        },
    )


def _may_tick(request: SchoolRequest, shown: Iterable[Activity]) -> tuple[str, ...]:
    """The statuses from which several may be confirmed or cancelled at once; none where nothing shown has one."""
    if Policy.PLAN not in request.membership.policies:
        return ()
    open_to = MANY_FROM[Activity.Status.CANCELLED]
    return open_to if any(activity.status in open_to for activity in shown) else ()


def rounded(number: int) -> str:
    """A number of pupils' meetings for somebody who does not see those pupils, to the nearest five; empty where there are none."""
    return "" if not number else "fewer than 5" if number < 5 else f"about {5 * round(number / 5):,}"


def todays_page(found: QuerySet[Activity], pages: Paginator[Activity]) -> int:
    """The page on which what comes next begins: the year is read from here on, not from September."""
    gone = found.filter(placed_on__lt=today()).count()
    return min(gone, max(pages.count - 1, 0)) // PAGE + 1


def asked_year(request: HttpRequest) -> AcademicYear:
    """The academic year in the address if it is one we offer, else the current one."""
    asked = request.GET.get("academic_year", "")
    offered = {str(year) for year, _ in years_offered()}
    return AcademicYear(int(asked)) if asked in offered else current_year()


def narrowed(found: QuerySet[Activity], form: ProgrammeFilter, request: SchoolRequest) -> QuerySet[Activity]:
    if group := form.chosen("year_group"):
        found = queries.for_year_group(found, group)
    if kind := form.chosen("partner"):
        found = queries.with_partner_kind(found, request.school, kind)
    chosen = {name: form.chosen(name) for name in ("type", "status", "source") if form.chosen(name)}
    return found.filter(**chosen)
