"""What a file really is, by its content and not by its name, and the right reader for it."""

from __future__ import annotations

import codecs
import hashlib
from dataclasses import dataclass

from django.conf import settings
from lxml import etree

from careers.imports.reading import delimited, workbook, xml
from careers.imports.reading.refusal import FileRefused
from careers.imports.reading.table import Headings, Table

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True)
class File:
    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def is_xml(file: File) -> bool:
    start = file.content[:400].lstrip(codecs.BOM_UTF8 + b" \t\r\n")
    return (
        start.startswith((b"<?xml", b"<CTfile", b"<!DOCTYPE CTfile")) or "<?xml" in start.decode("utf-16", "ignore")[:6]
    )


def read_ctf(file: File) -> etree._Element:
    refuse_size(file)
    return xml.read(file.content)


def read_table(file: File, headings: Headings) -> Table:
    """Rows and columns from CSV or Excel. Raises FileRefused with what was found and what to do."""
    refuse_size(file)
    if file.content.startswith(b"PK\x03\x04"):
        return workbook.read(file.content, headings)
    refuse_known_kinds(file)
    return delimited.read(file.content, headings)


def refuse_size(file: File) -> None:
    if not file.content.strip():
        raise FileRefused(
            "The file is empty. Export the list again and check that it has something in it before bringing it in."
        )
    refuse_longer(len(file.content))


def refuse_longer(size: int) -> None:
    """The installation's limit (TRIGPOINT_UPLOAD_MEGABYTES), asked before a byte of the file is read."""
    if size > settings.UPLOAD_LIMIT:
        limit = settings.UPLOAD_LIMIT / 1024**2
        raise FileRefused(
            f"The file is {size / 1024**2:.1f} MB and the most we read is {limit:.0f} MB. Split it into smaller files."
        )


def refuse_known_kinds(file: File) -> None:
    """The files people choose by mistake, each with its remedy."""
    start = file.content[:1000].lstrip(codecs.BOM_UTF8 + b" \t\r\n").lower()
    if file.content.startswith(OLE):
        if ENCRYPTED in file.content:
            raise FileRefused(
                "The workbook is protected with a password. Open it in Excel, take the password off (File, "
                "Info, Protect Workbook), save it, and choose it again."
            )
        raise FileRefused(
            "This is an old Excel workbook (.xls). Open it in Excel, save it as .xlsx or CSV, and choose that file."
        )
    if start.startswith(b"%pdf"):
        raise FileRefused("This is a PDF. Export the list as CSV or .xlsx and choose that file.")
    if start.startswith((b"<!doctype html", b"<html", b"<table")):
        raise FileRefused(
            "This is a web page, which some systems save under an Excel name. "
            "Open it in Excel, save it as .xlsx, and choose that file."
        )
    if is_xml(file):
        raise FileRefused(
            "This is an XML file, and here we read CSV and Excel (.xlsx). A Common Transfer File belongs under the roll."
        )
