"""Asking pupils and partners afterwards, and reading what pupils said."""

from __future__ import annotations

import segno
from allauth.core import ratelimit
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST, require_safe

from careers.accounts.policy import SchoolRequest, requires
from careers.accounts.roles import Policy
from careers.quality import answering, asking
from careers.quality.finding import asked_for, here
from careers.quality.forms import AskPartnerForm
from careers.quality.links import address_of
from careers.quality.models import Link, Reflection
from careers.quality.results import reflections_on
from careers.quality.views import is_open, page_of, show

PAGE = 50
ONE_PUPILS = "This is one pupil’s meeting, and a link must not tell of it."


@requires(Policy.PLAN)
@require_POST
def ask_pupils(request: SchoolRequest, reference: str) -> HttpResponse:
    """Open the link on which pupils say what they took from it."""
    found = asked_for(request, reference)
    if found.one_to_one:
        messages.error(request, ONE_PUPILS)
        return redirect(page_of(found))
    link = asking.ask_pupils(activity=found, by=request.user)
    messages.success(
        request, f"The link works until {link.last_day.day} {link.last_day:%B %Y}. Print the poster, or show it."
    )
    return redirect(page_of(found, "reflections"))


@requires(Policy.PLAN)
@require_POST
def ask_partner(request: SchoolRequest, reference: str) -> HttpResponse:
    """Open a partner's link and send it, or leave it to be copied."""
    found = asked_for(request, reference)
    form = AskPartnerForm(request.POST, activity=found)
    if not form.is_valid():
        return show(request, found, form)
    if found.one_to_one:
        messages.error(request, ONE_PUPILS)
        return redirect(page_of(found))
    given = form.cleaned_data
    if given["email"] and not ratelimit.consume(request, action="invite", user=request.user):
        messages.error(request, "You have sent very many messages. Wait an hour and go on then.")
        return redirect(page_of(found))
    link = asking.ask_partner(
        activity=found, partner=given["partner"], email=given["email"], at=here(request), by=request.user
    )
    link.refresh_from_db(fields=["sent"])
    if link.sent is False:
        messages.error(request, "The link is there, but the message could not be sent. Copy the link, or try again.")
    else:
        done = "The message is sent." if given["email"] else "Copy the link and pass it on."
        messages.success(request, f"{done} It works until {link.last_day.day} {link.last_day:%B %Y}.")
    return redirect(page_of(found, "partners"))


@requires(Policy.PLAN)
@require_POST
def close(request: SchoolRequest, reference: str) -> HttpResponse:
    link: Link = get_object_or_404(Link.objects.select_related("activity"), school=request.school, reference=reference)
    asking.close(link=link, by=request.user)
    messages.success(request, "The link is closed. It opens nothing now; what was said stays.")
    return redirect(page_of(link.activity))


@requires(Policy.SEE_PUPILS)
@require_safe
def poster(request: SchoolRequest, reference: str) -> HttpResponse:
    """A page for the wall: the question, a code for a phone and the address in letters."""
    found = asked_for(request, reference)
    links = Link.objects.filter(activity=found, kind=Link.Kind.REFLECTION, closed=False)
    link = next((each for each in links if is_open(each)), None)
    address = address_of(link, here(request)) if link else ""
    if not address:
        raise Http404("There is no open link.")
    picture = segno.make(address, error="m", micro=False).svg_inline(scale=8, border=4)
    page = {
        "activity": found,
        "link": link,
        "address": address.partition("://")[2].rstrip("/"),
        # Made of squares by segno; the address is in no attribute of it.
        "picture": mark_safe(picture),  # noqa: S308
    }
    return render(request, "quality/poster.html", page)


@requires(Policy.SEE_PUPILS)
@require_safe
def reflections(request: SchoolRequest, reference: str) -> HttpResponse:
    """What pupils wrote, without names, for staff."""
    found = asked_for(request, reference)
    # By their reference, which is drawn by lot: the order says nothing of who came first.
    said = Reflection.objects.filter(activity=found).order_by("reference")
    page = {
        "activity": found,
        "counted": reflections_on(found, request.membership),
        "page": Paginator(said, PAGE).get_page(request.GET.get("page")),
        "may_plan": Policy.PLAN in request.membership.policies,
    }
    return render(request, "quality/reflections.html", page)


@requires(Policy.PLAN)
@require_POST
def remove(request: SchoolRequest, reference: str) -> HttpResponse:
    """Take away what a pupil wrote."""
    said: Reflection = get_object_or_404(
        Reflection.objects.select_related("activity"), school=request.school, reference=reference
    )
    found = said.activity
    answering.remove(reflection=said, by=request.user)
    messages.success(request, "It is taken away for good.")
    return redirect("quality:reflections", found.reference)
