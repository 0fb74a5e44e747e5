"""What is asked about a contact, an offer, a check, and how something went."""

from __future__ import annotations

from typing import Any

from django import forms

from careers.design.editing import EditForm
from careers.design.forms import DateField, Radios, ThreeWays
from careers.partners.forms import NOT_RECORDED
from careers.partners.models import Check, Contact, Offer
from careers.schools.clock import today

FIRST_YEAR = 1940


class ContactForm(EditForm):
    """A person at a partner."""

    mark_optional = False

    name = forms.CharField(max_length=120)
    role = forms.CharField(label="What do they do there?", max_length=120, required=False)
    email = forms.EmailField(label="E-mail address", max_length=254, required=False)
    telephone = forms.CharField(
        max_length=30, required=False, widget=forms.TextInput(attrs={"class": "govuk-input--width-20"})
    )
    way = forms.ChoiceField(
        label="How do they like to be reached?",
        choices=[*Contact.Way.choices, NOT_RECORDED],
        required=False,
        widget=Radios(inline=True, small=True),
    )
    former_pupil = ThreeWays(label="Were they a pupil of this school?")
    left_in = forms.IntegerField(
        label="In which year did they leave it?",
        required=False,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-4"}),
    )
    leave_alone = forms.BooleanField(
        label="They have asked not to be contacted any more",
        required=False,
        help_text="Their e-mail address and telephone number are then shown on no page but this.",
    )
    notes = forms.CharField(
        required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text="They may ask to read this. Name no pupil."
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        left = given.get("left_in")
        if left is not None and not FIRST_YEAR <= left <= today().year:
            self.add_error("left_in", f"Enter a year from {FIRST_YEAR} to {today().year}, like 2015")
        elif left is not None and not given.get("former_pupil"):
            self.add_error("former_pupil", "You said when they left. Choose yes, or take the year out")
        return given


class OfferForm(EditForm):
    """Something a partner has said it would do."""

    mark_optional = False

    kind = forms.ChoiceField(label="What would they do?", choices=Offer.Kind.choices, widget=Radios(small=True))
    words = forms.CharField(label="In their own words", max_length=200, required=False)
    pupils = forms.IntegerField(
        label="For how many pupils?", min_value=1, max_value=5000, required=False,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-4"}),
    )  # fmt: skip
    when = forms.CharField(label="When?", max_length=120, required=False, help_text="Such as Fridays in the spring.")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("kind") == Offer.Kind.OTHER and not given.get("words"):
            self.add_error("words", "Say what it is")
        return given


class CheckForm(EditForm):
    """An insurance or a check that somebody has seen."""

    mark_optional = False

    kind = forms.ChoiceField(label="What was seen?", choices=Check.Kind.choices, widget=Radios(small=True))
    of_what = forms.CharField(label="What is it, if it is another?", max_length=120, required=False)
    number = forms.CharField(
        label="Its number",
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
        help_text="Of a policy or a certificate. Of a safeguarding check record that it was seen, never what it says.",
    )
    seen_on = DateField(label="When was it seen?", what="the day it was seen", required=False)
    expires_on = DateField(
        label="When does it run out?", what="the day it runs out", required=False, help_text="Its last day."
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        seen, ends = given.get("seen_on"), given.get("expires_on")
        if seen and seen > today():
            self.add_error("seen_on", "This day is still to come")
        if given.get("kind") == Check.Kind.OTHER and not given.get("of_what"):
            self.add_error("of_what", "Say what it is")
        if ends and ends.year > today().year + 50:
            self.add_error("expires_on", "This is more than 50 years away. Enter the year it runs out")
        return given


class RemarkForm(EditForm):
    """How an activity went with a partner."""

    mark_optional = False

    words = forms.CharField(
        label="How did it go?",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="What they were like with pupils, and what you would ask them to change. Name no pupil.",
    )
    again = ThreeWays(label="Would you invite them again?")
