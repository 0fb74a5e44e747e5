"""What happens to a provider's request: it comes, it is answered, it becomes an activity."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import transaction
from django_scopes import scope

from careers.accounts.models import User
from careers.accounts.posting import send
from careers.audit.record import record
from careers.design.editing import ChangedMeanwhile, stamp_of
from careers.provider_access.letters import Letter, confirmation
from careers.provider_access.models import Decision, ProviderRequest
from careers.provider_access.promises import working_days_after
from careers.provider_access.statement import published
from careers.schools.clock import today
from careers.schools.models import School
from careers.schools.once import make_once


def receive(
    *, school: School, facts: dict[str, Any], came: str, by: User | None, stamp: str | None, on: date | None = None,
    confirm: bool = True,
) -> ProviderRequest:  # fmt: skip
    """Put a request on record, once however often the button is pressed. One by the form is confirmed by e-mail if `confirm`.

    `by` is None for the public form. `on` is the day it came, where that was not today.
    """
    received = on or today()
    with transaction.atomic():
        beside = {"came": came, "received_on": received, "answer_by": promised(school, received), "recorded_by": by}
        made, new = make_once(ProviderRequest, school=school, stamp=stamp, facts=facts, **beside)
        if new:
            record("received a provider's request", by=by, school=school, subject=made, changes=False, came=came)
            if by is None and made.email and confirm:
                _post(made.email, confirmation(made, answer_to(school)), _note_confirmed(made))
    return made


def promised(school: School, received: date) -> date | None:
    """By when the published statement says whoever asks will hear; None where it promises nothing."""
    version = published(school)
    days = version.words.get("reply_days") if version else None
    return working_days_after(received, days) if isinstance(days, int) else None


def answer_to(school: School) -> str:
    """The e-mail address the published statement gives."""
    version = published(school)
    return str(version.words.get("contact_email") or "") if version else ""


def stamp_of_answers(request: ProviderRequest) -> str:
    """Stands for the answers a request has: another one makes another stamp."""
    return stamp_of({"decisions": list(request.decisions.values_list("pk", flat=True))})  # type: ignore[attr-defined]


def decide(
    *, request: ProviderRequest, facts: dict[str, Any], letter: Letter | None, stamp: str | None, by: User
) -> Decision:
    """Answer a request; an earlier answer stays on record. `letter` is sent to the provider, unless there is none.

    The same answer sent twice is one. Raises ChangedMeanwhile where somebody has answered since the form was opened.
    """
    with transaction.atomic():
        held = ProviderRequest.objects.select_for_update().get(pk=request.pk)
        latest = held.decisions.first()  # type: ignore[attr-defined]
        if latest and latest.decided_by_id == by.pk and all(getattr(latest, name) == facts[name] for name in facts):
            return latest  # type: ignore[no-any-return]
        if stamp is not None and stamp != stamp_of_answers(held):
            raise ChangedMeanwhile
        made = Decision.objects.create(school=held.school, request=held, decided_by=by, **facts)
        outcome, limits = made.outcome, list(made.limits)
        record(
            "decided a provider's request", by=by, school=held.school, subject=held, changes=False, outcome=outcome,
            limits=limits, again=latest is not None,
        )  # fmt: skip
        if letter and held.email:
            _post(held.email, letter, _note_replied(made))
    return made


def _post(to: str, letter: Letter, note: Callable[[bool], None]) -> None:
    """When it is committed: a mail server that is down loses nothing, and what became of the message is kept."""
    transaction.on_commit(lambda: note(send(to=to, subject=letter.subject, words=letter.words)))


def _note_confirmed(made: ProviderRequest) -> Callable[[bool], None]:
    def note(sent: bool) -> None:
        with transaction.atomic(), scope(school=made.school):
            ProviderRequest.objects.filter(pk=made.pk).update(confirmed=sent)

    return note


def _note_replied(made: Decision) -> Callable[[bool], None]:
    def note(sent: bool) -> None:
        with transaction.atomic(), scope(school=made.school):
            Decision.objects.filter(pk=made.pk).update(emailed=sent)

    return note
