"""Accounts: whose time is over, and taking out who it was while the number stays for what was done under it."""

from __future__ import annotations

from datetime import date, datetime, time

from django.contrib.sessions.models import Session
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from careers.accounts.models import User
from careers.programme.models import Activity
from careers.protection.holdings import Erased, about_people
from careers.pupils.models import OwnRecord

NOBODYS = "erased.invalid"
"""The address of an erased account ends so. No mail is ever delivered there (RFC 2606)."""


def accounts_over(last: date) -> list[User]:
    """Accounts with no role at any school that nobody has used since a day (or since they were made, if never)."""
    midnight = timezone.make_aware(datetime.combine(last, time.max))
    unused = User.objects.annotate(used=Coalesce("last_login", "date_joined")).filter(used__lte=midnight)
    nobody = unused.filter(memberships__isnull=True, is_operator=False, is_superuser=False)
    return list(nobody.exclude(email__endswith=f"@{NOBODYS}").order_by("pk"))


def blank_account(user: User) -> dict[str, int]:
    """Take out who it was and close the account; rows by kind of record. Call it inside a transaction, with every school in scope.

    What was done under the account is still known to be one person's, by its number.
    """
    counts = {"session": end_sessions(user)}
    for held in about_people():
        if held.erased is Erased.DELETE and held.whose == "person":
            counts[held.key] = held.rows_of_person(user).delete()[0]
    counts["own-record"] = OwnRecord.objects.filter(user=user).delete()[0]
    Activity.objects.filter(owner=user).update(owner=None)
    user.email, user.name = f"account-{user.pk}@{NOBODYS}", "Somebody whose account was erased"
    user.is_active = user.is_operator = user.is_staff = user.is_superuser = False
    user.last_login = None
    user.set_unusable_password()
    user.save()
    return {key: number for key, number in {**counts, "account": 1}.items() if number}


def end_sessions(user: User) -> int:
    theirs = [
        row.pk
        for row in Session.objects.filter(Q(expire_date__gte=timezone.now())).iterator()
        if row.get_decoded().get("_auth_user_id") == str(user.pk)
    ]
    return Session.objects.filter(pk__in=theirs).delete()[0]
