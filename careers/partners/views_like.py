"""Who is here already, while a name is being typed."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from careers.accounts.policy import SchoolRequest, requires
from careers.accounts.roles import Policy
from careers.partners.likeness import TYPED, like


@requires(Policy.SEE_FIGURES)
@require_safe
def suggestions(request: SchoolRequest) -> HttpResponse:
    """A part of a page. `name`, `ukprn` and `companies_house` are what was typed. With `pick`, boxes to tick, named
    partners, with a partner's reference as their value."""
    given = {field: request.GET.get(field, "")[:200] for field in ("name", "ukprn", "companies_house")}
    typed = len(given["name"].strip()) >= TYPED
    enough = typed or any(given[field].strip() for field in ("ukprn", "companies_house"))
    name, ukprn, company = given.values()
    likes = like(request.school, name, ukprn=ukprn, companies_house=company) if enough else []
    page = {"likes": likes, "name": typed, "pick": "pick" in request.GET}
    return render(request, "partners/like.html", page)
