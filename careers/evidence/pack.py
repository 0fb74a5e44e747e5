"""All the evidence of one benchmark as one file: folders by criterion and activity, and a first page that says what is in it."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django_scopes import scope

from careers.evidence.gathering import OfBenchmark
from careers.evidence.models import Content, Evidence
from careers.schools.models import School
from criteria.periods import AcademicYear


class Going(io.RawIOBase):
    """Where the packed file is written to: what has been written is taken away at once, so that none of it is kept."""

    def __init__(self) -> None:
        self.waiting: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.waiting.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        together, self.waiting = b"".join(self.waiting), []
        return together


def written(
    school: School, found: OfBenchmark, pieces: list[Evidence], as_at: date, year: AcademicYear
) -> Iterator[bytes]:
    """The file, part by part as it goes out: one piece of evidence is in memory at a time.

    `pieces` are those to put in; one that speaks for several criteria is in it once.
    """
    places = _places(found, pieces)
    page = {"school": school, "found": found, "places": places, "as_at": as_at, "year": year}
    page["left_out"] = sum(piece.pk not in places for piece in found.evidence)
    return _sent(
        school, {pk: path for pk, path in places.items() if path}, render_to_string("evidence/pack.html", page)
    )


def _sent(school: School, places: dict[int, str], first_page: str) -> Iterator[bytes]:
    going = Going()
    with zipfile.ZipFile(going, "w", zipfile.ZIP_STORED) as packed:
        packed.writestr("index.html", first_page)
        for pk, path in places.items():
            with scope(school=school):  # the request's own is over by the time this is sent
                content = Content.objects.filter(evidence=pk).values_list("data", flat=True).first()
            packed.writestr(path, bytes(content or b""))
            yield going.taken()
    yield going.taken()


def _places(found: OfBenchmark, pieces: list[Evidence]) -> dict[int, str]:
    """Each piece's number to its path in the file; empty for a link, which is only on the first page."""
    wanted = {piece.pk for piece in pieces}
    places: dict[int, str] = {}
    taken: set[str] = set()
    for of in found.rules:
        folder = _plain(f"{of.rule.number} {of.rule.title}")
        own = [(folder, piece) for piece in of.own]
        by_activity = [(f"{folder}/{_plain(each.activity.title)}", e) for each in of.shown for e in each.evidence]
        for where, piece in (*own, *by_activity):
            if piece.pk in wanted and piece.pk not in places:
                places[piece.pk] = _free(where, piece, taken)
    return places


def _free(folder: str, piece: Evidence, taken: set[str]) -> str:
    if piece.kind == Evidence.Kind.LINK:
        return ""
    name, _, ending = piece.content.name.rpartition(".")
    stem = _plain(piece.title) or name
    path, number = f"{folder}/{stem}.{ending}", 1
    while path.casefold() in taken:
        number += 1
        path = f"{folder}/{stem} {number}.{ending}"
    taken.add(path.casefold())
    return path


def _plain(words: str) -> str:
    """A name any computer takes."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    return re.sub(r"\s+", " ", re.sub(r"[^A-Za-z0-9 .,()_-]+", " ", plain)).strip(" .")[:60].strip(" .") or "Untitled"
