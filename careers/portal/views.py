"""Pages for pupils, and for parents and carers: one's own record, the choices that are one's own, and a copy."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from careers.accounts.looking import looked_at
from careers.accounts.policy import SchoolRequest, requires
from careers.accounts.roles import Policy
from careers.audit.record import record
from careers.portal import choices
from careers.portal.own_copy import take_copy
from careers.portal.own_pages import own_page, own_pupils, relation_of, to_say
from careers.protection.downloads import as_download
from careers.protection.record_of_notices import PublishedNotice
from careers.pupils.models import OwnRecord, Pupil
from careers.pupils.visibility import pupils_visible_to
from careers.schools.clock import today


@requires(Policy.SEE_OWN_RECORD)
@require_safe
def home(request: SchoolRequest) -> HttpResponse:
    """Straight to the only record there is; a choice for parents of several."""
    pupils = own_pupils(request.membership)
    if len(pupils) == 1:
        return redirect("portal:record", pupils[0].reference)
    looked_at(request, "own children", [pupil.pk for pupil in pupils])
    return render(request, "portal/home.html", {"pupils": pupils})


@requires(Policy.SEE_OWN_RECORD)
@require_safe
def own_record(request: SchoolRequest, reference: str) -> HttpResponse:
    """One record. That it was opened is written in the audit, whoever reads."""
    pupil = _pupil(request, reference)
    record("opened own record", by=request.user, school=request.school, subject=pupil, changes=False)
    audience = "pupils" if request.membership.role == "pupil" else "parents"
    notice = PublishedNotice.objects.filter(school=request.school, audience=audience).first()
    context = {
        "page": own_page(request.membership, pupil),
        "to_say": to_say(request.membership, pupil),
        "others": len(own_pupils(request.membership)) > 1,
        "notice": notice,
        "school": request.school,
    }
    return render(request, "portal/record.html", context)


@requires(Policy.SEE_OWN_RECORD)
@require_POST
def choose_sharing(request: SchoolRequest, reference: str) -> HttpResponse:
    """Say no to additional information for the local authority, or take that back."""
    pupil = _pupil(request, reference)
    return _done(request, pupil, choices.choose_sharing(request.membership, pupil, request.POST.get("share", "")))


@requires(Policy.SEE_OWN_RECORD)
@require_POST
def choose_following(request: SchoolRequest, reference: str) -> HttpResponse:
    """Say whether the school may find out where one goes next."""
    pupil = _pupil(request, reference)
    return _done(request, pupil, choices.choose_following(request.membership, pupil, request.POST.get("follow", "")))


def _done(request: SchoolRequest, pupil: Pupil, refused: str) -> HttpResponse:
    if refused:
        messages.error(request, refused)
    else:
        messages.success(request, "Your choice is kept. You can change it here at any time.")
    return redirect("portal:record", pupil.reference)


@requires(Policy.SEE_OWN_RECORD)
@require_POST
def copy(request: SchoolRequest, reference: str) -> HttpResponseBase:
    """A pupil's copy of their own record. A parent asks the school, which looks whether the child has a say."""
    pupil = _pupil(request, reference)
    if relation_of(request.membership, pupil) != OwnRecord.Relation.SELF:
        messages.error(request, "Ask the school for a copy of your child’s record.")
        return redirect("portal:record", pupil.reference)
    sections, left_out = take_copy(pupil=pupil, by=request.user)
    return as_download(f"The record of {pupil.full_name}", request.school, sections, left_out, today())


def _pupil(request: SchoolRequest, reference: str) -> Pupil:
    """One's own, or one's child's; anybody else's is as if it were not there."""
    found = get_object_or_404(pupils_visible_to(request.membership), reference=reference)
    return get_object_or_404(Pupil, pk__in=[one.pk for one in own_pupils(request.membership)], pk=found.pk)
