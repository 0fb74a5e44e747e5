"""Pictures as they are kept: read by their content, turned upright, made no larger than a screen, and without what a camera adds.

A photograph from a telephone says where and when it was taken and on what: none of that is kept, since only the picture itself is
written again.
"""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import TYPE_CHECKING

from careers.evidence.refusal import ContentRefused

if TYPE_CHECKING:
    from PIL.Image import Image

READ = ("JPEG", "PNG", "WEBP", "GIF")
"""Formats whose readers are let near a file. The first reads what some telephones write, several JPEGs in one, too."""
LONGEST_SIDE = 2000
THUMBNAIL_SIDE = 320
MOST_POINTS = 60_000_000
"""A picture of more is refused before it is unpacked: a small file can hold an endless plain surface."""
AS_PHOTOGRAPHED = ("L", "RGB", "CMYK", "YCbCr")
"""What cameras and scanners write. Anything else is copied once more before it is small, so it may be a third as large."""
OF_APPLE = (b"ftypheic", b"ftypheix", b"ftyphevc", b"ftypmif1", b"ftypmsf1")


def is_picture(data: bytes) -> bool:
    """Whether it begins as one of the formats read here."""
    return data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a")) or (
        data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    )


def is_of_apple(data: bytes) -> bool:
    return data[4:12] in OF_APPLE


def made_fit(data: bytes) -> tuple[bytes, bytes, str, str]:
    """(picture, thumbnail, media type, ending of its name). Raises ContentRefused for what is not whole or is too large."""
    # Not wanted by a process that is sent no picture. The readers are named, or they would be found by trying them all.
    from PIL import GifImagePlugin, Image, ImageOps, JpegImagePlugin, MpoImagePlugin, PngImagePlugin, WebPImagePlugin  # noqa: F401

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(BytesIO(data), formats=READ) as opened:
                _refuse_too_many_points(opened)
                see_through = "A" in opened.getbands() or "transparency" in opened.info
                large = ImageOps.exif_transpose(_no_larger(opened, "RGBA" if see_through else "RGB"))
    except ContentRefused:
        raise
    except Exception:  # whatever a damaged file makes the reader raise
        raise ContentRefused(
            "This picture is damaged, or only part of it arrived. Open it to see that it is whole, then send it again."
        ) from None
    small = _on_white(large)
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    if see_through:
        return _written(large, "PNG"), _written(small, "JPEG"), "image/png", "png"
    return _written(large, "JPEG"), _written(small, "JPEG"), "image/jpeg", "jpg"


def _refuse_too_many_points(opened: Image) -> None:
    size, most = opened.size, MOST_POINTS if opened.mode in AS_PHOTOGRAPHED else MOST_POINTS // 3
    if size[0] * size[1] > most:
        raise ContentRefused(
            f"This picture is {size[0]:,} by {size[1]:,} points, too large to open safely. Make it smaller and send it again."
        )


def _no_larger(opened: Image, mode: str) -> Image:
    """Made small before anything else is made of it: unpacked, a large picture fills hundreds of megabytes, as does a copy."""
    if opened.mode not in (*AS_PHOTOGRAPHED, "RGBA"):  # a palette, or sixteen bits: points between cannot be worked out
        notes = opened.getexif()
        opened = opened.convert(mode)
        opened.info["exif"] = notes.tobytes()
    opened.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return opened.convert(mode)


def _on_white(picture: Image) -> Image:
    from PIL import Image

    if picture.mode == "RGB":
        return picture.copy()
    paper = Image.new("RGB", picture.size, "white")
    paper.paste(picture, mask=picture.getchannel("A"))
    return paper


def _written(picture: Image, format: str) -> bytes:
    """Only the points: a new file carries none of the old one's notes."""
    file = BytesIO()
    bare = picture.copy()
    bare.info = {}
    options = {"quality": 82, "optimize": True} if format == "JPEG" else {"optimize": True}
    bare.save(file, format, **options)
    return file.getvalue()
