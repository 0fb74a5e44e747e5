"""Documents as tagged PDF (PDF/UA-1), set by Typst. Data goes in as JSON and is never read as markup.

No fonts of the machine are used, so the same record gives the same pages everywhere. PDF/UA refuses a letter that no font can draw;
such a letter is shown by its number in Unicode, as [U+674E], and the document says so: nothing of a name vanishes silently.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

DOCUMENTS = Path(__file__).parent / "documents"
FONTS = settings.ROOT / "build" / "static" / "fonts"
FAMILIES = '("Atkinson Hyperlegible Next", "Libertinus Serif", "DejaVu Sans Mono")'
PROBE = f"#set document(title: [Probe])\n#set text(font: {FAMILIES})\n#text(sys.inputs.words)".encode()
LAST_OF_LATIN = 0x24F
UNPRINTABLE = (
    "Some letters in this document cannot be drawn by its fonts and are shown by their number in Unicode, in square brackets. "
    "The file for computers that comes with it has them as they are."
)


def pdf(document: str, data: dict[str, Any]) -> bytes:
    """The document of `documents/<document>.typ` with this data; `data["notes"]` says so where letters had to be replaced."""
    import typst  # not before a document is made: it is large

    source, letters = (DOCUMENTS / f"{document}.typ").read_bytes(), _letters(data)
    try:
        return _compile(source, {"data": json.dumps(_drawable(data, without_glyph(letters)))})
    except typst.TypstError:
        # Each letter can be drawn alone and some not side by side, such as a rare accent on a rare letter.
        beyond_latin = {letter for letter in letters if ord(letter) > LAST_OF_LATIN or not letter.isprintable()}
        return _compile(source, {"data": json.dumps(_drawable(data, beyond_latin))})


def _drawable(data: dict[str, Any], missing: set[str]) -> dict[str, Any]:
    """The same data with these letters replaced by their numbers, and a sentence that says so."""
    replaced = _replaced(data, frozenset(missing - {"\n", "\t"}))
    return {**replaced, "notes": [*replaced["notes"], UNPRINTABLE]} if replaced != data else data


def without_glyph(letters: set[str]) -> set[str]:
    """Of these letters, those that cannot be drawn. Latin needs no asking."""
    return {letter for letter in letters if not _has_glyph(letter)}


@lru_cache(maxsize=4096)
def _has_glyph(letter: str) -> bool:
    if letter in "\n\t" or " " <= letter <= "~":
        return True
    if not letter.isprintable() and not letter.isspace():
        return False
    import typst

    try:
        _compile(PROBE, {"words": letter})
    except typst.TypstError:
        return False
    return True


def _compile(source: bytes, inputs: dict[str, str]) -> bytes:
    import typst

    compiler = typst.Compiler(source, font_paths=[str(FONTS)], ignore_system_fonts=True, sys_inputs=inputs)
    made: Any = compiler.compile(format="pdf", pdf_standards=["ua-1"])
    return bytes(made)


def _letters(value: Any) -> set[str]:
    if isinstance(value, str):
        return set(value)
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, (list, tuple)) else ()
    return set().union(*(_letters(part) for part in parts))


def _replaced(value: Any, missing: frozenset[str]) -> Any:
    if isinstance(value, str):
        return "".join(f"[U+{ord(letter):04X}]" if letter in missing else letter for letter in value)
    if isinstance(value, dict):
        return {key: _replaced(part, missing) for key, part in value.items()}
    return [_replaced(part, missing) for part in value] if isinstance(value, (list, tuple)) else value
