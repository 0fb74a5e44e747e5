"""Who looked at a pupil, and what was done about them: for those who may read the audit, and for a subject access request."""

from __future__ import annotations

from typing import cast

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from careers.accounts.deeds import deeds, events_about, lately
from careers.accounts.forms import AuditFilter
from careers.accounts.policy import SchoolRequest, requires
from careers.accounts.roles import Policy
from careers.audit.record import record
from careers.pupils.visibility import pupils_visible_to

A_PAGE = 50


@requires(Policy.SEE_AUDIT)
@require_safe
def looked(request: HttpRequest, reference: str) -> HttpResponse:
    """Every event about one pupil, newest first; with `all` in the address on one page, to print. Opening it is one too."""
    request = cast(SchoolRequest, request)
    one = get_object_or_404(pupils_visible_to(request.membership), reference=reference)
    record("read who looked at a pupil", by=request.user, school=request.school, subject=one, changes=False)
    every = events_about(one, request.school)
    form = AuditFilter(request.GET)
    form.offer(*lately(every))
    found = every.filter(**form.conditions())
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    whole = "all" in request.GET
    context = {
        "pupil": one,
        "filter": form,
        "page": page,
        "whole": whole,
        "deeds": deeds(found if whole else page.object_list, request.school),
    }
    return render(request, "evaluation/pupil_deeds.html", context)
