"""Charts say the same in the picture, in words and in the table, and bring no style of their own."""

import datetime

import pytest
from lxml import html

from careers.design import gallery
from careers.design.charts import (
    DotPlot,
    Gap,
    Happening,
    HeatCell,
    HeatMap,
    HeatRow,
    InlineBar,
    StateBar,
    Timeline,
    draw,
)
from careers.design.charts.dot_plot import points_between
from careers.design.charts.heat_map import shade_of
from careers.design.charts.svg import element
from careers.design.charts.timeline import place

COUNTS = {"met": 3, "booked": 1, "missed": 4, "does_not_apply": 2}


def parsed(chart: object) -> html.HtmlElement:
    return html.fragment_fromstring(draw(chart))


def table_of(chart: object) -> list[list[str]]:
    return [[cell.text_content() for cell in row] for row in parsed(chart).iterfind(".//tbody/tr")]


def test_the_figures_behind_a_bar_are_in_its_table() -> None:
    rows = table_of(StateBar("Guidance", COUNTS))
    assert [row[1] for row in rows] == ["3", "1", "0", "4", "0", "2"]
    assert rows[0] == ["✓ Met", "3", "38%"]
    assert rows[5][2] == "not in the share"


def test_a_bar_is_as_long_as_its_share_of_those_the_criterion_is_for() -> None:
    widths = [rect.get("width") for rect in parsed(StateBar("Guidance", COUNTS)).iterfind("svg/rect[@class='tp-edge']")]
    assert widths == ["37.5%", "12.5%", "50%"]


def test_a_bar_reads_as_a_sentence() -> None:
    (picture,) = parsed(StateBar("Guidance", COUNTS, was_met=0.25)).findall("svg")
    assert picture.get("role") == "img"
    expected = "Guidance: 3 met, 1 booked, 4 missed, 2 does not apply; 25% met last term"
    assert picture.get("aria-label") == expected
    assert picture.findtext("title") == expected


def test_a_criterion_with_nobody_in_it_still_draws() -> None:
    assert "no pupils" in draw(StateBar("Guidance", {}))
    assert "0 of 0" in draw(InlineBar(0, 0))


@pytest.mark.parametrize(
    ("share", "rest", "words"),
    [
        (0.58, 0.71, "13 points lower"),
        (0.72, 0.71, "1 point higher"),
        (0.5, 0.5, "No gap"),
        (None, 0.5, "Too few pupils to show"),
    ],
)
def test_a_gap_is_said_in_points(share: float | None, rest: float, words: str) -> None:
    assert points_between(Gap("Girls", share, rest)) == words


def test_a_group_too_small_to_show_gives_nothing_away() -> None:
    drawn = draw(DotPlot("Gaps", "pupils", [Gap("Looked-after children", None, 0.7)]))
    assert "tp-gap__link" not in drawn
    assert "Too few pupils to show" in drawn


def test_every_school_year_is_as_wide_as_another() -> None:
    chart = Timeline("Journey", datetime.date(2022, 9, 1), ["Y7", "Y8", "Y9", "Y10"], [])
    assert [place(chart, datetime.date(year, 9, 1)) for year in (2022, 2023, 2024, 2025, 2026)] == [
        0,
        0.25,
        0.5,
        0.75,
        1,
    ]
    assert place(chart, datetime.date(2030, 1, 1)) == 1
    assert place(chart, datetime.date(2020, 1, 1)) == 0


def test_a_journey_lists_what_happened_in_order_and_what_is_planned() -> None:
    day = datetime.date
    things = [
        Happening(day(2026, 2, 9), "Guidance", "Second talk", planned=True),
        Happening(day(2023, 1, 4), "Employer", "Fair"),
    ]
    rows = table_of(Timeline("Journey", day(2022, 9, 1), ["Y7", "Y8", "Y9", "Y10"], things))
    assert rows == [
        ["4 January 2023", "Employer", "Fair", "On record"],
        ["9 February 2026", "Guidance", "Second talk", "Planned"],
    ]


@pytest.mark.parametrize(("part", "shade"), [(0, "0"), (1, "1"), (14, "1"), (15, "2"), (23, "3"), (29, "3"), (30, "4")])
def test_a_cell_is_darker_the_more_pupils_have_met_it(part: int, shade: str) -> None:
    assert shade_of(HeatCell(part, 30)) == shade


def test_a_heat_map_refuses_a_row_of_the_wrong_length() -> None:
    with pytest.raises(ValueError, match="zip"):
        draw(HeatMap("Coverage", "Year", ["1", "2"], [HeatRow("Year 7", [HeatCell(1, 2)])]))


@pytest.mark.parametrize("name", ["bar", "bar_empty", "gaps", "timeline", "heat", "heat_states"])
def test_a_chart_brings_no_style_of_its_own_and_says_itself_in_a_table(name: str) -> None:
    drawn = parsed(gallery._charts()[name])
    assert not drawn.xpath("//@style | //style | //script")
    assert drawn.find(".//table/caption") is not None


def test_a_name_with_brackets_in_it_is_words_and_not_markup() -> None:
    assert "<script>" not in draw(StateBar("<script>alert(1)</script>", COUNTS))
    assert "<script>" not in draw(DotPlot("Gaps", "pupils", [Gap("<script>", 0.1, 0.2, 3, '"><script>')]))


def test_a_style_attribute_is_refused() -> None:
    with pytest.raises(ValueError, match="content security policy"):
        element("rect", style="fill: red")


def test_something_that_is_not_a_chart_is_refused() -> None:
    with pytest.raises(TypeError, match="str is not a chart"):
        draw("a picture")
