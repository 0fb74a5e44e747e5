"""Requests of providers: the log, one request, its answer, and what it becomes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careers.accounts.policy import SchoolRequest, requires
from careers.accounts.roles import Policy
from careers.audit.record import record
from careers.design.components import Row
from careers.design.editing import STAMP, ChangedMeanwhile
from careers.provider_access import log_file, request_actions
from careers.provider_access.becoming import NotAccepted, become_activity, like
from careers.provider_access.forms_requests import DecisionForm, RequestByHandForm
from careers.provider_access.letters import Letter, reply
from careers.provider_access.limits import ACT, BY_KEY, Limit, limits_in
from careers.provider_access.models import Decision, ProviderRequest
from careers.provider_access.statement import published
from careers.provider_access.wording import BASIS, CONTENTS, SETTINGS, Line, chosen, years_in_words
from careers.schools.clock import today


def _all(request: SchoolRequest) -> QuerySet[ProviderRequest]:
    answers = Prefetch(
        "decisions", queryset=Decision.objects.filter(school=request.school).select_related("decided_by")
    )
    return ProviderRequest.objects.filter(school=request.school).select_related("activity").prefetch_related(answers)


def _line(one: ProviderRequest) -> Line:
    return Line(one, next(iter(one.decisions.all()), None), today())  # type: ignore[attr-defined]


@requires(Policy.RECORD_SCHOOL)
@require_safe
def requests(request: SchoolRequest) -> HttpResponse:
    """Every request: open ones first, the soonest promised at the top."""
    lines = sorted((_line(one) for one in _all(request)), key=lambda line: line.order)
    page = {
        "lines": lines,
        "overdue": sum(line.overdue for line in lines),
        "waiting": sum(line.open for line in lines),
        "version": published(request.school),
        "school": request.school,
    }
    return render(request, "provider_access/requests.html", page)


@requires(Policy.RECORD_SCHOOL)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: SchoolRequest) -> HttpResponse:
    """A request that came by telephone, letter, e-mail or in person."""
    form = RequestByHandForm(request.POST or None, school=request.school)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        made = request_actions.receive(
            school=request.school, facts=form.facts(), came=given["came"], on=given["received_on"], by=request.user,
            stamp=form.given_stamp,
        )  # fmt: skip
        messages.success(request, f"The request of {made.organisation} is on record.")
        return redirect("provider_access:request", made.reference)
    page = {
        "form": form,
        "heading": "Record a request",
        "caption": "Provider access",
        "submit": "Record it",
        "back_url": reverse("provider_access:requests"),
    }
    return render(request, "design/form_page.html", page, status=form.http_status)


@requires(Policy.RECORD_SCHOOL)
@require_safe
def one(request: SchoolRequest, reference: str) -> HttpResponse:
    """One request, every answer it was given, and what it became."""
    found = get_object_or_404(_all(request), reference=reference)
    line = _line(found)
    accepted = bool(line.decision and line.decision.outcome != Decision.Outcome.REFUSED)
    page = {
        "line": line,
        "asked_rows": _rows(found),
        "answers": [
            (each, _agreed(each), [BY_KEY[k] for k in each.limits if k in BY_KEY]) for each in found.decisions.all()
        ],  # type: ignore[attr-defined]
        "may_plan": Policy.PLAN in request.membership.policies,
        "becomes": accepted and found.activity is None,
        "partner": like(request.school, found.organisation, found.ukprn)
        if accepted and found.activity is None
        else None,
    }
    return render(request, "provider_access/request.html", page)


def _rows(one: ProviderRequest) -> list[Row]:
    contact = ", ".join(part for part in (one.contact_name, one.email, one.phone) if part)
    asked = {
        "Came": f"{one.get_came_display()}, {one.received_on.day} {one.received_on:%B %Y}",
        "Organisation": f"{one.organisation} (UKPRN {one.ukprn})" if one.ukprn else one.organisation,
        "Contact": contact,
        "Says it offers": chosen(BASIS, one.basis),
        "In their words": one.offer,
        "Year groups": years_in_words(one.year_groups),
        "How": chosen(SETTINGS, one.settings),
        "When": one.when,
        "Would cover": chosen(CONTENTS, one.contents),
        "Would need": one.needs,
    }
    return [Row(name, words or "not said") for name, words in asked.items()]


def _agreed(decision: Decision) -> list[Row]:
    ground = decision.ground if decision.in_statement else f"{decision.ground} (the statement does not name it)"
    rows = [Row("Ground", ground)]
    if decision.outcome != Decision.Outcome.REFUSED:
        day = decision.agreed_on
        rows.append(Row("Day", f"{day.day} {day:%B %Y}" if day else "not agreed yet"))
        rows.append(Row("For", years_in_words(decision.year_groups)))
        rows.append(Row("In the standard school day", _said(decision.in_school_day)))
        rows.append(Row("For every pupil", _said(decision.whole_cohort)))
    rows.append(
        Row("Approval checked", {True: "yes, approved", False: "yes, not approved", None: "not yet"}[decision.approved])
    )
    told = {True: "by e-mail", False: "the e-mail could not be sent", None: "not by e-mail from here"}[decision.emailed]
    rows.append(Row("They heard", f"{decision.replied_on.day} {decision.replied_on:%B %Y}, {told}"))
    if decision.words:
        rows.append(Row("Words", decision.words))
    return rows


def _said(value: bool | None) -> str:
    return {True: "yes", False: "no", None: "not recorded"}[value]


@requires(Policy.RECORD_SCHOOL)
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: SchoolRequest, reference: str) -> HttpResponse:
    """The answer: first written, then shown as the provider will read it with whatever must be warned of, then given."""
    found = get_object_or_404(_all(request), reference=reference)
    form = DecisionForm(
        request.POST or None, school=request.school, grounds=_grounds(request), initial=_first_answers(found)
    )
    page: dict[str, Any] = {"form": form, "line": _line(found), "act": ACT, "version": published(request.school)}
    if request.method == "POST" and form.is_valid() and not request.POST.get("back"):
        facts = form.facts()
        letter = _letter(request, found, facts)
        if request.POST.get("give") not in ("send", "told"):
            given = [
                (name, value) for name, value in request.POST.lists() if name not in ("csrfmiddlewaretoken", "give")
            ]
            shown = page | {
                "letter": letter,
                "given": given,
                "limits": _limits(facts),
                "facts": facts,
                "request_of": found,
            }
            return render(request, "provider_access/preview.html", shown)
        try:
            sent = letter if request.POST["give"] == "send" and found.email else None
            request_actions.decide(request=found, facts=facts, letter=sent, stamp=form.given_stamp, by=request.user)
            messages.success(request, "The answer is on record" + (" and the reply is on its way." if sent else "."))
            return redirect("provider_access:request", reference)
        except ChangedMeanwhile:
            form.tell({}, "Somebody has answered this request meanwhile", stamp=request_actions.stamp_of_answers(found))
    status = 200 if request.POST.get("back") and not form.errors else form.http_status
    return render(request, "provider_access/decide.html", page, status=status)


def _grounds(request: SchoolRequest) -> dict[str, list[str]]:
    version = published(request.school)
    words: dict[str, Any] = dict(version.words) if version else {}
    return {"for": list(words.get("grounds_for") or []), "against": list(words.get("grounds_against") or [])}


def _first_answers(found: ProviderRequest) -> dict[str, Any]:
    """The latest answer, else what was asked for; nothing that nobody said."""
    stamp = {STAMP: request_actions.stamp_of_answers(found), "replied_on": today()}
    return {"year_groups": found.year_groups, **stamp}


def _letter(request: SchoolRequest, found: ProviderRequest, facts: dict[str, Any]) -> Letter:
    version = published(request.school)
    words: dict[str, Any] = dict(version.words) if version else {}
    address = reverse("provider_access:statement", args=[request.school.reference]) if version else ""
    decision = Decision(school=request.school, request=found, **facts)
    return reply(
        found,
        decision,
        answer_to=str(words.get("contact_email") or ""),
        statement=request.build_absolute_uri(address) if address else "",
        complaints=str(words.get("complaints") or ""),
    )


def _limits(facts: dict[str, Any]) -> list[Limit]:
    """Those ticked, those its words look like, and those its own facts are."""
    found = {*facts["limits"], *(limit.key for limit in limits_in(facts["ground"], facts["words"]))}
    if facts["in_school_day"] is False:
        found.add("out_of_hours")
    if facts["whole_cohort"] is False:
        found.add("some_pupils")
    return [limit for key, limit in BY_KEY.items() if key in found]


@requires(Policy.PLAN)
@require_POST
def become(request: SchoolRequest, reference: str) -> HttpResponse:
    """Put an accepted request in the programme."""
    found = get_object_or_404(ProviderRequest, school=request.school, reference=reference)
    try:
        activity = become_activity(request=found, by=request.user)
    except NotAccepted as refused:
        messages.error(request, str(refused))
        return redirect("provider_access:request", reference)
    messages.success(request, "It is in the programme. What nobody has said of it yet is left unknown.")
    return redirect("programme:activity", activity.reference)


@requires(Policy.RECORD_SCHOOL)
@require_safe
def log(request: SchoolRequest, kind: str) -> HttpResponse:
    """Every request and every answer, as a file."""
    if kind not in log_file.KINDS:
        raise Http404("There is no such file.")
    write, content_type = log_file.KINDS[kind]
    rows = log_file.lines(_all(request))
    record(
        "took out the log of access requests",
        by=request.user,
        school=request.school,
        changes=False,
        file=kind,
        rows=len(rows),
    )
    headers = {
        "Content-Disposition": f'attachment; filename="provider-access-requests-{today().isoformat()}.{kind}"',
        "Cache-Control": "no-store",
    }
    return HttpResponse(write(rows), content_type=content_type, headers=headers)
