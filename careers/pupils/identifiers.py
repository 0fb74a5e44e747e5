"""The numbers that follow a pupil from school to school, and whether they were copied correctly."""

from __future__ import annotations

import re

CHECK_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""The letters a UPN may hold: I, O and S look too much like digits."""

UNKNOWN_ULN = "9999999999"
"""What systems send for a learner without a ULN yet."""

_UPN = re.compile(rf"[{CHECK_LETTERS}][0-9]{{11}}[0-9{CHECK_LETTERS}]")


def upn_check_letter(rest: str) -> str:
    """The letter that must stand before the twelve other characters of a UPN.

    Each character counts its place (2 to 13) times its value, modulo 23. A temporary UPN ends in a letter, whose value is
    its place among the check letters. Source: the Department for Education's guide to unique pupil numbers.
    """
    values = (int(c) if c in "0123456789" else CHECK_LETTERS.index(c) for c in rest)
    return CHECK_LETTERS[sum(place * value for place, value in enumerate(values, start=2)) % 23]


def upn_fault(upn: str) -> str:
    """What is wrong with a UPN (capital letters, no spaces), as words that follow "X is not a UPN:". Empty when nothing is."""
    if len(upn) != 13:
        return f"it has {len(upn)} characters and a UPN has 13"
    if not _UPN.fullmatch(upn):
        return "a UPN is a letter (never I, O or S), then eleven digits, then a digit or such a letter"
    expected = upn_check_letter(upn[1:])
    return (
        ""
        if upn[0] == expected
        else f"with these digits its first letter would be {expected}, so a character was mistyped"
    )


def uln_fault(uln: str) -> str:
    """What is wrong with a ULN, as words that follow "X is not a ULN:". Empty when nothing is.

    The nine first digits count 10 down to 2; the remainder modulo 11 is never 0, and the tenth digit is 10 less the remainder.
    """
    if not re.fullmatch(r"[0-9]{10}", uln):
        return "a ULN is ten digits"
    remainder = sum(int(digit) * weight for digit, weight in zip(uln[:9], range(10, 1, -1), strict=True)) % 11
    if remainder == 0 or 10 - remainder != int(uln[9]):
        return "its last digit does not agree with the others, so a digit was mistyped"
    return ""
