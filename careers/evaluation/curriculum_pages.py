"""The pages of careers in the curriculum: the grid, a department's sheet, one subject in one year, and staff development."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from careers.accounts.looking import looked_at
from careers.accounts.policy import SchoolRequest, requires
from careers.accounts.roles import Policy
from careers.curriculum.models import Department, Link, StaffSession, Subject
from careers.curriculum.sessions import for_department, hours_of, numbers_of, reached
from careers.curriculum.subjects import waiting
from careers.curriculum.usual import careers_of
from careers.curriculum.who_may import classes_to_say_of, may_link
from careers.evaluation.asking import Asked
from careers.evaluation.curriculum_cover import Linked, SubjectInYear, curriculum_cover
from careers.evaluation.curriculum_rows import Block, blocks, every_subject, numbers_words, overdue, too_few
from careers.evaluation.doors import activity_address, pupil_address, register_address
from careers.evaluation.school_criteria import school_file
from careers.evaluation.small_numbers import is_few, nearest_five, say
from careers.evaluation.views_school import Line, school_line
from careers.programme.models import Activity
from careers.pupils.models import Group
from careers.schools.once import new_stamp

A_LIST = 60
"""Names shown of those without a link: whole year groups are better looked at as classes."""
HOLES = 12
STAFF_RULE = "gb4.2025.school.2"


@requires(Policy.SEE_FIGURES)
@require_safe
def overview(request: SchoolRequest) -> HttpResponse:
    """Subjects by department and year groups: what is taught, what is planned, and where there is nothing."""
    asked = Asked(request)
    cover = curriculum_cover(asked.found)
    grid = blocks(asked, cover, request.membership)
    holes = [(block, hole) for block in grid for hole in block.holes]
    holes.sort(key=lambda pair: -len(pair[1].cell.pupils))
    links = {link.pk: link for cell in cover.cells.values() for link in cell.links}
    may_plan = Policy.PLAN in request.membership.policies
    page = {
        "asked": asked,
        "cover": cover,
        "blocks": grid,
        "year_groups": cover.year_groups,
        "holes": holes[:HOLES],
        "more_holes": len(holes) - len(holes[:HOLES]),
        "overdue": _late(request, overdue(cover, links.values(), asked.as_at)),
        "every_subject": every_subject(asked, cover),
        "criterion_url": asked.criterion_address(cover.criterion) if cover.criterion else "",
        "own": [block.department for block in grid if _heads(request, block)],
        "may_plan": may_plan,
        "waiting": waiting(request.school, asked.year) if may_plan else None,
    }
    return render(request, "evaluation/curriculum.html", page)


def _heads(request: SchoolRequest, block: Block) -> bool:
    return block.department is not None and block.department.head_id == request.user.pk


def _late(request: SchoolRequest, links: list[Activity]) -> list[tuple[Activity, str]]:
    """Links that should have been taught by now, each with where to say so for whoever may."""
    names = {link.subject for link in links}
    found = Subject.objects.filter(school=request.school, name__in=names).select_related("department")
    known = {subject.name: subject for subject in found}
    return [
        (link, reverse("curriculum:taught", args=[link.reference]) if may_link(request.membership, known.get(link.subject)) else "")
        for link in links
    ]  # fmt: skip


@requires(Policy.SEE_FIGURES)
@require_safe
def department(request: SchoolRequest, department: str) -> HttpResponse:
    """One department on a sheet of paper: its subjects by year, what is linked or missing, and what its staff were told."""
    found: Department = get_object_or_404(
        Department.objects.select_related("head"), school=request.school, reference=department
    )
    asked = Asked(request)
    cover = curriculum_cover(asked.found)
    (block,) = (b for b in blocks(asked, cover, request.membership, only=found) if b.department == found)
    sessions = for_department(_sessions(request, asked), found)
    page = {
        "asked": asked,
        "year": asked.year,
        "department": found,
        "sheets": [(row, _sheet(request, row), careers_of(row.name)) for row in block.rows],
        "half_terms": Activity.HalfTerm.choices,
        "sessions": sessions,
        "hours": hours_of(sessions),
        "teachers": _teachers(request, asked, [row.name for row in block.rows]),
        "may_plan": Policy.PLAN in request.membership.policies,
        "here": request.path,
    }
    return render(request, "evaluation/curriculum_department.html", page)


def _sheet(request: SchoolRequest, row: Any) -> list[dict[str, Any]]:
    """A subject's year groups in which it is studied or something is planned, each with its links and a stamp to plan one by."""
    found = []
    for shown in row.cells:
        if shown.studied or shown.cell.links:
            found.append(
                {
                    "shown": shown,
                    "links": [_line(link, shown.may_link) for link in shown.cell.links],
                    "stamp": new_stamp() if shown.plan_address else "",
                }
            )
    return found


def _line(link: Activity, allowed: bool) -> dict[str, Any]:
    said: Link | None = getattr(link, "link", None)
    return {
        "activity": link,
        "said": said,
        "topic": said.topic if said else link.title,
        "edit": reverse("curriculum:link", args=[link.reference]) if allowed else "",
        "taught": reverse("curriculum:taught", args=[link.reference]) if allowed and link.status != "proposed" else "",
        "activity_url": activity_address(link.reference),
    }


