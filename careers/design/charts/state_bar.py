"""One horizontal bar of how many pupils stand where, and a small one for a table's cell."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.safestring import SafeString

from careers.design.charts.svg import element, figures_table, link, percent, picture, rounded
from careers.design.states import STATES, State


@dataclass(frozen=True)
class StateBar:
    """How many pupils are in each state. `counts` and `urls` are by state key; a missing count is none.

    `was_met` is last time's share met, 0 to 1, drawn as a marker; `was_when` says when ("last term").
    "Does not apply" is listed but takes no room in the bar: the bar is the pupils the criterion is about. `texts` is what is
    said in place of a state's number ("fewer than 5"), for readers who may not see it; the table then gives no shares.
    """

    title: str
    counts: Mapping[str, int]
    was_met: float | None = None
    was_when: str = "last term"
    urls: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    hide_title: bool = False

    def said(self, state: State) -> str:
        return self.texts.get(state.key, f"{self.counts.get(state.key, 0):,}")


@dataclass(frozen=True)
class SmallBar:
    """A bar with no key, for a line of a list whose words say the same. `text` is read out in its place."""

    text: str
    counts: Mapping[str, int]


@dataclass(frozen=True)
class InlineBar:
    """A share in a table's cell: the words "24 of 30" beside a bar. `met` of `whole`; `booked` of the same whole."""

    met: int
    whole: int
    booked: int = 0
    url: str = ""


def fill(state: State) -> dict[str, str]:
    """A plain fill by class for "met"; the pattern of that name (design/patterns.html) for the others."""
    return {"class_": "tp-fill--met"} if state.css == "met" else {"fill": f"url(#tp-fill-{state.css})"}


def swatch(state: State) -> SafeString:
    """A square of the state's pattern, for a key."""
    edge = element("rect", x=1, y=1, width=16, height=16, fill="none", class_=f"tp-outline--{state.css}")
    square = element("rect", x=1, y=1, width=16, height=16, **fill(state))
    return element(
        "svg", square, edge, class_="tp-key__swatch", viewBox="0 0 18 18", aria_hidden="true", focusable="false"
    )


def draw_state_bar(chart: StateBar) -> SafeString:
    """A figure: title, bar, key with the numbers (each a link where there is an address), and the table."""
    shown = [(state, chart.counts.get(key, 0)) for key, state in STATES.items()]
    whole = sum(count for state, count in shown if state.key != "does_not_apply")
    title_class = "govuk-visually-hidden" if chart.hide_title else "tp-chart__title"
    return element(
        "figure",
        element("figcaption", chart.title, class_=title_class),
        picture("bar", _sentence(chart, shown, whole), *_segments(shown, whole), *_marker(chart)),
        element(
            "ul",
            *[_key_item(chart, state, count) for state, count in shown if count],
            *_was_item(chart),
            class_="tp-key",
        ),
        figures_table(
            chart.title, ["State", "Pupils", "Share"], [_figures(chart, state, count, whole) for state, count in shown]
        ),
        class_="tp-chart",
    )


def draw_small_bar(chart: SmallBar) -> SafeString:
    shown = [(state, chart.counts.get(key, 0)) for key, state in STATES.items()]
    whole = sum(count for state, count in shown if state.key != "does_not_apply")
    return picture("small", chart.text, *_segments(shown, whole, top=0, height=18))


def draw_inline_bar(chart: InlineBar) -> SafeString:
    words = element("span", f"{chart.met} of {chart.whole}")
    ground = element("rect", width="100%", height="100%", class_="tp-ground tp-outline--none")
    booked = element(
        "rect",
        x=percent(chart.met, chart.whole),
        width=percent(chart.booked, chart.whole),
        height="100%",
        **fill(STATES["booked"]),
    )
    met = element("rect", width=percent(chart.met, chart.whole), height="100%", **fill(STATES["met"]))
    bar = element(
        "svg", ground, met, booked, class_="tp-chart__svg tp-chart__svg--inline", aria_hidden="true", focusable="false"
    )
    return element("span", bar, link(words, chart.url), class_="tp-inline")


def _sentence(chart: StateBar, shown: list[tuple[State, int]], whole: int) -> str:
    parts = ", ".join(f"{chart.said(state)} {state.word.lower()}" for state, count in shown if count) or "no pupils"
    was = f"; {rounded(chart.was_met, 1)} met {chart.was_when}" if chart.was_met is not None else ""
    return f"{chart.title}: {parts}{was}"


def _segments(shown: list[tuple[State, int]], whole: int, top: int = 4, height: int = 26) -> list[SafeString]:
    if not whole:
        return [element("rect", y=top, width="100%", height=height, class_="tp-ground tp-outline--none")]
    drawn, start = [], 0
    for state, count in shown:
        if not count or state.key == "does_not_apply":
            continue
        place = {"x": percent(start, whole), "y": top, "width": percent(count, whole), "height": height}
        drawn += [element("rect", **place, **fill(state)), element("rect", **place, class_="tp-edge")]
        start += count
    return drawn


def _marker(chart: StateBar) -> list[SafeString]:
    if chart.was_met is None:
        return []
    shape = element("path", d="M-6 0H6L2 7V27L6 34H-6L-2 27V7Z", class_="tp-was")
    return [element("svg", shape, x=percent(chart.was_met, 1), overflow="visible")]


def _was_item(chart: StateBar) -> list[SafeString]:
    if chart.was_met is None:
        return []
    shape = element("path", d="M3 1H15L11 5V13L15 17H3L7 13V5Z", class_="tp-was")
    mark = element("svg", shape, class_="tp-key__swatch", viewBox="0 0 18 18", aria_hidden="true", focusable="false")
    return [element("li", mark, f"{rounded(chart.was_met, 1)} met {chart.was_when}")]


def _key_item(chart: StateBar, state: State, count: int) -> SafeString:
    words = element("span", element("span", chart.said(state), class_="tp-figure"), f" {state.word.lower()}")
    return element("li", swatch(state), link(words, chart.urls.get(state.key, "")))


def _figures(chart: StateBar, state: State, count: int, whole: int) -> list[object]:
    share = "not in the share" if state.key == "does_not_apply" else rounded(count, whole)
    return [f"{state.shape} {state.word}", chart.said(state), "–" if chart.texts else share]
