"""Planning a careers link, saying more about it, and saying that it was taught: by whoever answers for the subject."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from careers.accounts.deeds import last_changed
from careers.accounts.policy import SchoolRequest, requires
from careers.accounts.roles import Policy
from careers.curriculum import linking
from careers.curriculum.forms import LinkForm, TaughtForm
from careers.curriculum.models import Subject
from careers.curriculum.subjects import classes_of
from careers.curriculum.usual import careers_of
from careers.curriculum.who_may import classes_to_say_of, may_link
from careers.design.editing import ChangedMeanwhile
from careers.encounters.models import Encounter
from careers.programme.actions import NotNow
from careers.programme.models import Activity
from careers.pupils.models import Group
from careers.schools.clock import today
from careers.schools.once import new_stamp
from criteria.periods import AcademicYear

BACK = "back"
"""Where a form leads when it is done: the page it was opened from, where that is one of ours."""


@requires(Policy.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def plan_link(request: SchoolRequest, subject: str, year_group: int) -> HttpResponse:
    """Plan a link. The department's sheet posts here what it asks in one line."""
    found: Subject = get_object_or_404(
        Subject.objects.select_related("department"), school=request.school, reference=subject
    )
    if year_group not in {*request.school.year_groups, 14}:
        raise Http404("There is no such year group.")
    if not may_link(request.membership, found):
        raise PermissionDenied
    there = reverse("curriculum:in_year", args=[found.reference, year_group])
    form = LinkForm(request.POST or None, school=request.school, initial={"stamp": new_stamp(), "way": "topic"})
    if request.method == "POST" and form.is_valid():
        linking.plan_link(
            school=request.school, subject=found, year_group=year_group, facts=form.facts(), by=request.user,
            stamp=form.given_stamp,
        )  # fmt: skip
        messages.success(request, f"Planned: {form.cleaned_data['topic']}, {found}, Year {year_group}.")
        return redirect(_back(request, there))
    page = {
        "heading": "Plan a careers link",
        "caption": f"{found}, Year {year_group}",
        "submit": "Plan it",
        "usual": careers_of(found.name),
    }
    return _ask(request, form, page, there)


@requires(Policy.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: SchoolRequest, activity: str) -> HttpResponse:
    """Say more about a link, or put it right."""
    found, subject = _link(request, activity)
    if not may_link(request.membership, subject):
        raise PermissionDenied
    there = _page_of(found, subject)
    year = AcademicYear(found.academic_year)
    form = LinkForm(
        request.POST or None, school=request.school, year=year, held=found.owner, initial=linking.answers_of(found)
    )
    if request.method == "POST" and form.is_valid():
        try:
            changed = linking.change_link(activity=found, facts=form.facts(), stamp=form.given_stamp, by=request.user)
            messages.success(request, "Saved." if changed else "Nothing was changed.")
            return redirect(_back(request, there))
        except ChangedMeanwhile:
            found.refresh_from_db()
            form.tell(linking.answers_of(found), last_changed(found))
    page = {"heading": found.title, "caption": "Careers link", "submit": "Save", "usual": careers_of(found.subject)}
    return _ask(request, form, page, there)


@requires(Policy.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def taught(request: SchoolRequest, activity: str) -> HttpResponse:
    """Say that a link was taught: one press marks everybody in the classes. Nobody is named here."""
    found, subject = _link(request, activity)
    year = AcademicYear(found.academic_year)
    all_classes = [group for n in found.year_groups for group in classes_of(request.school, found.subject, n, year)]
    classes = classes_to_say_of(request.membership, subject, dict.fromkeys(all_classes))
    if not classes and not may_link(request.membership, subject):
        raise PermissionDenied
    there = _page_of(found, subject)
    done = _classes_marked(found, classes)
    first = {
        "day": found.starts_on if found.starts_on and found.starts_on <= today() else today(),
        "classes": [group.reference for group in classes if group.pk not in done],
    }
    form = TaughtForm(request.POST or None, classes=classes, year=year, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            said = linking.taught(activity=found, **form.cleaned_data, by=request.user)
            messages.success(request, _said(said))
            return redirect(_back(request, there))
        except NotNow as reason:
            form.add_error("classes", str(reason))
    page = {
        "heading": "This was taught",
        "caption": found.title,
        "submit": "Mark them all as having had it",
        "classes": classes,
        "marked": [group for group in classes if group.pk in done],
    }
    return _ask(request, form, page, there, "curriculum/taught.html")


def _link(request: SchoolRequest, reference: str) -> tuple[Activity, Subject | None]:
    """A link of the school's, with the subject it is in where somebody looks after that."""
    found: Activity = get_object_or_404(
        Activity.objects.select_related("owner"), school=request.school, reference=reference,
        type=Activity.Type.CURRICULUM_LINK,
    )  # fmt: skip
    subjects = Subject.objects.filter(school=request.school, name=found.subject).select_related("department")
    return found, subjects.first()


def _classes_marked(activity: Activity, classes: list[Group]) -> set[int]:
    """Keys of the classes in which somebody has been marked already."""
    marked = Encounter.objects.filter(activity=activity).exclude(status__in=("booked", "offered"))
    found = Group.objects.filter(pk__in=[group.pk for group in classes], memberships__pupil__encounters__in=marked)
    return set(found.values_list("pk", flat=True))


def _page_of(activity: Activity, subject: Subject | None) -> str:
    if subject and activity.year_groups:
        return reverse("curriculum:in_year", args=[subject.reference, activity.year_groups[0]])
    return reverse("curriculum:overview")


def _said(done: linking.Taught) -> str:
    words = f"{done.marked} pupil{'s'[: done.marked != 1]} marked as having had it"
    return f"{words}; {done.already} had a mark already, which stays." if done.already else f"{words}."


def _back(request: SchoolRequest, otherwise: str) -> str:
    given = request.POST.get(BACK, "")
    ours = url_has_allowed_host_and_scheme(given, {request.get_host()}, require_https=request.is_secure())
    return given if given.startswith("/") and ours else otherwise


def _ask(
    request: SchoolRequest, form: Any, page: dict[str, Any], there: str, template: str = "curriculum/link_form.html"
) -> HttpResponse:
    status = form.http_status if isinstance(form, LinkForm) else 422 if form.errors else 200
    return render(request, template, page | {"form": form, "back_url": there}, status=status)
