"""The day and the edition a page is asked for, and the filters of a list of pupils. All are read from the address."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from careers.design.editing import STAMP, EditForm, stamp_of
from careers.design.forms import PARTS, DateField, Radios
from careers.leadership.actions import recorded_choice
from careers.schools.clock import current_year
from criteria.loading import load, names

EARLIEST = date(1990, 1, 1)


def gatsby_editions() -> list[tuple[str, str]]:
    """(framework id, its name in words) of every edition of the benchmarks written for schools, newest first."""
    found = [each for name in names() if name.startswith("gatsby-") and "school" in (each := load(name)).settings]
    return [(each.id, f"{each.edition} edition") for each in sorted(found, key=lambda each: each.starts, reverse=True)]


class AskForm(forms.Form):
    """Which day, and under which edition. In an address the day may be written as_at=2026-07-31 or in its three parts."""

    as_at = DateField(
        label="As at", what="date", required=False, help_text="For example, 31 7 2026. Leave empty for today."
    )
    edition = forms.ChoiceField(label="Edition of the benchmarks", required=False)
    mark_optional = False

    def __init__(self, query: QueryDict) -> None:
        super().__init__(_with_parts(query))
        choices: list[tuple[str, str]] = [("", "The one in force on that day"), *gatsby_editions()]
        self.fields["edition"].choices = choices  # type: ignore[attr-defined]

    def clean_as_at(self) -> date | None:
        day: date | None = self.cleaned_data["as_at"]
        last = current_year().ends
        if day and day > last:
            raise ValidationError(
                f"Date must be {last.day} {last:%B %Y} or earlier: who will be in which year after that is not known yet"
            )
        if day and day < EARLIEST:
            raise ValidationError(f"Date must be {EARLIEST.year} or later")
        return day


def _with_parts(query: QueryDict) -> QueryDict:
    data = query.copy()
    if "as_at" in data and not any(f"as_at_{part}" in data for part in PARTS):
        written = str(data["as_at"]).strip()
        numbers = reversed(written.split("-")) if written.count("-") == 2 else ["", "", written]
        for part, number in zip(PARTS, numbers, strict=True):
            data[f"as_at_{part}"] = number
    return data


class PupilFilter(forms.Form):
    """Which of a criterion's pupils to list. A value that is not on offer is left out, never an error."""

    year = forms.TypedChoiceField(label="Year group", required=False, coerce=int, empty_value=None)
    form = forms.ChoiceField(label="Form", required=False)
    group = forms.ChoiceField(label="Class or other group", required=False)
    has = forms.ChoiceField(label="Pupils", required=False)
    state = forms.ChoiceField(label="State", required=False)

    def __init__(self, query: QueryDict, **choices: Iterable[tuple[Any, str]]) -> None:
        super().__init__(query)
        for name, offered in choices.items():
            self.fields[name].choices = [("", "All"), *offered]  # type: ignore[attr-defined]
        self.full_clean()
        for name in list(self.errors):
            del self.errors[name]

    def chosen(self, name: str) -> Any:
        return self.cleaned_data.get(name) or None

    def on(self) -> dict[str, Any]:
        """The filters that are on."""
        return {name: value for name, value in self.cleaned_data.items() if value}


def stamp_for(question: Any) -> str:
    """The stamp of what is recorded of an open question: that somebody chose the default is not that nobody chose."""
    return stamp_of(recorded_choice(question.chosen))


class ReadingForm(EditForm):
    """The school's answer to one open question: `question` is a readings.Question."""

    choice = forms.ChoiceField(label="How does this school read it?", widget=Radios())
    mark_optional = False

    def __init__(self, *args: Any, question: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"choice": question.choice, STAMP: stamp_for(question)}, **kwargs)
        reading = question.reading
        usual = {key: f"{words}{' (the default)' if key == reading.default else ''}" for key, words in reading.choices}
        self.fields["choice"].choices = list(usual.items())  # type: ignore[attr-defined]
