"""What is kept, for how long, what goes next, who is kept back, and receipts for what was erased."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careers.accounts.looking import looked_at
from careers.accounts.policy import SchoolRequest, requires
from careers.accounts.roles import Policy, Reach
from careers.design.components import Column, Row
from careers.design.editing import ChangedMeanwhile
from careers.protection import actions
from careers.protection.asked import asked_at
from careers.protection.due import Calendar, Waiting
from careers.protection.forms import TermForm
from careers.protection.holdings import holding
from careers.protection.models import Hold, Receipt
from careers.protection.rules import Rule, Then
from careers.protection.rules import rule as rule_of
from careers.protection.rules import rules as all_rules
from careers.protection.terms import Term
from careers.pupils.models import Pupil
from careers.schools.clock import current_year, today

SOON_DAYS = 30
A_PAGE = 50
RECEIPTS_SHOWN = 20
THEN_WORDS = {
    Then.DELETE: "Deleted",
    Then.PSEUDONYMISE: "The name is taken away",
    Then.BLANK: "Blanked",
    Then.SEAL: "Sealed away",
    Then.KEEP: "Kept",
}


@requires(Policy.PROTECT)
@require_safe
def overview(request: SchoolRequest) -> HttpResponse:
    """Every rule, with how many records are over now and soon."""
    calendar = Calendar(request.school, today())
    page = {
        "lines": [_line(calendar, term) for term in calendar.terms.values()],
        "soon": SOON_DAYS,
        "holds": list(calendar.held.values()),
        "receipts": Receipt.objects.filter(school=request.school)[:RECEIPTS_SHOWN],
        "unplaced": _unplaced(request),
        "asked": asked_at(request.school),
    }
    looked_at(request, "records kept back", calendar.held)
    return render(request, "protection/overview.html", page)


def _line(calendar: Calendar, term: Term) -> dict[str, Any]:
    over = calendar.due(term, today() + timedelta(days=SOON_DAYS))
    now = sum(1 for each in over if each.over <= today())
    return {
        "term": term,
        "then": THEN_WORDS[term.rule.then],
        "counted": term.rule.school_may_change,
        "now": now,
        "soon": len(over) - now,
    }


def _unplaced(request: SchoolRequest) -> int:
    """Pupils with no last day on roll who hold no year group this year: their time never begins."""
    still = Pupil.objects.filter(school=request.school, left_on__isnull=True)
    return still.exclude(years__academic_year__gte=current_year().start_year).count()


@requires(Policy.PROTECT)
@require_http_methods(["GET", "HEAD", "POST"])
def rule_page(request: SchoolRequest, rule: str) -> HttpResponse:
    """One rule: what it covers, why, where it is from, who is next; and the school's own length."""
    if rule not in {each.key for each in all_rules()}:
        raise Http404
    calendar = Calendar(request.school, today())
    term = calendar.terms[rule]
    form = TermForm(request.POST or None, term=term) if term.rule.school_may_change else None
    if request.method == "POST" and form and form.is_valid():
        stamp = form.given_stamp
        try:
            actions.choose_term(
                school=request.school, rule=rule_of(rule), by=request.user, stamp=stamp, **form.chosen()
            )
            messages.success(request, "Saved. It holds from tonight.")
            return redirect("protection:rule", rule)
        except ChangedMeanwhile:
            term = Calendar(request.school, today()).terms[rule]
            form.tell({"length": term.length, "start": term.start})
    over = calendar.due(term, today() + timedelta(days=SOON_DAYS))
    of_pupils = bool(over) and over[0].pupil is not None
    page = Paginator(over, A_PAGE).get_page(request.GET.get("page"))
    shown: dict[str, Any] = {
        "term": term,
        "facts": _facts(term),
        "form": form,
        "page": page,
        "now": (now := sum(1 for each in over if each.over <= today())),
        "more": len(over) - now,
        "soon": SOON_DAYS,
        "counted": term.rule.school_may_change,
        "columns": [Column("Pupil"), Column("Last day on roll"), Column("Time is over on")],
        "rows": _named(request, list(page)) if of_pupils and request.membership.reach is Reach.ALL else None,
        "back_url": reverse("protection:overview"),
    }
    looked_at(request, "whose time is over", [pupil.pk for pupil, _ in shown["rows"] or ()], rule=rule)
    return render(request, "protection/rule.html", shown, status=form.http_status if form else 200)


def _facts(term: Term) -> list[Row]:
    rule = term.rule
    own = f"Chosen by {term.chosen.chosen_by or 'somebody'}" if term.chosen else ""
    proposal = "Our own proposal: no law or guidance we could read gives a time." if rule.ours else ""
    return [
        Row("Covers", "; ".join(held.title for held in rule.installed) or "Nothing in this copy"),
        Row("Kept", f"{term.words} {term.counted}"),
        *([Row("Chosen", own)] if own else []),
        Row("Then", THEN_WORDS[rule.then]),
        Row("Why", " ".join(part for part in (rule.why, proposal) if part)),
        *([Row("What the sources say", _readings(rule))] if rule.readings else []),
        *([Row("Source", _link(rule))] if rule.source else []),
    ]


def _link(rule: Rule) -> str:
    return format_html('<a class="govuk-link" href="{0}">{0}</a>. {1}', rule.source, rule.read)


def _readings(rule: Rule) -> str:
    """They differ, so each is said with who says it."""
    each = [(one.says, one.who, one.source) for one in rule.readings]
    lines = format_html_join("", '<li>{0} {1} <a class="govuk-link" href="{2}">{2}</a></li>', each)
    return format_html('They differ.<ul class="govuk-list govuk-list--bullet">{}</ul>{}', lines, rule.read)


def _named(request: SchoolRequest, waiting: list[Waiting]) -> list[tuple[Pupil, Waiting]]:
    pupils = Pupil.objects.filter(school=request.school).in_bulk([each.pupil for each in waiting])
    return [(pupils[each.pupil], each) for each in waiting if each.pupil in pupils]


@requires(Policy.PROTECT)
@require_safe
def receipt(request: SchoolRequest, reference: str) -> HttpResponse:
    """What was erased, to print and hand over: nothing on it says whom it was about."""
    given: Receipt = get_object_or_404(
        Receipt.objects.select_related("made_by"), school=request.school, reference=reference
    )
    rows = [Row(_title(key), f"{number:,}") for key, number in given.counts.items()]
    page = {"receipt": given, "rows": rows, "back_url": reverse("protection:overview")}
    return render(request, "protection/receipt.html", page)


def _title(key: str) -> str:
    try:
        return holding(key).title
    except StopIteration:  # a kind of record there used to be
        return key


@requires(Policy.PROTECT)
@require_POST
def end_hold(request: SchoolRequest, reference: str) -> HttpResponse:
    hold: Hold = get_object_or_404(Hold.objects.select_related("pupil"), school=request.school, reference=reference)
    actions.end_hold(hold=hold, by=request.user)
    messages.success(request, "The record is kept back no longer.")
    return redirect("protection:pupil", hold.pupil.reference)
