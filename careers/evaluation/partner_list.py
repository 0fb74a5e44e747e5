"""The partners of a school as a list: searched, narrowed and sorted by the address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from careers.accounts.policy import SchoolRequest, requires
from careers.accounts.roles import Policy
from careers.design.components import Column
from careers.evaluation.partner_met import last_seen, met_by_year_group
from careers.evaluation.partner_warnings import run_out_by_then
from careers.partners.checks import Warned, warnings_of
from careers.partners.likeness import key_of
from careers.partners.models import Partner
from careers.partners.sections import CHOICES
from careers.schools.clock import current_year, today
from careers.schools.models import School

PAGE = 50
LONG_AGO = timedelta(days=365)
ANY = ("", "All")
COLUMNS = [
    Column("Name", "name"), Column("Kind", "kind"), Column("Sector", "sector"), Column("Size", "size"),
    Column("Last seen", "seen"), Column("Insurance and checks", "checks"),
]  # fmt: skip
SIZES = [value for value, _ in Partner.SizeBand.choices]


class PartnerFilter(forms.Form):
    """How the list is narrowed: read from the address, so a view can be sent to a colleague."""

    called = forms.CharField(label="Search", required=False, max_length=100)
    kind = forms.ChoiceField(choices=[ANY, *Partner.Kind.choices], required=False)
    sector = forms.ChoiceField(choices=[ANY, *CHOICES, ("none", "Not recorded")], required=False)
    size = forms.ChoiceField(choices=[ANY, *Partner.SizeBand.choices, ("none", "Not recorded")], required=False)
    alone = forms.ChoiceField(
        label="Self-employed", required=False,
        choices=[ANY, ("yes", "Yes"), ("no", "No"), ("none", "Not recorded")],
    )  # fmt: skip
    provider = forms.ChoiceField(
        label="Kind of provider", choices=[ANY, *Partner.ProviderKind.choices, ("none", "Not recorded")], required=False
    )
    access = forms.ChoiceField(
        label="Approved technical education or apprenticeships", required=False,
        choices=[ANY, ("yes", "Yes"), ("no", "No"), ("none", "Not recorded")],
    )  # fmt: skip
    checks = forms.ChoiceField(
        label="Insurance and checks", required=False,
        choices=[ANY, ("any", "Run out or soon will"), ("over", "Run out"), ("soon", "Soon will run out"),
                 ("then", "Run out by what is planned")],
    )  # fmt: skip
    seen = forms.ChoiceField(
        choices=[("", "Any time"), ("long", "Not for a year, or never"), ("never", "Never")], required=False
    )
    met = forms.ChoiceField(label="Met by", required=False)
    still = forms.ChoiceField(
        label="Works with us", required=False,
        choices=[("", "Still does"), ("gone", "No longer does"), ("all", "Either")],
    )  # fmt: skip

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = school.year_groups
        this_year = [(str(group), f"Year {group}, this year") for group in groups]
        so_far = [(f"{group}-so-far", f"Year {group}, in all their years") for group in groups]
        whole = [("any", "Any year group, this year"), ("any-so-far", "Any year group, in all their years")]
        self.fields["met"].choices = [("", "Anyone or nobody"), *whole, *this_year, *so_far]  # type: ignore[attr-defined]

    def chosen(self, name: str) -> str:
        """A choice that is one of those offered, else nothing: an address mangled on the way shows everything."""
        self.is_valid()
        return str(self.cleaned_data.get(name) or "")


@dataclass(frozen=True)
class Line:
    """One partner of the list."""

    partner: Partner
    seen: date | None
    warned: list[Warned] = field(default_factory=list)


ORDERS: dict[str, Callable[[Line], Any]] = {
    "name": lambda line: line.partner.name.casefold(),
    "kind": lambda line: line.partner.kind,
    "sector": lambda line: line.partner.sic_section or "~",
    "size": lambda line: SIZES.index(line.partner.size_band) if line.partner.size_band in SIZES else len(SIZES),
    "seen": lambda line: line.seen or date.min,
    "checks": lambda line: line.warned[0].check.expires_on if line.warned else date.max,
}


@requires(Policy.SEE_FIGURES)
@require_safe
def page(request: SchoolRequest) -> HttpResponse:
    """The partners, by default those that still work with the school."""
    form = PartnerFilter(request.GET, school=request.school)
    day = today()
    lines = _lines(request, day)
    tests = _tests(request, form, day)
    found = [line for line in lines if all(wanted(line) for wanted in tests)]
    sort = request.GET.get("sort", "")
    order = ORDERS.get(sort.removeprefix("-"), ORDERS["name"])
    found.sort(key=order, reverse=sort.startswith("-") and sort[1:] in ORDERS)
    warned = [line for line in lines if line.warned and line.partner.gone_on is None]
    context = {
        "filter": form,
        "columns": COLUMNS,
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "over": sum(any(each.over for each in line.warned) for line in warned),
        "soon": sum(not any(each.over for each in line.warned) for line in warned),
        "may_plan": Policy.PLAN in request.membership.policies,
        "sees_contacts": Policy.RECORD in request.membership.policies,
    }
    return render(request, "evaluation/partners.html", context)


def _lines(request: SchoolRequest, day: date) -> list[Line]:
    """Every partner, by name. Three queries."""
    seen, warned = last_seen(request.school, request.membership, day), warnings_of(request.school, day)
    partners = Partner.objects.filter(school=request.school).order_by("name", "pk")
    return [Line(partner, seen.get(partner.pk), warned.get(partner.pk, [])) for partner in partners]


def _tests(request: SchoolRequest, form: PartnerFilter, day: date) -> list[Callable[[Line], bool]]:
    return [
        *_of_facts(form),
        *([_holding(form.chosen("called"))] if form.chosen("called") else []),
        *_of_time(form, day),
        *_of_checks(request, form.chosen("checks"), day),
        *_of_meeting(request, form.chosen("met")),
    ]


def _of_facts(form: PartnerFilter) -> list[Callable[[Line], bool]]:
    """By facts of the partner; "none" is what is not recorded."""
    fields = {"kind": "kind", "sector": "sic_section", "size": "size_band", "provider": "provider_kind"}
    flags = {"alone": "self_employed", "access": "pal_eligible"}
    wanted: list[tuple[str, Any]] = []
    for name, attribute in fields.items():
        if chosen := form.chosen(name):
            wanted.append((attribute, "" if chosen == "none" else chosen))
    for name, attribute in flags.items():
        if chosen := form.chosen(name):
            wanted.append((attribute, {"yes": True, "no": False, "none": None}[chosen]))
    return [lambda line, a=a, v=v: getattr(line.partner, a) == v for a, v in wanted]  # type: ignore[misc]


def _holding(words: str) -> Callable[[Line], bool]:
    """Those whose names, town, trade or numbers hold every word."""
    sought = key_of(words).split()

    def holds(line: Line) -> bool:
        p = line.partner
        text = " ".join([p.name, *p.other_names, p.town, p.specialism, p.sector, p.ukprn, p.urn, p.companies_house])
        plain = f"{key_of(p.name)} {key_of(text)} {text.casefold()}"
        return all(word in plain for word in sought)

    return holds


def _of_time(form: PartnerFilter, day: date) -> list[Callable[[Line], bool]]:
    found: list[Callable[[Line], bool]] = []
    still, seen = form.chosen("still"), form.chosen("seen")
    if still != "all":
        found.append(lambda line: (line.partner.gone_on is not None) == (still == "gone"))
    if seen:
        latest = day - LONG_AGO
        found.append(lambda line: line.seen is None or (seen == "long" and line.seen < latest))
    return found


def _of_checks(request: SchoolRequest, checks: str, day: date) -> list[Callable[[Line], bool]]:
    if not checks:
        return []
    if checks == "then":
        late = run_out_by_then(request.school, day)
        return [lambda line: line.partner.pk in late]
    over = {"over": {True}, "soon": {False}, "any": {True, False}}[checks]
    return [lambda line: any(each.over in over for each in line.warned)]


def _of_meeting(request: SchoolRequest, met: str) -> list[Callable[[Line], bool]]:
    if not met:
        return []
    group, _, so_far = met.partition("-")
    by_group = met_by_year_group(request.school, current_year(), so_far=bool(so_far))
    theirs = set().union(*by_group.values()) if group == "any" else by_group.get(int(group), set())
    return [lambda line: line.partner.pk in theirs]
