"""What is asked about a request for a copy."""

from __future__ import annotations

from typing import Any

from django import forms

from careers.design.forms import DateField, Radios
from careers.protection.naming import Text
from careers.protection.record_of_requests import AccessRequest
from careers.schools.clock import today

LONGEST_REASON = 200
LEAVE_OUT, REASON = "leave-out-{}".format, "why-{}".format


class RequestForm(forms.Form):
    """Somebody asked for a copy of a pupil's record."""

    mark_optional = False

    received_on = DateField(
        label="When did the request come?",
        what="the day it came",
        help_text="The month to answer in runs from this day.",
    )
    asker = forms.ChoiceField(label="Who asked?", choices=AccessRequest.Asker.choices, widget=Radios())
    asker_name = forms.CharField(
        label="What is their name?", max_length=150, required=False, help_text="Leave it empty if it is the pupil."
    )
    identity_checked = forms.CharField(
        label="How did you check who they are?",
        max_length=200,
        help_text="Such as: known to the office; passport seen; letter from the solicitor and the pupil's own agreement.",
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        day = given.get("received_on")
        if day and day > today():
            self.add_error("received_on", "This day is still to come")
        if given.get("asker") not in (None, AccessRequest.Asker.PUPIL) and not given.get("asker_name"):
            self.add_error("asker_name", "Enter the name of whoever asked")
        return given


class ExtendForm(forms.Form):
    mark_optional = False

    why = forms.CharField(
        label="Why does it take longer?",
        max_length=300,
        help_text=(
            "The law allows two months more where requests are many or hard. Tell whoever asked, and why, within the first month."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReviewForm(forms.Form):
    """Which texts are left out of a copy, each with a reason."""

    mark_optional = False

    def __init__(self, *args: Any, texts: list[Text], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.texts = texts
        for text in texts:
            self.fields[LEAVE_OUT(text.key)] = forms.BooleanField(label="Leave this text out", required=False)
            self.fields[REASON(text.key)] = forms.CharField(
                label="Why is it left out?",
                max_length=LONGEST_REASON,
                required=False,
                help_text="Whoever asked will read this reason.",
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for text in self.texts:
            if given.get(LEAVE_OUT(text.key)) and not given.get(REASON(text.key), "").strip():
                self.add_error(REASON(text.key), "Say why this text is left out")
        return given

    def reasons(self) -> dict[str, str]:
        """Key of each text to leave out, to the reason."""
        given = self.cleaned_data
        return {t.key: given[REASON(t.key)].strip() for t in self.texts if given[LEAVE_OUT(t.key)]}

    def questions(self) -> list[tuple[Text, Any, Any]]:
        return [(text, self[LEAVE_OUT(text.key)], self[REASON(text.key)]) for text in self.texts]
