"""Whom to tell of a weakness, where people who look for one look first (RFC 9116)."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from careers.accounts.policy import public

GOOD_FOR = timedelta(days=180)


@public  # whoever finds a weakness has no account here
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Where nobody is named, the address messages come from."""
    contact = settings.SECURITY_CONTACT or settings.DEFAULT_FROM_EMAIL
    if "@" in contact and "://" not in contact and not contact.startswith("mailto:"):
        contact = f"mailto:{contact}"
    until = datetime.combine(timezone.now().date() + GOOD_FOR, time.min, UTC)
    lines = [f"Contact: {contact}", f"Expires: {until:%Y-%m-%dT%H:%M:%SZ}", "Preferred-Languages: en, cy"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
