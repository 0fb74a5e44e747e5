"""Whom to tell of a weakness, where people who look for one look first (RFC 9116)."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from careers.accounts.policy import public

GOOD_FOR = timedelta(days=180)


@public  # whoever finds a weakness has no account here
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """404 on a copy that names nobody: a page that sends people nowhere is worse than none."""
    contact = settings.SECURITY_CONTACT
    if not contact:
        raise Http404
    if "@" in contact and "://" not in contact and not contact.startswith("mailto:"):
        contact = f"mailto:{contact}"
    until = datetime.combine(timezone.now().date() + GOOD_FOR, time.min, UTC)
    lines = [f"Contact: {contact}", f"Expires: {until:%Y-%m-%dT%H:%M:%SZ}", "Preferred-Languages: en, cy"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
