"""Kinds of job, and asking for one.

A job is asked for inside the transaction that needs it, so that both stand or fall together, and is done soon after by a
worker (`manage.py work`). **It may be done more than once**: a worker that is killed in the middle leaves a job that another
begins again, so whatever a job does must come to the same when it is done twice.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.utils import timezone
from django_scopes import scope
from django_tasks import task
from django_tasks.base import Task

WORD = re.compile(r"[\w.:-]{1,60}", re.ASCII)
"""A reference, a number, a date, the key of something: all that a job may be given. No name and no e-mail address fits."""


def job(function: Callable[..., Any]) -> Task[Any, None]:
    """Make a job of a function of a module, called with keywords only. It must come to the same when it is done twice.

    What it returns is thrown away. Its transactions must be short: a worker that cannot write for forty
    seconds ends itself. It is about no school: whatever reads a school's records is a `school_job`.
    """

    @wraps(function)
    def done(**words: Any) -> None:
        function(**words)

    return task(done)


def school_job(function: Callable[..., Any]) -> Task[Any, None]:
    """The same for one school: the function gets `school`, the record, and runs with only that school's rows in reach."""

    @wraps(function)
    def done(*, school: int, **words: Any) -> None:
        from careers.schools.models import School

        record = School.objects.get(pk=school)
        with scope(school=record):
            function(school=record, **words)

    done.of_a_school = True  # type: ignore[attr-defined]
    return task(done)


def later(kind: Task[Any, None], *, school: Any = None, after: timedelta = timedelta(), **words: Any) -> None:
    """Have a job done, `after` a while or at once. Call it inside the transaction it belongs to.

    `words` are references and numbers, never anything about a person: they stand in a table that operators read. `school` is
    the record or its number, and must be given for a `school_job` and for no other.
    """
    if (school is not None) != is_of_a_school(kind):
        raise ValueError(
            f"The job {kind.name} is {'about one school: say which' if school is None else 'about no school'}."
        )
    for name, word in words.items():
        if not (word is None or isinstance(word, (int, bool)) or (isinstance(word, str) and WORD.fullmatch(word))):
            raise ValueError(f"The word '{name}' of the job {kind.name} is neither a reference nor a number.")
    if school is not None:
        words["school"] = getattr(school, "pk", school)
    kind.using(run_after=timezone.now() + after).enqueue(**words)


def is_of_a_school(kind: Task[Any, None]) -> bool:
    return bool(getattr(kind.func, "of_a_school", False))
