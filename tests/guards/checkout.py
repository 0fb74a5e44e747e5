"""The files of the checkout, as git sees them."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def files(suffix: str = "") -> list[Path]:
    """Every file git keeps or would keep, by full path."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    paths = (ROOT / name for name in listed.split("\0") if name.endswith(suffix))
    return [path for path in paths if path.is_file()]
