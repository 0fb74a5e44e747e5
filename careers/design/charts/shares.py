"""Shares of a whole, one line each, beside what the same shares are somewhere else, where that is known."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from django.utils.safestring import SafeString

from careers.design.charts.svg import element, link, percent, picture, rounded


@dataclass(frozen=True)
class Share:
    """One line. Shares are 0 to 1; `beside` is None where it is not known. `words` follow the line."""

    label: str
    share: float
    beside: float | None = None
    words: str = ""
    url: str = ""


@dataclass(frozen=True)
class Shares:
    """`share_word` and `beside_word` say what each mark is. The page has the same figures as a table."""

    title: str
    shares: Sequence[Share]
    share_word: str
    beside_word: str = ""

    @property
    def top(self) -> float:
        """Where the scale ends: the next ten per cent above every mark."""
        most = max((max(each.share, each.beside or 0) for each in self.shares), default=0)
        return max(1, ceil(most * 10 - 1e-9)) / 10


def draw_shares(chart: Shares) -> SafeString:
    keys = [_key(_dot(), chart.share_word)]
    if any(each.beside is not None for each in chart.shares):
        keys.append(_key(_beside(), chart.beside_word))
    return element(
        "figure",
        element("figcaption", chart.title, class_="tp-chart__title"),
        element("ul", *keys, class_="tp-key"),
        element("ul", _scale(chart), *[_row(chart, each) for each in chart.shares], class_="tp-tracks"),
        class_="tp-chart",
    )


def _dot() -> SafeString:
    return element("circle", r=7, class_="tp-gap__group")


def _beside() -> SafeString:
    return element("path", d="M0 -8L8 0L0 8L-8 0Z", class_="tp-gap__rest")


def _key(mark: SafeString, word: str) -> SafeString:
    swatch = element("svg", mark, class_="tp-key__swatch", viewBox="-9 -9 18 18", aria_hidden="true", focusable="false")
    return element("li", swatch, word)


def _scale(chart: Shares) -> SafeString:
    half, whole = rounded(chart.top / 2, 1), rounded(chart.top, 1)
    ends = element("span", element("span", "0%"), element("span", half), element("span", whole), class_="tp-scale")
    return element(
        "li",
        element("span", class_="tp-tracks__label"),
        element("span", ends, class_="tp-tracks__track"),
        element("span"),
        class_="tp-tracks__row tp-tracks__row--head",
        aria_hidden="true",
    )


def _row(chart: Shares, each: Share) -> SafeString:
    label = element("span", link(each.label, each.url), class_="tp-tracks__label")
    track = element("span", _track(chart, each), class_="tp-tracks__track")
    return element("li", label, track, element("span", each.words, class_="tp-tracks__words"), class_="tp-tracks__row")


def _track(chart: Shares, each: Share) -> SafeString:
    ground = element("line", x1="0%", x2="100%", y1=13, y2=13, class_="tp-line")
    ticks = [element("line", x1=f"{at}%", x2=f"{at}%", y1=4, y2=22, class_="tp-line") for at in (0, 50, 100)]
    at = percent(each.share, chart.top)
    marks = [element("svg", _dot(), x=at, y=13, overflow="visible")]
    spoken = f"{each.label}: {rounded(each.share, 1)} of {chart.share_word.lower()}"
    if each.beside is not None:
        beside = percent(each.beside, chart.top)
        between = element("line", x1=at, x2=beside, y1=13, y2=13, class_="tp-gap__link")
        marks = [between, element("svg", _beside(), x=beside, y=13, overflow="visible"), *marks]
        spoken += f", {rounded(each.beside, 1)} of {chart.beside_word.lower()}"
    return picture("track", spoken, ground, *ticks, *marks)
