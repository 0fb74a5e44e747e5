"""A pupil's journey: school years along, a line for each kind of thing, a mark for each thing."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from careers.design.charts.svg import element, figures_table, link, percent, picture

# A shape for each kind, in turn: circle, square, diamond, triangle, downward triangle, cross.
SHAPES = (
    "M-7 0A7 7 0 1 0 7 0A7 7 0 1 0 -7 0Z",
    "M-6 -6H6V6H-6Z",
    "M0 -8L8 0L0 8L-8 0Z",
    "M0 -8L7.5 6H-7.5Z",
    "M0 8L7.5 -6H-7.5Z",
    "M-3 -7H3V-3H7V3H3V7H-3V3H-7V-3H-3Z",
)


@dataclass(frozen=True)
class Happening:
    """Something that happened, or is planned, on a day. `kind` is its line's name."""

    on: datetime.date
    kind: str
    what: str
    planned: bool = False
    url: str = ""


@dataclass(frozen=True)
class Timeline:
    """`years` are the labels of school years from `first_day` on ("Y7", "Y8"); `today` draws a line where it falls."""

    title: str
    first_day: datetime.date
    years: Sequence[str]
    happenings: Sequence[Happening]
    today: datetime.date | None = None


def place(chart: Timeline, day: datetime.date) -> float:
    """How far along the day is, 0 to 1, each school year as wide as another. A day outside goes to the nearer end."""
    start = chart.first_day
    year = day.year - start.year - ((day.month, day.day) < (start.month, start.day))
    begins = start.replace(year=start.year + year)
    ends = start.replace(year=start.year + year + 1)
    along = year + (day - begins).days / (ends - begins).days
    return min(max(along / len(chart.years), 0.0), 1.0)


def draw_timeline(chart: Timeline) -> SafeString:
    kinds = list(dict.fromkeys(happening.kind for happening in chart.happenings))
    return element(
        "figure",
        element("figcaption", chart.title, class_="tp-chart__title"),
        element(
            "ul",
            _head(chart),
            *[_row(chart, kind, number) for number, kind in enumerate(kinds)],
            class_="tp-tracks tp-tracks--no-words",
        ),
        _key(chart),
        figures_table(
            chart.title,
            ["Date", "Kind", "What", "State"],
            [_figures(one) for one in sorted(chart.happenings, key=_day)],
        ),
        class_="tp-chart",
    )


def _day(happening: Happening) -> datetime.date:
    return happening.on


def _head(chart: Timeline) -> SafeString:
    years = element("span", *[element("span", year) for year in chart.years], class_="tp-years")
    blank = element("span", class_="tp-tracks__label")
    return element(
        "li",
        blank,
        element("span", years, class_="tp-tracks__track"),
        class_="tp-tracks__row tp-tracks__row--head",
        aria_hidden="true",
    )


def _row(chart: Timeline, kind: str, number: int) -> SafeString:
    own = [happening for happening in chart.happenings if happening.kind == kind]
    done = sum(not happening.planned for happening in own)
    spoken = f"{kind}: {done} done, {len(own) - done} planned"
    marks = [_mark(chart, happening, number) for happening in own]
    track = picture("track", spoken, *_ground(chart), *marks)
    label = element("span", kind, class_="tp-tracks__label")
    return element("li", label, element("span", track, class_="tp-tracks__track"), class_="tp-tracks__row")


def _ground(chart: Timeline) -> list[SafeString]:
    count = len(chart.years)
    lines = [element("line", x1="0%", x2="100%", y1=13, y2=13, class_="tp-line")]
    lines += [_upright(percent(year, count), "tp-line") for year in range(count + 1)]
    return lines + ([_upright(percent(place(chart, chart.today), 1), "tp-line tp-line--now")] if chart.today else [])


def _upright(x: str, class_: str) -> SafeString:
    return element("line", x1=x, x2=x, y1=0, y2=26, class_=class_)


def _mark(chart: Timeline, happening: Happening, number: int) -> SafeString:
    planned = " tp-kind--planned" if happening.planned else ""
    shape = element("path", d=SHAPES[number % len(SHAPES)], class_=f"tp-kind tp-kind--{number % 6}{planned}")
    return element("svg", shape, x=percent(place(chart, happening.on), 1), y=13, overflow="visible")


def _key(chart: Timeline) -> SafeString:
    done = element("path", d=SHAPES[0], class_="tp-kind tp-kind--0")
    planned = element("path", d=SHAPES[0], class_="tp-kind tp-kind--0 tp-kind--planned")
    now = element("line", x1=0, x2=0, y1=-9, y2=9, class_="tp-line--now")
    items = [(done, "Happened"), (planned, "Planned"), *([(now, "Today")] if chart.today else [])]
    marks = [
        (
            element("svg", mark, class_="tp-key__swatch", viewBox="-9 -9 18 18", aria_hidden="true", focusable="false"),
            word,
        )
        for mark, word in items
    ]
    return element("ul", *[element("li", mark, word) for mark, word in marks], class_="tp-key")


def _figures(happening: Happening) -> list[object]:
    day = f"{happening.on.day} {happening.on:%B %Y}"
    return [day, happening.kind, link(happening.what, happening.url), "Planned" if happening.planned else "On record"]
