"""Erasing the account of somebody the school let in."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from careers.accounts.deeds import person_key
from careers.accounts.models import Membership
from careers.accounts.policy import SchoolRequest, requires
from careers.accounts.roles import Policy
from careers.protection import actions
from careers.protection.forms import AccountErasureForm

A_PAGE = 50


@requires(Policy.PROTECT)
@require_safe
def accounts(request: SchoolRequest) -> HttpResponse:
    """The people who have a role here, each with the way to erasing their account."""
    people = Membership.objects.filter(school=request.school).select_related("user").order_by("user__name", "pk")
    page = Paginator(people, A_PAGE).get_page(request.GET.get("page"))
    rows = [(member, person_key(member.user_id)) for member in page]
    back = reverse("protection:overview")
    return render(request, "protection/accounts.html", {"page": page, "rows": rows, "back_url": back})


@requires(Policy.PROTECT)
@require_http_methods(["GET", "HEAD", "POST"])
def erase_account(request: SchoolRequest, person: str) -> HttpResponse:
    """Ask, and take out who an account was. `person` is a key that cannot be turned back into who it is."""
    member = _member(request, person)
    form = AccountErasureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            receipt = actions.erase_account(membership=member, by=request.user)
            messages.success(request, "The account was erased.")
            return redirect("protection:receipt", receipt.reference)
        except actions.ProtectionRefused as refused:
            form.add_error(None, str(refused))
    page = {
        "form": form,
        "heading": f"Erase the account of {member.user}",
        "caption": member.held.title,
        "submit": "Erase",
        "warning": True,
        "back_url": reverse("protection:accounts"),
    }
    return render(request, "protection/erase_account.html", page, status=422 if form.errors else 200)


def _member(request: SchoolRequest, person: str) -> Membership:
    members = Membership.objects.filter(school=request.school).select_related("user", "school")
    found = next((member for member in members if person_key(member.user_id) == person), None)
    if found is None:
        raise Http404
    return found
