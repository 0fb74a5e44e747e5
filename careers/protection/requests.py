"""What is done about requests for a copy: writing one down, taking more time, and handing the copy over. Each is audited."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from careers.accounts.models import User
from careers.audit.record import record
from careers.protection.record_of_requests import AccessRequest
from careers.protection.record_of_retention import Hold
from careers.protection.traces import traces_of
from careers.protection.whole_record import Section, sections_of, without
from careers.pupils.models import Pupil
from careers.schools.clock import today


class RequestRefused(Exception):
    """It cannot be done. Its text is one sentence saying why, for whoever asked."""


def receive(*, pupil: Pupil, facts: dict[str, Any], by: User) -> AccessRequest:
    """Write down that somebody asked. `facts` are fields of AccessRequest."""
    with transaction.atomic():
        made = AccessRequest.objects.create(school=pupil.school, pupil=pupil, recorded_by=by, **facts)
        keep_meanwhile(made, by)
        record(
            "recorded a request for a copy",
            by=by,
            school=pupil.school,
            subject=pupil,
            due=made.due_on.isoformat(),
            asker=made.asker,
        )
    return made


def keep_meanwhile(request: AccessRequest, by: User) -> None:
    """Nothing is taken from the record by its age while somebody waits for a copy of it."""
    until = {"until": request.due_on, "reason": Hold.Reason.REQUEST, "made_by": by, "made_on": today()}
    hold, is_new = Hold.objects.get_or_create(school=request.school, pupil=request.pupil, defaults=until)
    if not is_new and hold.until < request.due_on:
        hold.until = request.due_on
        hold.save(update_fields=["until"])


def extend(*, request: AccessRequest, why: str, by: User) -> None:
    """Take two months more. Raises RequestRefused where the first month is over: the asker must be told within it."""
    if request.answered_on:
        raise RequestRefused("This request has been answered already.")
    if today() > request.last_day_to_extend:
        raise RequestRefused("More time can only be taken within the first month. That month is over.")
    with transaction.atomic():
        request.extended_why = why
        request.save(update_fields=["extended_why"])
        keep_meanwhile(request, by)
        record(
            "took more time for a request",
            by=by,
            school=request.school,
            subject=request.pupil,
            due=request.due_on.isoformat(),
        )


def hand_over(
    *, pupil: Pupil, reasons: dict[str, str], request: AccessRequest | None, by: User
) -> tuple[list[Section], list[dict[str, str]]]:
    """The whole record with some texts left out (their keys and the reasons), and what was left out. Answers the request it is for.

    Written in the audit before anything is gathered, so that this very copy is in the record of who looked.
    """
    with transaction.atomic():
        record(
            "handed out a pupil's whole record",
            by=by,
            school=pupil.school,
            subject=pupil,
            changes=False,
            left_out=len(reasons),
        )
        sections, left_out = without(whole(pupil), reasons)
        if request is not None and request.answered_on is None:
            answer(request, left_out, today(), by)
    return sections, left_out


def whole(pupil: Pupil) -> list[Section]:
    """Everything that is held about a pupil."""
    return [*sections_of(pupil), *traces_of(pupil)]


def answer(request: AccessRequest, left_out: list[dict[str, str]], day: date, by: User) -> None:
    request.answered_on, request.left_out = day, left_out
    request.save(update_fields=["answered_on", "left_out"])
    record("answered a request for a copy", by=by, school=request.school, subject=request.pupil, left_out=len(left_out))
