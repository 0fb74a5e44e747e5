"""A line by e-mail to somebody whose way of signing in was changed, so that they know when it was not they who did it."""

from __future__ import annotations

import logging
from smtplib import SMTPException

from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone

from careers.accounts.models import User

logger = logging.getLogger(__name__)

SAID = {
    "account/email/password_changed": "Your password was changed",
    "account/email/password_reset": "Your password was changed by a link sent to this address",
    "account/email/password_set": "A password was set for your account",
    "mfa/email/totp_activated": "An app was added as your second step",
    "mfa/email/totp_deactivated": "The app was removed as your second step",
    "mfa/email/webauthn_added": "A passkey was added to your account",
    "mfa/email/webauthn_removed": "A passkey was removed from your account",
    "mfa/email/recovery_codes_generated": "New recovery codes were made for your account",
    "reset": "Your second step was reset by somebody who manages people, and you were signed out everywhere",
}
"""By what the sign-in library calls each notice."""

TEXT = """{said}, on {day}.

If you know of this, there is nothing to do. If you do not, tell your careers leader at once, and change your password.
"""


def tell(user: User, what: str) -> None:
    """After the change is kept, and never in its way: a mail server may be down when somebody changes a password."""
    if what in SAID:
        text = TEXT.format(said=SAID[what], day=timezone.localtime().strftime("%-d %B %Y at %H:%M"))
        transaction.on_commit(lambda: _send(user.email, text))


def _send(address: str, text: str) -> None:
    try:
        send_mail("Your Trigpoint account", text, None, [address])
    except (SMTPException, OSError) as problem:
        logger.warning("A notice of a change to an account could not be sent: %s", type(problem).__name__)
