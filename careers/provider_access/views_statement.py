"""Writing the policy statement, publishing it, and what it said before."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careers.accounts.policy import SchoolRequest, requires
from careers.accounts.roles import Policy
from careers.design.editing import ChangedMeanwhile
from careers.provider_access import statement_actions as actions
from careers.provider_access.forms_statement import SECTIONS, StatementForm, answers_of
from careers.provider_access.limits import ACT
from careers.provider_access.models import PublishedStatement, Statement
from careers.provider_access.statement import (
    PARTS,
    as_kept,
    as_read,
    features_of,
    lacking,
    limits_of,
    published,
    review_of,
    words_of,
)  # fmt: skip
from careers.schools.clock import today


@requires(Policy.RECORD_SCHOOL)
@require_safe
def policy(request: SchoolRequest) -> HttpResponse:
    """The statement: which parts the draft has, what is published, and every version there was."""
    draft = Statement.objects.filter(school=request.school).select_related("changed_by").first()
    words = words_of(draft or Statement(school=request.school))
    version = published(request.school)
    held = features_of(words)
    page: dict[str, Any] = {
        "draft": draft,
        "parts": [(name, feature in held) for feature, name, _ in PARTS],
        "lacking": lacking(words),
        "limits": limits_of(words),
        "version": version,
        "changed": version is None or version.words != as_kept(words),
        "review": review_of(version, today()) if version else None,
        "versions": PublishedStatement.objects.filter(school=request.school).select_related("published_by"),
        "school": request.school,
        "public_url": request.build_absolute_uri(_public("statement", request)),
        "ask_url": request.build_absolute_uri(_public("ask", request)),
        "act": ACT,
    }
    return render(request, "provider_access/policy.html", page)


def _public(page: str, request: SchoolRequest) -> str:
    return reverse(f"provider_access:{page}", args=[request.school.reference])


@requires(Policy.RECORD_SCHOOL)
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: SchoolRequest) -> HttpResponse:
    """The draft, part by part. It is saved whether or not it is whole."""
    held = Statement.objects.filter(school=request.school).first() or Statement(school=request.school)
    form = StatementForm(request.POST or None, initial=answers_of(held))
    if request.method == "POST" and form.is_valid():
        facts, stamp = form.answers(), form.given_stamp
        try:
            changed = actions.write(school=request.school, facts=facts, stamp=stamp, by=request.user)
            messages.success(
                request, "Saved. It is published when you publish it." if changed else "Nothing was changed."
            )
            return redirect("provider_access:policy")
        except ChangedMeanwhile:
            now = Statement.objects.filter(school=request.school).select_related("changed_by").first() or held
            form.tell(answers_of(now), f"{now.changed_by or 'Somebody'} has changed it meanwhile")
    sections = [(title, [form[name] for name in names]) for title, names in SECTIONS]
    back = reverse("provider_access:policy")
    page = {"form": form, "sections": sections, "back_url": back, "act": ACT}
    return render(request, "provider_access/write.html", page, status=form.http_status)


@requires(Policy.RECORD_SCHOOL)
@require_POST
def publish(request: SchoolRequest) -> HttpResponse:
    """Publish the draft, or withdraw what is published."""
    try:
        if request.POST.get("withdraw"):
            actions.withdraw(school=request.school, by=request.user)
            messages.success(request, "The statement and the form can no longer be opened by others.")
        else:
            made = actions.publish(school=request.school, by=request.user)
            messages.success(
                request, f"Version {made.number} is published. The school’s own record says what it contains."
            )
    except actions.StatementRefused as refused:
        messages.error(request, str(refused))
    return redirect("provider_access:policy")


@requires(Policy.RECORD_SCHOOL)
@require_safe
def version(request: SchoolRequest, reference: str) -> HttpResponse:
    """What a version said."""
    found = get_object_or_404(PublishedStatement, school=request.school, reference=reference)
    page = {"version": found, "words": as_read(found.words), "school": request.school, "act": ACT}
    return render(request, "provider_access/version.html", page)
