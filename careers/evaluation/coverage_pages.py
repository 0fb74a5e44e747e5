"""The pages that judge a programme: what a year's plan would cover, and what one activity counts for."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from careers.accounts.looking import looked_at
from careers.accounts.policy import SchoolRequest, requires
from careers.accounts.roles import Policy, Reach
from careers.design.editing import stamp_of
from careers.encounters.actions import register_refused
from careers.evaluation import activity_page, coverage_lacking, coverage_tables
from careers.evaluation.coverage import Coverage, coverage_of
from careers.evaluation.coverage_claims import Claims, Judging, claims_of
from careers.evaluation.coverage_pupils import still_lacking
from careers.evaluation.coverage_rows import IN_A_PLAN, planned_alone
from careers.evaluation.doors import address
from careers.evaluation.inviting import can_be_invited_to
from careers.evaluation.partner_warnings import by_then
from careers.evaluation.standings import SchoolStandings, criteria_for, editions, standings_of
from careers.programme.forms import years_offered
from careers.programme.models import Activity
from careers.programme.outcomes import outcomes_of
from careers.programme.queries import hidden_from, sources
from careers.programme.statuses import Status
from careers.schools.clock import current_year, today
from criteria.periods import AcademicYear


class WhichPlan(forms.Form):
    """The year, and whose words: everything planned, or what one page published of it."""

    academic_year = forms.TypedChoiceField(coerce=int, required=False)
    source = forms.ChoiceField(label="Published at", required=False)
    proposed = forms.ChoiceField(
        label="Count", required=False, choices=[("no", "What is planned"), ("yes", "What is proposed too")]
    )

    def __init__(self, *args: object, published: list[str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["academic_year"].choices = years_offered()  # type: ignore[attr-defined]
        if published:
            self.fields["source"].choices = [("", "Everything planned"), *((s, s) for s in published)]  # type: ignore[attr-defined]
        else:
            del self.fields["source"]


@requires(Policy.SEE_FIGURES)
@require_safe
def year(request: SchoolRequest) -> HttpResponse:
    """What a pupil of each year group would be covered by, who comes to everything meant for all."""
    asked = request.GET.get("academic_year", "")
    chosen = AcademicYear(int(asked)) if asked in {str(y) for y, _ in years_offered()} else current_year()
    published = sources(request.school, chosen)
    source = request.GET.get("source", "")
    proposed = request.GET.get("proposed", "yes" if chosen > current_year() else "no") == "yes"
    found = standings_of(request.school, today())
    coverage, claims = _judged(found, chosen, source if source in published else "", proposed)
    given = request.GET.copy()
    given.setdefault("academic_year", str(chosen.start_year))
    given.setdefault("proposed", "yes" if proposed else "no")
    lacking = still_lacking(found, coverage, proposed)
    exact = request.membership.reach is Reach.ALL
    unseen = frozenset(hidden_from(request.membership).values_list("pk", flat=True))
    page = {
        "coverage": coverage,
        "proposed": proposed,
        "claims": claims,
        "filter": WhichPlan(given, published=published),
        "may_plan": Policy.PLAN in request.membership.policies,
    }
    page |= coverage_tables.tables(coverage, claims, unseen) | coverage_lacking.tables(coverage, lacking, exact)
    return render(request, "evaluation/coverage.html", page)


def _judged(found: SchoolStandings, year: AcademicYear, source: str, proposed: bool) -> tuple[Coverage, Claims]:
    """The coverage of a plan and its claims, worked out once for each state of the record."""

    def work_out() -> tuple[Coverage, Claims]:
        coverage = coverage_of(found.school, year, source, with_proposed=proposed)
        return coverage, claims_of(coverage)

    return found.remember(("coverage", year, source, proposed), work_out)


@requires(Policy.SEE_FIGURES)
@require_safe
def activity(request: SchoolRequest, reference: str) -> HttpResponse:
    """One activity. Pupils are named only to those who may see them; everyone else sees numbers."""
    seen = Activity.objects.exclude(pk__in=hidden_from(request.membership).values("pk"))
    beside = seen.select_related("owner", "copied_from").prefetch_related("partners")
    found: Activity = get_object_or_404(beside, school=request.school, reference=reference)
    held_in = AcademicYear(found.academic_year)
    criteria = criteria_for(request.school, editions(held_in.starts))
    names, numbers = activity_page.names(found, request.membership)
    looked_at(request, "an activity", numbers, found)
    judging = Judging(criteria, held_in, request.school.year_groups)
    may_record = Policy.RECORD in request.membership.policies
    page = {
        "activity": found,
        "source_is_page": found.source.lower().startswith(("https://", "http://")),
        "year": held_in,
        "about": activity_page.about(found, request.membership),
        "outcomes": outcomes_of(found),
        "recorded": activity_page.recorded(found),
        "judged": activity_page.judged(planned_alone(found), judging),
        "places": activity_page.places(found, request.membership),
        "names": names,
        "run_out": by_then(found, today()),
        "may_plan": Policy.PLAN in request.membership.policies,
        "occasion_url": _occasion_url(found),
        "confirming": stamp_of({"status": found.status}) if found.status in (Status.PROPOSED, Status.CANCELLED) else "",
        "may_record": may_record and not register_refused(found),
        "may_paste": may_record and found.status in IN_A_PLAN and not found.one_to_one,
        "may_invite": Policy.PLAN in request.membership.policies and can_be_invited_to(found, today()),
    }
    return render(request, "evaluation/activity.html", page)


def _occasion_url(activity: Activity) -> str:
    """Whom a meeting with a provider counts for in law, where it is one and may count."""
    meets = activity.type in (Activity.Type.PROVIDER_ENCOUNTER, Activity.Type.CAREERS_EVENT)
    return address("provider_access:occasion", activity.reference) if meets and activity.status in IN_A_PLAN else ""
