"""Keeping the list of subjects: departments and their heads, whose each subject is, and spellings that mean one subject."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from careers.accounts.deeds import last_changed
from careers.accounts.policy import SchoolRequest, requires
from careers.accounts.roles import Policy
from careers.curriculum import actions
from careers.curriculum.forms import DepartmentForm, JoinForm, SubjectForm
from careers.curriculum.models import Department, EveryoneStudies, SameSubject, Subject
from careers.curriculum.subjects import alike, names_in_use, waiting
from careers.design.editing import ChangedMeanwhile, EditForm
from careers.programme.actions import NotNow
from careers.schools.clock import current_year
from careers.schools.once import new_stamp


@requires(Policy.PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def subjects(request: SchoolRequest) -> HttpResponse:
    """Every subject and whose it is. Posting takes in what classes and links name and nobody looks after yet."""
    school, year = request.school, current_year()
    if request.method == "POST":
        done = actions.take_in(school=school, by=request.user)
        messages.success(request, _taken_in(done))
        return redirect("curriculum:subjects")
    used = names_in_use(school, year)
    known = list(Subject.objects.filter(school=school).select_related("department"))
    everyone: dict[int, list[int]] = {}
    for each in EveryoneStudies.objects.filter(school=school, academic_year=year.start_year):
        everyone.setdefault(each.subject_id, []).append(each.year_group)
    page = {
        "year": year,
        "lines": [(each, used.get(each.name, 0), sorted(everyone.get(each.pk, ()))) for each in known],
        "departments": Department.objects.filter(school=school).select_related("head"),
        "joined": SameSubject.objects.filter(school=school).select_related("subject"),
        "alike": _doors(known, alike({*used, *(each.name for each in known)})),
        "waiting": waiting(school, year),
    }
    return render(request, "curriculum/subjects.html", page)


def _doors(known: list[Subject], pairs: list[tuple[str, str]]) -> list[tuple[str, str, str]]:
    """Names that may be one subject, with the address of the form that joins them, filled in."""
    by_name = {each.name: each.reference for each in known}
    return [
        (kept, other, f"{reverse('curriculum:join')}?{_query(by_name[kept], other)}")
        for kept, other in pairs
        if kept in by_name
    ]


def _query(subject: str, spelling: str) -> str:
    return urlencode({"subject": subject, "spelling": spelling})


def _taken_in(done: actions.Settled) -> str:
    said = [
        (done.added, f"{done.added} subject{'s'[: done.added != 1]} added"),
        (done.renamed, f"{done.renamed} record{'s'[: done.renamed != 1]} put under the name you chose"),
        (done.joined, f"{done.joined} pupil{'s'[: done.joined != 1]} put in the classes of their year group"),
    ]
    words = "; ".join(words for number, words in said if number)
    return f"{words}." if words else "Everything is up to date."


@requires(Policy.PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def add_department(request: SchoolRequest) -> HttpResponse:
    form = DepartmentForm(request.POST or None, school=request.school, initial={"stamp": new_stamp()})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_department(
                school=request.school, **form.facts(), by=request.user, stamp=form.given_stamp
            )
            messages.success(request, f"Added: {made.name}.")
            return redirect("curriculum:subjects")
        except NotNow as reason:
            form.add_error("name", str(reason))
    return _ask(request, form, {"heading": "Add a department", "submit": "Add the department"})


@requires(Policy.PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_department(request: SchoolRequest, department: str) -> HttpResponse:
    found = get_object_or_404(Department, school=request.school, reference=department)
    first = {"name": found.name, "head": actions.key_of(found.head_id)}
    form = DepartmentForm(request.POST or None, school=request.school, held=found.head, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            facts, stamp = form.facts(), form.given_stamp
            changed = actions.change_department(department=found, facts=facts, stamp=stamp, by=request.user)
            messages.success(request, "Saved." if changed else "Nothing was changed.")
            return redirect("curriculum:subjects")
        except NotNow as reason:
            form.add_error("name", str(reason))
        except ChangedMeanwhile:
            found.refresh_from_db()
            form.tell({"name": found.name, "head": actions.key_of(found.head_id)}, last_changed(found))
    return _ask(request, form, {"heading": found.name, "caption": "Department", "submit": "Save"})


@requires(Policy.PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def subject(request: SchoolRequest, subject: str) -> HttpResponse:
    """Whose a subject is, and which year groups all study it."""
    found = get_object_or_404(Subject, school=request.school, reference=subject)
    form = SubjectForm(request.POST or None, school=request.school, initial=_answers(found))
    if request.method == "POST" and form.is_valid():
        try:
            given, stamp = form.facts(), form.given_stamp
            changed = actions.change_subject(subject=found, **given, stamp=stamp, by=request.user)
            messages.success(request, "Saved." if changed else "Nothing was changed.")
            return redirect("curriculum:subjects")
        except ChangedMeanwhile:
            found.refresh_from_db()
            form.tell(_answers(found), last_changed(found))
    return _ask(request, form, {"heading": found.name, "caption": "Subject", "submit": "Save"})


def _answers(subject: Subject) -> dict[str, Any]:
    said = EveryoneStudies.objects.filter(subject=subject, academic_year=current_year().start_year)
    return {
        "department": subject.department.reference if subject.department else "",
        "everyone_in": sorted(said.values_list("year_group", flat=True)),
    }


@requires(Policy.PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: SchoolRequest) -> HttpResponse:
    """Say that two spellings are one subject: what has the other gets the name that stays."""
    names = names_in_use(request.school, current_year()).keys() | set(
        Subject.objects.filter(school=request.school).values_list("name", flat=True)
    )
    first = {name: request.GET.get(name, "") for name in ("subject", "spelling")}
    form = JoinForm(request.POST or None, school=request.school, names=names, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            done = actions.join_spellings(**form.cleaned_data, by=request.user)
            number = len(done.groups) + len(done.activities)
            messages.success(
                request, f"“{done.spelling}” now means {done.subject}: {number} record{'s'[: number != 1]} put right."
            )
            return redirect("curriculum:subjects")
        except NotNow as reason:
            form.add_error("spelling", str(reason))
    return _ask(request, form, {"heading": "Join two names of one subject", "submit": "Join them"})


@requires(Policy.PLAN)
@require_POST
def part(request: SchoolRequest, spelling: str) -> HttpResponse:
    """Undo a joining."""
    found = get_object_or_404(SameSubject, school=request.school, reference=spelling)
    number = actions.part_spellings(joined=found, by=request.user)
    messages.success(
        request, f"“{found.spelling}” stands for itself again: {number} record{'s'[: number != 1]} put back."
    )
    return redirect("curriculum:subjects")


def _ask(request: SchoolRequest, form: Any, page: dict[str, Any]) -> HttpResponse:
    status = form.http_status if isinstance(form, EditForm) else 422 if form.errors else 200
    page |= {"form": form, "back_url": reverse("curriculum:subjects")}
    return render(request, "design/form_page.html", page, status=status)
