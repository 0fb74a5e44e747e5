"""What is asked of a provider who wants access, and of whoever answers."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.validators import RegexValidator

from careers.design.editing import STAMP, EditForm
from careers.design.forms import Checkboxes, DateField, Radios, ThreeWays
from careers.provider_access.limits import LIMITS
from careers.provider_access.models import Decision, ProviderRequest
from careers.schools.clock import today
from careers.schools.models import School
from careers.schools.once import new_stamp

PHASES = (8, 9, 10, 11, 12, 13)
ANOTHER = "another"
ALL = "Choose all that apply."


def phase_years(school: School) -> list[tuple[int, str]]:
    """The year groups of this school to which access is owed."""
    return [(group, f"Year {group}") for group in school.year_groups if group in PHASES]


class RequestForm(EditForm):
    """What a provider says, on the website's form. It asks nothing about any pupil."""

    organisation = forms.CharField(
        label="Which organisation are you from?",
        max_length=200,
        error_messages={"required": "Enter the name of the organisation"},
    )
    ukprn = forms.CharField(
        label="UK provider reference number (UKPRN)",
        required=False,
        max_length=8,
        validators=[RegexValidator(r"^\d{8}$", "Enter the 8 digits of the number, or leave it empty")],
        help_text="8 digits, if you have one.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "inputmode": "numeric"}),
    )
    contact_name = forms.CharField(
        label="What is your name?",
        max_length=120,
        error_messages={"required": "Enter your name"},
        # It stands at the head of the reply, which goes to whatever address was typed: it must lead nobody anywhere.
        validators=[
            RegexValidator(r"://|www\.|@|\.(com|org|net|uk|io)\b", "Enter a name alone", inverse_match=True, flags=re.I)
        ],
    )
    email = forms.EmailField(
        label="What is your e-mail address?",
        help_text="We send the answer there.",
        error_messages={"required": "Enter your e-mail address"},
    )
    phone = forms.CharField(
        label="Telephone number", max_length=30, required=False, widget=forms.TextInput(attrs={"type": "tel"})
    )
    basis = forms.MultipleChoiceField(
        label="What do you offer that is approved?",
        choices=ProviderRequest.Basis.choices,
        required=False,
        widget=Checkboxes(small=True),
        help_text=f"The law is about approved technical education and apprenticeships. {ALL}",
    )
    offer = forms.CharField(
        label="Tell us more about it", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    year_groups = forms.TypedMultipleChoiceField(
        label="Which year groups would you like to meet?",
        coerce=int,
        widget=Checkboxes(small=True),
        help_text=ALL,
        error_messages={"required": "Choose at least one year group"},
    )
    settings = forms.MultipleChoiceField(
        label="How would you like to meet them?",
        choices=ProviderRequest.Setting.choices,
        required=False,
        widget=Checkboxes(small=True),
        help_text=ALL,
    )
    when = forms.CharField(
        label="When would suit you?",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Days, weeks or terms. The law puts these encounters in the school day.",
    )
    contents = forms.MultipleChoiceField(
        label="What would you cover?",
        choices=ProviderRequest.Content.choices,
        required=False,
        widget=Checkboxes(small=True),
        help_text="Schools must ask for all four. Tick what you can give.",
    )
    needs = forms.CharField(
        label="What would you need from us?",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Such as a hall, a projector or parking.",
    )
    website = forms.CharField(
        label="Leave this box empty",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        kwargs["initial"] = {STAMP: new_stamp()} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.fields["year_groups"].choices = phase_years(school)  # type: ignore[attr-defined]

    def clean_website(self) -> str:
        """People do not see this box, and programs that fill in every box do."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError("This box must be empty. Take out what is in it and send the form again")
        return ""

    def facts(self) -> dict[str, Any]:
        """What was answered, as fields of ProviderRequest."""
        return {name: value for name, value in self.answers().items() if name not in ("website", "came", "received_on")}


class RequestByHandForm(RequestForm):
    """A request that came by telephone, letter or e-mail: only who asked is needed, since the rest may not have been said."""

    came = forms.ChoiceField(
        label="How did it come?",
        choices=[choice for choice in ProviderRequest.Came.choices if choice[0] != "form"],
        widget=Radios(inline=True, small=True),
    )
    received_on = DateField(label="On which day did it come?", what="the day it came")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"received_on": today()} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        for name in ("contact_name", "email", "year_groups"):
            self.fields[name].required = False
        labels = {
            "organisation": "Which organisation asked?", "contact_name": "Who asked?", "email": "E-mail address",
            "basis": "What do they offer that is approved?", "offer": "More about it",
            "year_groups": "Which year groups do they want to meet?", "settings": "How do they want to meet them?",
            "when": "When would suit them?", "contents": "What would they cover?", "needs": "What would they need?",
        }  # fmt: skip
        for name, label in labels.items():
            self.fields[name].label = label
        self.fields["contents"].help_text = "Tick only what they said. The school must ask every provider for all four."
        self.fields["email"].help_text = "Where the answer goes, if it goes by e-mail."
        del self.fields["website"]
        self.order_fields(["came", "received_on"])

    def clean_received_on(self) -> Any:
        if self.cleaned_data["received_on"] and self.cleaned_data["received_on"] > today():
            raise forms.ValidationError("This day is still to come")
        return self.cleaned_data["received_on"]


class DecisionForm(EditForm):
    """The answer to a request, with the ground for it."""

    mark_optional = False

    outcome = forms.ChoiceField(
        label="What is the answer?", choices=Decision.Outcome.choices, widget=Radios(small=True)
    )
    ground = forms.ChoiceField(
        label="On what ground?",
        error_messages={"required": "Choose the ground for the answer"},
        widget=Radios(small=True),
        help_text="The grounds are those the policy statement names, so that every provider is treated alike.",
    )
    another = forms.CharField(
        label="If another ground: which?",
        required=False,
        max_length=300,
        help_text="The Act asks the published statement to name the grounds. Consider adding this one to it.",
    )
    limits = forms.MultipleChoiceField(
        label="Does the answer limit access in any of these ways?",
        choices=[(limit.key, limit.asked) for limit in LIMITS],
        required=False,
        widget=Checkboxes(small=True),
        help_text="Leave all empty if it does not.",
    )
    agreed_on = DateField(label="On which day, if that is agreed?", what="the day", required=False)
    year_groups = forms.TypedMultipleChoiceField(
        label="For which year groups?", coerce=int, required=False, widget=Checkboxes(small=True)
    )
    in_school_day = ThreeWays(label="Will it be in the standard school day?")
    whole_cohort = ThreeWays(label="Will it be for every pupil of those year groups?")
    approved = ThreeWays(
        label="Have you checked that they offer approved technical education or apprenticeships?",
        choices=[("yes", "Yes, they do"), ("no", "Yes, they do not"), ("", "Not checked yet")],
    )
    words = forms.CharField(
        label="What else should the reply say?",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Changes you ask for, the room, whom to report to. Write nothing about a pupil.",
    )
    replied_on = DateField(label="On which day do they hear?", what="the day they hear")

    def __init__(self, *args: Any, school: School, grounds: dict[str, list[str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.grounds = grounds
        named = [(f"{side}-{n}", words) for side, listed in grounds.items() for n, words in enumerate(listed)]
        self.fields["ground"].choices = [  # type: ignore[attr-defined]
            ("For giving access", [each for each in named if each[0].startswith("for-")]),
            ("For refusing it", [each for each in named if each[0].startswith("against-")]),
            ("Otherwise", [(ANOTHER, "Another ground, which the statement does not name")]),
        ]
        self.fields["year_groups"].choices = phase_years(school)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        side, _, number = given.get("ground", "").partition("-")
        refused = given.get("outcome") == Decision.Outcome.REFUSED
        if side == ANOTHER and not given.get("another"):
            self.add_error("another", "Enter the ground")
        elif side == "for" and refused:
            self.add_error("ground", "This is a ground for giving access, and the answer refuses it")
        elif side == "against" and given.get("outcome") == Decision.Outcome.ACCEPTED:
            self.add_error("ground", "This is a ground for refusing access, and the answer gives it")
        if given.get("outcome") in (Decision.Outcome.ACCEPTED, Decision.Outcome.CHANGED) and not given.get(
            "year_groups"
        ):
            self.add_error("year_groups", "Choose the year groups it is for")
        if side in self.grounds and number.isdigit():
            given["in_words"] = self.grounds[side][int(number)]
        return given

    def facts(self) -> dict[str, Any]:
        """What was answered, as fields of Decision. A refusal agrees nothing."""
        given = self.cleaned_data
        agreed = ("agreed_on", "year_groups", "in_school_day", "whole_cohort")
        none: dict[str, Any] = {"agreed_on": None, "year_groups": [], "in_school_day": None, "whole_cohort": None}
        kept = none if given["outcome"] == Decision.Outcome.REFUSED else {name: given[name] for name in agreed}
        return {
            "outcome": given["outcome"],
            "ground": given.get("in_words") or given["another"],
            "in_statement": "in_words" in given,
            "limits": given["limits"],
            "words": given["words"],
            "approved": given["approved"],
            "replied_on": given["replied_on"],
            **kept,
        }
