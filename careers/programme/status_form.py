"""The form by which an activity is proposed, planned, said to have been held, or cancelled."""

from __future__ import annotations

from typing import Any

from django import forms

from careers.design.editing import STAMP, EditForm, stamp_of
from careers.design.forms import Radios
from careers.programme.models import Activity
from careers.programme.statuses import OPEN_TO, REASONS, has_come

Status = Activity.Status

WORDS_TO: dict[tuple[str, str], str] = {
    (Status.PROPOSED, Status.PLANNED): "Confirm it: it is planned",
    (Status.PROPOSED, Status.CANCELLED): "Cancel it",
    (Status.PLANNED, Status.PROPOSED): "Put it back to a proposal",
    (Status.PLANNED, Status.DELIVERED): "It was held, and no register will be taken",
    (Status.PLANNED, Status.CANCELLED): "Cancel it",
    (Status.DELIVERED, Status.PLANNED): "It was not held after all: it is still planned",
    (Status.DELIVERED, Status.CANCELLED): "It was not held: cancel it",
    (Status.CANCELLED, Status.PROPOSED): "Propose it again",
    (Status.CANCELLED, Status.PLANNED): "Plan it again",
}
"""From which status to which, as a person would say it."""

HINTS: dict[str, str] = {
    Status.PROPOSED: "It counts for nothing until it is confirmed.",
    Status.DELIVERED: (
        "Nobody is marked as having been there, so it counts for no pupil. Where you know who came, take the register instead."
    ),
    Status.CANCELLED: "It stays on the list and counts for nothing. Places already booked are kept, in case it is planned again.",
}


class StatusForm(EditForm):
    """What an activity becomes, and why. A reason is asked for a cancelling."""

    mark_optional = False

    status = forms.ChoiceField(label="What it becomes", widget=Radios(hints=HINTS))
    why = forms.ChoiceField(
        label="Reason",
        required=False,
        choices=[("", "None given"), *REASONS.items()],
        help_text="Needed if it is cancelled.",
    )
    words = forms.CharField(label="In your own words", required=False, max_length=250, help_text="Do not name a pupil.")

    def __init__(self, *args: Any, activity: Activity, asked: str = "", **kwargs: Any) -> None:
        super().__init__(
            *args, initial={"status": activity.status, STAMP: stamp_of({"status": activity.status})}, **kwargs
        )
        open_to = [to for to in OPEN_TO[activity.status] if to != Status.DELIVERED or has_come(activity)]
        self.fields["status"].choices = [(to, WORDS_TO[activity.status, to]) for to in open_to]  # type: ignore[attr-defined]
        if asked in open_to:
            self.initial["status"] = asked

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("status") == Activity.Status.CANCELLED and not given.get("why"):
            self.add_error("why", "Choose why it is cancelled")
        if given.get("why") == "other" and not given.get("words", "").strip():
            self.add_error("words", "Say what the reason is")
        return given


class CancelManyForm(forms.Form):
    """Why several activities are cancelled: one reason for all of them."""

    why = forms.ChoiceField(
        label="Reason",
        choices=[("", "Choose a reason"), *REASONS.items()],
        error_messages={"required": "Choose why they are cancelled"},
    )
    words = forms.CharField(label="In your own words", required=False, max_length=250, help_text="Do not name a pupil.")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("why") == "other" and not given.get("words", "").strip():
            self.add_error("words", "Say what the reason is")
        return given
