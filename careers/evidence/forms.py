"""What is asked of a piece of evidence."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from careers.design.editing import EditForm
from careers.design.forms import DateField, Radios
from careers.evidence.contents import Found, looked_into
from careers.evidence.models import Evidence
from careers.evidence.refusal import ContentRefused
from careers.schools.clock import today

MOST_AT_ONCE = 12
TELLS = [("yes", "Yes"), ("no", "No")]
TELLS_QUESTION = "Can pupils be recognised in it, or are they named?"
TELLS_HINT = (
    "If so, it is shown only to those who may see every pupil by name and to whoever added it, and is left out of the "
    "file for a visit unless you include it."
)


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Files by their content: a list of Found. An error names the file it is about, and none is lost unsaid."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[Found]:  # type: ignore[override]
        sent: list[UploadedFile[Any]] = [each for each in (data if isinstance(data, list) else [data]) if each]
        if len(sent) > MOST_AT_ONCE:
            raise forms.ValidationError(f"{len(sent)} files were chosen. Send no more than {MOST_AT_ONCE} at once.")
        found, refused = [], []
        for file in sent:
            try:
                found.append(_read(file))
            except ContentRefused as reason:
                refused.append(forms.ValidationError(f"{file.name}: {reason}"))
        if refused:
            raise forms.ValidationError(refused)
        return found


def _read(file: UploadedFile[Any]) -> Found:
    size = file.size or 0
    if size > settings.UPLOAD_LIMIT:
        limit = settings.UPLOAD_LIMIT // 1024**2
        raise ContentRefused(
            f"It is {size / 1024**2:.0f} MB, and the most is {limit} MB. Make it smaller, or link to it."
        )
    return looked_into(file.name or "file", file.read())


class TellsField(forms.TypedChoiceField):
    def __init__(self) -> None:
        super().__init__(
            label=TELLS_QUESTION, help_text=TELLS_HINT, choices=TELLS, coerce=lambda value: value == "yes",
            widget=Radios(inline=True, small=True),
        )  # fmt: skip

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value


class KeepForm(forms.Form):
    """Files, or a link; a title for them all."""

    mark_optional = False
    # The file or the link itself is what stays the same when the button is pressed twice.
    sent = FilesField(
        label="Pictures and documents",
        required=False,
        help_text=f"Photographs, PDF, Word, Excel, PowerPoint, OpenDocument or plain text, up to {MOST_AT_ONCE} at once.",
    )
    link = forms.URLField(
        label="Or a link", required=False, max_length=500, assume_scheme="https", help_text="A page that shows it."
    )
    title = forms.CharField(
        label="What it shows", max_length=120, help_text="Such as: Year 9 at the apprenticeship fair."
    )
    tells_of_pupils = TellsField()
    dated = DateField(
        label="Which day is it of?", what="the day", required=False, help_text="Leave it empty for today."
    )
    note = forms.CharField(label="Note", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "sent" not in self.errors and "link" not in self.errors:
            if not given.get("sent") and not given.get("link"):
                self.add_error("sent", "Choose a picture or a document, or give a link")
            if given.get("sent") and given.get("link"):
                self.add_error("link", "Send either files or a link, not both at once")
        return given

    def facts(self) -> dict[str, Any]:
        given = {name: value for name, value in self.cleaned_data.items() if name != "sent"}
        return {**given, "dated": given["dated"] or today()}


class EvidenceForm(EditForm):
    """What is said of a piece that is kept."""

    mark_optional = False
    title = forms.CharField(label="What it shows", max_length=120)
    tells_of_pupils = TellsField()
    dated = DateField(label="Which day is it of?", what="the day")
    note = forms.CharField(label="Note", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))


def answers_of(evidence: Evidence) -> dict[str, Any]:
    return {name: getattr(evidence, name) for name in ("title", "tells_of_pupils", "dated", "note")}
