"""Putting on record that somebody was shown a list with pupils' names.

One event for a page of a list, with the numbers of the pupils on it. The same page opened again by the same person in the same
session within `AGAIN` is the same look: reloading a page, or going back to it, fills nobody's audit. A pupil's own file is
not a list: every time it is opened is on record.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.http import HttpRequest

from careers.audit.record import record

AGAIN = 600
"""Seconds."""
REMEMBERED = 20
"""Lists kept in a session: the latest."""
SESSION_KEY = "lists looked at"


def looked_at(
    request: HttpRequest, what: str, pupils: Iterable[int], subject: models.Model | None = None, **narrowed: Any
) -> None:
    """Write that the request's person was shown the names of these pupils (primary keys), if there are any.

    `what` says which list in a few words with nobody's name in them; `narrowed` how it was narrowed, for the detail.
    """
    shown = list(pupils)
    if shown and not _a_moment_ago(request, what, shown):
        _write(request, "looked at a list of pupils", subject, shown, list=what, shown=len(shown), **narrowed)


def looked_at_arrivals(
    request: HttpRequest, what: str, number: int, subject: models.Model | None = None, beside: Iterable[int] = ()
) -> None:
    """The same for names that are in a file or are held, and no pupil's of the roll yet: how many.

    `beside` are the pupils shown with them.
    """
    pupils = list(beside)
    if number and not _a_moment_ago(request, what, [number, getattr(subject, "pk", 0), *pupils]):
        _write(request, "looked at names being brought in", subject, pupils, list=what, shown=number)


def _write(request: HttpRequest, verb: str, subject: models.Model | None, pupils: list[int], **detail: Any) -> None:
    said = {name: value for name, value in detail.items() if value}
    at = request.school  # type: ignore[attr-defined]
    record(verb, by=request.user, school=at, subject=subject, changes=False, concerning=pupils, **said)


def _a_moment_ago(request: HttpRequest, what: str, shown: list[int]) -> bool:
    """Whether this session was shown the same a moment ago. If not, it has been now."""
    said = json.dumps([request.school.pk, what, sorted(shown)])  # type: ignore[attr-defined]
    key = hashlib.sha256(said.encode()).hexdigest()[:16]
    now = int(time.time())
    lately = {each: at for each, at in request.session.get(SESSION_KEY, {}).items() if at > now - AGAIN}
    if key in lately:
        return True
    kept = sorted({**lately, key: now}.items(), key=lambda pair: pair[1])[-REMEMBERED:]
    request.session[SESSION_KEY] = dict(kept)
    return False
