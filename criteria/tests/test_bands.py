"""The bands of a national return: which one a share is in, and how many more pupils reach the next."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from criteria.bands import FILE, Scale, in_force, pupils_for, read_scales, whole_percent
from criteria.loading import names
from criteria.yaml_lines import FrameworkError

SCALE = read_scales()[-1]
SHARES = st.integers(1, 2000).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole)))


def words(met: int, population: int) -> str:
    band = SCALE.band(met, population)
    return band.words if band else "nobody"


def test_the_bands_are_those_of_the_return() -> None:
    assert [band.words for band in SCALE.bands] == ["0%", "1–25%", "26–50%", "51–90%", "91–99%", "100%"]
    assert [band.words for band in SCALE.bands if band.seen] == ["1–25%", "26–50%", "91–99%"]
    assert "Three of the bands have been seen" in SCALE.unconfirmed
    assert (SCALE.source.code, SCALE.checked_on) == ("SCH-C3", date(2026, 11, 22))


@pytest.mark.parametrize(
    ("met", "population", "band"),
    [
        (0, 0, "nobody"),
        (0, 1, "0%"), (1, 1, "100%"), (1, 2, "26–50%"),
        (0, 1500, "0%"), (1, 1500, "1–25%"), (1499, 1500, "91–99%"), (1500, 1500, "100%"),
        (254, 1000, "1–25%"), (255, 1000, "26–50%"), (256, 1000, "26–50%"),
        (504, 1000, "26–50%"), (505, 1000, "51–90%"),
        (904, 1000, "51–90%"), (905, 1000, "91–99%"),
        (51, 200, "26–50%"), (50, 197, "1–25%"),
    ],
)  # fmt: skip
def test_a_share_is_in_the_band_of_its_whole_percent(met: int, population: int, band: str) -> None:
    assert words(met, population) == band


@given(share=SHARES)
def test_a_band_is_never_all_while_somebody_is_missing_nor_none_while_somebody_is_not(share: tuple[int, int]) -> None:
    met, population = share
    assert (words(met, population) == "100%") == (met == population)
    assert (words(met, population) == "0%") == (met == 0)


@given(share=SHARES)
def test_so_many_more_pupils_reach_the_next_band_and_one_fewer_does_not(share: tuple[int, int]) -> None:
    met, population = share
    place = SCALE.place(met, population)
    assert place is not None
    if place.next is None:
        assert met == population
        return
    assert place.next.least > place.band.most
    assert SCALE.band(met + place.more, population) == place.next
    assert SCALE.band(met + place.more - 1, population) == place.band


@given(percent=st.integers(0, 100), population=st.integers(1, 2000))
def test_the_fewest_pupils_for_a_percent_make_it_and_one_fewer_does_not(percent: int, population: int) -> None:
    fewest = pupils_for(percent, population)
    assert whole_percent(fewest, population) >= percent
    assert not fewest or whole_percent(fewest - 1, population) < percent


def test_a_band_that_no_whole_pupil_can_reach_is_passed_over() -> None:
    place = SCALE.place(0, 2)
    assert place is not None
    assert place.next is not None
    assert (place.more, place.next.words) == (1, "26–50%")


def test_there_is_no_band_of_nobody() -> None:
    assert SCALE.place(0, 0) is None


def test_more_met_than_there_are_is_refused() -> None:
    with pytest.raises(ValueError, match="3 of 2 is no share"):
        SCALE.band(3, 2)


def test_the_bands_are_no_framework() -> None:
    assert FILE.exists()
    assert "bands" not in names()


def test_what_was_asked_for_before_the_first_scale_is_not_known() -> None:
    assert in_force(date(2025, 8, 31)) is None
    assert in_force(date(2025, 9, 1)) == SCALE


def test_a_new_scale_takes_over_on_its_day(tmp_path: Path) -> None:
    path = tmp_path / "bands.yaml"
    later = "  - from: 2027-09-01\n    source: CMP\n    checked on: 2027-08-01\n    bands:\n"
    later += "".join(f"      - {{key: k{a}, from: {a}, to: {b}}}\n" for a, b in ((0, 0), (1, 50), (51, 99), (100, 100)))
    path.write_text(FILE.read_text() + later)
    before, after = (in_force(date(2027, month, 1), path) for month in (8, 9))
    assert isinstance(before, Scale)
    assert isinstance(after, Scale)
    assert (len(before.bands), len(after.bands)) == (6, 4)


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("from: 26, to: 50", "from: 27, to: 50", "line 17, 'from': found 27 where 26 comes next"),
        ("from: 51, to: 90", "from: 51, to: 40", "line 18, 'to': found 40, below where it begins; write 51 or more."),
        ("from: 1, to: 25,", "from: 1, to: 25.5,", "line 16, 'to': found 25.5; write a whole percent from 0 to 100."),
        ("{key: all, from: 100, to: 100}", "{key: all, from: 100, to: 99}", "line 20, 'to': found 99"),
        ("source: SCH-C3", "source: HEARSAY", "line 11, 'source': 'HEARSAY' is not among the sources; use one of CMP, SCH-C3."),
        ("seen: true}", "sighted: true}", "line 16, 'sighted': it is not something that can be said here"),
        ("from: 0, to: 0}", "from: 0, to: 0, to: 0}", "line 15, 'to': it is given twice"),
        ("from: 2025-09-01", "from: September", "line 10, 'from': found 'September' where a date is wanted"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_meant_is_refused_by_its_line(tmp_path: Path, right: str, wrong: str, said: str) -> None:
    path = tmp_path / "bands.yaml"
    assert right in FILE.read_text()
    path.write_text(FILE.read_text().replace(right, wrong, 1))
    with pytest.raises(FrameworkError) as refused:
        read_scales(path)
    assert said in str(refused.value)


def test_nobody_and_everybody_must_have_bands_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "bands.yaml"
    text = (
        FILE.read_text()
        .replace("      - {key: none, from: 0, to: 0}\n", "")
        .replace("from: 1, to: 25", "from: 0, to: 25")
    )
    path.write_text(text)
    with pytest.raises(FrameworkError, match="none is for 0 alone; give 0 a band of its own"):
        read_scales(path)
