"""Sends an htmx request whose session has ended to the sign-in page, rather than putting that page inside this one."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url


def htmx_sign_in(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Place it above LoginRequiredMiddleware. The person comes back to the page they were on, not to the part."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.headers.get("HX-Request") == "true" and _leads_to_sign_in(response):
            return HttpResponse(status=204, headers={"HX-Redirect": _here(request)})
        return response

    return answer


def _leads_to_sign_in(response: HttpResponse) -> bool:
    return response.status_code == 302 and urlsplit(response["Location"]).path == resolve_url(settings.LOGIN_URL)


def _here(request: HttpRequest) -> str:
    """The page the person is on, as a path of this site: what a header says is never trusted to name another."""
    parts = urlsplit(request.headers.get("HX-Current-URL", ""))
    path = "/" + parts.path.lstrip("/\\")
    return f"{path}?{parts.query}" if parts.query else path
