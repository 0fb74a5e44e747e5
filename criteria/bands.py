"""The bands in which a national return asks for a share of pupils: `frameworks/bands.yaml`, read and used.

A share is put in its band by whole pupils, with no fractions lost on the way: it is rounded to a whole percent, a half up, but
is 0 only where nobody has met it and 100 only where nobody is missing. So 25.4% is in 1-25, and 25.5% in 26-50: a page
that says "26%" never stands beside a band that ends at 25.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from criteria.loading import FRAMEWORKS
from criteria.model import Source
from criteria.yaml_lines import Mapping, read_yaml

FILE = FRAMEWORKS / "bands.yaml"


@dataclass(frozen=True)
class Band:
    """Whole percents, both ends included. `seen` is whether it has been seen in a return; else it is our understanding."""

    key: str
    least: int
    most: int
    seen: bool = False

    @property
    def words(self) -> str:
        """As "26-50%", "100%"."""
        return f"{self.least}%" if self.least == self.most else f"{self.least}\N{EN DASH}{self.most}%"


@dataclass(frozen=True)
class Place:
    """Where a share of pupils stands: its band, and the next one that can be reached, by how many more."""

    met: int
    population: int
    band: Band
    next: Band | None = None
    more: int = 0


@dataclass(frozen=True)
class Scale:
    """The bands asked for from a day on, lowest first; together they hold every whole percent once."""

    starts: date
    source: Source
    checked_on: date
    unconfirmed: str
    bands: tuple[Band, ...]

    def band(self, met: int, population: int) -> Band | None:
        """The band of so many pupils met of so many; None where there is nobody. ValueError where more met than there are."""
        if not population:
            return None
        percent = whole_percent(met, population)
        return next(band for band in self.bands if band.least <= percent <= band.most)

    def place(self, met: int, population: int) -> Place | None:
        """The band, and how many more pupils reach the next that a whole pupil can reach; None where there is nobody."""
        band = self.band(met, population)
        if band is None or met == population:
            return Place(met, population, band) if band else None
        needed = min(pupils_for(higher.least, population) for higher in self.bands if higher.least > band.most)
        return Place(met, population, band, self.band(needed, population), needed - met)


def whole_percent(met: int, population: int) -> int:
    """Whole percent of a population that is not 0, a half up; never 100 while somebody is missing, nor 0 while somebody is not."""
    if not 0 <= met <= population or not population:
        raise ValueError(f"{met} of {population} is no share")
    if met in (0, population):
        return 100 if met else 0
    return min(99, max(1, (200 * met + population) // (2 * population)))


def pupils_for(percent: int, population: int) -> int:
    """The fewest pupils that make this whole percent or more."""
    if percent >= 100:
        return population
    if percent <= 1:
        return percent  # a single pupil is enough not to be 0
    return -(-population * (2 * percent - 1) // 200)


def in_force(day: date, path: Path = FILE) -> Scale | None:
    """The scale in force on a day: the latest that has begun. None before the first: what was asked then we do not know."""
    begun = [scale for scale in read_scales(path) if scale.starts <= day]
    return begun[-1] if begun else None


@cache
def read_scales(path: Path = FILE) -> tuple[Scale, ...]:
    """Every scale, earliest first. FrameworkError names file, line, what was found and what to do."""
    top = read_yaml(path)
    top.only({"sources", "scales"})
    sources = {each.text("code"): _source(each) for each in top.mappings("sources")}
    given = top.mappings("scales")
    if not given:
        top.refuse("scales", "there are none", "give at least one, with the day it is in force from")
    scales = sorted((_scale(each, sources) for each in given), key=lambda scale: scale.starts)
    return tuple(scales)


def _source(given: Mapping) -> Source:
    """A source with no address is a document we hold no public copy of."""
    given.only({"code", "title", "address"})
    return Source(given.text("code"), given.text("title"), given.text("address") if "address" in given else "")


def _scale(given: Mapping, sources: dict[str, Source]) -> Scale:
    given.only({"from", "source", "checked on", "unconfirmed", "bands"})
    code = given.text("source")
    if code not in sources:
        given.refuse("source", f"'{code}' is not among the sources", f"use one of {', '.join(sorted(sources))}")
    bands, expected = [], 0
    for each in given.mappings("bands"):
        band = _band(each)
        if band.least != expected:
            each.refuse(
                "from", f"found {band.least} where {expected} comes next", "let each band begin where the last ended"
            )
        if band.most < band.least:
            each.refuse("to", f"found {band.most}, below where it begins", f"write {band.least} or more")
        bands.append(band)
        expected = band.most + 1
    if expected != 101:
        given.refuse("bands", f"they end at {expected - 1}", "let the last band end at 100")
    for edge in (0, 100):
        if not any(band.least == band.most == edge for band in bands):
            given.refuse(
                "bands", f"none is for {edge} alone", f"give {edge} a band of its own: nobody, or nobody missing"
            )
    return Scale(
        given.day("from"), sources[code], given.day("checked on"),
        given.text("unconfirmed") if "unconfirmed" in given else "", tuple(bands),
    )  # fmt: skip


def _band(given: Mapping) -> Band:
    given.only({"key", "from", "to", "seen"})
    return Band(given.text("key"), _percent(given, "from"), _percent(given, "to"), given.optional("seen") is True)


def _percent(given: Mapping, key: str) -> int:
    number = given.number(key)
    if number != int(number) or not 0 <= number <= 100:
        given.refuse(key, f"found {number:g}", "write a whole percent from 0 to 100")
    return int(number)
