"""What is held about oneself: for everybody who signs in."""

from __future__ import annotations

from typing import cast

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from careers.accounts.policy import SchoolRequest, any_member
from careers.audit.record import record
from careers.protection.own_data import own_sections
from careers.protection.record_files import as_json
from careers.schools.clock import today


@any_member
@require_http_methods(["GET", "HEAD", "POST"])
def own_data(request: HttpRequest) -> HttpResponse:
    """Says what there is; posted: the person's own data as JSON, which is written down as a deed of theirs."""
    if not hasattr(request, "school"):
        return redirect("accounts:choose_school")
    asked = cast(SchoolRequest, request)
    if request.method != "POST":
        return render(request, "protection/own_data.html", {"sections": own_sections(asked.user, asked.school)})
    with transaction.atomic():
        record("took out own data", by=asked.user, school=asked.school, subject=asked.user, changes=False)
        body = as_json("What is held about you", asked.school, own_sections(asked.user, asked.school), [], today())
    headers = {"Content-Disposition": f'attachment; filename="own-data-{today().isoformat()}.json"'}
    return HttpResponse(body, content_type="application/json", headers=headers)
