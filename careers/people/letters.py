"""The words of the messages we send about belonging to a school."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from careers.accounts.models import User
from careers.people.models import Invitation


@dataclass(frozen=True)
class Letter:
    subject: str
    words: str


def invitation_letter(invitation: Invitation, address: str) -> Letter:
    """The name the inviter typed, who asks, what for, and the link. Nothing about any pupil."""
    who = str(invitation.invited_by) if invitation.invited_by else "Somebody"
    until = timezone.localtime(invitation.expires_at)
    return Letter(
        subject=f"Join {invitation.school.name} on Trigpoint",
        words=f"""Dear {invitation.name},

{who} invites you to join {invitation.school.name} on Trigpoint as {invitation.held.title.lower()}.
Trigpoint keeps a school's careers programme.

To join, open this address:

{address}

It works once, until {until:%H:%M} on {until.day} {until:%B %Y}. It is meant for you alone: do not pass this message on.

If you do not know why you have this message, do nothing. Nobody is let in unless the address is used.
""",
    )


def password_letter(user: User, address: str, days: int) -> Letter:
    """For somebody who has been made an operator and has no password yet."""
    return Letter(
        subject="Look after a copy of Trigpoint",
        words=f"""Dear {user},

You have been asked to look after a copy of Trigpoint: its schools, its backups and its jobs.

To set a password, open this address. It works once, for {days} days:

{address}

It is meant for you alone: do not pass this message on.
""",
    )
