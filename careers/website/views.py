"""Pages that belong to no folder."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from careers.accounts.policy import public
from careers.website.readiness import remembered


@public  # a monitor does not sign in
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Whether the site answers, and nothing else."""
    return HttpResponse("ok", content_type="text/plain")


@public  # a monitor does not sign in, and is told no more than yes or no
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Whether everything this copy needs is well: what exactly is not stands on the operators' page of health."""
    well = remembered.is_ready()
    return HttpResponse("ok" if well else "not ready", status=200 if well else 503, content_type="text/plain")
