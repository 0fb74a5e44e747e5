"""The school's own record, judged; and how the school reads what the rules leave open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from careers.accounts.policy import SchoolRequest, requires
from careers.accounts.roles import Policy
from careers.design.editing import ChangedMeanwhile
from careers.evaluation.asking import Asked
from careers.evaluation.forms import ReadingForm, stamp_for
from careers.evaluation.pupil_table import answer
from careers.evaluation.readings import find_question, questions
from careers.evaluation.school_criteria import SchoolAnswer, school_file
from careers.evaluation.wording import SEVERITY_WORDS
from careers.leadership.actions import choose_reading
from careers.leadership.kinds import KINDS
from careers.leadership.models import Milestone
from careers.schools.terms import terms_of
from criteria.model import Criterion


@dataclass(frozen=True)
class Line:
    """One criterion of the school's own as a page shows it: `wanted` are what is missing, each with where to record it."""

    answer: SchoolAnswer
    address: str
    severity: str
    wanted: tuple[tuple[str, str], ...]


def school_line(asked: Asked, found: SchoolAnswer) -> Line:
    wanted = tuple(
        (name, record_address(kind, first) if may_record(asked) else "") for name, kind, first in found.missing()
    )
    severity = SEVERITY_WORDS[found.criterion.severity]
    return Line(found, asked.criterion_address(found.criterion), severity, wanted)


def record_address(kind: str, first: dict[str, str]) -> str:
    """Where to record a milestone, with what is known of it filled in."""
    if kind == "information_reviewed":
        return reverse("leadership:review")
    if kind == "staff_development":  # recorded once, as a session, which is lent from where it is
        return reverse("curriculum:add_session") + (f"?{urlencode(first)}" if first else "")
    return reverse("leadership:add", args=[kind]) + (f"?{urlencode(first)}" if first else "")


def own_lines(asked: Asked, answers: Iterable[SchoolAnswer]) -> dict[str, Any]:
    """The school's own criteria as lines, and whether the reader may record what is missing."""
    return {"own_lines": [school_line(asked, each) for each in answers], "may_record": may_record(asked)}


def of_the_school(asked: Asked, criterion: Criterion) -> dict[str, Any]:
    """What the page of a criterion of the school's own says beside its rule."""
    found = school_file(asked.found).answer(criterion.id)
    if found is None:
        raise Http404("There is no such criterion.")
    return {"line": school_line(asked, found), "evidence": found.evidence, "may_record": may_record(asked)}


def school_owes(asked: Asked) -> list[Line]:
    """What the school itself has missed, owes by the end of term or cannot tell, for those who may record it."""
    if not may_record(asked):
        return []
    terms = [term for term in terms_of(asked.school, asked.year) if term.starts <= asked.as_at <= term.ends]
    until = terms[0].ends if terms else asked.as_at
    return [school_line(asked, each) for each in school_file(asked.found).pressing(until)]


def may_record(asked: Asked) -> bool:
    return Policy.RECORD_SCHOOL in asked.request.membership.policies


@requires(Policy.SEE_FIGURES)
@require_safe
def school_record(request: HttpRequest) -> HttpResponse:
    """What the school itself has done and still owes, by benchmark, and all that is on record."""
    asked = Asked(request)
    found = school_file(asked.found)
    ended = Milestone.objects.filter(school=asked.school, until__lt=asked.as_at)
    context = {
        "asked": asked,
        "form": asked.form,
        "parts": [(part, [school_line(asked, each) for each in part.answers]) for part in found.parts],
        "rows": sorted(found.rows, key=lambda row: row["date"], reverse=True),
        "kinds": {key: kind.name for key, kind in KINDS.items()},
        "ended": ended,
        "may_record": may_record(asked),
        "offered": [(kind, record_address(kind.key, {})) for kind in KINDS.values()],
    }
    return answer(request, "evaluation/school_record.html", context)


@requires(Policy.SEE_FIGURES)
@require_safe
def readings(request: HttpRequest) -> HttpResponse:
    """Each question that the rules leave open, with this school's answer."""
    asked = Asked(request)
    context: dict[str, Any] = {
        "asked": asked,
        "questions": questions(asked.school, asked.found.frameworks),
        "may_choose": Policy.CHOOSE_READINGS in asked.request.membership.policies,
    }
    return render(request, "evaluation/readings.html", context)


@requires(Policy.CHOOSE_READINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def reading(request: SchoolRequest, framework: str, key: str) -> HttpResponse:
    """Choose how one question is read."""
    question = find_question(request.school, framework, key)
    if question is None:
        raise Http404("There is no such question.")
    form = ReadingForm(request.POST or None, question=question)
    if request.method == "POST" and form.is_valid():
        choice = form.cleaned_data["choice"]
        stamp, what = form.given_stamp, {"framework": framework, "key": key, "choice": choice}
        try:
            choose_reading(school=request.school, **what, stamp=stamp, by=request.user)
            messages.success(request, "Saved. Every standing is worked out as you have chosen from now on.")
            return redirect("evaluation:readings")
        except ChangedMeanwhile:
            question = find_question(request.school, framework, key) or question
            who = f"{question.chosen.chosen_by} chose it" if question.chosen and question.chosen.chosen_by else ""
            form.tell({"choice": question.choice}, who, stamp_for(question))
    context = {
        "form": form, "question": question, "heading": question.reading.question, "caption": question.framework.title,
        "submit": "Save", "back_url": reverse("evaluation:readings"),
    }  # fmt: skip
    return render(request, "evaluation/reading.html", context, status=form.http_status)
