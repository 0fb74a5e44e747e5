"""What a file that was sent in really is, and what of it is kept."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass

from careers.evidence import documents, pictures
from careers.evidence.models import Evidence
from careers.evidence.refusal import ContentRefused


@dataclass(frozen=True)
class Found:
    """A file as it is kept. `sha256` is of what was sent, so that the same file sent again is known."""

    kind: str
    name: str
    media_type: str
    data: bytes
    thumbnail: bytes | None
    sha256: str


def looked_into(name: str, data: bytes) -> Found:
    """What the file is by its content. Raises ContentRefused, with what was found and what to do."""
    if not data:
        raise ContentRefused("This file is empty. Open it to see what is in it, then send it again.")
    digest = hashlib.sha256(data).hexdigest()
    if pictures.is_of_apple(data):
        raise ContentRefused(
            "This is a photograph in Apple's HEIC form, which many computers cannot open. On the telephone choose "
            "Settings, Camera, Formats, Most Compatible; or open it and export it as a JPEG."
        )
    if pictures.is_picture(data):
        picture, thumbnail, media_type, ending = pictures.made_fit(data)
        return Found(Evidence.Kind.PICTURE, plain_name(name, ending), media_type, picture, thumbnail, digest)
    media_type, ending = documents.told(data)
    return Found(Evidence.Kind.DOCUMENT, plain_name(name, ending), media_type, data, None, digest)


def plain_name(name: str, ending: str) -> str:
    """A name safe on any disk and in any header, with the ending of what the file really is."""
    stem = re.split(r"[\\/]", name)[-1].rpartition(".")[0] or name
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^A-Za-z0-9 _-]+", " ", plain)
    plain = re.sub(r"\s+", " ", plain).strip(" -_")[:80].strip()
    return f"{plain or 'file'}.{ending}"
