"""What anybody may read and fill in: a school's published statement, and the form by which a provider asks for access."""

from __future__ import annotations

from typing import Any

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django_scopes import scope

from careers.accounts.policy import public
from careers.provider_access.forms_requests import RequestForm
from careers.provider_access.limits import ACT
from careers.provider_access.models import ProviderRequest, PublishedStatement
from careers.provider_access.public_page import past_providers, planned
from careers.provider_access.request_actions import receive
from careers.provider_access.statement import as_read
from careers.schools.clock import today
from careers.schools.models import School


# The law asks a school to publish its policy statement, so anybody reads it. Only what the school published is shown.
@public
@require_safe
def statement(request: HttpRequest, school: str) -> HttpResponse:
    which = get_object_or_404(School, reference=school)
    with scope(school=which):
        version = _published(which)
        words, day = as_read(version.words), today()
        page = {
            "school": which,
            "version": version,
            "words": words,
            "planned": planned(which, day) if words["shows_occasions"] else [],
            "providers": past_providers(which, day) if words["shows_providers"] else [],
            "act": ACT,
        }
        return render(request, "provider_access/statement_public.html", page)


# Whoever asks for access belongs to no school here. The form is there only while the school publishes how to ask.
@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, school: str) -> HttpResponse:
    which = get_object_or_404(School, reference=school)
    with scope(school=which):
        version = _published(which)
        form = RequestForm(request.POST or None, school=which)
        page: dict[str, Any] = {"school": which, "form": form, "words": version.words, "act": ACT}
        if request.method == "POST":
            if not ratelimit.consume(request, action="ask_for_access", key=which.reference):
                return render(request, "provider_access/ask.html", page | {"too_often": True}, status=429)
            if form.is_valid():
                came = ProviderRequest.Came.FORM
                made = receive(
                    school=which, facts=form.facts(), came=came, by=None, stamp=form.given_stamp,
                    confirm=_may_write_to(request, form.cleaned_data["email"]),
                )  # fmt: skip
                return redirect("provider_access:received", which.reference, made.reference)
        return render(request, "provider_access/ask.html", page, status=form.http_status)


def _may_write_to(request: HttpRequest, email: str) -> bool:
    """Not a third time in a day, whatever the request: a stranger's form must not fill somebody else's letter box."""
    name, _, place = email.strip().casefold().rpartition("@")
    return ratelimit.consume(request, action="confirm_access", key=f"{name.partition('+')[0]}@{place}")


# The page a provider comes to who has just asked; its reference is the receipt. It says nothing of who asked or what.
@public
@never_cache
@require_safe
def received(request: HttpRequest, school: str, reference: str) -> HttpResponse:
    which = get_object_or_404(School, reference=school)
    with scope(school=which):
        came = ProviderRequest.Came.FORM
        made = get_object_or_404(ProviderRequest, school=which, reference=reference, came=came)
        version = PublishedStatement.objects.filter(school=which).first()
        contact = version.words.get("contact_email") if version else ""
        page = {"school": which, "reference": made.reference, "answer_by": made.answer_by, "contact": contact}
        return render(request, "provider_access/received.html", page)


def _published(school: School) -> PublishedStatement:
    return get_object_or_404(PublishedStatement, school=school, ended_on__isnull=True)
