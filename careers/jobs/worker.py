"""The process that does jobs, one after another."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from collections.abc import Callable
from types import FrameType

from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from django_tasks_db.models import DBTaskResult

from careers.jobs import queue
from careers.schools.models import make_reference

logger = logging.getLogger("careers.jobs")
IDLE_SECONDS = 1.0
LOST_CHECK_SECONDS = 10.0
LONGEST_WAIT_SECONDS = 30.0
FOR_A_FRESH_START = 75
"""The exit code of a worker that could not say it lives (EX_TEMPFAIL): whoever started it starts another."""


class Worker:
    """`now_and_then` is called every few seconds between jobs. `beside` is a process whose end ends this one."""

    def __init__(self, *, now_and_then: Callable[[], None] | None = None, beside: int | None = None) -> None:
        self.name = make_reference()
        self.now_and_then, self.beside = now_and_then, beside
        self.stopping = threading.Event()
        self.job: DBTaskResult | None = None
        self.last_seen = time.monotonic()

    def run(self) -> None:
        """Do jobs until told to stop. A database that goes away is waited for."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)
        threading.Thread(target=self._say_that_it_lives, daemon=True).start()
        wait, looked = IDLE_SECONDS, float("-inf")
        while not self.stopping.is_set():
            close_old_connections()
            try:
                if time.monotonic() - looked > LOST_CHECK_SECONDS:
                    self._look_around()
                    looked = time.monotonic()
                idle = not self.do_one()
                wait = IDLE_SECONDS
            except (DatabaseError, InterfaceError) as error:
                logger.error("No jobs can be done: the database refused (%s).", type(error).__name__)
                connection.close()
                self._be_somebody_else()
                idle, wait = True, min(wait * 2, LONGEST_WAIT_SECONDS)
            if idle:
                self.stopping.wait(wait)
        self._leave()

    def do_all(self) -> int:
        """Do what is due now and no more. Says how many jobs were tried."""
        queue.seen(self.name)
        queue.take_back_lost()
        tried = 0
        while self.do_one():
            tried += 1
        self._leave()
        return tried

    def do_one(self) -> bool:
        """Try the next job that is due. False when there is none."""
        job = queue.take(self.name)
        if job is None:
            return False
        self.job = job
        try:
            job.task.call(**job.args_kwargs["kwargs"])
        except Exception as error:
            queue.fail(job, error)
            logger.warning(
                "The job %s failed (%s), attempt %d.", job.task_name, type(error).__name__, len(job.worker_ids)
            )
        except BaseException:
            queue.give_back(job)
            raise
        else:
            if not queue.finish(job):
                logger.error("The job %s was done, but had been given to another worker meanwhile.", job.task_name)
        finally:
            self.job = None
        return True

    def stop(self, number: int = 0, frame: FrameType | None = None) -> None:
        """The first time: after the job in hand. The second time: at once."""
        del number, frame
        if self.stopping.is_set():
            raise SystemExit(1)
        self.stopping.set()

    def _look_around(self) -> None:
        queue.seen(self.name)  # before the first job is taken, or another worker would take it back
        lost = queue.take_back_lost()
        if lost:
            logger.warning("Jobs left behind by a worker that is gone, to be tried again: %d.", lost)
        if self.now_and_then is not None:
            self.now_and_then()

    def _be_somebody_else(self) -> None:
        """What it had in hand may not have been written down as failed or done: the name it ran under is soon taken for gone."""
        self.name = make_reference()

    def _leave(self) -> None:
        try:
            queue.gone(self.name)
        except (DatabaseError, InterfaceError):
            connection.close()  # not seen for a minute comes to the same

    def _say_that_it_lives(self) -> None:
        """In a thread of its own, so that a long job does not look like a dead worker."""
        while not self.stopping.is_set() or self.job is not None:
            if self.beside is not None and os.getppid() != self.beside:
                self._end_now("whoever started this worker is gone")
            try:
                queue.seen(self.name)
                self.last_seen = time.monotonic()
            except (DatabaseError, InterfaceError):
                connection.close()
            if self.job is not None and time.monotonic() - self.last_seen > queue.GIVES_UP_AFTER.total_seconds():
                # Another worker is about to take the job: it must not be done twice at once.
                self._end_now("it could not say that it lives")
            self.stopping.wait(queue.SEEN_EVERY.total_seconds())
            if self.stopping.is_set():
                time.sleep(1)
        connection.close()

    def _end_now(self, why: str) -> None:
        logger.error("The worker ends itself: %s.", why)
        logging.shutdown()
        os._exit(FOR_A_FRESH_START)
