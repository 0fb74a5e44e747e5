"""The published list of breached passwords as a file on this machine, searched where it lies: it may hold a billion lines.

Each line is the SHA-1 of a password in hexadecimal, mostly with a colon and how often it was met, and the lines are in the order
of the hashes: the form in which the public corpus is published. Nothing is ever asked of another machine.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha1
from pathlib import Path
from typing import BinaryIO

LINE = re.compile(rb"[0-9A-Fa-f]{40}(:[0-9]+)?\r?\n?")
PLACES = 64
"""At how many places, from the first line to the last, a file is looked at before it is believed to be in order."""


class NotAList(Exception):
    """The file cannot be used. Its text is one sentence with the remedy."""


@dataclass(frozen=True)
class BreachedHashes:
    path: Path | str

    def __contains__(self, password: str) -> bool:
        """Whether the password is in the file: some forty short reads, whatever its size. Raises OSError."""
        wanted = sha1(password.encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest().upper().encode()
        with open(self.path, "rb") as file:
            low, high = 0, os.fstat(file.fileno()).st_size
            while low < high:
                start, line = _line_at(file, (low + high) // 2)
                found = line[:40].upper()
                if found == wanted:
                    return True
                if found < wanted:
                    low = start + len(line)
                else:
                    high = start
        return False

    def inspect(self) -> None:
        """Raises NotAList for a file that is missing, is something else or is not in the order of the hashes."""
        try:
            with open(self.path, "rb") as file:
                seen = list(_here_and_there(file))
        except OSError as refused:
            why = (refused.strerror or "it is not a file").lower()
            raise NotAList(f"{self.path} cannot be read ({why}): put the file there, readable to Trigpoint.") from None
        if not seen or not all(LINE.fullmatch(line) for line in seen):
            raise NotAList(f"{self.path} is not a list of SHA-1 hashes: each line must be a hash, or HASH:COUNT.")
        hashes = [line[:40].upper() for line in seen]
        if hashes != sorted(hashes):
            raise NotAList(f"{self.path} is not in the order of the hashes: get the list that is ordered by hash.")


def _line_at(file: BinaryIO, place: int) -> tuple[int, bytes]:
    """The line that holds the byte at `place`, and where it starts. No line is longer than 60 bytes."""
    back = min(place, 64)
    file.seek(place - back)
    before = file.read(back)
    start = place - back + before.rfind(b"\n") + 1
    file.seek(start)
    return start, file.readline(128)


def _here_and_there(file: BinaryIO) -> Iterator[bytes]:
    size = os.fstat(file.fileno()).st_size
    last = -1
    for n in range(PLACES + 1):
        start, line = _line_at(file, max(size - 1, 0) * n // PLACES)
        if line and start > last:
            yield line
            following = file.readline(128)
            if following:
                yield following
            last = start + len(line)
