"""Pages that belong to no folder."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from careers.accounts.policy import public


@public  # a monitor does not sign in
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Whether the site answers, and nothing else."""
    return HttpResponse("ok", content_type="text/plain")
