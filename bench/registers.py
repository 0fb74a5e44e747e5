"""A register of thirty taken by a thumb in a real browser, and registers saved by forty tutors at once.

Seconds and taps are counted from Today, signed in, to the page that says it is saved, the server's time included: of a person they
are the least, who does not read. The forty save over HTTP on the database that TRIGPOINT_DATABASE names.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import sys
import time
from typing import Any

from bench.load import Case, Person, measure, serving
from tests.journeys.served import say

GOES = 5
THUMB = {"width": 360, "height": 740}


def make() -> dict[str, Any]:
    """A school with a class of thirty, and one of forty tutors."""
    from tests.browser import a_class
    from tests.journeys import at_once

    return {"class": a_class.make(), "forty": at_once.make()}


def by_thumb(school: dict[str, Any]) -> None:
    """Print the taps and the median seconds of a register with three absent, each go on an activity of its own."""
    from playwright.sync_api import sync_playwright

    browser_at = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with serving("manage.py", "serve", "--port") as (port, _), sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=browser_at, args=["--no-sandbox"])
        with browser.new_context(viewport=THUMB, has_touch=True, is_mobile=True) as context:  # type: ignore[arg-type]
            site, page = f"http://127.0.0.1:{port}", context.new_page()
            context.add_cookies([{"name": "sessionid", "value": school["session"], "url": site}])
            page.goto(site)  # the server's first page is its slowest
            seconds, taps = [], 0
            for reference in school["activities"].values():
                page.goto(site)
                started = time.perf_counter()
                lines = page.locator(".tp-register__line")
                thumb = [page.locator(f"a[href='/programme/{reference}/register/']").first]
                thumb += [lines.nth(number) for number in (2, 11, 29)]
                thumb.append(page.get_by_role("button", name="Save the register"))
                for what in thumb:
                    what.tap()
                page.get_by_text("27 attended, 3 absent").wait_for()
                seconds.append(time.perf_counter() - started)
                taps = len(thumb)
        browser.close()
    print(
        f"A register of 30 with 3 absent, from Today: {taps} taps, {statistics.median(seconds):.1f} s at the median of "
        f"{len(seconds)}, {max(seconds):.1f} s at most",
        flush=True,
    )


def at_once(school: dict[str, Any]) -> None:
    """Print how many registers of eight are saved a second by one, ten and forty tutors at once, each of their own group."""
    with serving("manage.py", "serve", "--port") as (port, server):
        register = f"/programme/{school['assembly']}/register/"
        people = [Person(port, tutor["session"], register) for tutor in school["tutors"]]
        saving = Case("Saving a register", Person.save_register, before=Person.open_register)
        for number in (1, 10, 40):
            measure(saving, people[:number], GOES, server)


def main(words: list[str]) -> None:
    if words == ["make"]:  # in a process of its own, which the servers know nothing of
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careers.website.settings")
        import django

        django.setup()
        from django_scopes import scopes_disabled

        with scopes_disabled():
            print(json.dumps(make()))
        return
    schools = say(dict(os.environ), "bench.registers", "make")
    by_thumb(schools["class"])
    at_once(schools["forty"])


if __name__ == "__main__":
    main(sys.argv[1:])
