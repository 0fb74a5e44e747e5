"""The pages of evidence: what there is for each benchmark, of one activity or criterion, and one piece."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careers.accounts.deeds import last_changed
from careers.accounts.policy import SchoolRequest, requires
from careers.accounts.roles import Policy
from careers.audit.record import record
from careers.design.editing import ChangedMeanwhile
from careers.evaluation.asking import Asked
from careers.evaluation.what_counts import Rule, rule_called
from careers.evidence import actions, gathering, pack
from careers.evidence.forms import EvidenceForm, KeepForm, answers_of
from careers.evidence.models import Content, Evidence
from careers.evidence.sight import may_remove, visible_to
from careers.programme.forms import years_offered
from careers.programme.models import Activity
from careers.programme.queries import hidden_from
from careers.programme.views import asked_year
from careers.schools.clock import today
from criteria.periods import AcademicYear

LATEST = 8


@requires(Policy.SEE_FIGURES)
@require_safe
def list_evidence(request: SchoolRequest) -> HttpResponse:
    """What there is for each benchmark in a year, and what was kept last."""
    year = asked_year(request)
    found = gathering.of_year(Asked(request), year)
    latest = gathering.light(visible_to(request.membership))[:LATEST]
    page = {"found": found, "latest": latest, "year": year, "years": years_offered(year.start_year)}
    return render(request, "evidence/list.html", page)


@requires(Policy.SEE_FIGURES)
@require_safe
def benchmark(request: SchoolRequest, framework: str, key: str) -> HttpResponse:
    """The evidence of one benchmark, criterion by criterion, and what counts for it without any."""
    year = asked_year(request)
    found = _of_benchmark(request, year, framework, key)
    policies = request.membership.policies
    page = {
        "found": found,
        "year": year,
        "years": years_offered(year.start_year),
        "may_record": Policy.RECORD in policies,
        "may_take": Policy.EXPORT_PUPILS in policies,
        "telling": sum(piece.tells_of_pupils for piece in found.evidence),
    }
    return render(request, "evidence/benchmark.html", page)


@requires(Policy.EXPORT_PUPILS)
@require_safe
def take(request: SchoolRequest, framework: str, key: str) -> HttpResponseBase:
    """All of a benchmark's evidence as one file, for a visit. What tells of pupils is in it only where that was asked for."""
    year = asked_year(request)
    found = _of_benchmark(request, year, framework, key, with_standing=True)
    with_pupils = request.GET.get("pupils") == "yes"
    pieces = [piece for piece in found.evidence if with_pupils or not piece.tells_of_pupils]
    what = f"{framework}.{key}"
    record(
        "took out evidence", by=request.user, school=request.school, changes=False, benchmark=what, year=str(year),
        pieces=len(pieces), telling_of_pupils=sum(piece.tells_of_pupils for piece in pieces),
    )  # fmt: skip
    name = f"{what.replace('.', '-')}-evidence-{today().isoformat()}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    parts = pack.written(request.school, found, pieces, today(), year)
    return StreamingHttpResponse(parts, content_type="application/zip", headers=headers)


def _of_benchmark(
    request: SchoolRequest, year: AcademicYear, framework: str, key: str, with_standing: bool = False
) -> gathering.OfBenchmark:
    asked = Asked(request)
    if asked.find_heading(framework, key):
        for each in gathering.of_year(asked, year, with_standing):
            if (each.benchmark.framework, each.benchmark.key) == (framework, key):
                return each
    raise Http404("There is no such benchmark.")


@requires(Policy.SEE_FIGURES)
@require_safe
def of_activity(request: SchoolRequest, reference: str) -> HttpResponse:
    activity = _activity(request, reference)
    held = visible_to(request.membership).filter(activity=activity)
    page = {"caption": activity.title, "back_url": reverse("programme:activity", args=[reference])}
    return _of(request, held, page | {"add_url": reverse("evidence:add_to_activity", args=[reference])})


@requires(Policy.SEE_FIGURES)
@require_safe
def of_criterion(request: SchoolRequest, id: str) -> HttpResponse:
    rule = _rule(request, id)
    held = visible_to(request.membership).filter(criterion=id)
    page = {"caption": f"{rule.number} {rule.title}", "back_url": reverse("evaluation:criterion", args=[id])}
    return _of(request, held, page | {"add_url": reverse("evidence:add_to_criterion", args=[id])})


def _of(request: SchoolRequest, held: QuerySet[Evidence], page: dict[str, Any]) -> HttpResponse:
    page |= {"held": gathering.light(held), "may_record": Policy.RECORD in request.membership.policies}
    return render(request, "evidence/of.html", page)


