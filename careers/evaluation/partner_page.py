"""One partner's page: what is known, whom to ask for, what they offer, what was checked, and everything held with them."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, F, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from careers.accounts.policy import SchoolRequest, requires
from careers.accounts.roles import Policy, Reach
from careers.design.components import Row
from careers.encounters.models import Encounter
from careers.evaluation.partner_met import HELD
from careers.evaluation.small_numbers import say
from careers.partners import actions_records, checks
from careers.partners.facts import NOT_RECORDED, may_be_asked_for, shown
from careers.partners.forms_records import RemarkForm
from careers.partners.models import Contact, Partner, Remark
from careers.partners.views import page_of
from careers.programme.models import Activity
from careers.programme.queries import hidden_from
from careers.schools.clock import today
from careers.schools.once import new_stamp

PAGE = 25
LABELS = {
    "kind": "Kind",
    "sic_section": "Sector",
    "specialism": "What they do",
    "size_band": "Size",
    "self_employed": "Self-employed",
    "stem": "Science, technology, engineering or mathematics",
    "companies_house": "Companies House number",
    "provider_kind": "Kind of provider",
    "pal_eligible": "Approved technical education or apprenticeships",
    "pal_basis": "Which",
    "ukprn": "UKPRN",
    "urn": "URN",
    "town": "Town",
    "travel": "How to get there",
    "website": "Website",
}


@dataclass(frozen=True)
class Held:
    """One activity with the partner. `met` is how many pupils attended by year group, in words for this reader; `over`, whether
    it has been held."""

    activity: Activity
    met: str
    over: bool
    remarks: list[Remark] = field(default_factory=list)


@requires(Policy.SEE_FIGURES)
@require_safe
def partner(request: SchoolRequest, reference: str) -> HttpResponse:
    """One partner. Contacts, offers' words and remarks are for those who record what pupils did; figures are for all."""
    found = get_object_or_404(Partner, school=request.school, reference=reference)
    day, sees = today(), Policy.RECORD in request.membership.policies
    every = list(found.checks.all())  # type: ignore[attr-defined]
    in_force = {check.pk for check in checks.in_force(every)}
    activities = _activities(request, found)
    page = Paginator(activities, PAGE).get_page(request.GET.get("page"))
    context = {
        "partner": found,
        "facts": facts(found),
        "warned": [] if found.gone_on else checks.warned(every, day),
        "costs": found.kind == Partner.Kind.PROVIDER and found.pal_eligible is None,
        "no_basis": bool(found.pal_eligible) and not found.bases,
        "contacts": contacts(found) if sees else [],
        "offers": found.offers.all(),  # type: ignore[attr-defined]
        "checks": [(check, checks.until(check, day), check.pk in in_force) for check in every],
        "page": page,
        "lines": _held(request, found, list(page), sees),
        "met": _met(request, activities),
        "seen": activities.filter(status__in=HELD, starts_on__lte=day).first(),
        "sees_contacts": sees,
        "may_plan": Policy.PLAN in request.membership.policies,
    }
    return render(request, "evaluation/partner.html", context)


def facts(partner: Partner) -> list[Row]:
    """What matters for its kind, known or not, and whatever else is recorded."""
    asked = may_be_asked_for(partner)
    rows = [
        Row(label, value)
        for fact, label in LABELS.items()
        if fact != "website" and ((value := shown(partner, fact)) != NOT_RECORDED or fact in asked)
    ]
    if partner.online_only:
        rows.append(Row("Meets pupils", "only online"))
    if partner.other_names:
        rows.append(Row("Also recorded as", ", ".join(partner.other_names)))
    return rows


def contacts(partner: Partner) -> list[Contact]:
    return list(partner.contacts.all())  # type: ignore[attr-defined]


def _activities(request: SchoolRequest, partner: Partner) -> QuerySet[Activity]:
    """Everything with the partner that the reader may know of, the latest first."""
    found = Activity.objects.filter(school=request.school, activity_partners__partner=partner)
    found = found.exclude(pk__in=hidden_from(request.membership).values("pk"))
    return found.order_by(F("starts_on").desc(nulls_first=True), "title", "pk")


def _held(request: SchoolRequest, partner: Partner, activities: list[Activity], sees: bool) -> list[Held]:
    """With numbers by the year group pupils were in then, and what staff wrote. Two queries."""
    exact = request.membership.reach is Reach.ALL
    rows = Encounter.objects.filter(
        activity__in=activities, status=Encounter.Status.ATTENDED,
        pupil__years__academic_year=F("activity__academic_year"),
    ).values_list("activity_id", "pupil__years__year_group").annotate(pupils=Count("pk"))  # fmt: skip
    counted: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for activity, group, pupils in rows:
        counted[activity][group] = pupils
    remarks: defaultdict[str, list[Remark]] = defaultdict(list)
    if sees:
        for remark in Remark.objects.filter(school=request.school, partner=partner).select_related("written_by"):
            remarks[remark.occasion].append(remark)
    return [
        Held(each, _in_words(counted[each.pk], exact), _may_be_told(each), remarks[each.reference])
        for each in activities
    ]


def _may_be_told(activity: Activity) -> bool:
    """Whether there is anything to say yet of how it went."""
    return bool(activity.starts_on and activity.starts_on <= today() and activity.status in HELD)


def _met(request: SchoolRequest, activities: QuerySet[Activity]) -> list[str]:
    """How many pupils have ever met the partner, by the year group they were in: each pupil once a year group. One query."""
    exact = request.membership.reach is Reach.ALL
    rows = Encounter.objects.filter(
        activity__in=activities.order_by().values("pk"), status=Encounter.Status.ATTENDED,
        pupil__years__academic_year=F("activity__academic_year"),
    ).values_list("pupil__years__year_group").annotate(pupils=Count("pupil", distinct=True))  # fmt: skip
    counted = Counter(dict(rows.order_by("pupil__years__year_group")))
    return [f"Year {group} {say(number, exact)}" for group, number in sorted(counted.items())]


def _in_words(counted: dict[int, int], exact: bool) -> str:
    return ", ".join(f"Year {group}: {say(number, exact)}" for group, number in sorted(counted.items()))


@requires(Policy.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def remark(request: SchoolRequest, reference: str, activity: str) -> HttpResponse:
    """Write down how an activity went with a partner."""
    found = get_object_or_404(Partner, school=request.school, reference=reference)
    held = get_object_or_404(_activities(request, found), reference=activity)
    form = RemarkForm(request.POST or None, initial={"stamp": new_stamp()})
    if request.method == "POST" and form.is_valid():
        actions_records.remark(
            partner=found, activity=held.reference, facts=form.answers(), by=request.user, stamp=form.given_stamp
        )
        messages.success(request, "Recorded.")
        return redirect(page_of(found))
    page: dict[str, Any] = {
        "heading": f"How did it go with {found.name}?",
        "caption": held.title,
        "submit": "Record it",
    }
    page |= {"form": form, "back_url": page_of(found)}
    return render(request, "design/form_page.html", page, status=form.http_status)
