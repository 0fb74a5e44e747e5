"""Names for invented pupils, as various as in an English town. No list holds a real person."""

from __future__ import annotations

from pathlib import Path
from random import Random

LISTS = Path(__file__).parent / "name_lists"


def listed(name: str) -> list[str]:
    return (LISTS / f"{name}.txt").read_text(encoding="utf-8").split()


GIRLS, BOYS, SURNAMES = listed("girls"), listed("boys"), listed("surnames")

RARER_SURNAMES = (
    "O'Brien", "O'Connor", "O'Dell", "O'Sullivan", "D'Souza", "D'Angelo", "M'Baye", "Ng", "Øverland", "Müller", "Núñez", "Brontë-Hall",
    "Peña", "Żak", "Łuczak", "Smith-Okoro", "Hall-Begum", "Clarke-Nwosu", "Ali Khan", "de Souza", "van der Berg", "Mac Giolla",
    "St John", "Featherstonehaugh-Wolstenholme", "Ramanathapuram-Chidambaram", "Cholmondeley-Fitzgerald", "Al-Hassan", "El-Masri",
)  # fmt: skip

KNOWN_AS = {
    "Mohammed": "Mo", "Benjamin": "Ben", "Charlotte": "Lottie", "Matthew": "Matt", "Thomas": "Tom", "Samuel": "Sam", "Joshua": "Josh",
    "Eleanor": "Ellie", "Abigail": "Abi", "Zachary": "Zach", "Alejandro": "Alex", "Wiktoria": "Wiki", "Frederick": "Fred",
    "Matilda": "Tilly", "Isabella": "Bella", "Robert": "Rob",
}  # fmt: skip


def forename(rng: Random, sex: str) -> str:
    return rng.choice(GIRLS if sex == "F" else BOYS)


def surname(rng: Random) -> str:
    return rng.choice(RARER_SURNAMES) if rng.random() < 0.06 else rng.choice(SURNAMES)
