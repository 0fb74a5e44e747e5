"""The messages of a demonstration, which go into files and not to anybody: read here, as if in everybody's mailbox."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings
from django_scopes import scopes_disabled

from careers.demonstration.signing_in import is_demonstration
from careers.pupils.models import Pupil
from careers.schools.models import School

BETWEEN = re.compile(rb"\n-{79}\n(?=Content-Type: |\Z)")
"""What the e-mail backend for files writes after each message. Somebody may have written such a line in one, too."""
NEWEST = 50


@dataclass(frozen=True)
class Message:
    to: str
    subject: str
    at: datetime
    words: str

    @property
    def parts(self) -> list[tuple[str, bool]]:
        """The lines, each with whether it is an address to open."""
        return [(line, line.startswith(("http://", "https://"))) for line in self.words.splitlines()]


def messages_can_be_read() -> bool:
    """Only where every pupil is invented and nothing is sent: a link in a message lets its reader in as somebody."""
    if settings.PRODUCTION or not settings.DEMONSTRATION or settings.EMAIL_HOST or not is_demonstration():
        return False
    with scopes_disabled():
        real = School.objects.filter(demonstration=False).values("pk")
        return not Pupil.objects.filter(school__in=real).exists()


def messages() -> list[Message]:
    """The latest, newest first."""
    folder = Path(settings.EMAIL_FILE_PATH)
    files = sorted(folder.glob("*.log"), key=lambda path: path.stat().st_mtime_ns, reverse=True)[:NEWEST]
    found = [_read(part) for path in files for part in BETWEEN.split(path.read_bytes()) if part.strip()]
    return sorted(found, key=lambda message: message.at, reverse=True)[:NEWEST]


def _read(text: bytes) -> Message:
    message = email.message_from_bytes(text.strip() + b"\n", policy=email.policy.default)
    assert isinstance(message, EmailMessage)  # noqa: S101 - what that policy makes
    body = message.get_body(("plain",))
    return Message(
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        at=parsedate_to_datetime(str(message["Date"])),
        words=body.get_content() if body else "",
    )
