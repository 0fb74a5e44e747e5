"""Remembering what has been done, so that a second start does not do it again.

A stamp is a small file holding a digest of everything the work depends on. When it is the same, the work is done.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from tooling.places import ROOT


def digest(paths: Iterable[Path], *words: str) -> str:
    """A digest of the names and contents of `paths` (those that exist) and of `words`."""
    total = hashlib.sha256("\0".join(words).encode())
    for path in sorted(set(paths)):
        if path.is_file():
            total.update(f"\0{path.relative_to(ROOT)}\0".encode())
            total.update(path.read_bytes())
    return total.hexdigest()


def matches(stamp: Path, value: str) -> bool:
    return stamp.is_file() and stamp.read_text() == value


def write(stamp: Path, value: str) -> None:
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(value)
