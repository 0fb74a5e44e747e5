"""Adding a partner, correcting its facts, saying that it is gone, merging two records. Pages that read the log are evaluation's."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from careers.accounts.deeds import last_changed
from careers.accounts.policy import SchoolRequest, requires
from careers.accounts.roles import Policy
from careers.design.editing import ChangedMeanwhile
from careers.partners import actions, merging
from careers.partners.facts import answers_of
from careers.partners.forms import PartnerForm
from careers.partners.likeness import Like, like
from careers.partners.models import Partner
from careers.schools.once import new_stamp, reference_in


def page_of(partner: Partner) -> str:
    return reverse("partners:partner", args=[partner.reference])


def find(request: SchoolRequest, reference: str) -> Partner:
    return get_object_or_404(Partner, school=request.school, reference=reference)


@requires(Policy.PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: SchoolRequest) -> HttpResponse:
    """A new partner. Where one like it is there, it is asked whether this is another. The address may bring a name."""
    first = {"name": request.GET.get("name", "")[:200], "kind": request.GET.get("kind", ""), "stamp": new_stamp()}
    form = PartnerForm(request.POST or None, school=request.school, initial=first)
    page: dict[str, Any] = {
        "heading": "Add a partner",
        "submit": "Add the partner",
        "back_url": reverse("partners:list"),
    }
    if request.method == "POST":
        valid, another = form.is_valid(), request.POST.get("another") == "yes"
        likes = _already(request, form)
        if valid and (another or not likes):
            made = actions.add(school=request.school, facts=form.answers(), by=request.user, stamp=form.given_stamp)
            messages.success(request, f"{made.name} is on record.")
            return redirect(page_of(made))
        page |= {"likes": likes, "may_be_another": valid}
        return _ask(request, form, page, status=422)
    return _ask(request, form, page)


def _already(request: SchoolRequest, form: PartnerForm) -> list[Like]:
    """Partners that this may be; not the one that this very form made."""
    name = form.cleaned_data.get("name") or str(form["name"].value() or "")
    numbers = {number: form.cleaned_data.get(number, "") for number in ("ukprn", "companies_house")}
    made = reference_in(form.given_stamp)
    likes = like(request.school, name, **numbers)
    return [] if any(each.partner.reference == made for each in likes) else likes


@requires(Policy.PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SchoolRequest, reference: str) -> HttpResponse:
    """Put right what is known of a partner."""
    partner = find(request, reference)
    form = PartnerForm(request.POST or None, school=request.school, partner=partner, initial=answers_of(partner))
    page = {"heading": partner.name, "caption": "What is known of them", "submit": "Save", "back_url": page_of(partner)}
    if request.method == "POST" and form.is_valid():
        try:
            changed = actions.change(
                partner=partner, facts=form.answers(), stamp=form.given_stamp, by=request.user
            )  # fmt: skip
            messages.success(request, "Saved." if changed else "Nothing was changed.")
            return redirect(page_of(partner))
        except ChangedMeanwhile:
            partner.refresh_from_db()
            form.tell(answers_of(partner), last_changed(partner))
    return _ask(request, form, page | {"partner": partner})


def _ask(request: SchoolRequest, form: PartnerForm, page: dict[str, Any], status: int = 0) -> HttpResponse:
    return render(request, "partners/edit.html", page | {"form": form}, status=status or form.http_status)


@requires(Policy.PLAN)
@require_POST
def retire(request: SchoolRequest, reference: str) -> HttpResponse:
    """Say that a partner no longer works with the school or, with `back`, that it does again."""
    partner = find(request, reference)
    if request.POST.get("back") == "yes":
        if actions.bring_back(partner=partner, by=request.user):
            messages.success(request, f"{partner.name} works with the school again.")
    elif actions.retire(partner=partner, by=request.user):
        messages.success(request, f"{partner.name} no longer works with the school. What they did stays on record.")
    return redirect(page_of(partner))


@requires(Policy.PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: SchoolRequest, reference: str) -> HttpResponse:
    """Make two records of one partner into one: which other, then what that would do, then the deed."""
    kept = find(request, reference)
    given = request.POST if request.method == "POST" else request.GET
    other = Partner.objects.filter(school=request.school, reference=given.get("other", "")).exclude(pk=kept.pk).first()
    if other is None:
        return _choose_other(request, kept)
    if request.method == "POST" and request.POST.get("merge") == "yes":
        try:
            merging.merge(kept=kept, goes=other, stamp=request.POST.get("stamp", ""), by=request.user)
            messages.success(request, f"{other.name} and {kept.name} are one record now.")
            return redirect(page_of(kept))
        except merging.BothOpen:
            sorry = "Both have something open that may be open only once, such as a link for feedback on one activity."
            messages.error(request, f"{sorry} Nothing was merged: close one of them first.")
            return redirect(page_of(kept))
        except ChangedMeanwhile:
            messages.error(request, "One of the two was changed meanwhile. Nothing was merged: look at them again.")
            return redirect(f"{reverse('partners:merge', args=[kept.reference])}?other={other.reference}")
    return render(request, "partners/merge.html", {"preview": merging.preview(kept, other)})


def _choose_other(request: SchoolRequest, kept: Partner) -> HttpResponse:
    likes = like(request.school, kept.name, ukprn=kept.ukprn, companies_house=kept.companies_house, most=9)
    others = Partner.objects.filter(school=request.school).exclude(pk=kept.pk).order_by("name")
    page = {
        "kept": kept,
        "likes": [each for each in likes if each.partner.pk != kept.pk],
        "others": others.values_list("reference", "name"),
    }
    return render(request, "partners/merge_with.html", page, status=422 if request.method == "POST" else 200)
