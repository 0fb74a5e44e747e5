"""What is asked of a note."""

from __future__ import annotations

from typing import Any

from django import forms

from careers.design.forms import Radios
from careers.encounters.models import Encounter
from careers.guidance.models import Note

LONGEST = 4000


class NoteForm(forms.Form):
    """A new note. A meeting is offered by its activity's reference."""

    mark_optional = False

    kind = forms.ChoiceField(
        label="What is it?", choices=Note.Kind.choices, initial=Note.Kind.GUIDANCE, widget=Radios()
    )
    meeting = forms.ChoiceField(label="Which meeting is it of?", required=False)
    text = forms.CharField(
        label="What was talked about and agreed",
        required=False,
        max_length=LONGEST,
        help_text="Only what helps with the pupil’s next steps. Leave it empty if you are noting that a concern was passed on.",
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    passed_to = forms.ChoiceField(
        label="To whom was the concern passed?",
        required=False,
        choices=[("", "No concern was passed on"), *Note.PassedTo.choices],
        help_text="Write no word of the concern here. What it was belongs in their system.",
    )

    def __init__(self, *args: Any, meetings: list[Encounter], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_reference = {meeting.activity.reference: meeting for meeting in meetings}
        offered = [(reference, _described(meeting)) for reference, meeting in self.by_reference.items()]
        self.fields["meeting"].choices = [("", "Not of a meeting"), *offered]  # type: ignore[attr-defined]

    def encounter(self) -> Encounter | None:
        return self.by_reference.get(self.cleaned_data["meeting"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        concern = given.get("kind") == Note.Kind.CONCERN
        if concern and given.get("text"):
            self.add_error("text", "Take this out: of a concern, only that it was passed on is kept here")
        if concern and not given.get("passed_to"):
            self.add_error("passed_to", "Choose to whom the concern was passed")
        if not concern and not given.get("text") and "text" not in self.errors:
            self.add_error("text", "Write the note")
        if not concern and given.get("passed_to"):
            self.add_error("passed_to", "To note that a concern was passed on, choose that above, in a note of its own")
        return given


class CorrectionForm(forms.Form):
    """A note put right: of guidance its text, of a concern to whom it was passed."""

    mark_optional = False

    def __init__(self, *args: Any, note: Note, **kwargs: Any) -> None:
        super().__init__(*args, initial={"text": note.text, "passed_to": note.passed_to}, **kwargs)
        if note.kind == Note.Kind.CONCERN:
            self.fields["passed_to"] = forms.ChoiceField(
                label="To whom was the concern passed?", choices=Note.PassedTo.choices, widget=Radios()
            )
        else:
            self.fields["text"] = forms.CharField(
                label="What was talked about and agreed", max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 8})
            )


def _described(meeting: Encounter) -> str:
    day = meeting.activity.starts_on
    return f"{meeting.activity.title}, {day.day} {day:%B %Y}" if day else meeting.activity.title
