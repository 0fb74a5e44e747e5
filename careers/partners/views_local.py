"""What the local labour market holds, as the school found it published."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from careers.accounts.policy import SchoolRequest, requires
from careers.accounts.roles import Policy
from careers.design.editing import ChangedMeanwhile
from careers.partners import local


@requires(Policy.PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SchoolRequest) -> HttpResponse:
    """Put in the shares of jobs and of employers, with where they are from."""
    first = local.answers_of(local.figures_of(request.school))
    form = local.LocalForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            changed = local.put_on_record(
                school=request.school, facts=form.facts(), stamp=form.given_stamp, by=request.user
            )  # fmt: skip
            messages.success(request, "Saved." if changed else "Nothing was changed.")
            return redirect("partners:mix")
        except ChangedMeanwhile:
            form.tell(local.answers_of(local.figures_of(request.school)))
    page = {"form": form, "back_url": reverse("partners:mix")}
    return render(request, "partners/local.html", page, status=form.http_status)
