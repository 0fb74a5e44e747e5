"""What is done about keeping, correcting and erasing. Each is one transaction with its line in the audit inside."""

from __future__ import annotations

from collections.abc import MutableMapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django_scopes import scope, scopes_disabled

from careers.accounts.models import Membership, User
from careers.audit.record import record
from careers.protection.accounts_kept import blank_account
from careers.protection.erasing import erase_rows
from careers.protection.forgetting import forget_arrivals, forget_sessions, forget_waiting_files, words_of
from careers.protection.models import Hold, Receipt, RetentionChoice
from careers.protection.overwriting import empty_the_journal
from careers.protection.pseudonyms import pseudonymise
from careers.protection.retention import Done, run_installation, run_school
from careers.protection.rules import Rule
from careers.pupils.models import Pupil
from careers.schools.clock import today
from careers.schools.models import School


class ProtectionRefused(Exception):
    """It cannot be done. Its text is one sentence saying why, for whoever asked."""


def run_retention() -> str:
    """Let go of what is kept no longer, at every school and of the installation itself. Gives a sentence for the night's log."""
    done = retention_of_all()
    empty_the_journal()
    schools = len({each.school.pk for each in done if each.school})
    return f"Let go of {sum(each.number for each in done):,} records at {schools} schools and of the installation."


def retention_of_all(*, dry: bool = False) -> list[Done]:
    """As `run_retention`, or, if `dry`, only what it would do: nothing is changed and nothing written."""
    done = [each for school in School.objects.order_by("pk") for each in run_school(school, today(), dry=dry)]
    return done + list(run_installation(today(), dry=dry))


def choose_term(*, school: School, rule: Rule, length: int, start: str, by: User) -> None:
    """Keep records of a rule for this long, counted from `start`. Raises ProtectionRefused outside its bounds."""
    if not rule.school_may_change:
        raise ProtectionRefused("This time holds for every school.")
    if not rule.least <= length <= rule.most or start not in rule.starts:
        raise ProtectionRefused(f"Choose from {rule.least} to {rule.most} {rule.unit}.")
    with transaction.atomic():
        held = RetentionChoice.objects.filter(school=school, rule=rule.key).first()
        was = [held.length, held.start] if held else [rule.length, rule.start]
        if was == [length, start]:
            return
        chosen = {"length": length, "start": start, "chosen_by": by}
        RetentionChoice.objects.update_or_create(school=school, rule=rule.key, defaults=chosen)
        record(
            "chose how long to keep records",
            by=by,
            school=school,
            subject=school,
            rule=rule.key,
            was=was,
            now=[length, start],
        )


def keep_back(*, pupil: Pupil, reason: str, until: date, by: User) -> Hold:
    """Nothing is taken from the pupil's record until a day. A hold there is already is replaced."""
    with transaction.atomic():
        kept, _ = Hold.objects.update_or_create(
            pupil=pupil,
            school=pupil.school,
            defaults={"reason": reason, "until": until, "made_by": by, "made_on": today()},
        )
        detail: dict[str, Any] = {"reason": reason, "until": until.isoformat()}
        record("kept a pupil's record back", by=by, school=pupil.school, subject=pupil, changes=False, **detail)
    return kept


def end_hold(*, hold: Hold, by: User) -> None:
    with transaction.atomic():
        record("ended a hold", by=by, school=hold.school, subject=hold.pupil, changes=False, reason=hold.reason)
        hold.delete()


def correct_pupil(*, pupil: Pupil, facts: dict[str, Any], why: str, by: User) -> list[str]:
    """Put right who a pupil is; the names of the fields that changed. The audit names the fields and not what they said.

    Raises ProtectionRefused where another pupil has the UPN.
    """
    with transaction.atomic():
        now = Pupil.objects.select_for_update().get(pk=pupil.pk)
        changed = [name for name, value in facts.items() if getattr(now, name) != value]
        if changed:
            for name in changed:
                setattr(now, name, facts[name])
            try:
                with transaction.atomic():
                    now.save(update_fields=changed)
            except IntegrityError:
                raise ProtectionRefused("Another pupil here has this UPN.") from None
            record("corrected a pupil's record", by=by, school=now.school, subject=now, fields=changed, why=why)
    return changed


def erase_pupil(
    *, pupil: Pupil, keep_figures: bool, by: User, session: MutableMapping[str, Any] | None = None
) -> Receipt:
    """Erase all that is held about a pupil or, with `keep_figures`, everything that says who it was.

    `session` is the session of whoever asks, which may hold the name they searched for. Gives a receipt that says nothing about
    whom. Raises ProtectionRefused while the record is kept back.
    """
    school = pupil.school
    with transaction.atomic():
        pupil = Pupil.objects.select_for_update().get(pk=pupil.pk)
        refuse_held(pupil)
        number, words = pupil.pk, words_of(pupil)
        counts = {"import-file": forget_waiting_files(school, pupil), "arrival": forget_arrivals(school, pupil)}
        rows = pseudonymise(school, [pupil.pk]) if keep_figures else erase_rows(school, pupil)
        counts = {key: counts.get(key, 0) + rows.get(key, 0) for key in {**counts, **rows}}
        counts["session"] = forget_sessions(words, session)
        kind = Receipt.Kind.NAME if keep_figures else Receipt.Kind.PUPIL
        receipt = give_receipt(school, kind, counts, by)
        record("erased a pupil's record", by=by, school=school, subject=receipt, kind=kind, pupil_number=number)
    return receipt


def refuse_held(pupil: Pupil) -> None:
    hold = Hold.objects.filter(pupil=pupil, until__gte=today()).first()
    if hold is not None:
        raise ProtectionRefused("This record is kept back. End that first, if it may be erased.")


def erase_account(*, membership: Membership, by: User) -> Receipt:
    """Take out who an account was and close it, for somebody with no role at another school.

    What they did stays under the account's number. Raises ProtectionRefused.
    """
    user, school = membership.user, membership.school
    if user.pk == by.pk:
        raise ProtectionRefused("You cannot erase your own account. Ask somebody else who answers for the data.")
    with scopes_disabled():
        if Membership.objects.filter(user=user).exclude(school=school).exists() or user.is_operator:
            raise ProtectionRefused(
                "This person also has a role elsewhere, so the account is not this school's to erase. End their role here."
            )
        with transaction.atomic():
            counts = blank_account(user)
            receipt = give_receipt(school, Receipt.Kind.ACCOUNT, counts, by)
            record("erased an account", by=by, school=school, subject=receipt, account_number=user.pk)
    return receipt


def give_receipt(school: School, kind: Receipt.Kind, counts: dict[str, int], by: User) -> Receipt:
    said = {key: number for key, number in sorted(counts.items()) if number}
    with scope(school=school):
        return Receipt.objects.create(school=school, kind=kind, made_on=today(), made_by=by, counts=said)
