"""Workers are really killed; what they were doing is done all the same, and by one at a time."""

from __future__ import annotations

import signal
import sqlite3
from pathlib import Path

from tests.bad_days.copies import Copy, read_from

JOBS = 30


def ask_for(copy: Copy, *lines: str) -> None:
    program = [
        "import django; django.setup()",
        "from careers.jobs import later",
        "from careers.jobs.tests import examples",
    ]
    copy.run("-c", "\n".join([*program, *lines]))


def a_minute_passes(copy: Copy) -> None:
    """For the workers: nobody was seen since."""
    with sqlite3.connect(copy.environment["TRIGPOINT_DATABASE"].removeprefix("sqlite:///")) as database:
        database.execute("UPDATE jobs_worker SET seen_at = datetime(seen_at, '-2 minutes')")
    database.close()


def test_what_a_killed_worker_was_doing_is_done_by_the_next(copy: Copy, gates: Path) -> None:
    ask_for(copy, "later(examples.wait_at_the_gate)")
    first = copy.start("manage.py", "work")
    assert read_from(gates / "began") == "x"
    first.kill()
    first.communicate()
    assert copy.run("manage.py", "work", "--once") == "0 jobs tried.\n", "Nobody takes a job while its worker may live."
    a_minute_passes(copy)
    second = copy.start("manage.py", "work")
    assert read_from(gates / "began") == "x"
    (gates / "gate").write_text("open")
    second.terminate()
    second.communicate(timeout=60)
    assert (gates / "done").read_text() == "through\n", "A worker told to stop finishes what it has in hand."
    assert copy.run("manage.py", "work", "--once") == "0 jobs tried.\n"


def test_two_workers_do_each_job_once(copy: Copy, tmp_path: Path) -> None:
    ask_for(copy, f"for number in range({JOBS}): later(examples.write_down, number=number)")
    workers = [copy.start("manage.py", "work", "--once") for _ in range(2)]
    said = [worker.communicate(timeout=120)[0] for worker in workers]
    assert all(words.endswith("jobs tried.\n") for words in said)
    assert sorted(map(int, (tmp_path / "done").read_text().split())) == list(range(JOBS))


def test_the_servers_worker_ends_with_it(copy: Copy) -> None:
    with copy.serving() as server:
        server.send_signal(signal.SIGTERM)
        assert server.stdout is not None
        assert server.stdout.read() == "", "The pipe ends when the last process that holds it has gone."
        assert server.wait() == 0


def test_the_servers_worker_ends_when_the_server_is_killed(copy: Copy) -> None:
    with copy.serving() as server:
        server.kill()
        assert server.stdout is not None
        assert server.stdout.read() == ""
