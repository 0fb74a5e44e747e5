"""Gaps between groups: one line a group, with its share and everyone else's."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from careers.design.charts.svg import element, figures_table, link, percent, picture, rounded


@dataclass(frozen=True)
class Gap:
    """A group against the rest of the school. Shares are 0 to 1; None where too few pupils may be shown."""

    label: str
    share: float | None
    rest: float | None
    pupils: int | None = None
    url: str = ""


@dataclass(frozen=True)
class DotPlot:
    """`measure` says what the shares are shares of: "pupils who have met benchmark 5". Not `tabled`: the page has a table."""

    title: str
    measure: str
    gaps: Sequence[Gap]
    tabled: bool = True
    group_word: str = "This group"
    rest_word: str = "Everyone else"


TOO_FEW = "Too few pupils to show"


def points_between(gap: Gap) -> str:
    """The gap in words: "13 points lower", "No gap"."""
    if gap.share is None or gap.rest is None:
        return TOO_FEW
    points = int(rounded(gap.share, 1)[:-1]) - int(rounded(gap.rest, 1)[:-1])
    if not points:
        return "No gap"
    return f"{abs(points)} point{'s' if abs(points) > 1 else ''} {'higher' if points > 0 else 'lower'}"


def draw_dot_plot(chart: DotPlot) -> SafeString:
    heads = ["Group", chart.group_word, chart.rest_word, "Difference", "Pupils in the group"]
    return element(
        "figure",
        element("figcaption", chart.title, class_="tp-chart__title"),
        element("ul", _key(_group_dot(), chart.group_word), _key(_rest_dot(), chart.rest_word), class_="tp-key"),
        element("ul", _scale(), *[_row(chart, gap) for gap in chart.gaps], class_="tp-tracks"),
        figures_table(f"{chart.title}: {chart.measure}", heads, [_figures(gap) for gap in chart.gaps])
        if chart.tabled
        else "",
        class_="tp-chart",
    )


def _group_dot() -> SafeString:
    return element("circle", r=7, class_="tp-gap__group")


def _rest_dot() -> SafeString:
    return element("path", d="M0 -8L8 0L0 8L-8 0Z", class_="tp-gap__rest")


def _key(dot: SafeString, word: str) -> SafeString:
    mark = element("svg", dot, class_="tp-key__swatch", viewBox="-9 -9 18 18", aria_hidden="true", focusable="false")
    return element("li", mark, word)


def _scale() -> SafeString:
    ends = element("span", element("span", "0%"), element("span", "50%"), element("span", "100%"), class_="tp-scale")
    blank = element("span", class_="tp-tracks__label")
    return element(
        "li",
        blank,
        element("span", ends, class_="tp-tracks__track"),
        element("span"),
        class_="tp-tracks__row tp-tracks__row--head",
        aria_hidden="true",
    )


def _row(chart: DotPlot, gap: Gap) -> SafeString:
    words = points_between(gap)
    label = element("span", link(gap.label, gap.url), class_="tp-tracks__label")
    track = element("span", _track(chart, gap, words), class_="tp-tracks__track")
    return element("li", label, track, element("span", words, class_="tp-tracks__words"), class_="tp-tracks__row")


def _track(chart: DotPlot, gap: Gap, words: str) -> SafeString:
    ground = element("line", x1="0%", x2="100%", y1=13, y2=13, class_="tp-line")
    ticks = [element("line", x1=f"{at}%", x2=f"{at}%", y1=4, y2=22, class_="tp-line") for at in (0, 25, 50, 75, 100)]
    if gap.share is None or gap.rest is None:
        return picture("track", f"{gap.label}: {words}", ground, *ticks)
    share, rest = percent(gap.share, 1), percent(gap.rest, 1)
    between = element("line", x1=share, x2=rest, y1=13, y2=13, class_="tp-gap__link")
    dots = [
        element("svg", dot, x=x, y=13, overflow="visible") for dot, x in ((_rest_dot(), rest), (_group_dot(), share))
    ]
    spoken = f"{gap.label}: {rounded(gap.share, 1)}, {chart.rest_word.lower()} {rounded(gap.rest, 1)}, {words}"
    return picture("track", spoken, ground, *ticks, between, *dots)


def _figures(gap: Gap) -> list[object]:
    shares = [TOO_FEW if share is None else rounded(share, 1) for share in (gap.share, gap.rest)]
    return [gap.label, *shares, points_between(gap), "–" if gap.pupils is None else gap.pupils]
