"""`manage.py setup`: everything a fresh or updated copy needs before it can serve, in one go."""

from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from careers.accounts.sessions.ending import forget_ended_sessions
from careers.website.collecting import collect_if_changed

FOR_ITS_OWNER = 0o700
"""The database, the key and messages with links in them are in there: no other account of the machine may look."""


class Command(BaseCommand):
    help = "Bring the database and the static files up to date, and load the demonstration into an empty database."

    def handle(self, *args: Any, **options: Any) -> None:
        settings.VAR.mkdir(exist_ok=True, parents=True)
        settings.VAR.chmod(FOR_ITS_OWNER)
        if _migrations_wait():
            self.stderr.write("Bringing the database up to date ...")
            call_command("migrate", verbosity=0)
            call_command("createcachetable", verbosity=0)
        call_command("clearsessions")  # they hold the names that people searched for
        forget_ended_sessions()
        collect_if_changed()
        if settings.DEMONSTRATION and _is_empty() and "load_demonstration" in get_commands():
            self.stderr.write("Loading the demonstration school ...")
            call_command("load_demonstration")


def _migrations_wait() -> bool:
    # Asked first because migrating with nothing to migrate still costs a second.
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _is_empty() -> bool:
    if not find_spec("careers.schools") or not apps.is_installed("careers.schools"):
        return False
    return not any(model._base_manager.exists() for model in apps.get_app_config("schools").get_models())
