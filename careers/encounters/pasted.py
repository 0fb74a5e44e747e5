"""Lines of a pasted or scanned list: a UPN, an e-mail address, or a name as people write names, perhaps with a form."""

from __future__ import annotations

import re
from collections.abc import Iterable

from careers.pupils.matching import Sought, plain

LINES = 500
LONGEST = 200
"""Characters of a line."""
FORM = re.compile(r"(?:(?:year|yr|y)\s*)?(?:7|8|9|1[0-4])[\s/.-]?[a-z]{1,4}\d?", re.IGNORECASE)
UPN = re.compile(r"[a-z][0-9]{11}[0-9a-z]", re.IGNORECASE)
HEADS = frozenset({"name", "names", "pupil", "pupils", "student", "students", "upn", "surname", "forename", "email"})


def lines_of(text: str) -> list[str]:
    """The lines that say something, each once: a list that names somebody twice means them once. At most LINES."""
    found = (line.replace("\x00", "").strip(" ;,•*-") for line in text.splitlines())
    kept = [line[:LONGEST] for line in found if line.strip() and not _is_head(line)]
    return list(dict.fromkeys(kept))[:LINES]


def sought_in(line: str, known_forms: Iterable[str]) -> Sought:
    """What a line says of a pupil. `known_forms` are the school's, in small letters without spaces."""
    known = frozenset(known_forms)
    between = r"\t|;|\||," if line.count(",") > 1 else r"\t|;|\|"
    cells = [cell.strip().strip('"') for cell in re.split(between, line) if cell.strip()]
    upn = email = form = ""
    names: list[str] = []
    for cell in cells:
        bare = cell.replace(" ", "")
        if not upn and UPN.fullmatch(bare):
            upn = bare.upper()
        elif not email and re.fullmatch(r"\S+@\S+", cell):
            email = cell.strip("<>")
        elif not form and _is_form(cell, known):
            form = cell
        elif not re.fullmatch(r"[\d\s./:-]+", cell):  # a number in the list, or a date
            names.append(cell)
    if len(cells) == 1 and names:
        names[0], upn, email, form = _apart(names[0], known)
    return _named(names, upn, email, form)


def _apart(line: str, known: frozenset[str]) -> tuple[str, str, str, str]:
    """A line of one cell: its name, and the UPN, the address and the form that stand in it."""
    upn = email = form = ""
    words = re.sub(r"^\d{1,3}[.)]?\s+", "", re.sub(r"[()<>\[\]]", " ", line)).split()
    rest = []
    for word in words:
        if UPN.fullmatch(word):
            upn = word.upper()
        elif re.fullmatch(r"\S+@\S+", word):
            email = word
        else:
            rest.append(word)
    for count in (2, 1):
        tail = " ".join(rest[-count:])
        if len(rest) > count and _is_form(tail, known):
            return " ".join(rest[:-count]), upn, email, tail
    return " ".join(rest), upn, email, form


def _named(names: list[str], upn: str, email: str, form: str) -> Sought:
    """Two cells are surname and forename, as a spreadsheet has them; one with a comma is so too, and one without forename first."""
    if len(names) >= 2 and "," not in names[0]:
        return Sought(upn=upn, email=email, form=form, surname=names[0], forename=names[1])
    name = names[0] if names else ""
    surname, comma, forename = (part.strip() for part in name.partition(","))
    if comma:
        return Sought(upn=upn, email=email, form=form, surname=surname, forename=forename)
    return Sought(upn=upn, email=email, form=form, name=name)


def _is_form(words: str, known: frozenset[str]) -> bool:
    return plain(words).replace(" ", "") in known or bool(FORM.fullmatch(words))


def _is_head(line: str) -> bool:
    words = re.split(r"[\s,;|]+", line.strip().casefold())
    return bool(words) and set(words) - {"form", "class", "year", "group", "first", "last"} <= HEADS and len(words) < 6
