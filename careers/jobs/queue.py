"""Taking a job, giving it back, and saying how it ended. Every step is one statement or one short transaction."""

from __future__ import annotations

import traceback
from datetime import timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils import timezone
from django_tasks import TaskResultStatus as Status
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction

from careers.jobs.models import Worker

WAITS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))
"""How long after each failure a job is tried again. After the last it is listed as failed."""
SEEN_EVERY = timedelta(seconds=5)
GIVES_UP_AFTER = timedelta(seconds=40)
"""A worker in the middle of a job that could not say for so long that it lives ends itself."""
LOST_AFTER = timedelta(seconds=60)
"""A worker not seen for so long is gone: what it was doing is tried again. Longer than a worker gives itself, so that none is
still at work then."""
LOST = "careers.jobs.queue.WorkerLost"
KEPT_DAYS = 7


def seen(name: str) -> None:
    """Say that a worker lives."""
    if not Worker.objects.filter(pk=name).update(seen_at=Now()):
        # A worker says it in two threads.
        Worker.objects.bulk_create([Worker(name=name, seen_at=Now())], ignore_conflicts=True)


def gone(name: str) -> None:
    Worker.objects.filter(pk=name).delete()


def living() -> QuerySet[Worker]:
    return Worker.objects.filter(seen_at__gte=Now() - LOST_AFTER)


def take(worker: str) -> DBTaskResult | None:
    """The next job that is due, now this worker's and nobody else's; None when there is none."""
    if not DBTaskResult.objects.ready().exists():  # asked outside a transaction, which on SQLite would hold up writers
        return None
    with exclusive_transaction():
        found = DBTaskResult.objects.ready().get_locked()
        if found is not None:
            found.claim(worker)
    return found


def finish(job: DBTaskResult) -> bool:
    """Say that a job is done. False when it had been taken from this worker meanwhile."""
    return bool(
        _still_ours(job).update(
            status=Status.SUCCESSFUL,
            finished_at=timezone.now(),
            return_value=None,
            exception_class_path="",
            traceback="",
        )
    )


def fail(job: DBTaskResult, error: BaseException) -> None:
    """Try a job again after a while, or, when it was tried often enough, list it as failed.

    Kept are the kind of error and where in the code it was. Its message is not: a database's message quotes the row.
    """
    _again_or_never(_still_ours(job), tried=len(job.worker_ids), kind=_path_of(error), where=_where(error))


def give_back(job: DBTaskResult) -> None:
    """A worker told to stop in the middle lets go of its job at once."""
    _still_ours(job).update(status=Status.READY, run_after=timezone.now())


def take_back_lost() -> int:
    """Jobs whose worker was killed are tried again. Says how many."""
    alive = set(living().values_list("name", flat=True))
    running = DBTaskResult.objects.filter(status=Status.RUNNING)
    lost = [job for job in running if not job.worker_ids or job.worker_ids[-1] not in alive]
    for job in lost:
        _again_or_never(_still_ours(job), tried=len(job.worker_ids), kind=LOST, where="", at_once=True)
    Worker.objects.filter(seen_at__lt=Now() - 10 * LOST_AFTER).delete()
    return len(lost)


def clear_old() -> str:
    """Jobs that were done a week ago are forgotten. A failed one stays until somebody has looked at it."""
    before = timezone.now() - timedelta(days=KEPT_DAYS)
    cleared, _ = DBTaskResult.objects.filter(status=Status.SUCCESSFUL, finished_at__lt=before).delete()
    return f"{cleared} finished jobs forgotten."


def _still_ours(job: DBTaskResult) -> QuerySet[DBTaskResult]:
    # Taking a job adds to worker_ids, so they tell this attempt from every other.
    return DBTaskResult.objects.filter(pk=job.pk, status=Status.RUNNING, worker_ids=job.worker_ids)


def _again_or_never(job: QuerySet[DBTaskResult], *, tried: int, kind: str, where: str, at_once: bool = False) -> None:
    now = timezone.now()
    error = {"exception_class_path": kind, "traceback": where}
    if tried > len(WAITS):
        job.update(status=Status.FAILED, finished_at=now, **error)
    else:
        wait = timedelta() if at_once else WAITS[max(tried, 1) - 1]
        job.update(status=Status.READY, run_after=now + wait, **error)


def _path_of(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}"


def _where(error: BaseException) -> str:
    """The last line of our own code that the error came through."""
    ours = [
        frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith(str(settings.ROOT))
    ]
    frames = [frame for frame in ours if ".venv" not in frame.filename]
    if not frames:
        return ""
    last = frames[-1]
    return f"{last.filename.removeprefix(str(settings.ROOT))[1:]} line {last.lineno}"
