"""A disk that is really full: people read in plain words that nothing was saved, and go on when there is room again."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from tests.bad_days.copies import Answer, Copy

PERSONAL = re.compile(r"Ada|Abara|Priya|Sandhu|priya@|example\.org|a long enough one", re.IGNORECASE)
BOUNDARY = "a-line-that-is-in-no-file"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 16 megabytes."""
    if os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    place = tmp_path / "disk"
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16m", "trigpoint-test", str(place)], check=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def fill(disk: Path) -> Path:
    """To the last byte: what the database holds in reserve to write over is given up first."""
    if (disk / "trigpoint.sqlite3").exists():
        with closing(sqlite3.connect(disk / "trigpoint.sqlite3")) as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    filler = disk / "filler"
    with suppress(OSError), filler.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(4096))
    return filler


def says_so(answer: Answer) -> bool:
    told = "Sorry, " in answer.page and "has not been saved" in answer.page and "Traceback" not in answer.page
    return answer.status == 503 and told and answer.headers["Retry-After"] == "60"


def test_what_cannot_be_saved_is_said_and_goes_on_when_there_is_room(
    copy_at: Callable[[Path], Copy], small_disk: Path
) -> None:
    copy = copy_at(small_disk)
    with copy.serving("--without-worker"):
        token = copy.token()
        filler = fill(small_disk)
        assert says_so(copy.sign_in(token))
        assert copy.ask("/health").page == "ok"
        assert copy.ask("/ready").status == 503
        filler.unlink()
        assert copy.sign_in(token).status == 302
    assert not PERSONAL.search(copy.log.read_text())


def test_a_file_there_is_no_room_for_leaves_nothing_behind(
    copy: Copy, copy_at: Callable[[Path], Copy], small_disk: Path
) -> None:
    copy.environment["TMPDIR"] = str(small_disk)
    with copy.serving("--without-worker"):
        copy.come_back()
        filler = fill(small_disk)
        before = set(small_disk.iterdir())
        assert says_so(send_a_roll(copy))
        assert set(small_disk.iterdir()) == before
        filler.unlink()
        assert send_a_roll(copy).status != 503
    assert not PERSONAL.search(copy.log.read_text())


def send_a_roll(copy: Copy) -> Answer:
    """A file too large to be held in memory."""
    token = copy.token("/imports/new/roll/")
    rows = b"Surname,Forename\r\n" + b"Abara,Ada\r\n" * 400_000
    part = f"--{BOUNDARY}\r\nContent-Disposition: form-data; name="
    body = (
        (
            f'{part}"csrfmiddlewaretoken"\r\n\r\n{token}\r\n{part}"file"; filename="roll.csv"\r\nContent-Type: text/csv\r\n\r\n'
        ).encode()
        + rows
        + f"\r\n--{BOUNDARY}--\r\n".encode()
    )
    return copy.ask("/imports/new/roll/", method="POST", body=body, kind=f"multipart/form-data; boundary={BOUNDARY}")
