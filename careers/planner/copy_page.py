"""The page that shows what copying a year would make, and does it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from careers.accounts.policy import SchoolRequest, requires
from careers.accounts.roles import Policy
from careers.planner.copying import copies, copy_year
from careers.schools.clock import current_year
from criteria.periods import AcademicYear


@requires(Policy.PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def copy(request: SchoolRequest) -> HttpResponse:
    """Into the year to come from this one or, where the address says so, into this one from the last."""
    year = _year(request)
    into = year.pending
    if request.method == "POST":
        made = copy_year(
            school=request.school, year=year, into=into, references=request.POST.getlist("activity"), by=request.user
        )
        many = f"{len(made)} activit{'y is' if len(made) == 1 else 'ies are'}"
        if made:
            messages.success(request, f"{many} proposed for {into}. Confirm them when they are settled.")
        else:
            messages.info(request, "Nothing was copied: nothing was ticked that had not been copied already.")
        return redirect(f"{reverse('planner:year')}?academic_year={into.start_year}")
    found = copies(request.school, year, into)
    page = {
        "year": year,
        "into": into,
        "copies": found,
        "years": [(each, each.pending) for each in (current_year(), current_year().previous)],
        "there": sum(each.there for each in found),
        "lost": any(each.lost for each in found),
        "back_url": reverse("planner:year"),
    }
    return render(request, "planner/copy.html", page)


def _year(request: SchoolRequest) -> AcademicYear:
    """The year to copy from."""
    last = current_year().previous
    return last if request.GET.get("academic_year") == str(last.start_year) else current_year()
