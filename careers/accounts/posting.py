"""Sending a message by e-mail: the one place where it is done."""

from __future__ import annotations

import logging
import threading
from contextlib import suppress
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

SECONDS = 8
"""How long a mail server may keep a person waiting for the page."""

logger = logging.getLogger(__name__)


def send(*, to: str, subject: str, words: str) -> bool:
    """Send plain words to one address. False where the mail server could not be reached or would not take them.

    Call it when what the message is about has been committed.
    """
    return _send(EmailMessage(" ".join(subject.split()), words, to=[to]))


def send_unseen(message: EmailMessage) -> None:
    """Send it so that neither how long the page takes nor what it says tells whether there was anything to send."""
    sending = threading.Thread(target=_send, args=(message,))
    sending.start()
    if not settings.EMAIL_HOST:  # it goes into a file, which is there as soon as the page is
        sending.join()


def _send(message: EmailMessage) -> bool:
    server = message.connection = get_connection(timeout=SECONDS)
    try:
        return message.send() == 1
    except (OSError, SMTPException) as refused:
        # Neither the address nor the server's answer, which quotes it.
        logger.warning("A message could not be sent: %s", type(refused).__name__)
        return False
    finally:
        # A server that breaks off in the middle leaves its connection open.
        with suppress(OSError, SMTPException):
            server.close()
