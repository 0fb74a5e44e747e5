"""The times an activity is held, as a person writes them: a line for each, such as "3 February 2027, 9:00 to 10:30, Hall"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model

from careers.design.forms import MONTHS
from careers.programme.models import Activity, Session

MOST = 60
DAY = re.compile(
    r"^\s*(?:[A-Za-z]+,?\s+)?(\d{1,2})(?:[/.-]|(?:st|nd|rd|th)?\s+)(\d{1,2}|[A-Za-z]+)(?:[/.-]|,?\s+)(\d{4})\b"
)
TIMES = re.compile(
    r"^\s*(\d{1,2})[:.](\d{2})(?:\s*(?:to|until|-|\N{EN DASH})\s*(\d{1,2})[:.](\d{2}))?\b", re.IGNORECASE
)
EXAMPLE = "3 February 2027, 9:00 to 10:30, Hall"


@dataclass(frozen=True, order=True)
class Times:
    """One session. `ends_at` is only there with `starts_at`."""

    day: date
    starts_at: time | None = None
    ends_at: time | None = None
    location: str = ""

    def __str__(self) -> str:
        said = f"{self.day.day} {self.day:%B %Y}"
        if self.starts_at:
            said += f", {_clock(self.starts_at)}" + (f" to {_clock(self.ends_at)}" if self.ends_at else "")
        return said + (f", {self.location}" if self.location else "")


def _clock(at: time) -> str:
    return f"{at.hour}:{at:%M}"


def read(line: str) -> Times:
    """What one line says. Raises ValueError, whose text is what is wrong with it."""
    found = DAY.match(line)
    if not found:
        raise ValueError("begins with no day")
    month = MONTHS.get(found[2][:3].lower(), found[2])
    try:
        day = date(int(found[3]), int(month), int(found[1]))
    except ValueError:
        raise ValueError("names a day that is not a real one") from None
    rest = line[found.end() :].lstrip(" ,:;")
    hours = TIMES.match(rest)
    if not hours:
        return Times(day, location=_place(rest))
    try:
        first = time(int(hours[1]), int(hours[2]))
        last = time(int(hours[3]), int(hours[4])) if hours[3] else None
    except ValueError:
        raise ValueError("names a time that is not a real one") from None
    if last and last <= first:
        raise ValueError("ends before it starts")
    return Times(day, first, last, _place(rest[hours.end() :]))


def _place(rest: str) -> str:
    place = rest.strip(" ,;")
    if len(place) > 200:
        raise ValueError("says too much of where it is")
    return place


class SessionsField(forms.CharField):
    """A session on each line; gives them as lines, in order of time, each once."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": 4}), max_length=6000, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) or value is None else "\n".join(value)

    def clean(self, value: Any) -> list[str]:  # type: ignore[override]
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if len(lines) > MOST:
            raise ValidationError(f"Give at most {MOST} sessions")
        found = set()
        for number, line in enumerate(lines, start=1):
            try:
                found.add(read(line))
            except ValueError as wrong:
                raise ValidationError(f"Line {number} {wrong}. Write it like this: {EXAMPLE}") from wrong
        return [str(each) for each in sorted(found, key=_in_time)]


def _in_time(each: Times) -> tuple[date, time, time, str]:
    return each.day, each.starts_at or time.min, each.ends_at or time.min, each.location


def lines_of(activity: Activity) -> list[str]:
    """What is recorded, as the field gives it. One query."""
    rows = Session.objects.filter(activity=activity)
    return [str(each) for each in sorted((times_of(row) for row in rows), key=_in_time)]


def times_of(row: Session) -> Times:
    return Times(row.day, row.starts_at, row.ends_at, row.location)


def put(activity: Activity, found: Iterable[Times]) -> None:
    """Make these the activity's sessions."""
    Session.objects.filter(activity=activity).delete()
    kept: list[Model] = [
        Session(
            school_id=activity.school_id, activity=activity, day=each.day, starts_at=each.starts_at,
            ends_at=each.ends_at, location=each.location,
        )
        for each in found
    ]  # fmt: skip
    Session.objects.bulk_create(kept)  # type: ignore[arg-type]
