"""Elements of a drawing. Every value is escaped, and there is no way to pass a style."""

from collections.abc import Iterable, Sequence
from math import floor
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


def element(name: str, *children: Any, **attributes: object) -> SafeString:
    """An element. `class_` becomes class, other underscores hyphens; attributes that are None are left out."""
    if "style" in attributes:
        raise ValueError("charts are styled by class: the content security policy refuses style attributes")
    pairs = [(key.rstrip("_").replace("_", "-"), value) for key, value in attributes.items() if value is not None]
    inner = format_html_join("", ' {}="{}"', pairs)
    body = format_html_join("", "{}", ((child,) for child in children))
    return format_html("<{}{}>{}</{}>", name, inner, body, name)


def percent(part: float, whole: float) -> str:
    """A length along the drawing's width: "37.5%"."""
    return f"{100 * part / whole if whole else 0:.4g}%"


def rounded(part: float, whole: float) -> str:
    """A share as people write it: "38%", a half up; "–" of nothing.

    Never "100%" while somebody is missing, nor "0%" while somebody is not.
    """
    if not whole:
        return "–"
    exact = 100 * part / whole
    near = floor(exact + 0.5 + 1e-9)
    return f"{min(99, max(1, near)) if 0 < exact < 100 else near}%"


def picture(kind: str, description: str, *children: object) -> SafeString:
    """The <svg> of a chart: a width of 100%, a height by class, and words for who cannot see it."""
    return element(
        "svg",
        element("title", description),
        *children,
        class_=f"tp-chart__svg tp-chart__svg--{kind}",
        role="img",
        aria_label=description,
        focusable="false",
    )


def figures_table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> SafeString:
    """The same figures as a table, behind "Show the figures"."""
    head = [element("th", text, scope="col", class_="govuk-table__header") for text in heads]
    body = [_row(row) for row in rows]
    table = element(
        "table",
        element("caption", caption, class_="govuk-visually-hidden"),
        element("thead", element("tr", *head, class_="govuk-table__row"), class_="govuk-table__head"),
        element("tbody", *body, class_="govuk-table__body"),
        class_="govuk-table tp-table--dense",
    )
    summary = element("span", "Show the figures", class_="govuk-details__summary-text")
    return element(
        "details",
        element("summary", summary, class_="govuk-details__summary"),
        element("div", table, class_="govuk-details__text"),
        class_="govuk-details tp-chart__details",
    )


def _row(cells: Sequence[object]) -> SafeString:
    first, *rest = cells
    heading = element("th", first, scope="row", class_="govuk-table__header")
    return element(
        "tr", heading, *[element("td", cell, class_="govuk-table__cell") for cell in rest], class_="govuk-table__row"
    )


def link(text: object, url: str) -> SafeString | object:
    """A link when there is an address, else the text alone."""
    return element("a", text, href=url, class_="govuk-link") if url else text
