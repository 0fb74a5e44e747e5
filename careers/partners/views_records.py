"""Adding to what is recorded of a partner, correcting it, and taking it out: contacts, offers, checks and remarks."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careers.accounts.policy import SchoolRequest, requires
from careers.accounts.roles import Policy
from careers.design.editing import ChangedMeanwhile, EditForm
from careers.partners import actions_records
from careers.partners.likeness import like
from careers.partners.models import Contact, Partner, PartnerRecord
from careers.partners.records import KINDS, Kind
from careers.partners.sections import SECTIONS
from careers.partners.views import find, page_of
from careers.schools.once import new_stamp


@requires(Policy.PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: SchoolRequest, reference: str, kind: str) -> HttpResponse:
    """Record a contact, an offer or a check of a partner."""
    partner, which = find(request, reference), _kind(kind)
    if which.adds is None:
        raise Http404("That is recorded with an activity.")
    form = which.form(request.POST or None, initial={"stamp": new_stamp()})
    if request.method == "POST" and form.is_valid():
        actions_records.add(
            partner=partner, kind=which, facts=form.answers(), by=request.user, stamp=form.given_stamp
        )  # fmt: skip
        messages.success(request, "Recorded." + _same_place(partner, form.answers().get("email", "")))
        return redirect(page_of(partner))
    return _ask(request, partner, form, {"heading": which.adds, "help": which.help, "submit": "Record it"})


@requires(Policy.PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SchoolRequest, reference: str, kind: str, item: str) -> HttpResponse:
    """Put right what is recorded of a partner."""
    partner, which = find(request, reference), _kind(kind)
    found = _item(partner, which, item)
    form = which.form(request.POST or None, initial=which.answers_of(found))
    if request.method == "POST" and form.is_valid():
        facts, stamp = form.answers(), form.given_stamp
        try:
            changed = actions_records.change(kind=which, found=found, facts=facts, stamp=stamp, by=request.user)
            messages.success(request, "Saved." if changed else "Nothing was changed.")
            return redirect(page_of(partner))
        except ChangedMeanwhile:
            found.refresh_from_db()
            form.tell(which.answers_of(found))
    page = {"heading": str(found), "help": which.help, "submit": "Save", "kind": kind, "found": found}
    return _ask(request, partner, form, page | {"word": which.word})


@requires(Policy.PLAN)
@require_POST
def remove(request: SchoolRequest, reference: str, kind: str, item: str) -> HttpResponse:
    """Take it out for good, for somebody who has seen what it says (the button says so)."""
    partner, which = find(request, reference), _kind(kind)
    found = _item(partner, which, item)
    if request.POST.get("remove") != "yes":
        return redirect("partners:record", reference, kind, item)
    try:
        actions_records.remove(kind=which, found=found, stamp=request.POST.get("stamp", ""), by=request.user)
    except ChangedMeanwhile:
        messages.error(request, "It was changed meanwhile. Nothing was removed: look at it again.")
        return redirect("partners:record", reference, kind, item)
    messages.success(request, "Removed.")
    return redirect(page_of(partner))


@requires(Policy.RECORD)
@require_safe
def former_pupils(request: SchoolRequest) -> HttpResponse:
    """Contacts who were pupils of the school, by sector: whom today's pupils might most like to meet."""
    found = Contact.objects.filter(
        school=request.school, former_pupil=True, leave_alone=False, partner__gone_on=None
    ).select_related("partner")  # fmt: skip
    by_sector: dict[str, list[Contact]] = {}
    for contact in found:
        sector = SECTIONS.get(contact.partner.sic_section) or contact.partner.get_kind_display()
        by_sector.setdefault(sector, []).append(contact)
    page = {"sectors": sorted(by_sector.items()), "number": sum(map(len, by_sector.values()))}
    return render(request, "partners/former_pupils.html", page)


def _same_place(partner: Partner, email: str) -> str:
    """Which other partner has somebody with an address at the same place: it may be this one again."""
    others = [each.partner.name for each in like(partner.school, "", emails=[email]) if each.partner.pk != partner.pk]
    if not email or not others:
        return ""
    return f" {others[0]} has an e-mail address at the same place: if they are one partner, merge the two."


def _kind(key: str) -> Kind:
    if key not in KINDS:
        raise Http404("There is no such kind of record.")
    return KINDS[key]


def _item(partner: Partner, kind: Kind, reference: str) -> PartnerRecord:
    found: PartnerRecord = get_object_or_404(kind.model, school=partner.school, partner=partner, reference=reference)
    return found


def _ask(request: SchoolRequest, partner: Partner, form: EditForm, page: dict[str, Any]) -> HttpResponse:
    page |= {"form": form, "partner": partner, "caption": partner.name, "back_url": page_of(partner)}
    return render(request, "partners/record.html", page, status=form.http_status)