def _teachers(request: SchoolRequest, asked: Asked, subjects: list[str]) -> dict[str, list[str]]:
    """Who teaches each subject this year, as far as classes say: one query."""
    classes = Group.objects.filter(
        school=request.school, kind=Group.Kind.CLASS, academic_year=asked.year.start_year, subject__in=subjects
    )
    named = classes.filter(staff__isnull=False).values_list("subject", "staff__name").distinct().order_by("staff__name")
    found: dict[str, list[str]] = {}
    for subject, name in named:
        found.setdefault(subject, []).append(name)
    return found


def _sessions(request: SchoolRequest, asked: Asked) -> list[StaffSession]:
    """The year's sessions that were held, latest first."""
    held = StaffSession.objects.filter(
        school=request.school,
        activity__academic_year=asked.year.start_year,
        activity__status=Activity.Status.DELIVERED,
    )
    read = held.select_related("activity").prefetch_related("present", "for_departments__department")
    return list(read.order_by("-activity__starts_on", "-pk"))


@requires(Policy.SEE_FIGURES)
@require_safe
def in_year(request: SchoolRequest, subject: str, year_group: int) -> HttpResponse:
    """One subject in one year group: its links, its classes, and by name those who have had none, for whoever may see them."""
    found: Subject = get_object_or_404(
        Subject.objects.select_related("department"), school=request.school, reference=subject
    )
    asked = Asked(request)
    cover = curriculum_cover(asked.found)
    if year_group not in {*request.school.year_groups, *cover.year_groups}:
        raise Http404("There is no such year group.")
    cell = cover.of(found.name, year_group)
    allowed = may_link(request.membership, found)
    page = {
        "asked": asked,
        "subject": found,
        "year_group": year_group,
        "cell": cell,
        "all_taught": cell.linked is Linked.TAUGHT,
        "numbers": numbers_words(cell, asked.reader.everybody),
        "hidden": too_few(cell, asked.reader.everybody),
        "links": [_line(link, allowed) for link in cell.links],
        "classes": _classes(request, asked, found, cell),
        "plan_url": reverse("curriculum:plan_link", args=[found.reference, year_group]) if allowed else "",
        "usual": careers_of(found.name),
        **_names(request, asked, cell),
    }
    return render(request, "evaluation/curriculum_in_year.html", page)


def _classes(request: SchoolRequest, asked: Asked, subject: Subject, cell: SubjectInYear) -> list[dict[str, Any]]:
    """Each class with how many of it have had a link, and for whoever may: where to say that it was taught, and its register."""
    groups = Group.objects.in_bulk([key for key, _, _ in cell.classes])
    held = next((link for link in reversed(cell.links) if link.starts_on and link.starts_on <= asked.as_at), None)
    planned = next((link for link in cell.links if link.status in ("planned", "delivered")), None)
    mine = {group.pk for group in classes_to_say_of(request.membership, subject, groups.values())}
    register = register_address(held.reference, asked.reader.may_record) if held else ""
    exact = asked.reader.everybody
    return [
        {
            "group": groups[key],
            "pupils": say(pupils, exact),
            "had": f"{had:,}" if exact else "0" if not had else say(had) if had < pupils else f"{nearest_five(had):,}",
            "all": had == pupils,
            "hidden": not exact and is_few(pupils),
            "taught": reverse("curriculum:taught", args=[planned.reference]) if planned and key in mine else "",
            "register": f"{register}?group={groups[key].reference}" if register and key in mine and had else "",
        }
        for key, pupils, had in sorted(cell.classes, key=lambda each: groups[each[0]].name)
    ]


def _names(request: SchoolRequest, asked: Asked, cell: SubjectInYear) -> dict[str, Any]:
    """Those who study it and have had no link this year, of whom this reader may see the names; which is on record."""
    if not asked.reader.names:
        return {}
    without = sorted(
        (asked.found.by_pk[pk] for pk in cell.without & asked.reader.pupils), key=lambda p: (p.form, p.name.casefold())
    )
    looked_at(request, "without a careers link in a subject", [person.pk for person in without[:A_LIST]])
    return {
        "names": [(person, pupil_address(person.reference)) for person in without[:A_LIST]],
        "more_names": max(0, len(without) - A_LIST),
        "sees_some": not asked.reader.everybody,
    }


@requires(Policy.SEE_FIGURES)
@require_safe
def staff(request: SchoolRequest) -> HttpResponse:
    """Staff development on careers this year: what there was, whom it reached, and what the criterion on it says."""
    asked = Asked(request)
    sessions = _sessions(request, asked)
    numbers = numbers_of(request.school, asked.year)
    to_come = Activity.objects.filter(
        school=request.school, type=Activity.Type.STAFF_DEVELOPMENT, academic_year=asked.year.start_year
    ).exclude(status=Activity.Status.CANCELLED)
    unsaid = to_come.exclude(pk__in=[session.activity_id for session in sessions]).order_by("starts_on")
    page = {
        "asked": asked,
        "year": asked.year,
        "sessions": sessions,
        "hours": hours_of(sessions),
        "reached": reached(sessions, numbers),
        "numbers": numbers,
        "unsaid": list(unsaid),
        "line": _staff_line(asked),
        "may_record": Policy.RECORD_SCHOOL in request.membership.policies,
    }
    return render(request, "evaluation/curriculum_staff.html", page)


def _staff_line(asked: Asked) -> Line | None:
    answer = school_file(asked.found).answer(STAFF_RULE)
    return school_line(asked, answer) if answer else None
