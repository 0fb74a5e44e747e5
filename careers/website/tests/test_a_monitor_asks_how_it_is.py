"""A monitor is told yes or no, an operator why, and nobody else anything."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from django_tasks import TaskResultStatus as Status
from django_tasks_db.models import DBTaskResult

from careers.audit.models import Event
from careers.jobs import later, queue
from careers.jobs.models import Worker
from careers.jobs.tests import examples
from careers.website import readiness
from careers.website.operating import rows
from tests.makers import make_person, make_school

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _asked_afresh(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> None:
    monkeypatch.setattr("careers.website.views.remembered", readiness.Remembered())
    settings.VAR, settings.DISK_MEGABYTES = tmp_path, 0


@pytest.fixture
def operator() -> Client:
    client = Client()
    client.force_login(make_person(None, is_operator=True))
    return client


def asked(client: Client) -> tuple[int, bytes]:
    answer = client.get("/ready")
    return answer.status_code, answer.content


def test_a_copy_with_a_worker_and_room_is_ready(client: Client) -> None:
    queue.seen("worker")
    assert asked(client) == (200, b"ok")


def test_a_copy_whose_worker_is_gone_is_not(client: Client) -> None:
    Worker.objects.create(name="worker", seen_at=timezone.now() - timedelta(minutes=5))
    assert asked(client) == (503, b"not ready")


def test_a_copy_with_little_room_is_not(client: Client, settings: Any) -> None:
    queue.seen("worker")
    settings.DISK_MEGABYTES = 10**9
    assert asked(client) == (503, b"not ready")


@pytest.mark.parametrize(("hours", "ready"), [(None, 503), (30, 503), (1, 200)])
def test_a_backup_has_to_be_young_where_it_is_watched(
    client: Client, settings: Any, hours: int | None, ready: int
) -> None:
    queue.seen("worker")
    settings.BACKUP_HOURS = 26
    if hours:
        made = timezone.now() - timedelta(hours=hours)
        (settings.VAR / readiness.LAST_BACKUP).write_text(json.dumps({"at": made.isoformat()}))
    assert asked(client)[0] == ready


def test_a_flood_of_questions_costs_one_look(client: Client, django_assert_max_num_queries: Any) -> None:
    queue.seen("worker")
    asked(client)
    with django_assert_max_num_queries(0):
        assert [asked(client) for _ in range(50)] == [(200, b"ok")] * 50
    assert not Session.objects.exists()


def test_an_operator_reads_what_is_not_well_and_what_the_night_came_to(operator: Client) -> None:
    page = operator.get("/operating/health/").content.decode()
    assert "None was seen in the last minute" in page
    assert "Ended sessions are cleared" in page
    assert "Not watched" in page


def failed_job() -> DBTaskResult:
    later(examples.name_a_term, school=make_school("Beacon School"), name="autumn")
    DBTaskResult.objects.update(
        status=Status.FAILED,
        worker_ids=["a"] * 5,
        exception_class_path="builtins.LookupError",
        finished_at=timezone.now(),
    )
    return DBTaskResult.objects.get()


def test_an_operator_finds_what_failed_and_tries_it_again(operator: Client) -> None:
    job = failed_job()
    page = operator.get("/operating/jobs/").content.decode()
    for words in ("Name a term", "Beacon School", "after 5 attempts", "LookupError"):
        assert words in page
    said = operator.post("/operating/jobs/", {"job": str(job.pk), "deed": "again"}, follow=True).content.decode()
    assert "will be tried again" in said
    job.refresh_from_db()
    assert (job.status, job.worker_ids) == (Status.READY, [])
    assert Event.objects.get(verb="tried a failed job again").detail["kind"] == "name a term"


def test_an_operator_forgets_a_job_once(operator: Client) -> None:
    job = failed_job()
    for said in ("is forgotten", "somebody has seen to it already"):
        page = operator.post("/operating/jobs/", {"job": str(job.pk), "deed": "forget"}, follow=True)
        assert said in page.content.decode()
    assert Event.objects.filter(verb="gave up a failed job").count() == 1


@pytest.mark.parametrize("sent", [{}, {"deed": "again", "job": "nonsense"}, {"deed": "nonsense", "job": "1"}])
def test_nonsense_about_a_job_is_answered_in_words(operator: Client, sent: dict[str, str]) -> None:
    page = operator.post("/operating/jobs/", sent, follow=True)
    assert "Choose what to do with a job that failed." in page.content.decode()


def test_a_page_for_operators_has_two_lines_about_the_machine() -> None:
    failed_job()
    jobs, health = rows()
    assert (jobs.value, health.value) == ("1 failed, 0 waiting", "Not well: worker")
