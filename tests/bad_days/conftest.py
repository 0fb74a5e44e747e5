"""One copy is made for all the tests, and each that spoils it takes a copy of the copy."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.bad_days.copies import Copy, make_copy


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    folder = tmp_path_factory.mktemp("copy")
    return make_copy(folder, f"sqlite:///{folder}/trigpoint.sqlite3")


@pytest.fixture
def copy_at(made: Copy, tmp_path: Path) -> Callable[[Path], Copy]:
    """A copy whose database lies in a folder of one's choice."""

    def at(place: Path) -> Copy:
        source = Path(made.environment["TRIGPOINT_DATABASE"].removeprefix("sqlite:///"))
        shutil.copy(source, place / "trigpoint.sqlite3")
        own = {"TRIGPOINT_DATABASE": f"sqlite:///{place}/trigpoint.sqlite3", "JOBS_FOLDER": str(tmp_path)}
        return Copy({**made.environment, **own}, tmp_path / "log", session=made.session)

    return at


@pytest.fixture
def copy(copy_at: Callable[[Path], Copy], tmp_path: Path) -> Copy:
    return copy_at(tmp_path)


@pytest.fixture
def gates(tmp_path: Path) -> Path:
    """The two pipes of the job that waits."""
    for name in ("began", "gate"):
        os.mkfifo(tmp_path / name)
    return tmp_path
