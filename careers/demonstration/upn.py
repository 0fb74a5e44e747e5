"""Unique pupil numbers with a right check letter, in a local authority (999) that does not exist."""

from __future__ import annotations

LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def with_check_letter(digits: str) -> str:
    """The UPN of twelve digits: each is multiplied by its place (2 to 13), and the sum divided by 23 gives the letter."""
    return LETTERS[sum(int(digit) * place for place, digit in enumerate(digits, 2)) % 23] + digits


def upn(school: int, year: int, serial: int) -> str:
    """A number given by a primary school (four digits) in a calendar year."""
    return with_check_letter(f"999{school:04}{year % 100:02}{serial:03}")
