"""The questions about a list of any kind: what its columns mean, what its words mean, and what it does not say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import islice
from typing import Any

from django import forms

from careers.design.forms import DateField
from careers.encounters.models import Encounter
from careers.imports.lists import meanings
from careers.imports.lists.mapping import LEAVE, Mapping, Once, faults_of
from careers.imports.lists.sheet import Column, Sheet
from careers.imports.lists.words import Words
from careers.imports.models import ListSource
from careers.imports.reading.refusal import HEADER_WITHIN
from careers.imports.reading.table import text_of
from careers.programme.models import Activity

SAMPLES, SAMPLE_ROOM = 3, 40
STATUSES = [*Encounter.Status.choices, (LEAVE, "Leave these out")]
TYPES = [("", "Choose a type"), *Activity.Type.choices, (LEAVE, "Not part of the careers programme: leave these out")]


class LayoutForm(forms.Form):
    """Where the headings stand, when the guess at that is wrong."""

    def __init__(self, *args: Any, sheet: Sheet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(sheet.names) > 1:
            names = [(name, name) for name in sheet.names]
            self.fields["sheet"] = forms.ChoiceField(
                label="Sheet of the workbook",
                choices=names,
                initial=sheet.name,
                widget=forms.Select({"id": "layout-sheet"}),
            )
        rows = [(0, "There are none"), *((row, f"Row {row}") for row in range(1, HEADER_WITHIN + 1))]
        self.fields["header"] = forms.ChoiceField(
            label="Row of the headings",
            choices=rows,
            initial=sheet.header,
            widget=forms.Select({"id": "layout-header"}),
        )


class ColumnsForm(forms.Form):
    """What each column means. `mapping` is what was known or guessed."""

    def __init__(self, *args: Any, sheet: Sheet, mapping: Mapping, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheet, self.mapping = sheet, mapping
        self.fields["sheet"] = forms.CharField(widget=forms.HiddenInput, required=False, initial=sheet.name)
        self.fields["header"] = forms.IntegerField(widget=forms.HiddenInput, initial=sheet.header)
        for place, column in enumerate(sheet.columns):
            self.fields[f"means-{place}"] = forms.ChoiceField(
                label=column.name,
                help_text=samples_of(sheet, column),
                choices=meanings.offered(),
                initial=mapping.means[place],
            )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.errors:
            for fault in faults_of(self.means()):
                self.add_error("means-0", fault)
        return said

    def means(self) -> list[str]:
        return [self.cleaned_data[f"means-{place}"] for place in range(len(self.sheet.columns))]

    def chosen(self) -> Mapping:
        means = self.means()
        return replace(
            self.mapping, sheet=self.sheet.name, header=self.sheet.header, headings=self.sheet.headings, means=means
        )


def samples_of(sheet: Sheet, column: Column) -> str:
    words = (text_of(cell)[:SAMPLE_ROOM] for cell in sheet.cells(column.index))
    found = list(dict.fromkeys(islice(words, 200)))[:SAMPLES]
    return f"For example: {', '.join(found)}" if found else "Nothing below it"


class AnswersForm(forms.Form):
    """What the words of a list mean, and what it does not say. Only what this list needs is asked."""

    def __init__(
        self, *args: Any, mapping: Mapping, words: Words, once: Once, name: str, year: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.mapping, self.words, self.once = mapping, words, once
        self._about_one_activity(year)
        self._about_types()
        self._about_attendance()
        self._about_days()
        self.fields["name"] = forms.CharField(
            label="Where this list is from", max_length=80, required=False, initial=name,
            help_text="These answers are remembered by this name and offered for the next list with the same headings. "
            "Leave it empty to remember nothing.",
        )  # fmt: skip

    def _about_one_activity(self, year: str) -> None:
        shape = self.mapping.shape
        if shape in ("list", "sessions"):
            self.fields["title"] = forms.CharField(
                label="What was the activity called?", max_length=200, initial=self.once.title
            )
        if shape in ("list", "sessions") or self.words.too_many or not self.words.types:
            many = "What is every other activity?" if self.words.types else "What type of activity was it?"
            self.fields["type"] = forms.ChoiceField(label=many, choices=TYPES[:-1], initial=self.once.type)
        if shape == "list" and not self.mapping.has("starts_on"):
            day = date.fromisoformat(self.once.starts_on) if self.once.starts_on else None
            self.fields["starts_on"] = DateField(
                label="When was it?",
                required=False,
                initial=day,
                help_text=f"Leave it empty if it was some time in {year}.",
            )

    def _about_types(self) -> None:
        for place, (key, (word, times)) in enumerate(self.words.types.items()):
            self.fields[f"type-{place}"] = forms.ChoiceField(
                label=f"“{word[:100]}” is", choices=TYPES, initial=self.mapping.types.get(key, ""),
                help_text=f"{times:,} row{'s' * (times != 1)}" if self.mapping.shape != "matrix" else "",
            )  # fmt: skip

    def _about_attendance(self) -> None:
        for place, (key, (word, times)) in enumerate(self.words.marks.items()):
            self.fields[f"mark-{place}"] = forms.ChoiceField(
                label=f"“{word[:100]}” means", choices=[("", "Choose"), *STATUSES], initial=self.mapping.marks.get(key, ""),
                help_text=f"{times:,} time{'s' * (times != 1)}",
            )  # fmt: skip
        if self.words.blanks:
            self.fields["blank"] = forms.ChoiceField(
                label="An empty cell means", choices=STATUSES, initial=self.mapping.blank,
                help_text=f"{self.words.blanks:,} cell{'s' * (self.words.blanks != 1)} where there could be a mark.",
            )  # fmt: skip
        if self.mapping.shape in ("long", "list") and not self.mapping.has("status"):
            self.fields["listed"] = forms.ChoiceField(
                label="The list does not say who attended. Everyone listed", choices=Encounter.Status.choices,
                initial=self.mapping.listed,
            )  # fmt: skip

    def _about_days(self) -> None:
        if self.words.figures:
            self.fields["day_first"] = choice(
                "Dates like 03/04/2027 are",
                [("yes", "3 April: day first"), ("no", "4 March: month first")],
                self.mapping.day_first,
            )
        if self.words.several_days:
            self.fields["one_activity"] = choice(
                "One title on several days is",
                [("no", "an activity for each day"), ("yes", "one activity with several sessions, such as a club")],
                self.mapping.one_activity,
            )
        if self.words.gaps:
            self.fields["fill_down"] = choice(
                "An empty title, type or date is",
                [("yes", "the same as in the row above"), ("no", "not known")],
                self.mapping.fill_down,
            )

    def chosen(self) -> tuple[Mapping, Once]:
        said = self.cleaned_data
        types = {key: said[f"type-{place}"] for place, key in enumerate(self.words.types)}
        marks = {key: said[f"mark-{place}"] for place, key in enumerate(self.words.marks)}
        mapping = replace(
            self.mapping,
            types=self.mapping.types | types,
            marks=self.mapping.marks | marks,
            blank=said.get("blank", self.mapping.blank),
            listed=said.get("listed", self.mapping.listed),
            **{name: said[name] == "yes" for name in ("day_first", "one_activity", "fill_down") if name in said},
        )
        day = said.get("starts_on")
        return mapping, Once(said.get("title", ""), said.get("type", ""), day.isoformat() if day else "")


def choice(label: str, choices: list[tuple[str, str]], now: bool) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, initial="yes" if now else "no", widget=forms.RadioSelect)


class SourceForm(forms.Form):
    """What is remembered of a source, to be changed without a file at hand."""

    name = forms.CharField(label="Name", max_length=80)

    def __init__(self, *args: Any, source: ListSource, mapping: Mapping, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.source, self.mapping = source, mapping
        self.fields["name"].initial = source.name
        for place, heading in enumerate(mapping.headings):
            self.fields[f"means-{place}"] = forms.ChoiceField(
                label=heading or f"Column {place + 1}, without a heading",
                choices=meanings.offered(),
                initial=mapping.means[place],
            )
        for place, (word, meaning) in enumerate(mapping.types.items()):
            self.fields[f"type-{place}"] = forms.ChoiceField(label=f"“{word}” is", choices=TYPES, initial=meaning)
        for place, (word, meaning) in enumerate(mapping.marks.items()):
            self.fields[f"mark-{place}"] = forms.ChoiceField(label=f"“{word}” means", choices=STATUSES, initial=meaning)

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        others = ListSource.objects.filter(school=self.source.school, name__iexact=name).exclude(pk=self.source.pk)
        if others.exists():
            raise forms.ValidationError("Another source has this name. Choose another name.")
        return name

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.errors:
            for fault in faults_of([said[f"means-{place}"] for place in range(len(self.mapping.headings))]):
                self.add_error("means-0", fault)
        return said

    def chosen(self) -> Mapping:
        said = self.cleaned_data
        return replace(
            self.mapping,
            means=[said[f"means-{place}"] for place in range(len(self.mapping.headings))],
            types={word: said[f"type-{place}"] for place, word in enumerate(self.mapping.types)},
            marks={word: said[f"mark-{place}"] for place, word in enumerate(self.mapping.marks)},
        )