@requires(Policy.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def add_to_activity(request: SchoolRequest, reference: str) -> HttpResponse:
    activity = _activity(request, reference)
    first = {"dated": activity.starts_on} if activity.starts_on and activity.starts_on <= today() else {}
    return _add(request, activity, activity.title, reverse("evidence:of_activity", args=[reference]), first)


@requires(Policy.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def add_to_criterion(request: SchoolRequest, id: str) -> HttpResponse:
    rule = _rule(request, id)
    return _add(request, id, f"{rule.number} {rule.title}", reverse("evidence:of_criterion", args=[id]), {})


def _add(request: SchoolRequest, of: Activity | str, caption: str, back: str, first: dict[str, Any]) -> HttpResponse:
    form = KeepForm(request.POST or None, request.FILES or None, initial=first)
    if request.method == "POST" and form.is_valid():
        files, facts = form.cleaned_data["sent"] or (), form.facts()
        made, already = actions.keep(school=request.school, of=of, files=files, facts=facts, by=request.user)
        messages.success(request, kept_words(len(made), already))
        return redirect(back)
    page = {"form": form, "heading": "Add evidence", "caption": caption, "submit": "Keep it", "back_url": back}
    return render(request, "evidence/add.html", page, status=422 if form.errors else 200)


def _activity(request: SchoolRequest, reference: str) -> Activity:
    seen = Activity.objects.exclude(pk__in=hidden_from(request.membership).values("pk"))
    found: Activity = get_object_or_404(seen, school=request.school, reference=reference)
    return found


def _rule(request: SchoolRequest, id: str) -> Rule:
    if rule := rule_called(Asked(request), id):
        return rule
    raise Http404("There is no such criterion.")


def kept_words(new: int, already: int) -> str:
    said = {0: "Nothing new", 1: "1 piece kept"}.get(new, f"{new} pieces kept")
    there = {0: "", 1: ": one was here already", 2: ": two were here already"}.get(
        already, f": {already} were here already"
    )
    return f"{said}{there}."


@requires(Policy.SEE_FIGURES)
@require_safe
def piece(request: SchoolRequest, reference: str) -> HttpResponse:
    found = _find(request, reference)
    page = {
        "evidence": found,
        "of_url": _page_of(found),
        "may_correct": Policy.RECORD in request.membership.policies,
        "may_remove": may_remove(request.membership, found),
    }
    return render(request, "evidence/piece.html", page)


@requires(Policy.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SchoolRequest, reference: str) -> HttpResponse:
    """Put right what is said of a piece."""
    found = _find(request, reference)
    form = EvidenceForm(request.POST or None, initial=answers_of(found))
    back = reverse("evidence:piece", args=[reference])
    if request.method == "POST" and form.is_valid():
        try:
            changed = actions.correct(evidence=found, facts=form.answers(), stamp=form.given_stamp, by=request.user)
            messages.success(request, "Saved." if changed else "Nothing was changed.")
            return redirect(back)
        except ChangedMeanwhile:
            found.refresh_from_db()
            form.tell(answers_of(found), last_changed(found))
    page = {"form": form, "heading": "What is said of it", "caption": found.title, "submit": "Save", "back_url": back}
    return render(request, "design/form_page.html", page, status=form.http_status)


@requires(Policy.RECORD)
@require_POST
def remove(request: SchoolRequest, reference: str) -> HttpResponse:
    found = _find(request, reference)
    if not may_remove(request.membership, found):
        messages.error(request, "Somebody else kept it. Ask whoever plans the programme to remove it.")
        return redirect("evidence:piece", reference)
    if request.POST.get("remove") != "yes":
        return redirect("evidence:piece", reference)
    back = _page_of(found)
    actions.remove(evidence=found, by=request.user)
    messages.success(request, f"Removed: {found.title}.")
    return redirect(back)


@requires(Policy.SEE_FIGURES)
@require_safe
def file(request: SchoolRequest, reference: str) -> HttpResponse:
    """The file itself: pictures to be looked at, everything else to be saved. A look at one that tells of pupils is on record."""
    found = _find(request, reference)
    content: Content = get_object_or_404(Content.objects.filter(evidence=found).defer("thumbnail"))
    if found.tells_of_pupils:
        record("opened evidence of pupils", by=request.user, school=request.school, subject=found, changes=False)
    disposition = "inline" if found.kind == Evidence.Kind.PICTURE else "attachment"
    return _bytes(bytes(content.data), content.media_type, f'{disposition}; filename="{content.name}"')


@requires(Policy.SEE_FIGURES)
@require_safe
def thumbnail(request: SchoolRequest, reference: str) -> HttpResponse:
    found = _find(request, reference)
    content: Content = get_object_or_404(Content.objects.filter(evidence=found, thumbnail__isnull=False).defer("data"))
    return _bytes(bytes(content.thumbnail or b""), "image/jpeg", "inline")


def _bytes(data: bytes, media_type: str, disposition: str) -> HttpResponse:
    headers = {
        "Content-Disposition": disposition,
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(data, content_type=media_type, headers=headers)


def _find(request: SchoolRequest, reference: str) -> Evidence:
    found: Evidence = get_object_or_404(gathering.light(visible_to(request.membership)), reference=reference)
    return found


def _page_of(evidence: Evidence) -> str:
    if evidence.activity:
        return reverse("evidence:of_activity", args=[evidence.activity.reference])
    return reverse("evidence:of_criterion", args=[evidence.criterion])
