"""A file damaged on its way, or made to do damage, is read or refused in a sentence. Nothing else ever comes of it."""

from __future__ import annotations

import io
import os
import random
import zipfile
from collections.abc import Callable

import pytest
from django_scopes import scope

from careers.imports.kinds import registry
from careers.imports.kinds.options import Options
from careers.imports.lists import guessing, sheet
from careers.imports.lists.mapping import Once, to_json
from careers.imports.lists.words import answered, words_of
from careers.imports.reading.files import File
from careers.imports.reading.refusal import FileRefused
from careers.imports.tests.sheets import csv_file, ctf_file, roll_file, xlsx_file
from careers.schools.models import School
from tests.makers import YEAR, make_school

pytestmark = pytest.mark.django_db
SEED = int(os.environ.get("LONG_TESTS") or 20261122)
EACH = 3_000 if "LONG_TESTS" in os.environ else 150

NASTY = (
    *(b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b'"', b",,,,", b"\r", b"\n\n", b"=cmd|' /C calc'!A0", b"%s%n", b"9" * 400),
    *(
        b"&x;",
        b"<!DOCTYPE a [<!ENTITY x 'y'>]>",
        b"]]>",
        b"<CTfile>",
        b"</",
        "\u202e\u0000\ud7ff".encode(),
        b"PK\x03\x04",
    ),
)


def damaged(content: bytes, dice: random.Random) -> bytes:
    """The content with one to four things done to it: bits turned, a part cut, doubled or moved, something nasty put in."""
    now = bytearray(content)
    for _ in range(dice.randint(1, 4)):
        at, to = sorted(dice.randrange(len(now) + 1) for _ in range(2))
        match dice.randrange(5):
            case 0 if now:
                now[at % len(now)] ^= 1 << dice.randrange(8)
            case 1:
                del now[at : min(to, at + 200)]
            case 2:
                now[at:at] = now[at:to][:500]
            case 3:
                now[at:at] = dice.choice(NASTY)
            case _:
                now = now[: max(to, 1)]
    return bytes(now)


def damaged_inside(content: bytes, dice: random.Random) -> bytes:
    """A workbook that is a sound archive, one part of which is damaged: what a crafted one would be."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        chosen = dice.choice(old.namelist())
        for name in old.namelist():
            new.writestr(name, damaged(old.read(name), dice) if name == chosen else old.read(name))
    return made.getvalue()


KINDS: dict[str, tuple[Callable[[School], File], Callable[[bytes, random.Random], bytes]]] = {
    "CSV": (lambda _: roll_file(), damaged),
    "Common Transfer File": (ctf_file, damaged),
    "workbook": (lambda _: as_workbook(), damaged),
    "workbook inside": (lambda _: as_workbook(), damaged_inside),
}


def as_workbook() -> File:
    return xlsx_file(["UPN", "Surname", "Forename", "Year"], ["A99900000000B", "Ash", "Wren", 9], name="roll.xlsx")


@pytest.fixture
def school() -> School:
    return make_school()


@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_file_is_read_or_refused(kind: str, school: School) -> None:
    make, damage = KINDS[kind]
    sound, dice = make(school), random.Random(f"{SEED} {kind}")
    said: list[str] = []
    for number in range(EACH):
        file = File(sound.name, damage(sound.content, dice))
        try:
            with scope(school=school):
                registry.plan("roll", school, file, Options(YEAR.start_year), None)
        except FileRefused as refused:
            said.append(str(refused))
        except Exception as error:
            error.add_note(f"damaged {kind} number {number} of seed {SEED}")
            raise
    assert said, "nothing was ever refused, so nothing was damaged enough"
    assert [words for words in said if not words.endswith((".", "?"))] == []


LISTS: dict[str, Callable[[bytes, random.Random], bytes]] = {"CSV": damaged, "workbook inside": damaged_inside}
ROWS = [
    ["Autumn"],
    ["Name", "Form", "Careers fair 06/10/2026", "Interview", "Date", "Type"],
    *[[f"Wren Ash{n}", "9A", "/", "13/10/2026", "6 Oct", "Trip"] for n in range(6)],
]


@pytest.mark.parametrize("kind", LISTS)
def test_a_damaged_list_of_any_kind_is_read_or_refused(kind: str, school: School) -> None:
    sound = csv_file(*ROWS, name="list.csv") if kind == "CSV" else xlsx_file(*ROWS, name="list.xlsx")
    dice = random.Random(f"{SEED} list {kind}")
    said: list[str] = []
    for number in range(EACH):
        file = File(sound.name, LISTS[kind](sound.content, dice))
        try:
            with scope(school=school):
                found = sheet.read(file)
                mapping = guessing.mapping_of(found, YEAR.start_year)
                answered(mapping, words_of(found, mapping, YEAR.start_year))
                answers = {"mapping": to_json(mapping), "once": to_json(Once("Fair", "careers_event"))}
                registry.plan("anything", school, file, Options(YEAR.start_year, answers=answers), None)
        except FileRefused as refused:
            said.append(str(refused))
        except Exception as error:
            error.add_note(f"damaged list {kind} number {number} of seed {SEED}")
            raise
    assert said
    assert [words for words in said if not words.endswith((".", "?"))] == []
