"""What is asked about a milestone: for each kind only what a rule wants to know."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from careers.design.editing import EditForm
from careers.design.forms import Checkboxes, DateField, Radios, ThreeWays
from careers.leadership.kinds import FEATURES, PARTIES, Kind
from careers.leadership.models import Milestone
from careers.schools.clock import today
from criteria.tables import NO_CODES


class Codes(forms.MultipleChoiceField):
    """Some of a list of codes. Nothing ticked is not known (None); "none of these" is known to be none (an empty list)."""

    def __init__(self, label: str, choices: list[tuple[str, str]]) -> None:
        super().__init__(
            label=label,
            choices=[*choices, (NO_CODES, "None of these")],
            required=False,
            widget=Checkboxes(small=True),
            help_text="Choose all that apply. Leave it empty if it is not known.",
        )

    def prepare_value(self, value: Any) -> Any:
        return [NO_CODES] if value == [] else value

    def clean(self, value: Any) -> list[str] | None:  # type: ignore[override]
        chosen = super().clean(value)
        if NO_CODES in chosen and len(chosen) > 1:
            raise forms.ValidationError("Choose “None of these”, or choose some of the others")
        return [] if chosen == [NO_CODES] else chosen or None


ASKED_BY_KIND = ("parties", "features", "on_website", "informed_changes")


class MilestoneForm(EditForm):
    """A milestone of one kind."""

    mark_optional = False

    date = DateField(label="On which day?", what="the day")
    status = forms.ChoiceField(
        label="Has it happened?",
        choices=[("done", "Yes, it has happened"), ("planned", "No, it is planned")],
        widget=Radios(inline=True, small=True),
    )
    title = forms.CharField(
        label="What do you call it?", max_length=120, required=False, help_text="If that helps, such as Autumn survey."
    )
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    until = DateField(
        label="Has it ended? If so, on which day?",
        what="the last day",
        required=False,
        help_text="Leave it empty while it still holds.",
    )

    def __init__(self, *args: Any, kind: Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind.parties:
            self.fields["parties"] = Codes(kind.whom, [(code, PARTIES[code]) for code in kind.parties])
        if kind.features:
            self.fields["features"] = Codes(kind.what, [(code, FEATURES[code]) for code in kind.features])
        if kind.website:
            self.fields["on_website"] = ThreeWays(label="Is it on the school's website?")
        if kind.changes:
            self.fields["informed_changes"] = ThreeWays(label="Did it lead to changes in the programme?")
        if not kind.stands:
            del self.fields["until"]
        self.order_fields(["date", "status", *ASKED_BY_KIND, "title", "until", "note"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        day, until = given.get("date"), given.get("until")
        if day and day > today() and given.get("status") == Milestone.Status.DONE:
            self.add_error("date", "This day is still to come. Choose an earlier day, or say that it is planned")
        if day and until and until < day:
            self.add_error("until", "The last day must be the day itself or later")
        return given

    def facts(self) -> dict[str, Any]:
        """What was answered, as fields of Milestone."""
        return self.answers()


def answers_of(milestone: Milestone) -> dict[str, Any]:
    """What is recorded, as the form's first answers."""
    names = ("date", "status", "title", "note", "until", "parties", "features", "on_website", "informed_changes")
    return {name: getattr(milestone, name) for name in names}


def first_answers(kind: Kind, address: Mapping[str, str]) -> dict[str, Any]:
    """What a link asked to be filled in already: one party or feature, and today."""
    first: dict[str, Any] = {"date": today(), "status": "done"}
    if (party := address.get("party")) in kind.parties:
        first["parties"] = [party]
    if (feature := address.get("feature")) in kind.features:
        first["features"] = [feature]
    if kind.website and address.get("website"):
        first["on_website"] = True
    return first


class ReviewForm(EditForm):
    """The next review of the published careers information and, where it has just been reviewed, on which day."""

    mark_optional = False

    reviewed_on = DateField(
        label="When was it last reviewed?",
        what="the day of the last review",
        required=False,
        help_text="Leave it empty if you only want to put the day of the next review right.",
    )
    next_review_on = DateField(
        label="By which day will it next be reviewed?",
        what="the day of the next review",
        help_text="As the website says it.",
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        last, following = given.get("reviewed_on"), given.get("next_review_on")
        if last and last > today():
            self.add_error("reviewed_on", "This day is still to come")
        if last and following and following <= last:
            self.add_error("next_review_on", "The next review must come after the last one")
        return given
