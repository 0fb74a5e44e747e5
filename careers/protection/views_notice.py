"""Privacy notices: a draft from what is really held, for somebody to check, and the published notice for everybody."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe
from django_scopes import scope

from careers.accounts.policy import SchoolRequest, public, requires
from careers.accounts.roles import Policy
from careers.protection import notice_actions
from careers.protection.notice import as_kept, draft
from careers.protection.record_of_notices import DataContact, PublishedNotice
from careers.schools.models import School

Audience = PublishedNotice.Audience
CONTACT = ("officer", "email", "local_authority")


class ContactForm(forms.Form):
    mark_optional = False

    officer = forms.CharField(label="Who is the school’s data protection officer?", max_length=150)
    email = forms.EmailField(label="At which e-mail address?")
    local_authority = forms.CharField(
        label="Which local authority is the school in?",
        max_length=150,
        help_text="As notices and files for it should name it.",
    )


@requires(Policy.PROTECT)
@require_http_methods(["GET", "HEAD", "POST"])
def notices(request: SchoolRequest) -> HttpResponse:
    """The notices, each published or not, and whom they say to ask."""
    contact = DataContact.of(request.school)
    form = ContactForm(request.POST or None, initial={name: getattr(contact, name) for name in CONTACT})
    if request.method == "POST" and form.is_valid():
        notice_actions.set_contact(school=request.school, facts=form.cleaned_data, by=request.user)
        messages.success(
            request, "Saved. Notices that are published already keep their words until you publish them again."
        )
        return redirect("protection:notices")
    found = {one.audience: one for one in PublishedNotice.objects.filter(school=request.school)}
    lines = [(audience, found.get(audience), _changed(request.school, found.get(audience))) for audience in Audience]
    page = {"form": form, "lines": lines, "school": request.school}
    return render(request, "protection/notices.html", page, status=422 if form.errors else 200)


def _changed(school: School, published: PublishedNotice | None) -> bool:
    """Whether the notice would say something else today."""
    return published is not None and published.parts != as_kept(draft(school, published.audience))


@requires(Policy.PROTECT)
@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: SchoolRequest, audience: str) -> HttpResponse:
    """The draft for one audience; posted: published, or withdrawn."""
    who = _audience(audience)
    if request.method == "POST":
        return _publish(request, who)
    published = PublishedNotice.objects.filter(school=request.school, audience=who).first()
    parts = as_kept(draft(request.school, who))
    page: dict[str, Any] = {"parts": parts, "audience": who, "published": published, "school": request.school}
    return render(request, "protection/notice.html", page | {"changed": _changed(request.school, published)})


def _publish(request: SchoolRequest, who: Audience) -> HttpResponse:
    if request.POST.get("withdraw"):
        notice_actions.withdraw(school=request.school, audience=who, by=request.user)
        messages.success(request, "The notice can no longer be read at its public address.")
        return redirect("protection:notices")
    try:
        notice_actions.publish(school=request.school, audience=who, by=request.user)
        messages.success(request, f"Published. Anybody can read it at {_address(request.school, who)}.")
    except notice_actions.NoticeRefused as refused:
        messages.error(request, str(refused))
    return redirect("protection:notices")


def _address(school: School, who: str) -> str:
    return reverse("protection:privacy", args=[school.reference, who])


def _audience(key: str) -> Audience:
    if key not in Audience.values:
        raise Http404("There is no such notice.")
    return Audience(key)


# The law wants a privacy notice to be read by anybody, before they have an account. Only what the school published is shown.
@public
@require_safe
def privacy(request: HttpRequest, reference: str, audience: str) -> HttpResponse:
    """A notice as the school published it."""
    who, school = _audience(audience), get_object_or_404(School, reference=reference)
    with scope(school=school):
        found = get_object_or_404(PublishedNotice, school=school, audience=who)
    page = {"parts": found.parts, "audience": who, "published": found, "school": school}
    return render(request, "protection/privacy.html", page)
