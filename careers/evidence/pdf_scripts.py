"""Whether a PDF holds a script, another file, or a call to start something: looked for also where its objects are packed together.

It reads no more of the format than that takes. A PDF made to deceive it may pass: that is why documents are saved and never opened.
"""

from __future__ import annotations

import re
import zlib

RUNS = re.compile(
    rb"/(?:JavaScript|Launch|EmbeddedFiles?|XFA|RichMedia)(?![\w-])"
    # Two letters alone stand by chance in any megabytes of picture, so what must follow them is asked for too.
    rb"|/JS\s*(?:\(|<[0-9A-Fa-f<]|\d+ \d+ R)"
)
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
"""A letter of a name may be written as its number: /J#61vaScript."""
STREAM = re.compile(rb"\bstream\r?\n")
HEAD = 2_000
MOST_OF_ONE, MOST_OF_ALL = 20_000_000, 100_000_000


def runs(data: bytes) -> bool:
    """Whether anything of it runs or is another file, or cannot be looked into: it is locked, or packed in a way not read here."""
    plain = _unescaped(data)
    return bool(RUNS.search(plain)) or b"/Encrypt" in plain or any(_hides(part) for part in _packed_objects(data))


def _unescaped(data: bytes) -> bytes:
    return ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), data)


def _packed_objects(data: bytes) -> list[bytes | None]:
    """What is in each stream of objects; None for one that could not be unpacked."""
    found: list[bytes | None] = []
    left = MOST_OF_ALL
    for begins in STREAM.finditer(data):
        head = data[max(0, begins.start() - HEAD) : begins.start()]
        head = _unescaped(head[head.rfind(b" obj") + 1 :])
        if b"/ObjStm" not in head:
            continue
        ends = data.find(b"endstream", begins.end())
        packed = data[begins.end() : ends if ends > 0 else None]
        part = _inflated(packed, min(left, MOST_OF_ONE)) if left > 0 and _is_simply_packed(head) else None
        left -= len(part or b"")
        found.append(part)
    return found


def _is_simply_packed(head: bytes) -> bool:
    return head.count(b"Decode") == 1 and b"/FlateDecode" in head


def _inflated(data: bytes, most: int) -> bytes | None:
    """Unpacked, where it is whole and no larger than that."""
    reader = zlib.decompressobj()
    try:
        part = reader.decompress(data, most)
    except zlib.error:
        return None
    return part if reader.eof else None


def _hides(part: bytes | None) -> bool:
    return part is None or bool(RUNS.search(_unescaped(part)))
