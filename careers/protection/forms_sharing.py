"""What is asked about sharing with the local authority, and about consent to be followed."""

from __future__ import annotations

from typing import Any

from django import forms

from careers.design.forms import Checkboxes, DateField, Radios
from careers.protection.record_of_consent import TrackingConsent
from careers.protection.record_of_sharing import HOW, Giver, SharingExport
from careers.protection.sharing_facts import PURPOSES
from careers.schools.clock import today

BY_STAFF = [(key, words) for key, words in HOW if key != "portal"]
STILL_TO_COME = "This day is still to come"


class FileForm(forms.Form):
    """A file for the local authority: on whose request, what for, of whom and how much."""

    mark_optional = False

    recipient = forms.CharField(label="Which local authority is it for?", max_length=150)
    asked_by = forms.CharField(
        label="Who asked there?",
        max_length=150,
        help_text="A name or a post. Basic information goes only when the authority asks for it.",
    )
    asked_on = DateField(label="When did they ask?", what="the day they asked")
    purpose = forms.ChoiceField(
        label="What is it for?",
        choices=[(one.key, one.title) for one in PURPOSES.values()],
        widget=Radios(hints={one.key: one.hint for one in PURPOSES.values()}),
        help_text=(
            "The purpose decides which additional information the file has. It never has special educational needs, care, "
            "free school meals or notes."
        ),
    )
    level = forms.ChoiceField(label="How much?", choices=SharingExport.Level.choices, widget=Radios())
    year_groups = forms.TypedMultipleChoiceField(label="Which year groups?", coerce=int, widget=Checkboxes(small=True))

    def __init__(self, *args: Any, year_groups: tuple[int, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(year, f"Year {year}") for year in year_groups]
        self.fields["year_groups"].choices = choices  # type: ignore[attr-defined]

    def clean_asked_on(self) -> Any:
        if self.cleaned_data["asked_on"] > today():
            raise forms.ValidationError(STILL_TO_COME)
        return self.cleaned_data["asked_on"]


class InstructionForm(forms.Form):
    """Somebody said that the authority is to have no more than the basic information."""

    mark_optional = False

    giver = forms.ChoiceField(
        label="Who said so?",
        choices=Giver.choices,
        widget=Radios(
            hints={
                Giver.PARENT: "Counts until the day before the pupil’s 16th birthday, as we read the law.",
                Giver.YOUNG_PERSON: "Counts from the 16th birthday.",
            }
        ),
    )
    giver_name = forms.CharField(label="What is their name?", max_length=150)
    relationship = forms.CharField(
        label="What are they to the pupil?", max_length=60, help_text="Such as mother, carer, or the pupil."
    )
    how = forms.ChoiceField(label="How did they say it?", choices=BY_STAFF, widget=Radios())
    given_on = DateField(label="On which day?", what="the day")

    def clean_given_on(self) -> Any:
        if self.cleaned_data["given_on"] > today():
            raise forms.ValidationError(STILL_TO_COME)
        return self.cleaned_data["given_on"]


class AnswerForm(forms.Form):
    """What a young person said about being followed after leaving."""

    mark_optional = False

    said = forms.ChoiceField(
        label="May the school follow where they go after leaving?",
        choices=[(TrackingConsent.Answer.GIVEN, "Yes"), (TrackingConsent.Answer.REFUSED, "No")],
        widget=Radios(inline=True),
    )
    how = forms.ChoiceField(label="How did they say it?", choices=BY_STAFF, widget=Radios())
    answered_on = DateField(label="On which day?", what="the day")

    def clean_answered_on(self) -> Any:
        if self.cleaned_data["answered_on"] > today():
            raise forms.ValidationError(STILL_TO_COME)
        return self.cleaned_data["answered_on"]
