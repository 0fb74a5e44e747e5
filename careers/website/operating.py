"""Pages for whoever looks after the machine: its jobs and its health. They name schools and numbers, and no pupil."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.views.decorators.http import require_http_methods, require_safe
from django_tasks import TaskResultStatus as Status
from django_tasks_db.models import DBTaskResult

from careers.accounts.policy import operators_only
from careers.design.components import Action, Column, Row
from careers.jobs import actions
from careers.jobs.models import Sign
from careers.schools.models import School
from careers.website import nightly, readiness

DEEDS = {
    "again": (actions.try_again, "The job will be tried again."),
    "forget": (actions.forget, "The job is forgotten."),
}
MOST_SHOWN = 200


@dataclass(frozen=True)
class Line:
    """A job as it is listed. `error` is the kind of error and where, never its message."""

    reference: UUID
    kind: str
    school: str
    asked_at: datetime
    due_at: datetime
    finished_at: datetime | None
    tried: int
    error: str


@operators_only
@require_http_methods(["GET", "HEAD", "POST"])
def jobs(request: HttpRequest) -> HttpResponse:
    """What waits, what runs and what failed; a failed job is tried again or forgotten here."""
    if request.method == "POST":
        return _do(request)
    states = [("failed", Status.FAILED), ("running", Status.RUNNING), ("waiting", Status.READY)]
    found = {name: DBTaskResult.objects.filter(status=status) for name, status in states}
    context = {name: lines(rows.order_by("enqueued_at")) for name, rows in found.items()}
    counts = {f"{name}_count": rows.count() for name, rows in found.items()}
    return render(request, "website/jobs.html", {**context, **counts})


def _do(request: HttpRequest) -> HttpResponse:
    try:
        deed, said = DEEDS[request.POST.get("deed", "")]
        deed(job=UUID(request.POST.get("job", "")), by=request.user)
    except (KeyError, ValueError):
        messages.error(request, "Choose what to do with a job that failed.")
    except actions.NotThere as gone:
        messages.error(request, str(gone))
    else:
        messages.success(request, said)
    return redirect("jobs")


def lines(rows: QuerySet[DBTaskResult]) -> list[Line]:
    found = list(rows[:MOST_SHOWN])
    numbers = {number for job in found if isinstance(number := job.args_kwargs["kwargs"].get("school"), int)}
    schools = dict(School.objects.filter(pk__in=numbers).values_list("pk", "name"))
    return [_line(job, schools) for job in found]


def _line(job: DBTaskResult, schools: dict[int, str]) -> Line:
    number = job.args_kwargs["kwargs"].get("school")
    error = ", ".join(filter(None, [job.exception_class_path.rpartition(".")[2], job.traceback]))
    return Line(
        reference=job.pk,
        kind=capfirst(actions.kind_of(job)),
        school=schools.get(number, "A school that is gone") if number is not None else "None",
        asked_at=job.enqueued_at,
        due_at=job.run_after,
        finished_at=job.finished_at,
        tried=len(job.worker_ids),
        error=error,
    )


@operators_only
@require_safe
def machine(request: HttpRequest) -> HttpResponse:
    """What /ready is made of, in words, and what last night's work came to."""
    checks = [[found.name, _how(found), found.words] for found in readiness.findings()]
    signs = Sign.objects.in_bulk([nightly.SIGN + step.name for step in nightly.STEPS])
    nights = [_night(step, signs.get(nightly.SIGN + step.name)) for step in nightly.STEPS]
    heads = [Column("What"), Column("How it is"), Column("In words")]
    steps = [Column("What is done"), Column("Last done"), Column("What it said")]
    context = {"checks": checks, "heads": heads, "nights": nights, "steps": steps}
    return render(request, "website/health.html", context)


def _how(found: readiness.Finding) -> str:
    if not found.watched:
        return "Not watched"
    return "Well" if found.well else "Not well"


def rows() -> list[Row]:
    """How the machine is, in two lines, for a page that tells operators several things."""
    states = dict(DBTaskResult.objects.values_list("status").annotate(Count("pk")))
    said = f"{states.get(Status.FAILED, 0)} failed, {states.get(Status.READY, 0)} waiting"
    wrong = [found.name.lower() for found in readiness.findings() if not found.well]
    health = f"Not well: {', '.join(wrong)}" if wrong else "Well"
    return [
        Row("Jobs", said, (Action("Look", reverse("jobs"), "at jobs"),)),
        Row("Health", health, (Action("Look", reverse("machine"), "at health"),)),
    ]


def _night(step: nightly.Step, sign: Sign | None) -> list[object]:
    if sign is None or not sign.said:
        return [step.sentence, "Not yet", "Begins with the next night."]
    return [step.sentence, date_format(timezone.localtime(sign.at), "j F Y, H:i"), sign.said]
