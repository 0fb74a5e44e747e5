"""Ending sessions: one, all of a person's, or those that have ended by themselves."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.utils import timezone

from careers.accounts.models import SignedIn, User


def end_sessions(user: User, *, but: str = "") -> int:
    """Sign a person out everywhere, `but` in the session of this key. Gives how many were ended."""
    found = list(SignedIn.objects.filter(user=user).exclude(session_key=but or ""))
    for session in found:
        end_session(session)
    return len(found)


def end_session(session: SignedIn) -> None:
    _store().delete(session.session_key)
    session.delete()


def sessions_of(user: User) -> list[SignedIn]:
    """Those that are still going, the last used first."""
    store = _store()
    found = list(SignedIn.objects.filter(user=user))
    gone = [each for each in found if not store.exists(each.session_key)]
    SignedIn.objects.filter(pk__in=[each.pk for each in gone]).delete()
    return [each for each in found if each not in gone]


def forget_ended_sessions() -> str:
    """A nightly job: nothing is kept of a session that can no longer be used."""
    oldest = timezone.now() - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    gone, _ = SignedIn.objects.filter(last_used_at__lt=oldest).delete()
    return f"Forgot {gone} ended session{'' if gone == 1 else 's'}."


def _store() -> SessionBase:
    return import_module(settings.SESSION_ENGINE).SessionStore()  # type: ignore[no-any-return]
