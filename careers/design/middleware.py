"""Sends an htmx request whose session has ended to the sign-in page, rather than into the middle of this one."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url


def htmx_sign_in(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Place it above LoginRequiredMiddleware. The person comes back to the page they were on, not to the part asked for."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        wants_part = request.headers.get("HX-Request") == "true"
        if (
            wants_part
            and response.status_code == 302
            and _path(response["Location"]) == resolve_url(settings.LOGIN_URL)
        ):
            return HttpResponse(
                status=204,
                headers={
                    "HX-Redirect": _path(request.headers.get("HX-Current-URL", "/"))
                },
            )
        return response

    return answer


def _path(address: str) -> str:
    return urlsplit(address).path or "/"
