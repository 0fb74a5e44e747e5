"""Does a deed in a process that is killed (SIGKILL) after its n-th statement, and says what the database holds then.

Run as `python -m tests.journeys.killed DEED`, with TRIGPOINT_DATABASE naming a database of its own. Prints JSON:
{"before": state, "after": state, "died": [{"at": n, "state": state, "again": state}, ...]}, where a state is what `look` gives
and "again" is the state when the deed has been done once more, by somebody who was told that it went wrong.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

Deed = Callable[[], None]
KILLS = 6


def main(name: str) -> None:
    prepare, deed = DEEDS[name]
    base = Database()
    base.make()
    apart(prepare)
    base.keep()
    before = apart(look)
    statements = apart(counting(deed))
    result = {"before": before, "after": apart(look), "died": []}
    for at in points(statements):
        base.again()
        assert apart(dying(deed, at)) is None, "it was not killed"
        state = apart(look)
        apart(deed)
        result["died"].append({"at": at, "state": state, "again": apart(look)})
    base.remove()
    print(json.dumps(result))


def points(statements: int) -> list[int]:
    """The first and the last statement, and some between."""
    step = max(1, statements // KILLS)
    return sorted({1, 2, *range(step, statements, step), statements - 1, statements} & set(range(1, statements + 1)))


def apart(what: Callable[[], Any]) -> Any:
    """What a function gives, called in a process of its own. None if that was killed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        with os.fdopen(writing, "w") as said:
            json.dump(what(), said)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as heard:
        said = heard.read()
    _, how = os.waitpid(child, 0)
    if os.WIFSIGNALED(how) and os.WTERMSIG(how) == signal.SIGKILL:
        return None
    assert how == 0, f"it ended with {how}"
    return json.loads(said)


def counting(deed: Deed) -> Callable[[], int]:
    def counted() -> int:
        from django.db import connection

        number = 0

        def count(execute: Any, *args: Any) -> Any:
            nonlocal number
            number += 1
            return execute(*args)

        with connection.execute_wrapper(count):
            deed()
        return number

    return counted


def dying(deed: Deed, at: int) -> Callable[[], None]:
    def died() -> None:
        from django.db import connection

        left = at

        def count(execute: Any, *args: Any) -> Any:
            nonlocal left
            done = execute(*args)
            left -= 1
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)
            return done

        with connection.execute_wrapper(count):
            deed()

    return died


def look() -> dict[str, Any]:
    """How many rows each table has, what became of each place, and whether the audit's chain holds."""
    from django.core.management import CommandError, call_command
    from django.db import connection

    with connection.cursor() as cursor:
        tables = sorted(connection.introspection.table_names(cursor))
        counts: dict[str, Any] = {}
        for table in tables:
            cursor.execute(f'SELECT COUNT(*) FROM "{table}"')
            counts[table] = cursor.fetchone()[0]
        for table in ("encounters_encounter", "imports_import"):
            if table in tables:
                cursor.execute(f"SELECT status, COUNT(*) FROM {table} GROUP BY status ORDER BY status")
                counts[f"{table} by status"] = [list(row) for row in cursor.fetchall()]
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA integrity_check")
            counts["integrity"] = cursor.fetchone()[0]
    if "audit_tail" in tables:
        try:
            with open(os.devnull, "w") as nowhere:
                call_command("verify_audit", stdout=nowhere, stderr=nowhere)
            counts["audit"] = "holds"
        except (CommandError, SystemExit):
            counts["audit"] = "broken"
    return counts


class Database:
    """The database that deeds are done in, made anew from a kept copy before each."""

    def __init__(self) -> None:
        from django.db import connection

        self.settings = dict(connection.settings_dict)
        self.postgresql = connection.vendor == "postgresql"
        self.name = str(self.settings["NAME"])
        self.kept = f"{self.name}_kept"

    def make(self) -> None:
        if self.postgresql:
            self.say(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)', f'CREATE DATABASE "{self.name}"')

    def keep(self) -> None:
        self.copy(self.name, self.kept)

    def again(self) -> None:
        self.copy(self.kept, self.name)

    def remove(self) -> None:
        if self.postgresql:
            self.say(*(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)' for name in (self.name, self.kept)))

    def copy(self, source: str, target: str) -> None:
        if self.postgresql:
            self.say(
                f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)', f'CREATE DATABASE "{target}" TEMPLATE "{source}"'
            )
            return
        for suffix in ("", "-wal", "-shm"):
            Path(target + suffix).unlink(missing_ok=True)
            if Path(source + suffix).exists():
                shutil.copyfile(source + suffix, target + suffix)

    def say(self, *statements: str) -> None:
        import psycopg

        where = {key.lower(): self.settings[key] for key in ("HOST", "PORT", "USER", "PASSWORD") if self.settings[key]}
        with psycopg.connect(dbname="postgres", autocommit=True, **where) as server:
            for statement in statements:
                server.execute(statement)


def a_school() -> dict[str, Any]:
    from django.core.management import call_command

    from careers.audit.record import record
    from tests.makers import make_activity, make_person, make_pupil, make_school

    call_command("migrate", verbosity=0)
    school = make_school()
    for _ in range(3):
        record("signed in", by=None, school=school, changes=False)
    by = make_person(school)
    pupils = [make_pupil(school, 9) for _ in range(30)]
    return {"school": school, "by": by, "pupils": pupils, "activity": make_activity(school, status="planned")}


def an_import_that_waits() -> None:
    from django_scopes import scope

    from careers.imports import actions
    from careers.imports.kinds.options import Options
    from careers.imports.reading.files import File

    made = a_school()
    rows = [
        f"{pupil.upn},Talk {n},Encounter with an employer,2026-10-{n + 1:02},yes,Crumb & Co {n}"
        for pupil in made["pupils"]
        for n in range(12)
    ]
    text = "\n".join(["UPN,Activity,Activity type,Date,Attendance,Employer", *rows])
    with scope(school=made["school"]):
        file = File("log.csv", text.encode())
        actions.upload(school=made["school"], kind="log", file=file, options=Options(2026), by=made["by"])


def bring_it_in() -> None:
    from django_scopes import scope

    from careers.imports import actions
    from careers.imports.models import Import
    from careers.schools.models import School

    school = School.objects.get()
    with scope(school=school):
        try:
            actions.apply(started=Import.objects.get(), by=None)
        except actions.NotNow:
            return  # it was done already


def all_but_some_migrations() -> None:
    """Up to date, but for the audit's chain, which fills rows, and for one folder's tables with their foreign keys."""
    from django.core.management import call_command

    for words in ((), ("leadership", "zero"), ("audit", "0003")):
        call_command("migrate", *words, verbosity=0)


def migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


DEEDS: dict[str, tuple[Deed, Deed]] = {
    "import": (an_import_that_waits, bring_it_in),
    "migration": (all_but_some_migrations, migrate),
}

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    main(sys.argv[1])
