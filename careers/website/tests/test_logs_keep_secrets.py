"""Whoever reads the log may not be allowed to see pupils."""

import logging
import sys

from careers.website.logs import WithoutPersonalData


def test_an_error_is_logged_without_the_values_in_its_message() -> None:
    # Apart, since a traceback shows the line that raised.
    whose = "pupil@example.org"
    try:
        raise ValueError(f"Key (email)=({whose}) already exists")
    except ValueError:
        record = logging.LogRecord("site", logging.ERROR, __file__, 1, "It failed", (), sys.exc_info())
    said = WithoutPersonalData("{message}", style="{").format(record)
    assert "pupil@example.org" not in said
    assert "ValueError" in said
    assert "test_logs_keep_secrets.py" in said


def test_an_address_that_opens_something_by_itself_is_not_written_down() -> None:
    for place in ("calendar", "invitation", "feedback", "r"):
        record = logging.LogRecord(
            "site", logging.ERROR, __file__, 1, f"Internal Server Error: /{place}/k7w2s9/", (), None
        )
        assert "k7w2s9" not in WithoutPersonalData("{message}", style="{").format(record)
