"""What a person sees when a page cannot be shown. Wire as handler400/403/404/500 and CSRF_FAILURE_VIEW.

An htmx request gets a small part instead of a page: htmx 4 puts error answers into the page, and a whole page inside
another would be nonsense.
"""

import sys

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from careers.design.bad_days import BadDay, bad_day

TRY_AGAIN_SECONDS = 60


def _answer(request: HttpRequest, status: int, name: str) -> HttpResponse:
    part = "errors/part.html" if request.headers.get("HX-Request") == "true" else f"{name}.html"
    return render(request, part, {"status": status, "name": name}, status=status)


@login_not_required
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _answer(request, 400, "400")


@login_not_required
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _answer(request, 403, "403")


@login_not_required
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _answer(request, 404, "404")


@login_not_required
def server_error(request: HttpRequest) -> HttpResponse:
    found = bad_day(sys.exc_info()[1])  # Django asks for this page while it handles the error
    return _unavailable(request, found) if found else _answer(request, 500, "500")


def _unavailable(request: HttpRequest, found: BadDay) -> HttpResponse:
    # Without the request, so that nothing looks up who asks: that is in the database.
    part = "errors/part.html" if request.headers.get("HX-Request") == "true" else "503.html"
    page = render_to_string(part, {"status": 503, "name": "503", "heading": found.heading, "why": found.why})
    return HttpResponse(page, status=503, headers={"Retry-After": str(TRY_AGAIN_SECONDS), "Cache-Control": "no-store"})


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _answer(request, 403, "403_csrf")
