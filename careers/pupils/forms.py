"""What narrows a list of pupils. A search is for a name, so it is sent apart from the filters and stays out of the address."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from django import forms

from careers.pupils.models import Group


class SearchForm(forms.Form):
    words = forms.CharField(
        label="Find a pupil",
        help_text="Any part of a name, or a whole UPN",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "class": "govuk-input--width-20"}),
    )
    mark_optional = False


class PupilFilter(forms.Form):
    year = forms.ChoiceField(label="Year group", required=False)
    form = forms.ChoiceField(label="Form", required=False)
    group = forms.ChoiceField(label="Group", required=False)
    has = forms.ChoiceField(label="Characteristic", required=False)
    left = forms.ChoiceField(label="On roll", required=False, choices=[("", "On roll"), ("yes", "Left")])

    def offer(
        self,
        *,
        years: Iterable[int],
        form_names: Iterable[str],
        groups: Iterable[Group],
        characteristics: Iterable[tuple[str, str]],
    ) -> None:
        """Fill the lists to choose from."""
        by_kind = groupby(groups, key=lambda group: Group.Kind(group.kind).label)
        self.choose_from("year", ((str(year), f"Year {year}") for year in years))
        self.choose_from("form", ((name, name) for name in form_names))
        self.choose_from("group", ((kind, [(g.reference, g.name) for g in found]) for kind, found in by_kind))
        self.choose_from("has", characteristics)

    def choose_from(self, name: str, choices: Iterable[tuple[str, object]]) -> None:
        self.fields[name].choices = [("", "All"), *choices]  # type: ignore[attr-defined]
