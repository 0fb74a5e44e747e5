"""What is measured on one database: `python -m bench.school school growth pages planner imports load`."""

from __future__ import annotations

import os
import sys

import django


def main(words: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careers.website.settings")
    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django_scopes import scopes_disabled

    import careers.website.wsgi  # noqa: F401 - the process is set up as a server's is
    from bench.answers import answers
    from bench.growth import growth
    from bench.imports import imports
    from bench.load import load as at_once
    from bench.made import load, on_roll
    from bench.pages import pages
    from bench.planner import planner

    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    print(f"\n{connection.vendor.upper()}")
    with scopes_disabled():
        made = load()
        print(f"{on_roll(made)} pupils on roll, {made.log.count():,} encounters, {len(made.log.entries):,} activities")
        for name, measured in {
            "school": answers,
            "pages": pages,
            "planner": planner,
            "imports": imports,
            "load": at_once,
            "growth": growth,
        }.items():
            if name in words:
                measured(made)


if __name__ == "__main__":
    main(sys.argv[1:])
