"""A grid of figures or states, such as year groups by benchmarks. It is a table, so it needs no second one."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from careers.design.charts.svg import element
from careers.design.states import state_of


@dataclass(frozen=True)
class HeatCell:
    """One cell. Either `part` of `whole` (pupils met of pupils it is for), or a `state`; neither: it does not apply.

    `text` replaces what the cell would say; `url` makes it a door to the pupils behind it.
    """

    part: int | None = None
    whole: int | None = None
    state: str = ""
    text: str = ""
    url: str = ""


@dataclass(frozen=True)
class HeatRow:
    """`cells` as many as the map's columns."""

    label: str
    cells: Sequence[HeatCell]
    url: str = ""


@dataclass(frozen=True)
class HeatMap:
    """`columns` are short labels; `long_columns`, when given, are their full names, read out and in a tooltip."""

    title: str
    row_word: str
    columns: Sequence[str]
    rows: Sequence[HeatRow]
    long_columns: Sequence[str] = ()
    share_word: str = "met"


# Lower edge of each shade, as a share: nobody, under half, half or more, three quarters or more, everyone.
SHADES = ((1.0, 4, "Everyone"), (0.75, 3, "75% or more"), (0.5, 2, "50% to 74%"), (0.0, 1, "Under 50%"))


def shade_of(cell: HeatCell) -> str:
    """The last part of the cell's class: a state's, 0 (nobody) to 4 (everyone), or "none"."""
    if cell.state:
        return state_of(cell.state).css
    if not cell.whole or cell.part is None:
        return "none"
    if not cell.part:
        return "0"
    return str(next(level for edge, level, _ in SHADES if cell.part / cell.whole >= edge))


def draw_heat_map(chart: HeatMap) -> SafeString:
    names = chart.long_columns or chart.columns
    heads = [_column_head(short, name) for short, name in zip(chart.columns, names, strict=True)]
    table = element(
        "table",
        element("caption", chart.title, class_="govuk-visually-hidden"),
        element("thead", element("tr", element("th", chart.row_word, scope="col"), *heads)),
        element("tbody", *[_row(chart, row) for row in chart.rows]),
        class_="tp-heat",
    )
    return element(
        "figure",
        element("figcaption", chart.title, class_="tp-chart__title"),
        element("div", table, class_="tp-scroll", tabindex=0, role="group", aria_label=chart.title),
        *_key(chart),
        class_="tp-chart",
    )


def _column_head(short: str, name: str) -> SafeString:
    if short == name:
        return element("th", short, scope="col")
    return element(
        "th",
        element("span", short, aria_hidden="true"),
        element("span", name, class_="govuk-visually-hidden"),
        scope="col",
        title=name,
    )


def _row(chart: HeatMap, row: HeatRow) -> SafeString:
    head = element("a", row.label, href=row.url, class_="govuk-link") if row.url else row.label
    cells = [_cell(cell) for cell, _ in zip(row.cells, chart.columns, strict=True)]
    return element("tr", element("th", head, scope="row"), *cells)


def _cell(cell: HeatCell) -> SafeString:
    words = _words(cell)
    inner = element("a", words, href=cell.url) if cell.url else element("span", words)
    return element("td", inner, class_=f"tp-heat__cell tp-heat__cell--{shade_of(cell)}")


def _words(cell: HeatCell) -> object:
    if cell.text:
        return cell.text
    if cell.state or not cell.whole:
        state = state_of(cell.state or "does_not_apply")
        spoken = element("span", state.word, class_="govuk-visually-hidden")
        return element("span", element("span", state.shape, aria_hidden="true"), spoken)
    slash = element("span", "/", aria_hidden="true") + element("span", " of ", class_="govuk-visually-hidden")
    return element("span", str(cell.part), slash, str(cell.whole))


def _key(chart: HeatMap) -> list[SafeString]:
    if not any(cell.whole for row in chart.rows for cell in row.cells):
        return []
    shades = [(level, words) for _, level, words in SHADES] + [(0, "Nobody")]
    items = [element("li", words, class_=f"tp-heat__cell--{level}") for level, words in shades]
    return [
        element("p", f"Share of pupils who have {chart.share_word} it:", class_="govuk-body-s govuk-!-margin-bottom-1"),
        element("ul", *items, class_="tp-heat__key"),
    ]
