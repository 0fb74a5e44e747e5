"""A UPN or a ULN was copied correctly, or it was not."""

import csv
from pathlib import Path

import pytest

from careers.pupils.identifiers import uln_fault, upn_check_letter, upn_fault

SEEN = Path(__file__).parents[4] / "shared" / "data" / "mis" / "upn_vectors.csv"


@pytest.mark.skipif(not SEEN.exists(), reason="the UPNs collected from other systems are not beside this checkout")
def test_we_say_of_every_collected_upn_what_the_published_rule_says() -> None:
    with SEEN.open(newline="") as lines:
        for vector in csv.DictReader(lines):
            verdict, _, letter = vector["computed_by_published_rule"].partition(":")
            fault = upn_fault(vector["upn"])
            if verdict == "ok":
                assert fault == "", vector
            elif verdict == "wrong_letter":
                assert f"its first letter would be {letter}" in fault, vector
            else:
                assert fault.startswith(("it has", "a UPN is a letter")), vector


def test_a_temporary_upn_counts_its_last_letter() -> None:
    rest = "12345678901X"
    assert upn_check_letter(rest) == "E"
    assert upn_fault(f"E{rest}") == ""


@pytest.mark.parametrize(
    "upn", ["B80120000500", "B8012000050011", "b801200005001", "B80120000500I", "B80120000500\u0661"]
)
def test_what_is_not_shaped_like_a_upn(upn: str) -> None:
    assert upn_fault(upn)


@pytest.mark.parametrize(("uln", "right"), [("1234567892", False), ("123456789", False), ("12345678a0", False)])
def test_a_mistyped_uln(uln: str, right: bool) -> None:
    assert (uln_fault(uln) == "") is right


def test_a_uln_whose_last_digit_agrees() -> None:
    first = "102345678"
    remainder = sum(int(digit) * weight for digit, weight in zip(first, range(10, 1, -1), strict=True)) % 11
    assert uln_fault(f"{first}{10 - remainder}") == ""
