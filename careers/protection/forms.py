"""What is asked about keeping, correcting and erasing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst

from careers.design.forms import Checkboxes, DateField, Radios
from careers.protection.models import Hold
from careers.protection.terms import STARTS, Term
from careers.pupils.identifiers import uln_fault, upn_fault
from careers.pupils.models import Pupil
from careers.schools.clock import today

LONGEST_HOLD_DAYS = 730
REASONS = [
    ("wrong", "It was recorded wrongly"),
    ("changed", "It has changed since"),
    ("asked", "The pupil, or a parent or carer, asked for it"),
]


class TermForm(forms.Form):
    """How long a school keeps the records of a rule, within its bounds."""

    mark_optional = False

    def __init__(self, *args: Any, term: Term, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rule = term.rule
        self.fields["length"] = forms.IntegerField(
            label=f"How many {rule.unit}?",
            min_value=rule.least,
            max_value=rule.most,
            initial=term.length,
            help_text=f"From {rule.least} to {rule.most}.",
            widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-3"}),
        )
        if len(rule.starts) > 1:
            self.fields["start"] = forms.ChoiceField(
                label="Counted from when?",
                choices=[(start, capfirst(STARTS[start])) for start in rule.starts],
                initial=term.start,
                widget=Radios(),
            )
        self.start = term.start

    def chosen(self) -> dict[str, Any]:
        return {"length": self.cleaned_data["length"], "start": self.cleaned_data.get("start", self.start)}


class HoldForm(forms.Form):
    mark_optional = False

    reason = forms.ChoiceField(label="Why?", choices=Hold.Reason.choices, widget=Radios())
    until = DateField(
        label="Until which day?",
        what="the day",
        help_text="After that day the record is kept or let go like any other. You can keep it back again.",
    )

    def clean_until(self) -> Any:
        day = self.cleaned_data["until"]
        if day < today():
            raise forms.ValidationError("This day has gone by")
        if (day - today()).days > LONGEST_HOLD_DAYS:
            raise forms.ValidationError("Choose a day within two years. You can keep it back again then")
        return day


class CorrectionForm(forms.ModelForm):
    """Who a pupil is. Old values are not kept, so the form says why it is changed by a choice and not in words."""

    mark_optional = False

    date_of_birth = DateField(label="Date of birth", required=False)
    joined_on = DateField(label="On roll from", what="the first day on roll", required=False)
    left_on = DateField(label="Last day on roll", what="the last day on roll", required=False)
    why = forms.ChoiceField(label="Why is it changed?", choices=REASONS, widget=Radios())

    class Meta:
        model = Pupil
        fields = (
            *("forename", "surname", "middle_names", "preferred_forename", "preferred_surname", "date_of_birth"),
            *("sex", "email", "upn", "former_upn", "uln", "mis_id", "joined_on", "left_on"),
        )
        widgets = {"sex": Radios(inline=True, small=True)}
        labels = {
            "surname": "Surname",
            "forename": "Forename",
            "middle_names": "Middle names",
            "preferred_forename": "Preferred forename",
            "preferred_surname": "Preferred surname",
            "sex": "Sex",
            "email": "E-mail address",
            "former_upn": "Former UPN",
            "mis_id": "Number in the school’s own system",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sex"].choices = [("F", "Female"), ("M", "Male"), ("", "Not recorded")]  # type: ignore[attr-defined]

    def clean_upn(self) -> str:
        return self._number("upn", upn_fault)

    def clean_former_upn(self) -> str:
        return self._number("former_upn", upn_fault)

    def clean_uln(self) -> str:
        return self._number("uln", uln_fault)

    def _number(self, name: str, fault: Any) -> str:
        number = self.cleaned_data[name].replace(" ", "").upper()
        if number and number != getattr(self.instance, name) and (wrong := fault(number)):
            raise forms.ValidationError(f"This is not a {self.fields[name].label}: {wrong}")
        return str(number)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        joined, left, born = given.get("joined_on"), given.get("left_on"), given.get("date_of_birth")
        if joined and left and left < joined:
            self.add_error("left_on", "The last day on roll must not be before the first")
        if born and born > today():
            self.add_error("date_of_birth", "The date of birth must be in the past")
        return given

    def _post_clean(self) -> None:
        """Nothing is set on the pupil here: the deed sets what changed, in its transaction."""

    def facts(self) -> dict[str, Any]:
        """What was answered, as fields of Pupil."""
        return {name: value for name, value in self.cleaned_data.items() if name != "why"}


class ErasureForm(forms.Form):
    mark_optional = False

    how = forms.ChoiceField(
        label="What should go?",
        choices=[("everything", "Everything"), ("name", "Everything that says who it was")],
        widget=Radios(
            hints={
                "everything": "Figures of past years change, as if the pupil had never been at the school.",
                "name": "What the pupil took part in stays as nobody’s, so that figures of past years stay as they were.",
            }
        ),
    )
    sure = forms.MultipleChoiceField(
        label="This cannot be undone",
        choices=[("yes", "I have checked who asks, and that the school need not keep it")],
        widget=Checkboxes(),
        error_messages={"required": "Tick the box to say that you have checked"},
    )


class AccountErasureForm(forms.Form):
    mark_optional = False

    sure = forms.MultipleChoiceField(
        label="This cannot be undone",
        choices=[("yes", "I have checked that this person needs the account no longer")],
        widget=Checkboxes(),
        error_messages={"required": "Tick the box to say that you have checked"},
    )
