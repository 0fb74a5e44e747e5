"""What is asked about a partner."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator

from careers.design.editing import EditForm
from careers.design.forms import NOT_RECORDED, Checkboxes, Radios, ThreeWays
from careers.partners.models import Partner
from careers.partners.sections import CHOICES
from careers.schools.models import School
from careers.schools.once import reference_in

NARROW = {"class": "govuk-input--width-10"}
A_WEB_ADDRESS = URLValidator(schemes=["http", "https"], message="Enter a web address, like www.example.org")


class Number(forms.CharField):
    """A number of a register, typed with or without spaces."""

    def __init__(self, label: str, pattern: str, sorry: str, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs=NARROW | {"autocomplete": "off"})
        validators = [RegexValidator(pattern, sorry)]
        super().__init__(label=label, required=False, max_length=20, widget=widget, validators=validators, **kwargs)

    def to_python(self, value: Any) -> str:
        return re.sub(r"\s", "", super().to_python(value) or "").upper()


class CompanyNumber(Number):
    """Eight characters; one of digits alone that has lost its leading noughts gets them back."""

    def to_python(self, value: Any) -> str:
        number = super().to_python(value)
        return number.zfill(8) if number.isdecimal() and 6 <= len(number) < 8 else number


class PartnerForm(EditForm):
    """A partner's facts. What is not recorded is not known, which is not the same as no."""

    mark_optional = False

    name = forms.CharField(max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    kind = forms.ChoiceField(label="What are they?", choices=Partner.Kind.choices, widget=Radios(small=True))
    sic_section = forms.ChoiceField(
        label="Sector", choices=[NOT_RECORDED, *CHOICES], required=False,
        help_text="The letter is that of the Standard Industrial Classification of 2007.",
    )  # fmt: skip
    specialism = forms.CharField(
        label="What do they do there?", max_length=120, required=False, help_text="Such as bread and pastry."
    )
    size_band = forms.ChoiceField(
        label="How many people work there?",
        choices=[*Partner.SizeBand.choices, NOT_RECORDED],
        required=False,
        widget=Radios(small=True),
    )
    self_employed = ThreeWays(label="Is it somebody who is self-employed?")
    stem = ThreeWays(label="Do they work in science, technology, engineering or mathematics?")
    provider_kind = forms.ChoiceField(
        label="What kind of provider?", choices=[NOT_RECORDED, *Partner.ProviderKind.choices], required=False
    )
    pal_eligible = ThreeWays(
        label="Do they offer approved technical education or apprenticeships?",
        help_text="The law on provider access asks this. It does not follow from the kind of provider: ask them.",
    )
    pal_basis = forms.MultipleChoiceField(
        label="Which?", choices=Partner.Basis.choices, required=False, widget=Checkboxes(small=True)
    )
    ukprn = Number("UKPRN", r"^\d{8}$", "A UKPRN has 8 digits, like 10001234")
    urn = Number("URN", r"^\d{6}$", "A URN has 6 digits, like 123456", help_text="If it is a school or a college.")
    companies_house = CompanyNumber(
        "Companies House number",
        r"^[A-Z0-9]{8}$",
        "A Companies House number has 8 characters, like 01234567 or SC123456",
    )
    town = forms.CharField(max_length=80, required=False)
    travel = forms.CharField(label="How to get there", max_length=200, required=False)
    website = forms.CharField(max_length=200, required=False)
    online_only = forms.BooleanField(label="They only ever meet pupils online", required=False)

    def __init__(self, *args: Any, school: School, partner: Partner | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.school, self.partner = school, partner
        others = [code for code in (partner.bases if partner else []) if code not in Partner.Basis.values]
        self.fields["pal_basis"].choices = [*Partner.Basis.choices, *((code, code) for code in others)]  # type: ignore[attr-defined]

    def clean_website(self) -> str:
        given = self.cleaned_data["website"]
        website = f"https://{given}" if given and "://" not in given else given
        if website:
            A_WEB_ADDRESS(website)
        if len(website) > 200:
            raise ValidationError("Enter a shorter web address")
        return str(website)

    def clean_name(self) -> str:
        """No two of a name. The one that this very form made, its button pressed twice, is not another."""
        name = str(self.cleaned_data["name"])
        others = Partner.objects.filter(school=self.school, name=name)
        own = self.partner.reference if self.partner else reference_in(self.data.get(self.add_prefix("stamp"), ""))
        if others.exclude(reference=own).exists():
            raise ValidationError(
                f"There is already a partner called {name}. Use that one or, if this is another, add its town"
            )
        return name

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("pal_basis") and given.get("pal_eligible") is not True and "pal_eligible" not in self.errors:
            self.add_error("pal_eligible", "You chose what they offer below. Choose yes, or take that out")
        return given
