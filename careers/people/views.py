"""Who belongs to the school: the list, one person, and what is done about them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from careers.accounts.actions import PersonRefused
from careers.accounts.looking import looked_at
from careers.accounts.models import Membership
from careers.accounts.policy import SchoolRequest, requires
from careers.accounts.roles import Policy
from careers.people.forms import ChangeRoleForm, GroupsForm, groups_for
from careers.people.joining import change_role as change_role_of
from careers.people.joining import end_role
from careers.people.listing import FAMILIES, member_with, members, open_invitations, with_second_step
from careers.pupils.actions import set_groups
from careers.pupils.models import Group, OwnRecord
from careers.schools.actions import let_trust_see_names
from careers.schools.clock import current_year

FAMILIES_A_PAGE = 100


@requires(Policy.MANAGE_PEOPLE)
@require_safe
def people(request: SchoolRequest) -> HttpResponse:
    """Everybody but pupils and parents, who is invited, and what the school lets a trust lead see."""
    page = {"members": members(request.school, families=False), "invitations": open_invitations(request.school)}
    return render(request, "people/people.html", page)


@requires(Policy.MANAGE_PEOPLE)
@require_safe
def families(request: SchoolRequest) -> HttpResponse:
    """Pupils and parents who may sign in, and whose record each sees."""
    found = Paginator(members(request.school, families=True), FAMILIES_A_PAGE).get_page(request.GET.get("page"))
    looked_at(request, "whose record it is", [pupil for member in found for pupil in member.pupils])
    return render(request, "people/families.html", {"page": found, "members": found.object_list})


@requires(Policy.MANAGE_PEOPLE)
@require_POST
def trust(request: SchoolRequest) -> HttpResponse:
    """Let trust leads see this school's pupils by name, or no longer."""
    wanted = request.POST.get("lets")
    if wanted in ("yes", "no"):
        let_trust_see_names(school=request.school, lets=wanted == "yes", by=request.user)
        may = "may now" if wanted == "yes" else "cannot"
        messages.success(request, f"Trust leads {may} see the pupils of {request.school.name} by name.")
    return redirect("people:list")


@requires(Policy.MANAGE_PEOPLE)
@require_safe
def person(request: SchoolRequest, person: str) -> HttpResponse:
    """One person: role, groups, and the end of it."""
    return _show(request, person, member_with(person, request.school))


@requires(Policy.MANAGE_PEOPLE)
@require_POST
def change_role(request: SchoolRequest, person: str) -> HttpResponse:
    membership = member_with(person, request.school)
    form = ChangeRoleForm(request.POST)
    if membership.role in FAMILIES or not form.is_valid():
        return _show(request, person, membership, role_form=form)
    try:
        change_role_of(user=membership.user, school=request.school, by=request.user, **form.cleaned_data)
    except PersonRefused as refused:
        messages.error(request, str(refused))
    else:
        now = Membership.objects.get(pk=membership.pk).held.title.lower()
        messages.success(request, f"{membership.user} is now {now}. It holds from the next page they open.")
    return redirect("people:person", person)


@requires(Policy.MANAGE_PEOPLE)
@require_POST
def groups(request: SchoolRequest, person: str) -> HttpResponse:
    """Which of this year's groups they answer for."""
    membership = member_with(person, request.school)
    offered = groups_for(membership.role, request.school)
    form = GroupsForm(request.POST, role=membership.held, school=request.school) if offered else None
    if form is None or not form.is_valid():
        return _show(request, person, membership, groups_form=form)
    set_groups(
        user=membership.user, groups=form.cleaned_data["groups"], among=offered, school=request.school, by=request.user
    )
    messages.success(request, f"The groups of {membership.user} are saved.")
    return redirect("people:person", person)


@requires(Policy.MANAGE_PEOPLE)
@require_POST
def end(request: SchoolRequest, person: str) -> HttpResponse:
    """End a role, for somebody who has seen what that means (the button says so)."""
    membership = member_with(person, request.school)
    if request.POST.get("end") != "yes":
        return redirect("people:person", person)
    try:
        end_role(user=membership.user, school=request.school, by=request.user)
    except PersonRefused as refused:
        messages.error(request, str(refused))
        return redirect("people:person", person)
    messages.success(request, f"{membership.user} no longer belongs to {request.school.name}.")
    return redirect("people:families" if membership.role in FAMILIES else "people:list")


def _show(
    request: SchoolRequest,
    key: str,
    membership: Membership,
    role_form: ChangeRoleForm | None = None,
    groups_form: GroupsForm | None = None,
) -> HttpResponse:
    user, school = membership.user, request.school
    page: dict[str, Any] = {"membership": membership, "person": user, "key": key, "own": user == request.user}
    page["second_step"] = bool(with_second_step([user.pk]))
    wrong = bool((role_form and role_form.errors) or (groups_form and groups_form.errors))
    if membership.role in FAMILIES:
        own = OwnRecord.objects.filter(school=school, user=user).select_related("pupil")
        page["records"] = [each.pupil for each in own]
        looked_at(request, "whose record it is", [pupil.pk for pupil in page["records"]], user)
    else:
        page["role_form"] = role_form or ChangeRoleForm(initial={"was": membership.role, "role": membership.role})
    if groups_for(membership.role, school):
        page["groups_form"] = groups_form or GroupsForm(
            role=membership.held, school=school, initial={"groups": _answers_for(membership)}
        )
    return render(request, "people/person.html", page, status=422 if wrong else 200)


def _answers_for(membership: Membership) -> list[Group]:
    year = current_year().start_year
    held = Group.objects.filter(school=membership.school, group_staff__user=membership.user, academic_year=year)
    return list(held.order_by("name"))
