"""The one opening in the content security policy: a page with a button to a school's service may send a form there."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


def forms_may_lead_to_services(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Place it below CSPMiddleware. Pages name the services they hold buttons for by `offered.let_forms_lead_to`."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if origins := getattr(request, "form_origins", ()):
            response._csp_update = {"form-action": list(origins)}  # type: ignore[attr-defined]
        return response

    return answer
