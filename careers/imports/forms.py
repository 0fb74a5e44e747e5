"""The questions asked when a file is brought in, and when a held pupil is matched."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from careers.imports.kinds.options import Options
from careers.imports.kinds.registry import Kind
from careers.imports.reading import files
from careers.imports.reading.files import File
from careers.imports.reading.refusal import FileRefused
from careers.pupils.models import Arrival, Pupil
from careers.schools import clock
from careers.schools.models import School


class UploadForm(forms.Form):
    """`file_read` is the file once the form is valid."""

    file = forms.FileField(
        label="File", error_messages={"empty": "The file is empty. Export the list again and choose it."}
    )
    academic_year = forms.TypedChoiceField(label="Academic year", coerce=int)
    earlier_years = forms.BooleanField(
        label="Fill in earlier year groups for new pupils",
        help_text="One year group lower for each year since they joined, where the file gives the day they joined.",
        required=False,
        initial=True,
    )

    def __init__(self, *args: Any, kind: Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.file_read: File | None = None
        now = clock.current_year()
        offered = (now.pending, now, now.previous, now.previous.previous)
        self.fields["academic_year"].choices = [(year.start_year, str(year)) for year in offered]  # type: ignore[attr-defined]
        self.fields["academic_year"].initial = now.start_year
        self.fields["academic_year"].help_text = {
            "roll": "The year in which pupils are in these year groups and forms.",
            "log": "For activities without a date, and to know pupils by their form.",
            "anything": "For days without a year, activities without a date, and to know pupils by their form.",
            "programme": "The year to plan the activities in.",
        }[kind.key]
        self.fields["file"].widget.attrs["accept"] = kind.accepts
        if kind.key != "roll":
            del self.fields["earlier_years"]

    def clean_file(self) -> UploadedFile[Any]:
        sent: UploadedFile[Any] = self.cleaned_data["file"]
        try:
            files.refuse_longer(sent.size or 0)
        except FileRefused as refused:
            raise forms.ValidationError(str(refused)) from None
        self.file_read = File(sent.name or "file", sent.read())
        return sent

    def options(self) -> Options:
        return Options(self.cleaned_data["academic_year"], earlier_years=self.cleaned_data.get("earlier_years", True))


class ProgrammeForm(forms.Form):
    programme = forms.ChoiceField(label="Which programme?", widget=forms.RadioSelect)

    def __init__(self, *args: Any, found: list[dict[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["programme"].choices = [(one["programme"], said(one)) for one in found]  # type: ignore[attr-defined]


def said(programme: dict[str, Any]) -> str:
    """One programme of a file as a choice: whose, for which year, how many activities."""
    parts = [programme["school"] or programme["programme"], programme["year"], f"{programme['rows']} activities"]
    return ", ".join(part for part in parts if part)


class MatchForm(forms.Form):
    """Which of the candidates a held pupil is."""

    pupil = forms.ChoiceField(label="Which pupil is this?", widget=forms.RadioSelect)

    def __init__(self, *args: Any, found: list[Pupil], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_reference = {pupil.reference: pupil for pupil in found}
        self.fields["pupil"].choices = [(pupil.reference, described(pupil)) for pupil in found]  # type: ignore[attr-defined]

    def chosen(self) -> Pupil:
        return self.by_reference[self.cleaned_data["pupil"]]


def described(pupil: Pupil) -> str:
    born = (
        f", born {pupil.date_of_birth.day} {pupil.date_of_birth:%B %Y}"
        if pupil.date_of_birth
        else ", birthday not known"
    )
    return f"{pupil.list_name}{born}, {'UPN ' + pupil.upn if pupil.upn else 'no UPN'}"


class AddForm(forms.Form):
    """The year group of a held pupil who is added as new."""

    year_group = forms.TypedChoiceField(label="Year group", coerce=int)

    def __init__(self, *args: Any, school: School, arrival: Arrival, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = [(year, f"Year {year}") for year in school.year_groups]
        self.fields["year_group"].choices = [("", "Choose a year group"), *years]  # type: ignore[attr-defined]
        self.fields["year_group"].initial = arrival.facts.get("year_group")
