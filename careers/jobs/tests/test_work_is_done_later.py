"""What a request leaves for later is done by a worker, again when it fails, and never twice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from django_scopes import scope
from django_scopes.exceptions import ScopeError
from django_tasks import TaskResultStatus as Status
from django_tasks_db.models import DBTaskResult

from careers.jobs import later, queue
from careers.jobs.tests import examples
from careers.jobs.worker import Worker
from careers.schools.models import TermDates
from tests.makers import make_school

pytestmark = pytest.mark.django_db


def only_job() -> DBTaskResult:
    return DBTaskResult.objects.get()


def fail_until_given_up() -> list[timedelta]:
    """How long the worker waits after each failure."""
    waits = []
    for _ in range(20):
        Worker().do_all()
        job = only_job()
        if job.status == Status.FAILED:
            break
        waits.append(job.run_after - timezone.now())
        DBTaskResult.objects.update(run_after=timezone.now())
    return waits


def test_a_job_of_a_school_reaches_that_schools_rows_only() -> None:
    here, elsewhere = make_school(), make_school("Another School")
    for school in (here, elsewhere):
        later(examples.name_a_term, school=school, name="autumn")
    later(examples.count_terms, school=here)
    assert Worker().do_all() == 3
    assert set(DBTaskResult.objects.values_list("status", flat=True)) == {Status.SUCCESSFUL}
    with scope(school=elsewhere):
        assert TermDates.objects.get().school == elsewhere
    with pytest.raises(ScopeError):
        TermDates.objects.count()


def test_a_job_of_a_school_is_refused_without_one_and_another_with_one() -> None:
    with pytest.raises(ValueError, match="say which"):
        later(examples.name_a_term, name="autumn")
    with pytest.raises(ValueError, match="no school"):
        later(examples.fail, school=make_school())


@pytest.mark.parametrize("word", ["ada@example.org", "Ada Abara", "x" * 61, ["a list"], {"a": "table"}, 1.5])
def test_a_job_is_given_references_and_numbers_and_nothing_about_a_person(word: Any) -> None:
    with pytest.raises(ValueError, match="neither a reference nor a number"):
        later(examples.name_a_term, school=make_school(), name=word)


def test_a_job_falls_with_the_transaction_it_was_asked_for_in() -> None:
    with transaction.atomic():
        later(examples.fail)
        transaction.set_rollback(True)
    assert not DBTaskResult.objects.exists()


def test_a_job_is_not_done_before_its_time() -> None:
    later(examples.fail, after=timedelta(hours=1))
    assert Worker().do_all() == 0


def test_a_job_that_fails_is_tried_again_after_longer_and_longer_waits_and_then_listed() -> None:
    later(examples.fail)
    waits = fail_until_given_up()
    assert len(waits) == len(queue.WAITS) == 4
    assert waits == sorted(waits)
    job = only_job()
    assert job.status == Status.FAILED
    assert len(job.worker_ids) == 5


def test_what_failed_is_kept_by_its_kind_and_place_and_not_by_its_message() -> None:
    later(examples.fail)
    fail_until_given_up()
    job = only_job()
    assert job.exception_class_path == "builtins.LookupError"
    assert job.traceback.startswith("careers/jobs/tests/examples.py line ")
    assert "Ada" not in str(vars(job))


def test_a_job_that_works_the_second_time_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAIL_ONCE", "yes")
    later(examples.fail_once, number=7)
    assert fail_until_given_up() != []
    Worker().do_all()
    job = only_job()
    assert (job.status, len(job.worker_ids), job.exception_class_path) == (Status.SUCCESSFUL, 2, "")


def test_a_worker_whose_job_was_given_to_another_meanwhile_does_not_say_it_is_done() -> None:
    later(examples.fail_once, number=1)
    queue.seen("slow")
    slow = queue.take("slow")
    assert slow is not None
    queue.gone("slow")
    assert queue.take_back_lost() == 1
    other = queue.take("other")
    assert other is not None
    assert queue.finish(slow) is False
    queue.fail(slow, LookupError())
    assert only_job().status == Status.RUNNING
    assert queue.finish(other) is True


def test_the_job_of_a_worker_that_lives_is_left_alone() -> None:
    later(examples.fail)
    queue.seen("alive")
    queue.take("alive")
    assert queue.take_back_lost() == 0
    assert queue.take("other") is None


def test_a_job_that_kills_every_worker_is_given_up_too() -> None:
    later(examples.fail)
    for _ in range(5):
        assert queue.take("killed") is not None
        queue.take_back_lost()
    assert (only_job().status, only_job().exception_class_path) == (Status.FAILED, queue.LOST)


def test_jobs_done_a_week_ago_are_forgotten_and_failed_ones_are_not() -> None:
    later(examples.fail_once, number=1)
    later(examples.fail)
    Worker().do_all()
    long_ago = timezone.now() - timedelta(days=8)
    DBTaskResult.objects.update(finished_at=long_ago)
    DBTaskResult.objects.exclude(status=Status.SUCCESSFUL).update(status=Status.FAILED)
    assert queue.clear_old() == "1 finished jobs forgotten."
    assert only_job().status == Status.FAILED
