"""Whoever waits for a nation sees how far it is."""

from __future__ import annotations

import io

from criteria.nation.progress import Progress, clock


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_line_says_what_is_done_and_about_how_long_is_left() -> None:
    progress = Progress(io.StringIO(), whole=100, what="encounters")
    progress.advance(400_000, schools=25)
    assert progress.line(elapsed=30) == "25 of 100 schools, 400,000 encounters, 0:30, about 1:30 to go"


def test_schools_done_by_an_earlier_run_do_not_make_this_one_look_quick() -> None:
    progress = Progress(io.StringIO(), whole=100, done=50)
    progress.advance(10, schools=25)
    assert progress.line(elapsed=60).endswith("1:00, about 1:00 to go")


def test_a_terminal_has_one_line_written_again_and_again() -> None:
    out = Terminal()
    progress = Progress(out, whole=1)
    progress.shown = 0
    progress.advance(7)
    progress.finish()
    assert out.getvalue() == "\r1 of 1 schools, 7 rows, 0:00\x1b[K" * 2 + "\n"


def test_elsewhere_there_are_plain_lines_and_few() -> None:
    out = io.StringIO()
    progress = Progress(out, whole=2)
    progress.advance(7)
    progress.advance(7)
    progress.finish()
    assert out.getvalue() == "2 of 2 schools, 14 rows, 0:00\n"


def test_a_time_is_minutes_and_seconds() -> None:
    assert [clock(seconds) for seconds in (0, 59.6, 754)] == ["0:00", "1:00", "12:34"]
