"""What a person sees when a page cannot be shown. Wire as handler400/403/404/500 and CSRF_FAILURE_VIEW.

An htmx request gets a small part instead of a page: htmx 4 puts error answers into the page, and a whole page inside
another would be nonsense.
"""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


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
    return _answer(request, 500, "500")


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _answer(request, 403, "403_csrf")
