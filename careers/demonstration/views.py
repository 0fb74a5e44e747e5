"""The messages of the demonstration."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from careers.accounts.policy import public
from careers.demonstration import mailbox


@public  # a forgotten password is set by somebody who cannot sign in; nobody here is real
@never_cache
@require_safe
def messages(request: HttpRequest) -> HttpResponse:
    """What would have been sent, newest first. Not found wherever a message could concern a real school's records."""
    if not mailbox.messages_can_be_read():
        raise Http404("Messages are not read here.")
    return render(request, "demonstration/messages.html", {"letters": mailbox.messages()})
