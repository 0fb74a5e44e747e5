"""What quick notes and a pasted list ask."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator

from careers.design.forms import Checkboxes, DateField, Radios
from careers.encounters.pasted import LINES, LONGEST, sought_in
from careers.pupils.matching import Match, Matching
from careers.pupils.models import Group, Pupil
from careers.schools.clock import today
from careers.schools.once import new_stamp
from criteria.periods import AcademicYear

TOLD = [("aspiration", "What they hope to do one day"), ("intention", "Where they intend to go next")]


class QuickForm(forms.Form):
    """Adds a record: the same form sent twice adds it once."""

    mark_optional = True
    stamp = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stamp"].initial = new_stamp()


def in_this_year(day: date | None) -> None:
    """Raises ValidationError for a day to come, or before this academic year."""
    if day is not None and day > today():
        raise forms.ValidationError("The day must be today or earlier")
    if day is not None and day < AcademicYear.containing(today()).starts:
        raise forms.ValidationError("The day must be in this academic year")


class ConversationForm(QuickForm):
    """A pupil is named by typing; who is meant is chosen from those alike where the name does not say it."""

    pupil = forms.CharField(
        label="Pupil",
        help_text="Their name, with the form where two have the same",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "pupils", "class": "govuk-input--width-20"}),
    )
    which = forms.ChoiceField(label="Which pupil do you mean?", required=False, widget=Radios())
    day = DateField(label="When", what="the day", validators=[in_this_year])
    text = forms.CharField(
        label="What was said",
        help_text="Every member of staff who may see this pupil can read it, and the pupil may ask for a copy.",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    told = forms.MultipleChoiceField(
        label="They told me", required=False, choices=TOLD, widget=Checkboxes(small=True),
        help_text="Tick only what they told you, and write what it was in the box above.",
    )  # fmt: skip

    def __init__(self, *args: Any, matching: Matching, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.matching = matching
        self.one: Pupil | None = None
        self.fields["day"].initial = today()
        self.match = self._match()
        offered = [*self.match.candidates] if self.match else []
        if offered:
            self.fields["which"].choices = [  # type: ignore[attr-defined]
                (each.pupil.reference, f"{each.pupil.list_name}{f', {each.form}' if each.form else ''}")
                for each in offered
            ]
        else:
            del self.fields["which"]

    def _match(self) -> Match | None:
        typed = str(self.data.get("pupil", "")) if self.is_bound else ""
        return self.matching.match(sought_in(typed, self.matching.known_forms)) if typed else None

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.match is None:
            return given
        by_reference = {each.pupil.reference: each.pupil for each in self.match.candidates}
        self.one = self.match.pupil or by_reference.get(given.get("which", ""))
        if self.one is None and self.match.candidates and "which" not in self.errors:
            self.add_error("which", f"Choose the pupil. {self.match.reason}")
        elif self.one is None:
            self.add_error("pupil", f"{self.match.reason}, of the pupils you see")
        return given


class LessonForm(QuickForm):
    """Which class, and what career. The subject is the class's own unless another is typed."""

    group = forms.ChoiceField(label="Class")
    subject = forms.CharField(
        label="Subject", required=False, max_length=60, help_text="Leave empty for the class’s own subject",
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "subjects", "class": "govuk-input--width-20"}),
    )  # fmt: skip
    career = forms.CharField(
        label="Career", max_length=120, help_text="Such as pharmacist",
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "govuk-input--width-20"}),
    )  # fmt: skip

    def __init__(self, *args: Any, groups: Iterable[Group], subjects: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = {group.reference: group for group in groups}
        self.subjects = {subject.casefold(): subject for subject in subjects}
        said = [(key, f"{g.name}{f', {g.subject}' if g.subject else ''}") for key, g in self.groups.items()]
        self.fields["group"].choices = said if len(said) == 1 else [("", "Choose a class"), *said]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        group = self.groups.get(given.get("group", ""))
        typed = given.get("subject", "").strip()
        given["subject"] = self.subjects.get(typed.casefold(), typed) or (group.subject if group else "")
        if group is not None and not given["subject"] and "subject" not in self.errors:
            self.add_error("subject", "Enter the subject: this group has none of its own")
        given["one"] = group
        return given


class PasteForm(forms.Form):
    mark_optional = False
    lines = forms.CharField(
        label="Names, UPNs or e-mail addresses, one to a line",
        help_text="Paste from a spreadsheet or a message, or scan barcodes. Surname first with a comma, or forename first; "
        f"add the form where two have the same name. Up to {LINES} lines.",
        required=False,
        validators=[MaxLengthValidator(LINES * LONGEST)],
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off", "spellcheck": "false"}),
    )
