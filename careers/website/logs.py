"""What a log may say. A log is read by people who may not see a pupil's record, so nothing personal goes in."""

import logging
import re
import traceback
from types import TracebackType

ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


SECRET = re.compile(r"(/(?:calendar|invitation|feedback|r)/)[\w-]+")
"""Addresses that are a secret in themselves: whoever reads the log could open them."""


class WithoutPersonalData(logging.Formatter):
    """Says where an exception came from and its kind, never its message: a database's message quotes the row."""

    def format(self, record: logging.LogRecord) -> str:
        return SECRET.sub(r"\1(left out)", super().format(record))

    def formatException(self, ei: ExceptionInfo) -> str:
        kind, _, where = ei
        if kind is None:
            return ""
        return "".join([*traceback.format_tb(where), f"{kind.__module__}.{kind.__qualname__} (message left out)"])


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"()": WithoutPersonalData, "format": "{asctime} {levelname} {name}: {message}", "style": "{"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        # At DEBUG this would log every query with its values.
        "django.db.backends": {"level": "WARNING"},
        # Their messages would be the arguments and errors of each job. Our own worker says what operators need.
        "django_tasks": {"level": "WARNING"},
        "django_tasks_db": {"level": "WARNING"},
        "django.request": {"level": "ERROR"},
    },
}
