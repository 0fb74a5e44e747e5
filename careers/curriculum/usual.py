"""Careers that pupils of a subject often hear of, and the ways into them: ideas to begin from, in our own words, in a file of data.

Nothing is counted by it. It names no pay and no figures, which would be out of date before they were read.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("usual_careers.yaml")


@dataclass(frozen=True)
class Usual:
    """Careers of one subject: jobs with, for each, what of the subject they use; and ways on from it."""

    subject: str
    also: tuple[str, ...]
    jobs: tuple[tuple[str, str], ...]
    ways_on: tuple[str, ...]


@cache
def usual_careers() -> dict[str, Usual]:
    """By the subject's name in small letters, and by each of its other names."""
    import yaml  # a process that shows no such page need not load it

    found: dict[str, Usual] = {}
    for subject, said in yaml.safe_load(FILE.read_text(encoding="utf-8")).items():
        usual = Usual(subject, tuple(said.get("also", ())), tuple(said["jobs"].items()), tuple(said["ways on"]))
        found |= dict.fromkeys((name.casefold() for name in (subject, *usual.also)), usual)
    return found


def careers_of(subject: str) -> Usual | None:
    """The usual careers of a subject by any of its names; None where the file does not have it."""
    return usual_careers().get(subject.casefold())


def also_called(name: str) -> str:
    """The name in small letters that a subject goes by: maths is mathematics. A name nobody knows is itself."""
    known = careers_of(name)
    return (known.subject if known else name).casefold()
