"""Common Transfer Files: XML, read with everything switched off that a hostile file could use."""

from __future__ import annotations

from lxml import etree

from careers.imports.reading.refusal import FileRefused

DAMAGED = "The XML could not be read ({fault}). Ask the school or system that made the file to export it again."


def read(content: bytes) -> etree._Element:
    """The root element. A document type is refused whatever it says: no Common Transfer File has one."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        if b"<!DOCTYPE" in content.replace(b"\0", b"")[:100_000]:
            raise FileRefused(DOCTYPE) from None
        raise FileRefused(DAMAGED.format(fault=f"line {error.lineno}")) from None
    if root.getroottree().docinfo.doctype or root.getroottree().docinfo.internalDTD is not None:
        raise FileRefused(DOCTYPE)
    if etree.QName(root).localname != "CTfile":
        raise FileRefused(
            f"This XML file is a “{etree.QName(root).localname}” and not a Common Transfer File. "
            "Export a CTF from your school's system, or a CSV or Excel list."
        )
    return root


DOCTYPE = (
    "The XML has a document type definition, which no Common Transfer File has, "
    "so it was not read. Ask for the file to be exported again."
)
