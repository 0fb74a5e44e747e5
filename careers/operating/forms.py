"""What an operator is asked."""

from __future__ import annotations

from typing import Any

from django import forms

from careers.design.forms import Radios
from careers.people.inviting import LONGEST_NAME
from careers.schools.actions import OLDEST, YOUNGEST
from careers.schools.models import School


class AddSchoolForm(forms.Form):
    name = forms.CharField(label="Name of the school", max_length=200)
    urn = forms.CharField(label="URN", max_length=20, help_text="Six digits.")
    laestab = forms.CharField(
        label="LAESTAB", max_length=20, help_text="Seven digits: three of the authority and four of the school."
    )
    kind = forms.ChoiceField(label="What kind of school?", choices=School.Kind.choices, widget=Radios(small=True))
    low_age = forms.IntegerField(label="Youngest age", min_value=YOUNGEST, max_value=OLDEST, initial=11)
    high_age = forms.IntegerField(label="Oldest age", min_value=YOUNGEST, max_value=OLDEST, initial=18)
    leader_name = forms.CharField(label="Full name of its careers leader", max_length=LONGEST_NAME)
    leader_email = forms.EmailField(
        label="Email address of its careers leader",
        help_text="We send an invitation there, which works for seven days.",
    )

    def facts(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        given["ages"] = (given.pop("low_age"), given.pop("high_age"))
        return given


class OperatorForm(forms.Form):
    email = forms.EmailField(label="Email address")
    name = forms.CharField(
        label="Full name",
        required=False,
        max_length=LONGEST_NAME,
        help_text="For somebody who has no account here yet.",
    )
