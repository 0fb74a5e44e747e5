"""How long a calendar of 500 activities takes to write as a file. Reads no database."""

from __future__ import annotations

import os
from datetime import date, time, timedelta

import django

EVENTS, GOES = 500, 9


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careers.website.settings")
    django.setup()
    from django_scopes import scopes_disabled

    from bench.timing import timed
    from careers.planner.ics import written
    from careers.programme.models import Activity, Session

    def activity(number: int) -> Activity:
        day = date(2026, 9, 3) + timedelta(days=number % 300)
        made = Activity(
            pk=number,
            title=f"Activity {number}",
            type="employer_encounter",
            status="planned",
            year_groups=[9],
            starts_on=day,
        )
        session = Session(activity=made, day=day, starts_at=time(9, 30), ends_at=time(11))
        made._prefetched_objects_cache = {"sessions": [session]}  # type: ignore[attr-defined]
        return made

    told = [activity(number) for number in range(1, EVENTS + 1)]
    with scopes_disabled():
        size = len(written("Careers", told, lambda each: f"https://example.org/programme/{each.reference}/"))
        print(f"A calendar of {EVENTS} sessions, {size / 1000:.0f} kB")
        print(
            timed(
                lambda: written("Careers", told, lambda each: f"https://example.org/programme/{each.reference}/"), GOES
            )
        )


if __name__ == "__main__":
    main()
