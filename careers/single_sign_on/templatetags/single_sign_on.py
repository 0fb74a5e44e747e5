"""Buttons of schools' own services, for the sign-in page and the page of an invitation."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context

from careers.people.models import Invitation
from careers.single_sign_on import offered

register = template.Library()


@register.inclusion_tag("single_sign_on/buttons.html", takes_context=True)
def school_services(context: Context) -> dict[str, Any]:
    """On the sign-in page: a button for each of a few schools, or the way to find one's own."""
    services, any_at_all = offered.for_sign_in_page()
    offered.let_forms_lead_to(context["request"], services)
    return {"services": services, "any_at_all": any_at_all, "csrf_token": context.get("csrf_token", "")}


@register.inclusion_tag("single_sign_on/join.html", takes_context=True)
def join_with_service(context: Context, invitation: Invitation) -> dict[str, Any]:
    """On the page of an invitation: joining with the school's own account, where it has a service."""
    service = offered.of_school(invitation.school)
    request = context["request"]
    if service is not None:
        offered.let_forms_lead_to(request, [service])
    token = request.resolver_match.kwargs["token"]
    return {"service": service, "token": token, "csrf_token": context.get("csrf_token", "")}
