"""A calendar as a file that other programs read (RFC 5545): times of London with its time zone, and whole days."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from careers.programme.models import Activity, Session

if TYPE_CHECKING:
    from icalendar import Event

LONDON = ZoneInfo("Europe/London")
STATUS = {
    Activity.Status.PROPOSED: "TENTATIVE",
    Activity.Status.PLANNED: "CONFIRMED",
    Activity.Status.DELIVERED: "CONFIRMED",
    Activity.Status.CANCELLED: "CANCELLED",
}
AN_HOUR = timedelta(hours=1)
SCHOOL_WEEK = 5
ASKED_AGAIN_AFTER = "PT6H"


def written(name: str, activities: Iterable[Activity], page_of: Callable[[Activity], str]) -> bytes:
    """The file of a calendar. `page_of` gives the address of an activity's page. What has neither day nor week is left out."""
    from icalendar import Calendar  # a process that serves no calendar need not read the library

    file = Calendar()
    file.add("prodid", "-//Trigpoint//Careers programme//EN")
    file.add("version", "2.0")
    file.add("calscale", "GREGORIAN")
    file.add("x-wr-calname", _on_a_line(name))
    file.add("x-wr-timezone", LONDON.key)
    file.add("x-published-ttl", ASKED_AGAIN_AFTER)
    now = timezone.now()
    told = list(activities)
    for activity in told:
        for event in _events(activity, page_of(activity), now):
            file.add_component(event)
    if any(session.starts_at for activity in told for session in activity.sessions.all()):
        file.add_missing_timezones()
    return file.to_ical()


def is_placed(activity: Activity) -> bool:
    """Whether a calendar can hold it: it has a day, or at least a week."""
    return bool(activity.starts_on or activity.week_of or activity.sessions.all())


def _events(activity: Activity, address: str, now: datetime) -> Iterator[Event]:
    """An event for each session; else one for its day or days; else one for the school week it falls in."""
    sessions = list(activity.sessions.all())
    for number, session in enumerate(sessions, 1):
        yield _event(
            activity, f"{activity.reference}-{number}", _times(activity, session), address, now, session.location
        )
    if sessions:
        return
    if activity.starts_on:
        last = activity.ends_on or activity.starts_on
        yield _event(activity, activity.reference, (activity.starts_on, last + timedelta(days=1)), address, now)
    elif activity.week_of:
        week = activity.week_of, activity.week_of + timedelta(days=SCHOOL_WEEK)
        yield _event(activity, activity.reference, week, address, now, undecided=True)


def _times(activity: Activity, session: Session) -> tuple[date, date]:
    """When a session begins and ends. Without an end it lasts the activity's hours, or one; with no time it is the whole day."""
    if session.starts_at is None:
        return session.day, session.day + timedelta(days=1)
    begins = datetime.combine(session.day, session.starts_at, LONDON)
    if session.ends_at:
        return begins, datetime.combine(session.day, session.ends_at, LONDON)
    lasts = timedelta(hours=float(activity.hours)) if activity.hours and len(activity.sessions.all()) == 1 else AN_HOUR
    return begins, min(begins + lasts, datetime.combine(session.day, time(23, 59), LONDON))


def _event(
    activity: Activity,
    key: str,
    when: tuple[date, date],
    address: str,
    now: datetime,
    location: str = "",
    undecided: bool = False,
) -> Event:
    from icalendar import Event

    event = Event()
    facts: dict[str, Any] = {
        "uid": f"{key}@trigpoint",
        "dtstamp": now,
        "dtstart": when[0],
        "dtend": when[1],
        "summary": _on_a_line(activity.title) + (" (this week, day not decided)" if undecided else ""),
        "status": STATUS[Activity.Status(activity.status)],
        "location": _on_a_line(location or activity.location),
        "description": _description(activity, address),
        "url": address,
        "transp": "TRANSPARENT",
    }
    for name, value in facts.items():
        if value:
            event.add(name, value)
    return event


def _on_a_line(words: str) -> str:
    """A title from a file may hold a break that some programs take for the end of a line, and so for a new entry."""
    return " ".join(words.split())


def _description(activity: Activity, address: str) -> str:
    """What kind, for whom and whether it is settled. Nothing that somebody typed and might have put a name into."""
    lines = [str(activity.get_type_display())]
    if activity.year_groups:
        some = " (some pupils)" if activity.whole_cohort is False else ""
        years = ", ".join(str(group) for group in sorted(activity.year_groups))
        lines.append(f"Year {years}{some}" if len(activity.year_groups) == 1 else f"Years {years}{some}")
    if activity.status == Activity.Status.PROPOSED:
        lines.append("Proposed, not confirmed")
    return "\n".join([*lines, address])
