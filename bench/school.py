"""One school of 1,500 pupils with seven years of log: the whole school answered, every page, and files brought in."""

from __future__ import annotations

import os
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import django

GOES = 20


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careers.website.settings")
    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django_scopes import scopes_disabled

    import careers.website.wsgi  # noqa: F401 - the process is set up as a server's is

    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    print(f"\n{connection.vendor.upper()}")
    with scopes_disabled():
        made = load()
        print(f"{on_roll(made)} pupils on roll, {made.log.count()} encounters, {len(made.log.entries)} activities")
        answers(made)
        pages(made)
        files(made)


def load() -> Any:
    """The demonstration's own making, at the size of a large school."""
    from django.db import transaction

    from careers.accounts.models import Membership
    from careers.demonstration.making import make
    from careers.demonstration.people import PEOPLE, make_memberships, make_people
    from careers.demonstration.plan import MAIN
    from careers.demonstration.writing import write, write_people
    from careers.schools.clock import today

    users = make_people()
    large = replace(MAIN, sizes=(250, 248, 246, 245, 242), sixth_form=(140, 129))
    made = make(large, today(), [users[person.email] for person in PEOPLE[:2]])
    started = time.perf_counter()
    with transaction.atomic():
        write_people(users)
        write(made, users)
        Membership.objects.bulk_create(make_memberships_of(made, users, make_memberships))
    print(f"{'Write the school':44}{time.perf_counter() - started:8.1f} s")
    return made


def make_memberships_of(made: Any, users: Any, make_memberships: Any) -> list[Any]:
    from collections import defaultdict

    schools: Any = defaultdict(lambda: made.school)
    return list({membership.user.pk: membership for membership in make_memberships(users, schools)}.values())


def on_roll(made: Any) -> int:
    from careers.pupils.models import Pupil
    from careers.schools.clock import today

    return Pupil.objects.filter(school=made.school).on_roll(today()).count()


def answers(made: Any) -> None:
    """The whole school on every criterion in force, asked afresh each time."""
    from django_scopes import scope

    from bench.timing import timed
    from careers.evaluation.standings import editions, evaluate
    from careers.schools.clock import today

    day = today()
    with scope(school=made.school):
        evaluate(made.school, editions(day), day)
        print(
            f"{'Whole school, every criterion in force':44}{timed(lambda: evaluate(made.school, editions(day), day), GOES)}"
        )
        old = editions(day, "gatsby-2014")
        print(f"{'The same under the 2014 edition':44}{timed(lambda: evaluate(made.school, old, day), GOES)}")


def pages(made: Any) -> None:
    """Each page as the careers leader opens it: first asked, after a change to this term's record, and as it usually is."""
    from django.db import transaction
    from django.test import Client

    from bench.timing import timed
    from careers.accounts.models import User
    from careers.audit.record import record
    from careers.evaluation import standings
    from careers.programme.models import Activity
    from careers.pupils.models import Pupil
    from careers.schools.clock import today

    def a_change() -> None:
        with transaction.atomic():
            record("changed an activity", by=None, school=made.school, since=today())

    client = Client()
    client.force_login(User.objects.get(email="leader@example.org"))
    pupil = Pupil.objects.filter(school=made.school, left_on=None).order_by("pk")[100]
    activity = Activity.objects.filter(school=made.school, type="careers_event").order_by("-starts_on").first()
    addresses = {
        "Today": "/",
        "Benchmarks": "/benchmarks/",
        "A benchmark": "/benchmarks/gatsby-2025/5/",
        "A criterion with its pupils": "/criteria/gb5.2025.school.1/",
        "Pupils": "/pupils/",
        "A pupil": f"/pupils/{pupil.reference}/",
        "Programme": "/programme/",
        "An activity": f"/programme/{activity.reference}/" if activity else "",
        "Coverage of the programme": "/programme/coverage/",
        "Imports": "/imports/",
        "Audit": "/audit/",
    }
    for name, address in addresses.items():
        answer = client.get(address)
        if answer.status_code != 200:
            print(f"{name:44}answered {answer.status_code}")
            continue
        for words, goes, before in (
            ("first asked", 3, standings.forget),
            ("after a change", 10, a_change),
            ("usually", GOES, lambda: None),
        ):
            timing = timed(lambda address=address: client.get(address), goes, before)
            print(f"{name if words == 'first asked' else '':30}{words:14}{timing}")


def files(made: Any) -> None:
    """The roll and the log from CSV into an empty school, then the same files again."""
    from django.core.management import call_command

    from bench.files import write_log, write_roll
    from careers.schools.models import School

    School.objects.create(name="Bench School", urn="990009", laestab="9994009", demonstration=True)
    with tempfile.TemporaryDirectory() as folder:
        roll, log = Path(folder) / "roll.csv", Path(folder) / "log.csv"
        pupils = write_roll(roll, 1500)
        rows = write_log(log, pupils, 60_000)
        for words, command, path in (
            ("Import a roll of 1,500", "import_roll", roll),
            ("The same roll again", "import_roll", roll),
            (f"Import a log of {rows:,}", "import_log", log),
            ("The same log again", "import_log", log),
        ):
            started = time.perf_counter()
            with open(os.devnull, "w") as nowhere:
                call_command(command, str(path), "--school", "990009", "--apply", stdout=nowhere)
            print(f"{words:44}{time.perf_counter() - started:8.1f} s")


if __name__ == "__main__":
    main()
