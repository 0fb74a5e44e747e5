"""Who is here already, while a name is being typed."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from careers.accounts.policy import SchoolRequest, requires
from careers.accounts.roles import Policy
from careers.partners.likeness import TYPED, like


@requires(Policy.SEE_FIGURES)
@require_safe
def suggestions(request: SchoolRequest) -> HttpResponse:
    """A part of a page; whoever asks for it as a page is led to the list.

    `name`, `ukprn` and `companies_house` are what was typed. With `pick` it is boxes to tick, named partners, each with a
    partner's reference as its value.
    """
    if not request.headers.get("HX-Request"):
        return redirect("partners:list")
    given = {field: request.GET.get(field, "")[:200] for field in ("name", "ukprn", "companies_house")}
    typed = len(given["name"].strip()) >= TYPED
    enough = typed or any(given[field].strip() for field in ("ukprn", "companies_house"))
    name, ukprn, company = given.values()
    likes = like(request.school, name, ukprn=ukprn, companies_house=company) if enough else []
    page = {"likes": likes, "name": typed, "pick": "pick" in request.GET}
    return render(request, "partners/like.html", page)
