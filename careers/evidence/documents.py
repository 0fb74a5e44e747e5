"""Documents as they are kept: told by their content, never by their name, and none that could run anything."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from careers.evidence.pdf_scripts import runs
from careers.evidence.refusal import ContentRefused

MOST_PARTS = 3_000
MOST_UNPACKED = 300_000_000
MOST_OF_A_LIST = 2_000_000
OFFICE = "application/vnd.openxmlformats-officedocument."
INSIDE = (
    ("word/", OFFICE + "wordprocessingml.document", "docx"),
    ("xl/", OFFICE + "spreadsheetml.sheet", "xlsx"),
    ("ppt/", OFFICE + "presentationml.presentation", "pptx"),
)
OPEN = {
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
}
RUNS = re.compile(
    r"(vbaproject|/activex/|/embeddings/|^basic/|^scripts/|\.(exe|dll|js|vbs|ps1|bat|cmd|scr|jar|bin)$)", re.I
)
OF_A_PRINTER = re.compile(r"/printersettings\d*\.bin$", re.I)
SAYS_IT_RUNS = re.compile(rb"vbaproject|macroenabled|activex|oleobject", re.I)
"""In an Office document's own list of its parts: a part may have any name, and is what the list says it is."""
LEADS = re.compile(rb"<[^>]*relationships/(?:attachedTemplate|oleObject|frame|subDocument)\b[^>]*>", re.I)
ELSEWHERE = re.compile(rb"Target\s*=\s*[\"'](?:https?:|ftp:|\\\\|file:/*\\\\)", re.I)
"""What is fetched from elsewhere when the document is opened, such as a template with macros."""
SEND_AS_PDF = "Save it as a PDF and send that."


def told(data: bytes) -> tuple[str, str]:
    """(media type, ending) of a document. Raises ContentRefused for anything that is not one we keep."""
    if data.startswith(b"%PDF-"):
        return _pdf(data)
    if data.startswith(b"PK\x03\x04"):
        return _packed(data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise ContentRefused(f"This is a document of an old kind (such as .doc), which can hold macros. {SEND_AS_PDF}")
    if _is_plain(data):
        return "text/plain", "txt"
    raise ContentRefused(
        "What is in this file is not a picture (JPEG, PNG, WebP or GIF), a PDF, a Word, Excel, PowerPoint or OpenDocument "
        "document, or plain text. Send it as one of those."
    )


def _pdf(data: bytes) -> tuple[str, str]:
    if b"%%EOF" not in data[-2048:]:
        raise ContentRefused("This PDF has no end, so only part of it arrived. Send it again.")
    if runs(data):
        raise ContentRefused("This PDF holds a script or another file. Print it to a new PDF and send that.")
    return "application/pdf", "pdf"


def _packed(data: bytes) -> tuple[str, str]:
    try:
        with zipfile.ZipFile(BytesIO(data)) as parts:
            names = parts.namelist()
            _refuse_a_bomb(parts.infolist())
            if any(RUNS.search(name) and not OF_A_PRINTER.search(name) for name in names) or _says_it_runs(parts):
                raise ContentRefused(f"This document holds macros or another file inside it. {SEND_AS_PDF}")
            if "[Content_Types].xml" in names:
                for folder, media_type, ending in INSIDE:
                    if any(name.startswith(folder) for name in names):
                        return media_type, ending
            if names[:1] == ["mimetype"]:
                said = parts.read("mimetype")[:100].decode("ascii", "replace").strip()
                if said in OPEN:
                    return said, OPEN[said]
    except ContentRefused:
        raise
    except Exception:  # whatever a damaged archive makes the reader raise
        raise ContentRefused("This document is damaged, or only part of it arrived. Send it again.") from None
    raise ContentRefused("This is an archive of files, not a document. Take the files out and send them one by one.")


def _says_it_runs(parts: zipfile.ZipFile) -> bool:
    """Whether an Office document's list of parts has a macro, or it fetches something from elsewhere when it is opened."""
    for name in parts.namelist():
        if name == "[Content_Types].xml" and SAYS_IT_RUNS.search(_beginning(parts, name)):
            return True
        if name.endswith(".rels") and any(
            ELSEWHERE.search(found[0]) for found in LEADS.finditer(_beginning(parts, name))
        ):
            return True
    return False


def _beginning(parts: zipfile.ZipFile, name: str) -> bytes:
    with parts.open(name) as part:
        return part.read(MOST_OF_A_LIST)


def _refuse_a_bomb(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise ContentRefused(f"This document would unpack to far more than it is, so it is not opened. {SEND_AS_PDF}")


def _is_plain(data: bytes) -> bool:
    """Text, and not a page or a drawing that a browser would run."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    begins = text[:2000].lstrip().lower()
    marked = begins.startswith(("<", "#!")) or "<script" in text.lower() or "<svg" in text.lower()
    return bool(text.strip()) and "\x00" not in text and not marked
