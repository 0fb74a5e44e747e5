"""What the policy statement says, part by part: those the law names first."""

from __future__ import annotations

from typing import Any

from django import forms

from careers.design.editing import EditForm
from careers.design.forms import DateField
from careers.provider_access.limits import limits_in
from careers.provider_access.models import Statement
from careers.provider_access.statement import FIELDS

LONGEST = 3000


def _long(label: str, help_text: str = "", rows: int = 4) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=False, max_length=LONGEST, help_text=help_text, widget=widget)


class Lines(forms.CharField):
    """One ground on each line; gives a list."""

    def __init__(self, label: str, help_text: str) -> None:
        super().__init__(
            label=label,
            required=False,
            max_length=LONGEST,
            help_text=help_text,
            widget=forms.Textarea(attrs={"rows": 5}),
        )

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:  # type: ignore[override]
        lines = [" ".join(line.split()) for line in super().clean(value).splitlines()]
        found = list(dict.fromkeys(line for line in lines if line))
        if any(len(line) > 300 for line in found):
            raise forms.ValidationError("Each ground must be 300 characters or fewer. Start a new line for another one")
        return found


class StatementForm(EditForm):
    """The draft. Nothing is required to save it; publishing says what is missing."""

    mark_optional = False

    procedure = _long(
        "How does a provider ask?", "To whom the request goes, what it should say, and what happens then."
    )
    contact_role = forms.CharField(
        label="Who answers requests?", max_length=120, required=False, help_text="A role, such as Careers leader."
    )
    contact_email = forms.EmailField(label="At which e-mail address?", required=False)
    contact_phone = forms.CharField(label="At which telephone number?", max_length=30, required=False)
    reply_days = forms.IntegerField(
        label="Within how many working days will they hear?",
        min_value=1,
        max_value=60,
        required=False,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-2"}),
        help_text="Your own promise: the law names no number. Mondays to Fridays are counted. Leave it empty to promise nothing.",
    )
    grounds_for = Lines(
        "On what grounds is access given?", "One on each line. Whoever answers a request chooses among them."
    )
    grounds_against = Lines(
        "On what grounds may it be refused?",
        "One on each line, such as a clash with an examination, or safeguarding. Access may not be kept to chosen pupils or put "
        "out of school hours.",
    )
    premises = _long("Which premises and facilities are given?", "Rooms, equipment, where material may be left.")
    times = _long(
        "At which times is access given?",
        "Such as assemblies, lessons and events in each year group. The Act has asked for them since 2023.",
    )
    compliance_plan = _long(
        "How will every pupil get the encounters the Act asks for?",
        "Two in Years 8 and 9 and two in Years 10 and 11, which pupils must attend, and two offered in Years 12 and 13.",
        6,
    )
    entitlement = _long("What may pupils expect?", "Not required.", 3)
    destinations = _long(
        "Where do pupils go when they leave?",
        "Not required. Say nothing that could be about one pupil.",
        3,
    )
    complaints = _long("How does a provider complain?", "Not required.", 3)
    shows_providers = forms.BooleanField(label="List the providers who have been here, from the log", required=False)
    shows_occasions = forms.BooleanField(
        label="List what is planned with providers, by month and year group", required=False
    )
    approved_by = forms.CharField(
        label="Who approved it?", max_length=120, required=False, help_text="Such as the governing body."
    )
    approved_on = DateField(label="When was it approved?", what="the day it was approved", required=False)
    next_review_on = DateField(
        label="When will it be reviewed?",
        what="the day of the next review",
        required=False,
        help_text="A review once a year is recommended. It is not law.",
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        approved, review = given.get("approved_on"), given.get("next_review_on")
        if approved and review and review <= approved:
            self.add_error("next_review_on", "The next review must come after the day it was approved")
        return given

    def warned(self) -> list[Any]:
        """Limits that the grounds typed look like."""
        given = self.cleaned_data
        return limits_in(*given.get("grounds_for", []), *given.get("grounds_against", []), given.get("times", ""))


SECTIONS = (
    ("How to ask for access", ("procedure", "contact_role", "contact_email", "contact_phone", "reply_days")),
    ("Grounds", ("grounds_for", "grounds_against")),
    ("Premises, facilities and times", ("premises", "times")),
    ("How every pupil will get their encounters", ("compliance_plan",)),
    ("Not required", ("entitlement", "shows_providers", "shows_occasions", "destinations", "complaints")),
    ("Approval and review", ("approved_by", "approved_on", "next_review_on")),
)


def answers_of(statement: Statement) -> dict[str, Any]:
    """What is recorded, as the form's first answers."""
    return {name: getattr(statement, name) for name in FIELDS}
