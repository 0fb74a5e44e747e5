"""What operators do about jobs that failed. Each deed is one transaction with its audit inside."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus as Status
from django_tasks_db.models import DBTaskResult

from careers.audit.record import record


class NotThere(Exception):
    """The job is no longer one that failed. Its text says so."""


def try_again(*, job: UUID, by: Any) -> None:
    """Begin a failed job from the start, with as many attempts as a new one."""
    with transaction.atomic():
        failed = _failed(job)
        DBTaskResult.objects.filter(pk=failed.pk).update(
            status=Status.READY,
            run_after=timezone.now(),
            finished_at=None,
            worker_ids=[],
            exception_class_path="",
            traceback="",
        )
        record("tried a failed job again", by=by, changes=False, kind=kind_of(failed), job=str(job))


def forget(*, job: UUID, by: Any) -> None:
    """Give a failed job up for good."""
    with transaction.atomic():
        failed = _failed(job)
        record("gave up a failed job", by=by, changes=False, kind=kind_of(failed), job=str(job))
        DBTaskResult.objects.filter(pk=failed.pk).delete()


def kind_of(job: DBTaskResult) -> str:
    """The name of the function, as a job is called on pages: "send" of "careers.accounts.posting.send"."""
    return job.task_path.rpartition(".")[2].replace("_", " ")


def _failed(job: UUID) -> DBTaskResult:
    found = DBTaskResult.objects.select_for_update().filter(pk=job, status=Status.FAILED).first()
    if found is None:
        raise NotThere("That job is no longer one that failed: somebody has seen to it already.")
    return found
