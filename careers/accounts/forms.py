"""What narrows the audit."""

from __future__ import annotations

from typing import Any

from django import forms

KINDS = [("", "All"), ("changes", "Changes"), ("reads", "Looking and taking out")]


def _day(label: str) -> forms.DateField:
    return forms.DateField(
        label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class AuditFilter(forms.Form):
    person = forms.ChoiceField(label="Who", required=False)
    verb = forms.ChoiceField(label="What", required=False)
    kind = forms.ChoiceField(label="Kind", required=False, choices=KINDS)
    since = _day("From")
    until = _day("To")

    def offer(self, people: dict[str, tuple[int, str]], verbs: list[str]) -> None:
        self.people = people
        self.fields["person"].choices = [("", "Everybody"), *((k, name) for k, (_, name) in people.items())]  # type: ignore[attr-defined]
        self.fields["verb"].choices = [("", "All"), *((verb, verb) for verb in verbs)]  # type: ignore[attr-defined]

    def conditions(self) -> dict[str, Any]:
        """As arguments for a query of events; a filter that makes no sense is passed over."""
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if value}
        found: dict[str, Any] = {}
        if "person" in given:
            found["actor_id"] = self.people[given["person"]][0]
        if "verb" in given:
            found["verb"] = given["verb"]
        if "kind" in given:
            found["changes"] = given["kind"] == "changes"
        if "since" in given:
            found["at__date__gte"] = given["since"]
        if "until" in given:
            found["at__date__lte"] = given["until"]
        return found
