"""Quick notes: a conversation with a pupil, and a lesson linked to a career."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from careers.accounts.looking import looked_at
from careers.accounts.policy import SchoolRequest, requires
from careers.accounts.roles import Policy, Reach
from careers.encounters.forms import ConversationForm, LessonForm
from careers.encounters.notes import link_lesson, note_conversation
from careers.pupils.matching import Matching
from careers.pupils.models import Group, GroupMembership, Pupil, YearHeld
from careers.pupils.visibility import pupils_visible_to
from careers.schools.clock import current_year, today

OFFERED_NAMES = 250
"""Names offered while typing: of a form or a few classes, never of a whole school."""


@requires(Policy.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def conversation(request: SchoolRequest) -> HttpResponse:
    """Note a conversation with one of one's own pupils. The address may name the pupil by reference."""
    matching = matching_for(request)
    posted = request.POST if request.method == "POST" else None
    form = ConversationForm(posted, matching=matching, initial={"pupil": _named(request, matching)})
    if form.is_bound and form.is_valid() and form.one:
        given = form.cleaned_data
        year = YearHeld.objects.filter(pupil=form.one, academic_year=current_year().start_year).first()
        note_conversation(
            pupil=form.one, day=given["day"], text=given["text"], told=given["told"], by=request.user,
            year_group=year.year_group if year else None, stamp=given["stamp"],
        )  # fmt: skip
        messages.success(request, f"Your conversation with {form.one.full_name} is noted.")
        return redirect("encounters:record")
    offered = [] if request.membership.reach is Reach.ALL else list(matching.pupils.values())[:OFFERED_NAMES]
    shown = [each.pupil.pk for each in form.match.candidates] if form.match else []
    looked_at(request, "noting a conversation", dict.fromkeys([*shown, *(pupil.pk for pupil in offered)]))
    page: dict[str, Any] = {
        "form": form,
        "heading": "Note a conversation",
        "submit": "Save",
        "offered": [(pupil.list_name, matching.form_of(pupil)) for pupil in offered],
        "back_url": reverse("encounters:record"),
    }
    return render(request, "encounters/conversation.html", page, status=422 if form.errors else 200)


def matching_for(request: SchoolRequest) -> Matching:
    """The pupils this person may record something of, to find by name; those of the school make a shared name doubtful."""
    here = Pupil.objects.filter(school=request.school).on_roll(today())
    reach = request.membership.reach is Reach.ALL
    seen = here if reach else pupils_visible_to(request.membership).on_roll(today()).order_by("surname", "forename")
    return Matching(seen, academic_year=current_year().start_year, everybody=None if reach else here)


def _named(request: SchoolRequest, matching: Matching) -> str:
    wanted = request.GET.get("of", "")
    found = next((pupil for pupil in matching.pupils.values() if wanted and pupil.reference == wanted), None)
    return f"{found.list_name} {matching.form_of(found)}".strip() if found else ""


@requires(Policy.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def lesson(request: SchoolRequest) -> HttpResponse:
    """Put today's lesson and its link to a career in the log, with the whole class present."""
    year = current_year().start_year
    here = Group.objects.filter(school=request.school, academic_year=year)
    groups = _in_order(here, request)
    subjects = here.exclude(subject="").order_by("subject").values_list("subject", flat=True).distinct()
    posted = request.POST if request.method == "POST" else None
    form = LessonForm(posted, groups=groups, subjects=subjects)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        group = given["one"]
        members = GroupMembership.objects.filter(group=group, ends_on__isnull=True).values("pupil_id")
        pupils = list(pupils_visible_to(request.membership).on_roll(today()).filter(pk__in=members))
        activity, _ = link_lesson(
            group=group, pupils=pupils, subject=given["subject"], career=given["career"], day=today(),
            by=request.user, stamp=given["stamp"],
        )  # fmt: skip
        messages.success(
            request,
            f"{activity.title} is recorded for {group.name}: {len(pupils)} pupil{'' if len(pupils) == 1 else 's'} present. "
            "If anybody was absent, mark them here.",
        )
        return redirect(reverse("encounters:register", args=[activity.reference]) + f"?group={group.reference}")
    page = {
        "form": form,
        "heading": "Note a lesson linked to a career",
        "submit": "Save with everyone present",
        "subjects": subjects,
        "groups": groups,
        "back_url": reverse("encounters:record"),
    }
    return render(request, "encounters/lesson.html", page, status=422 if form.errors else 200)


def _in_order(here: Any, request: SchoolRequest) -> list[Group]:
    """Groups to choose from, classes first: those one answers for or, for whoever answers for none and sees everybody, any."""
    own = list(here.filter(group_staff__user_id=request.user.pk).distinct())
    found = own or (list(here) if request.membership.reach is Reach.ALL else [])
    return sorted(found, key=lambda group: (group.kind != Group.Kind.CLASS, group.kind, group.name))
