"""What the night does: for each school and each rule, what is kept no longer goes, in one transaction with its line in the audit.

Nothing is remembered between runs: what is due is asked afresh, so a run that was stopped half way is simply run again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django_scopes import scope, scopes_disabled

from careers.audit.record import record
from careers.protection.accounts_kept import accounts_over, blank_account
from careers.protection.due import Calendar, Waiting, over_by
from careers.protection.forgetting import in_batches
from careers.protection.pseudonyms import pseudonymise
from careers.protection.rules import Then
from careers.protection.sealing import seal_audit
from careers.protection.terms import Term, installation_terms
from careers.protection.ways_in import end_ways_in
from careers.schools.models import School


@dataclass(frozen=True)
class Done:
    """What a rule did, or would do: how many records (or pupils) went. `school` is none for what is no one school's."""

    school: School | None
    term: Term
    number: int


def run_school(school: School, day: date, *, dry: bool = False) -> Iterator[Done]:
    """Each rule of a school in turn, each in a transaction of its own."""
    with scope(school=school):
        calendar = Calendar(school, day)
        terms = [term for term in calendar.terms.values() if term.rule.then not in (Then.KEEP, Then.SEAL)]
    for term in terms:
        with scope(school=school), transaction.atomic():
            waiting = Calendar(school, day).due(term, day)
            if waiting and not dry:
                counts = carry_out(school, term, waiting)
                record("kept no longer", by=None, school=school, rule=term.rule.key, number=len(waiting), counts=counts)
        if waiting:
            yield Done(school, term, len(waiting))
    audit = calendar.terms["audit"]
    if number := seal_audit(school, audit.began(day), dry=dry):
        yield Done(school, audit, number)


def carry_out(school: School, term: Term, waiting: list[Waiting]) -> dict[str, int]:
    """Do what a rule says with what is due; rows by kind of record. Call it inside a transaction and the school's scope."""
    keys = [each.key for each in waiting]
    if term.rule.then is Then.PSEUDONYMISE:
        return pseudonymise(school, keys)
    if term.rule.key == "own-record":
        return {"own-record": end_ways_in(school, keys)}
    counts: dict[str, int] = {}
    for held in term.rule.installed:
        of_pupils = waiting[0].pupil is not None
        for some in in_batches(keys):
            rows = held.all_rows().filter(school=school, **{f"{held.of_pupil if of_pupils else 'pk'}__in": some})
            number = rows.update(**held.blanked) if term.rule.then is Then.BLANK else rows.delete()[0]
            counts[held.key] = counts.get(held.key, 0) + number
    return counts


def run_installation(day: date, *, dry: bool = False) -> Iterator[Done]:
    """The rules of records that are no one school's: accounts nobody uses, ended sessions, jobs that are done."""
    for term in installation_terms().values():
        does = OF_THE_INSTALLATION.get(term.rule.key, _delete_old)
        with scopes_disabled(), transaction.atomic():
            number = does(term, day, dry)
            if number and not dry:
                record("kept no longer", by=None, rule=term.rule.key, number=number)
        if number:
            yield Done(None, term, number)


def _delete_old(term: Term, day: date, dry: bool) -> int:
    number = 0
    for held in term.rule.installed:
        if held.dated and not held.of_a_school:
            rows = over_by(held, held.all_rows(), term, day)
            number += rows.count() if dry else rows.delete()[0]
    return number


def _blank_accounts(term: Term, day: date, dry: bool) -> int:
    over = accounts_over(term.began(day))
    if not dry:
        for user in over:
            blank_account(user)
    return len(over)


def _seal_own(term: Term, day: date, dry: bool) -> int:
    return seal_audit(None, term.began(day), dry=dry)


OF_THE_INSTALLATION: dict[str, Callable[[Term, date, bool], Any]] = {"account": _blank_accounts, "audit": _seal_own}
