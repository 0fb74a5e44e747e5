"""One tiny nation for every test of this folder: a school, a special school and a college."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest

from criteria.nation.generating import Made, generate
from criteria.nation.wishes import Wanted

AS_AT = "2026-11-22"
WANTED = Wanted(pupils=700, encounters_per_pupil=20, as_at=AS_AT, seed=1)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Made]:
    folder = tmp_path_factory.mktemp("nation") / "made"
    return folder, generate(WANTED, folder, io.StringIO(), workers=1)


@pytest.fixture
def nation(made: tuple[Path, Made]) -> Path:
    """To be read only."""
    return made[0]


@pytest.fixture
def spoilt(nation: Path, tmp_path: Path) -> Path:
    """A copy to spoil."""
    return Path(shutil.copytree(nation, tmp_path / "spoilt"))
