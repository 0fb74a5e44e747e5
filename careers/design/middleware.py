"""What happens to a request whose session has ended: the person signs in and is back on the page they were on."""

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url


def htmx_sign_in(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Place it above LoginRequiredMiddleware. The person comes back to the page they were on, not to the part."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.headers.get("HX-Request") == "true" and _leads_to_sign_in(response):
            return HttpResponse(status=204, headers={"HX-Redirect": _here(request.headers.get("HX-Current-URL", ""))})
        return response

    return answer


def form_sign_in(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Place it above LoginRequiredMiddleware. A form may be sent to an address that shows nothing when it is opened, so
    the person comes back to the page the form was on."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method == "POST" and "Referer" in request.headers and _leads_to_sign_in(response):
            back = urlencode({"next": _here(request.headers["Referer"])})
            return redirect(f"{resolve_url(settings.LOGIN_URL)}?{back}")
        return response

    return answer


def _leads_to_sign_in(response: HttpResponse) -> bool:
    return response.status_code == 302 and urlsplit(response["Location"]).path == resolve_url(settings.LOGIN_URL)


def _here(address: str) -> str:
    """The page the person is on, as a path of this site: what a header says is never trusted to name another."""
    parts = urlsplit(address)
    path = "/" + parts.path.lstrip("/\\")
    return f"{path}?{parts.query}" if parts.query else path
