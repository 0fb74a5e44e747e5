"""What is done every night, whoever is asleep: each step once a night, however many machines try."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.core.management import call_command
from django.db import OperationalError, transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from careers.audit.record import record
from careers.audit.verifying import check_every_chain
from careers.jobs.models import Sign

logger = logging.getLogger("careers.nightly")
NIGHT_BEGINS = time(2, 30)
SIGN = "nightly: "
SAID_ROOM = 200


@dataclass(frozen=True)
class Step:
    """`function` is dotted, takes nothing and returns a sentence of what it did, with counts and nothing about a person.

    It runs in one transaction with the sign that it was done, so one that is killed has not been done. A step with
    `own_transactions`, because it is long or has one for each school, is signed first and holds up no writer.
    """

    name: str
    function: str
    sentence: str
    own_transactions: bool = False


STEPS = (
    Step(
        "sessions",
        "careers.website.nightly.clear_sessions",
        "Ended sessions are cleared: they hold words people searched for.",
    ),
    Step(
        "uploads",
        "careers.imports.actions.ask_to_put_away_files",
        "Files that nobody confirmed in thirty days are put away.",
    ),
    Step(
        "retention",
        "careers.protection.actions.run_retention",
        "What the school's rules say it is time to let go of goes.",
        own_transactions=True,
    ),
    Step(
        "audit",
        "careers.website.nightly.follow_the_audit",
        "Every chain of the audit is followed to its end.",
        own_transactions=True,
    ),
    Step("jobs", "careers.jobs.queue.clear_old", "Jobs done a week ago are forgotten."),
)


def clear_sessions() -> str:
    call_command("clearsessions")
    return "Ended sessions cleared."


class AuditBroken(Exception):
    """The night fails, so that somebody looks: the page of the audit and manage.py verify_audit say where it is broken."""


def follow_the_audit() -> str:
    said = check_every_chain()
    if "BROKEN" in said:
        raise AuditBroken(said)
    return said


def if_it_is_night() -> None:
    """For a worker that looks in now and then: does what tonight's hour has come for. A new copy begins with its next night."""
    if not Sign.objects.filter(name__startswith=SIGN).exists():
        Sign.objects.bulk_create(
            [Sign(name=SIGN + step.name, at=timezone.now()) for step in STEPS], ignore_conflicts=True
        )
    elif any(is_due(step) for step in STEPS):
        run()


def run(*, anyway: bool = False) -> dict[str, str]:
    """Do every step that tonight has not seen, or every step. Gives what each said; one that fails does not stop the others."""
    done, failed = {}, []
    for step in STEPS:
        said = _one(step, anyway=anyway)
        if said is not None:
            done[step.name] = said
            if Sign.objects.get(pk=SIGN + step.name).failed:
                failed.append(step.name)
    if done:
        record("did the nightly work", by=None, changes=False, steps=len(done), failed=failed)
    return done


def is_due(step: Step) -> bool:
    return not Sign.objects.filter(pk=SIGN + step.name, at__gte=_tonight()).exists()


def _one(step: Step, *, anyway: bool) -> str | None:
    """What the step said, or None where it had been done, or is being done, by another machine."""
    try:
        with transaction.atomic():
            if not _mine(step, anyway=anyway):
                return None
            if not step.own_transactions:
                return _said(step, import_string(step.function)())
        return _said(step, import_string(step.function)())
    except OperationalError:
        raise  # the database is away or full: nothing can be signed either
    except Exception as error:
        kind = type(error).__name__
        logger.exception("The nightly step %s failed.", step.function)
        return _said(step, f"Failed ({kind}).", failed=True)


def _mine(step: Step, *, anyway: bool) -> bool:
    # The row is locked until the step is committed: a second machine waits here and then finds it done.
    Sign.objects.bulk_create([Sign(name=SIGN + step.name, at=_long_ago())], ignore_conflicts=True)
    sign = Sign.objects.select_for_update().get(pk=SIGN + step.name)
    if sign.at >= _tonight() and not anyway:
        return False
    return bool(Sign.objects.filter(pk=sign.pk).update(at=timezone.now(), failed=False, said="Begun."))


def _said(step: Step, sentence: str, *, failed: bool = False) -> str:
    sign = {"at": timezone.now(), "failed": failed, "said": str(sentence)[:SAID_ROOM]}
    Sign.objects.update_or_create(pk=SIGN + step.name, defaults=sign)
    return str(sentence)


def _tonight() -> datetime:
    """When the night that is over, or running, began: half past two, London time."""
    now = timezone.localtime()
    begins = datetime.combine(now.date(), NIGHT_BEGINS, tzinfo=now.tzinfo)
    return begins if now >= begins else begins - timedelta(days=1)


def _long_ago() -> datetime:
    return timezone.now() - timedelta(days=3650)
