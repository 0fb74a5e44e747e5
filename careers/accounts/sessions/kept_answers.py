"""What somebody had typed when their session turned out to have ended: kept for a quarter of an hour, for them alone.

It is locked with a key of their own and lies in the session in which they sign in again. Nothing is sent for them: they
are shown what they typed and send it themselves, so that what may be done is decided as it always is.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url

from careers.accounts import encryption
from careers.accounts.models import User

KEY = "kept_answers"
MINUTES = 15
LONGEST = 256 * 1024
"""In characters. A register of a whole school is about half of it."""


@dataclass(frozen=True)
class KeptAnswers:
    path: str
    """Where the form was being sent to."""
    page: str
    """The page it was on."""
    school: str
    """The reference of the school they were at, or nothing: at another it would be another school's record."""
    fields: list[tuple[str, str]]


def keep(request: HttpRequest, user: User) -> None:
    if not _can_be_kept(request):
        return
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    fields = [(name, value) for name, value in fields if name != "csrfmiddlewaretoken"]
    at = getattr(request, "signed_out_at", "")
    kept = json.dumps({"path": request.get_full_path(), "page": _page_of(request), "school": at, "fields": fields})
    if fields and len(kept) <= LONGEST:
        locked = encryption.encrypt(kept, _purpose(user))
        request.session[KEY] = {"locked": locked, "until": time.time() + MINUTES * 60}


def of(request: HttpRequest, user: User) -> KeptAnswers | None:
    """What is kept for this person; nothing for anybody else, and nothing once its time is over."""
    kept: dict[str, Any] | None = request.session.get(KEY)
    if kept is None or time.time() > kept["until"]:
        return None
    try:
        found = json.loads(encryption.decrypt(kept["locked"], _purpose(user)))
    except encryption.Unreadable:
        return None
    fields = [(name, value) for name, value in found["fields"]]
    return KeptAnswers(path=found["path"], page=found["page"], school=found["school"], fields=fields)


def forget(request: HttpRequest) -> None:
    request.session.pop(KEY, None)


def forget_old(request: HttpRequest) -> None:
    if KEY in request.session and time.time() > request.session[KEY]["until"]:
        forget(request)


def _can_be_kept(request: HttpRequest) -> bool:
    """A form of ours without a file. Never one of signing in, which may hold a password or a code."""
    under = resolve_url(settings.LOGIN_URL).removesuffix("login/")
    return (
        request.method == "POST"
        and not request.path.startswith(under)
        and not request.FILES
        and not any("password" in name for name in request.POST)
    )


def _page_of(request: HttpRequest) -> str:
    """A path of this site, whatever the header says."""
    parts = urlsplit(request.headers.get("Referer", ""))
    return "/" + parts.path.lstrip("/\\") + (f"?{parts.query}" if parts.query else "")


def _purpose(user: User) -> str:
    return f"kept answers of {user.pk}"
