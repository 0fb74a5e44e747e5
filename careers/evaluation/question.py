"""As at which day, and under which edition: what a page of standings was asked for in its address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest

from careers.evaluation.standings import FAMILIES
from careers.schools.clock import today
from criteria.loading import load_all


@dataclass(frozen=True)
class Question:
    """`edition` is empty where the editions choose themselves by date."""

    as_at: date
    edition: str = ""

    @property
    def address(self) -> str:
        """The query string that asks the same of another page; empty for today under the editions in force."""
        given = {"as_at": self.as_at.isoformat() if self.as_at != today() else "", "edition": self.edition}
        kept = urlencode({name: value for name, value in given.items() if value})
        return f"?{kept}" if kept else ""


def edition_choices() -> list[tuple[str, str]]:
    named = [(f.id, f"{f.title}, {f.edition}") for f in load_all() if f.id.startswith(FAMILIES)]
    return [("", "The one in force on the day"), *named]


class QuestionForm(forms.Form):
    as_at = forms.DateField(
        label="As at", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    edition = forms.ChoiceField(label="Edition", required=False, choices=edition_choices)


def chooser(request: HttpRequest) -> dict[str, Any]:
    """Context for evaluation/question.html: the form, and the rest of the address to keep beside it."""
    form = QuestionForm({"as_at": question_of(request).as_at.isoformat(), "edition": request.GET.get("edition", "")})
    form.mark_optional = False  # type: ignore[attr-defined]
    rest = [name for name in request.GET if name not in (*form.fields, "page")]
    kept = [(name, value) for name in rest for value in request.GET.getlist(name)]
    return {"question": question_of(request), "question_form": form, "kept": kept}


def question_of(request: HttpRequest) -> Question:
    """What the address asks; a day or an edition that makes no sense is passed over."""
    form = QuestionForm(request.GET)
    form.is_valid()
    given = form.cleaned_data
    return Question(given.get("as_at") or today(), given.get("edition") or "")
