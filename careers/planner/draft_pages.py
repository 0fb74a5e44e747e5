"""A draft programme to start from, judged as it goes, and the list of usual activities."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_http_methods

from careers.accounts.policy import SchoolRequest, requires
from careers.accounts.roles import Policy, Reach
from careers.evaluation.drafting import Reached, reached
from careers.planner import drafts
from careers.planner.drafts import Line
from careers.programme.models import Activity
from careers.programme.usual import KINDS, kind_of
from careers.schools.clock import current_year
from criteria.periods import AcademicYear


class WhichDraft(forms.Form):
    """Which year a draft is for, and for which kind of school."""

    academic_year = forms.TypedChoiceField(coerce=int, empty_value=None, required=False)
    kind = forms.ChoiceField(label="Kind of school", choices=list(KINDS.items()), required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        years = (current_year(), current_year().pending)
        self.fields["academic_year"].choices = [(year.start_year, str(year)) for year in years]  # type: ignore[attr-defined]


class Chosen:
    """The year and kind of school a page is asked for: those of the school's record where none or nonsense is said."""

    def __init__(self, request: SchoolRequest) -> None:
        given = request.GET.copy()
        asked = WhichDraft(request.POST if request.method == "POST" else given)
        said = asked.cleaned_data if asked.is_valid() else {}
        self.year = AcademicYear(said.get("academic_year") or drafts.first_year().start_year)
        self.kind: str = said.get("kind") or kind_of(request.school)
        self.lines = drafts.draft_of(request.school, self.kind, self.year)
        self.form = WhichDraft({"academic_year": str(self.year.start_year), "kind": self.kind})
        self.query = f"?academic_year={self.year.start_year}&kind={self.kind}"

    def page(self) -> dict[str, object]:
        return {
            "year": self.year,
            "kind": self.kind,
            "kind_words": KINDS[self.kind],
            "which": self.form,
            "this_year": current_year().start_year,
        }


@requires(Policy.PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: SchoolRequest) -> HttpResponse:
    """A proposed year for a kind of school, everything ticked at first. One press puts what is ticked in as proposed."""
    chosen = Chosen(request)
    open_lines = [line for line in chosen.lines if not line.held]
    ticked = {line.usual.key for line in open_lines}
    if request.method == "POST":
        ticked &= set(request.POST.getlist("pick"))
        if request.POST.get("deed") == "add" and ticked:
            made = drafts.propose(
                school=request.school, year=chosen.year, lines=chosen.lines, by=request.user, only=ticked
            )
            messages.success(request, _said(made, chosen.year))
            return redirect(reverse("programme:list") + f"?academic_year={chosen.year.start_year}&status=proposed")
    found = _reached(request, chosen.year, [line for line in open_lines if line.usual.key in ticked])
    page = chosen.page() | {
        "parts": drafts.by_half_term(chosen.lines),
        "ticked": ticked,
        "open": len(open_lines),
        "late": any(line.late for line in open_lines),
        "reached": found,
        "nothing_ticked": request.method == "POST" and not ticked,
    }
    partial = "HX-Request" in request.headers
    answer = render(request, "planner/draft_reach.html" if partial else "planner/draft.html", page)
    patch_vary_headers(answer, ["HX-Request"])
    return answer


def _reached(request: SchoolRequest, year: AcademicYear, lines: list[Line]) -> list[Reached]:
    exact = request.membership.reach is Reach.ALL
    return reached(request.school, year, (line.drafted for line in lines), exact)


def _said(made: list[Activity], year: AcademicYear) -> str:
    if not made:
        return "Nothing was added: each is in the programme already."
    many = f"{len(made)} activities are" if len(made) > 1 else f"{made[0].title} is"
    return f"{many} in the programme of {year} as proposed. Tick what is agreed below, and confirm it."


@requires(Policy.PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def usual(request: SchoolRequest) -> HttpResponse:
    """Every usual activity for this kind of school, described. One at a time can be put in as proposed, or begun in the form."""
    chosen = Chosen(request)
    if request.method == "POST":
        key = request.POST.get("pick", "")
        made = drafts.propose(school=request.school, year=chosen.year, lines=chosen.lines, by=request.user, only=[key])
        if made:
            messages.success(request, _said(made, chosen.year))
            return redirect("programme:activity", made[0].reference)
        messages.error(
            request, "Nothing was added: it is in the programme of that year already, or is no usual activity."
        )
        return redirect(reverse("planner:usual") + chosen.query)
    return render(request, "planner/usual.html", chosen.page() | {"parts": drafts.by_half_term(chosen.lines)})
