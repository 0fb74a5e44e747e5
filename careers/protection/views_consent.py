"""Who may be followed after leaving: whom to ask, what they said, and whose destination is on record without a yes."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careers.accounts.looking import looked_at
from careers.accounts.policy import SchoolRequest, requires
from careers.accounts.roles import Policy
from careers.protection import consent
from careers.protection.forms_sharing import AnswerForm
from careers.protection.record_of_consent import TrackingConsent
from careers.pupils.models import Pupil
from careers.pupils.visibility import pupils_visible_to
from careers.schools.clock import today

A_PAGE = 50


@requires(Policy.PROTECT)
@require_safe
def consents(request: SchoolRequest) -> HttpResponse:
    """Year 11s by what they said, and destinations on record of people who did not agree."""
    pupils = list(consent.year_elevens(request.school, today()))
    said = consent.latest(request.school, pupils)
    without = consent.followed_without_consent(request.school)
    page = Paginator(without, A_PAGE).get_page(request.GET.get("page"))
    looked_at(request, "whom to ask about following", {*(p.pk for p in pupils), *(row.pupil_id for row in page)})
    context = {
        "to_ask": [pupil for pupil in pupils if pupil.pk not in said],
        "lines": [(pupil, said[pupil.pk]) for pupil in pupils if pupil.pk in said],
        "page": page,
    }
    return render(request, "protection/consents.html", context)


@requires(Policy.PROTECT)
@require_POST
def ask(request: SchoolRequest) -> HttpResponse:
    """The ticked Year 11s were asked today."""
    chosen = set(request.POST.getlist("chosen"))
    pupils = [pupil for pupil in consent.to_ask(request.school, today()) if pupil.reference in chosen]
    done = consent.ask_everybody(pupils=pupils, day=today(), by=request.user)
    if done:
        messages.success(request, f"{done} recorded as asked today.")
    else:
        messages.error(request, "Choose whom you have asked.")
    return redirect("protection:consents")


@requires(Policy.PROTECT)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: SchoolRequest, reference: str) -> HttpResponse:
    """Record what a young person said."""
    pupil: Pupil = get_object_or_404(pupils_visible_to(request.membership), reference=reference)
    before = consent.latest(request.school, [pupil]).get(pupil.pk)
    form = AnswerForm(request.POST or None, initial={"answered_on": today()})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        facts = {"asked_on": given["answered_on"], "answered_on": given["answered_on"], "how": given["how"]}
        if given["said"] == "refused" and before and before.answer == TrackingConsent.Answer.GIVEN:
            consent.withdraw(pupil=pupil, by=request.user)
        else:
            consent.answer(pupil=pupil, said=given["said"], facts=facts, by=request.user)
        messages.success(request, "The answer is recorded.")
        return redirect("protection:consents")
    looked_at(request, "an answer about following", [pupil.pk])
    page = {
        "form": form,
        "heading": f"What {pupil.full_name} said",
        "caption": f"On record: {before.get_answer_display().lower()}" if before else "Not asked yet",
        "submit": "Record the answer",
        "back_url": reverse("protection:consents"),
    }
    return render(request, "design/form_page.html", page, status=422 if form.errors else 200)
