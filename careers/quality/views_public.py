"""What pupils and partners open by a link, and what a pupil opens who has signed in."""

from __future__ import annotations

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django_scopes import scope

from careers.accounts.policy import SchoolRequest, public, requires
from careers.accounts.roles import Policy
from careers.programme.models import Activity
from careers.quality import answering
from careers.quality.answering import EnoughSaid
from careers.quality.forms import FeedbackForm, ReflectionForm
from careers.quality.links import LinkRefused, opened_by
from careers.quality.models import Link, Reflection
from careers.quality.own import may_be_said, own_pupil

ANSWERED = "answered-"
"""The cookie of a device that has answered, with the link's reference. It says nothing of whose device it is."""
COOKIE_LASTS = 60 * 24 * 3600
STATUS = {"mangled": 404, "closed": 410, "over": 410, "early": 403}


@public  # a pupil with a phone in front of the poster; the page names nobody
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reflect(request: HttpRequest, code: str) -> HttpResponse:
    """Say what one took from an activity, as nobody in particular. A pupil who has signed in is led to their own record."""
    try:
        link = opened_by(code, Link.Kind.REFLECTION)
    except LinkRefused as refused:
        return _refused(request, refused.reason)
    if _is_own(request, link):
        return redirect("quality:own", link.activity.reference)
    page = {"activity": link.activity, "school": link.school, "path": request.path}
    if request.COOKIES.get(ANSWERED + link.reference):
        return render(request, "quality/thanks.html", {**page, "already": True})
    form = ReflectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            answering.reflect(link=link, facts=form.facts(), stamp=form.cleaned_data["stamp"])
        except EnoughSaid:
            return _closed(request, "over", 410)
        answer = render(request, "quality/thanks.html", page)
        answer.set_cookie(
            ANSWERED + link.reference, "yes", max_age=COOKIE_LASTS, path=request.path, httponly=True, samesite="Lax",
            secure=request.is_secure(),
        )  # fmt: skip
        return answer
    return render(request, "quality/reflect.html", {**page, "form": form}, status=422 if form.errors else 200)


def _is_own(request: HttpRequest, link: Link) -> bool:
    membership = getattr(request, "membership", None)
    if membership is None or membership.role != "pupil" or membership.school_id != link.school_id:
        return False
    with scope(school=link.school):
        pupil = own_pupil(request.user, link.school)
        return pupil is not None and may_be_said(pupil).filter(pk=link.activity_id).exists()


@public  # a partner has no account; the page names nobody
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: HttpRequest, code: str) -> HttpResponse:
    """Say how it went, for a partner who was sent the link."""
    try:
        link = opened_by(code, Link.Kind.FEEDBACK)
    except LinkRefused as refused:
        return _refused(request, refused.reason)
    page = {"activity": link.activity, "school": link.school, "partner": link.partner}
    form = FeedbackForm(request.POST or None, activity=link.activity)
    if request.method == "POST" and form.is_valid():
        try:
            answering.say_how_it_went(link=link, facts=form.facts(), stamp=form.cleaned_data["stamp"])
        except EnoughSaid:
            return _closed(request, "over", 410)
        return render(request, "quality/thanks.html", page)
    return render(request, "quality/feedback.html", {**page, "form": form}, status=422 if form.errors else 200)


def _refused(request: HttpRequest, reason: str) -> HttpResponse:
    """Codes that open nothing are counted for each address, so that nobody tries many. Answers are not: a year group in a hall
    sends them in one minute from one address, and how many one link takes has a limit of its own."""
    if reason == "mangled" and not ratelimit.consume(
        request, app="allauth.account", action="code_of_nothing", limit_get=True
    ):
        return _closed(request, "too_often", 429)
    return _closed(request, reason, STATUS[reason])


def _closed(request: HttpRequest, reason: str, status: int) -> HttpResponse:
    return render(request, "quality/link_closed.html", {"reason": reason}, status=status)


@requires(Policy.SEE_OWN_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: SchoolRequest, reference: str) -> HttpResponse:
    """A pupil says what they took from an activity they were at, on their own record. A parent does not say it for them."""
    pupil = own_pupil(request.user, request.school) if request.membership.role == "pupil" else None
    if pupil is None:
        raise Http404("There is no such activity.")
    activity: Activity = get_object_or_404(may_be_said(pupil), reference=reference)
    said = Reflection.objects.filter(school=request.school, activity=activity, pupil=pupil).first()
    held = {name: getattr(said, name) for name in ("learnt", "surprised", "next_step", "useful")} if said else {}
    form = ReflectionForm(request.POST or None, initial=held)
    if request.method == "POST" and form.is_valid():
        answering.reflect_as(activity=activity, pupil=pupil, facts=form.facts(), by=request.user)
        messages.success(request, "Thank you. It is on your record.")
        return redirect("portal:home")
    page = {"activity": activity, "school": request.school, "form": form, "own": True}
    return render(request, "quality/reflect.html", page, status=422 if form.errors else 200)
