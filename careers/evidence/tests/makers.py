"""Files as people send them, made here: pictures, documents, and what only looks like one."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

GPS = 0x8825
MAKER = 0x010F


def photograph(width: int = 640, height: int = 480, colour: str = "teal", turned: int = 1) -> bytes:
    """A JPEG as a telephone writes it: with where it was taken, on what, and which way up."""
    notes = Image.Exif()
    notes[MAKER] = "Telephone of Somebody"
    notes[0x0112] = turned
    notes.get_ifd(GPS)[1] = "N"
    notes.get_ifd(GPS)[2] = (51.0, 30.0, 0.0)
    file = BytesIO()
    Image.new("RGB", (width, height), colour).save(file, "JPEG", exif=notes)
    return file.getvalue()


def see_through() -> bytes:
    file = BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(file, "PNG")
    return file.getvalue()


def pdf(inside: bytes = b"") -> bytes:
    return b"%PDF-1.7\n1 0 obj <<" + inside + b">> endobj\ntrailer\n%%EOF\n"


def packed_pdf(inside: bytes, filters: bytes = b"/FlateDecode") -> bytes:
    """A PDF with an object in a compressed stream of objects, as most programs write them."""
    part = zlib.compress(b"7 0 <<" + inside + b">>")
    head = b"/Type /ObjStm /N 1 /First 4 /Filter " + filters + b" /Length %d" % len(part)
    return b"%PDF-1.7\n1 0 obj <<" + head + b">> stream\r\n" + part + b"\nendstream endobj\ntrailer\n%%EOF\n"


def office(*names: str, folder: str = "word", types: str = "<Types/>", leads: str = "") -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as parts:
        parts.writestr("[Content_Types].xml", types)
        parts.writestr(f"{folder}/_rels/settings.xml.rels", f"<Relationships>{leads}</Relationships>")
        parts.writestr(f"{folder}/document.xml", "<w/>")
        for name in names:
            parts.writestr(name, "x")
    return file.getvalue()


def sent(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)
