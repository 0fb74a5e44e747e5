"""Reading settings from the environment, refusing odd values with the remedy.

Every setting is read through an `Environment`, which remembers it: docs/reference/settings.md is written from what was
read, so no setting can be undocumented, and a variable nobody reads (a misspelling, mostly) is refused.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

PREFIX = "TRIGPOINT_"
YES = ("yes", "true", "on", "1")
NO = ("no", "false", "off", "0")


@dataclass(frozen=True)
class Setting:
    """One documented setting. `form` says what may be written; `default` is in words."""

    name: str
    form: str
    default: str
    sentence: str


class Environment:
    """The variables named TRIGPOINT_*, each read once, by kind."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self.variables = {name: value.strip() for name, value in variables.items() if name.startswith(PREFIX)}
        self.settings: list[Setting] = []

    def text(self, name: str, sentence: str, *, default: str = "", form: str = "text", shown: str = "") -> str:
        """A piece of text. `shown` says the default in words where it cannot be shown as it is."""
        return self._read(name, form, shown or default or "empty", sentence) or default

    def flag(self, name: str, sentence: str, *, default: bool, shown: str = "") -> bool:
        """A yes or a no."""
        value = self._read(name, "`yes` or `no`", shown or ("yes" if default else "no"), sentence).lower()
        if value and value not in YES + NO:
            raise self._refuse(name, "is neither yes nor no", "Write yes or no.")
        return value in YES if value else default

    def number(self, name: str, sentence: str, *, default: int, least: int, most: int) -> int:
        """A whole number from `least` to `most`, both included."""
        form = f"a whole number from {least} to {most}"
        value = self._read(name, form, str(default), sentence)
        if not value:
            return default
        if not (value.isascii() and value.isdigit() and least <= int(value) <= most):
            raise self._refuse(name, f"is not {form}", f"Write {form}.")
        return int(value)

    def choice(self, name: str, sentence: str, *, default: str, choices: Sequence[str]) -> str:
        """One of a few words."""
        form = "one of " + ", ".join(f"`{word}`" for word in choices)
        value = self._read(name, form, default, sentence) or default
        if value not in choices:
            raise self._refuse(name, "is not one of the choices", f"Write {form}.")
        return value

    def names(self, name: str, sentence: str, *, default: Sequence[str] = ()) -> list[str]:
        """Several host names, separated by commas."""
        value = self._read(name, "host names separated by commas", ", ".join(default) or "none", sentence)
        hosts = [host.strip() for host in value.split(",") if host.strip()]
        for host in hosts:
            if "/" in host or " " in host or "*" in host:
                raise self._refuse(name, "holds something that is not a host name", "Write careers.school.example.org.")
        return hosts or list(default)

    def day(self, name: str, sentence: str) -> date | None:
        """A date, or nothing."""
        value = self._read(name, "a date as YYYY-MM-DD", "none", sentence)
        try:
            return date.fromisoformat(value) if value else None
        except ValueError:
            raise self._refuse(name, "is not a date", "Write it as 2026-09-01.") from None

    def database(self, name: str, sentence: str, *, default: str, root: Path) -> dict[str, Any]:
        """A database's address, as Django's settings take it. A relative SQLite path starts at `root`."""
        form = "`sqlite:///path/to/file` or `postgresql://user:password@host:port/name`"
        value = self._read(name, form, f"`{default}`", sentence) or default
        wrong = self._refuse(name, "is not the address of a database", f"Write {form}.")
        try:
            address = urlsplit(value)
            port = address.port
        except ValueError:
            raise wrong from None
        database = unquote(address.path.removeprefix("/"))
        if not database:
            raise wrong
        if address.scheme == "sqlite" and not address.netloc:
            return sqlite(root / database)
        if address.scheme == "postgresql" and address.hostname:
            user, password = unquote(address.username or ""), unquote(address.password or "")
            return postgresql(database, user=user, password=password, host=address.hostname, port=port)
        raise wrong

    def refuse_unknown(self) -> None:
        """Refuse a variable that no setting has read."""
        known = [setting.name for setting in self.settings]
        for name in sorted(self.variables):
            if name not in known:
                raise ImproperlyConfigured(f"{name} is not a setting. The settings are: {', '.join(sorted(known))}.")

    def _read(self, name: str, form: str, default: str, sentence: str) -> str:
        self.settings.append(Setting(PREFIX + name, form, default, sentence))
        return self.variables.get(PREFIX + name, "")

    def _refuse(self, name: str, what: str, remedy: str) -> ImproperlyConfigured:
        # The value is not shown: it may hold a password, and this message ends up in a log.
        return ImproperlyConfigured(f"{PREFIX}{name} {what}. {remedy}")


def sqlite(path: Path) -> dict[str, Any]:
    """SQLite for several processes at once: one writer at a time, readers never waiting for it."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;",
        },
    }


def postgresql(database: str, *, user: str, password: str, host: str, port: int | None) -> dict[str, Any]:
    """PostgreSQL, keeping a connection open between requests for as long as it answers."""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": database,
        "USER": user,
        "PASSWORD": password,
        "HOST": host,
        "PORT": port or "",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
