"""PostgreSQL is really stopped under a running site, and started again."""

from __future__ import annotations

from pathlib import Path

from tests.bad_days.copies import Copy, make_copy, read_from
from tests.bad_days.test_a_full_disk import PERSONAL, says_so
from tests.bad_days.test_a_worker_is_killed import ask_for
from tooling import postgres


def test_people_are_told_and_everything_goes_on_by_itself_when_it_is_back(tmp_path: Path, gates: Path) -> None:
    with postgres.server() as database:
        copy = make_copy(tmp_path, database.address)
        with copy.serving():
            copy.come_back()
            assert copy.ask("/pupils/").status == 200
            ask_for(copy, "later(examples.wait_at_the_gate)")
            assert read_from(gates / "began") == "x"
            database.stop()
            (gates / "gate").write_text("open")
            for path in ("/pupils/", "/account/login/", "/"):
                assert says_so(copy.ask(path)), path
            copy.cookies.clear()  # a monitor's
            assert (copy.ask("/health").page, copy.ask("/ready").page) == ("ok", "not ready")
            database.start()
            copy.come_back()
            assert copy.ask("/pupils/").status == 200
            what_could_not_be_written_down_is_done_again(copy, gates)
        assert not PERSONAL.search(copy.log.read_text())


def what_could_not_be_written_down_is_done_again(copy: Copy, gates: Path) -> None:
    """The worker could not say that its job was done. A minute later somebody takes it up."""
    ask_for(copy, "from careers.jobs.models import Worker", "Worker.objects.update(seen_at='2026-01-01T00:00Z')")
    assert read_from(gates / "began") == "x"
    (gates / "gate").write_text("open")
