"""What day it is. Everything that depends on the date asks here, so a test or a rehearsal can choose the day."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date

from django.conf import settings
from django.utils import timezone

from criteria.periods import AcademicYear

_chosen: ContextVar[date | None] = ContextVar("chosen_today", default=None)


def today() -> date:
    """The day chosen by `on`, else the installation's fixed day (TRIGPOINT_TODAY), else the real one in London."""
    return _chosen.get() or getattr(settings, "TODAY", None) or timezone.localdate()


def current_year() -> AcademicYear:
    return AcademicYear.containing(today())


@contextmanager
def on(day: date) -> Iterator[None]:
    """Run a block as if it were `day`."""
    token = _chosen.set(day)
    try:
        yield
    finally:
        _chosen.reset(token)
