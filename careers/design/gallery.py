"""A page of every component in every state, for people who build pages. Its examples are invented."""

import datetime

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.datastructures import MultiValueDict
from django.utils.html import format_html

from careers.design.charts import (
    DotPlot,
    Gap,
    Happening,
    HeatCell,
    HeatMap,
    HeatRow,
    InlineBar,
    StateBar,
    Timeline,
    draw,
)
from careers.design.components import Action, Column, Row
from careers.design.forms import Checkboxes, DateField, Radios
from careers.design.states import STATES

YEARS = [(year, f"Year {year}") for year in range(7, 14)]
WAYS = [("visit", "They come to us"), ("workplace", "We go to them"), ("online", "Online, talking both ways")]


class VisitForm(forms.Form):
    """Every kind of question once."""

    name = forms.CharField(label="Name of the visit", help_text="As pupils will see it.")
    contact = forms.EmailField(label="E-mail of the visitor", required=False)
    cost = forms.DecimalField(
        label="Cost",
        widget=forms.TextInput(attrs={"prefix": "£", "class": "govuk-input--width-5", "inputmode": "decimal"}),
    )
    day = DateField(label="Date of the visit", help_text="For example, 27 3 2026.")
    way = forms.ChoiceField(
        label="How pupils meet them", choices=WAYS, widget=Radios(hints={"online": "A recording does not count."})
    )
    years = forms.MultipleChoiceField(label="Year groups", choices=YEARS, widget=Checkboxes(small=True))
    partner = forms.ChoiceField(
        label="Employer", choices=[("", "Choose an employer"), ("1", "Fellside Engineering"), ("2", "Harbour Foods")]
    )
    aims = forms.CharField(label="What pupils will learn", widget=forms.Textarea, max_length=200)
    plan = forms.FileField(label="Plan for the day", required=False)
    secret = forms.CharField(label="Your password", widget=forms.PasswordInput)
    agreed = forms.BooleanField(label="The visitor has been told how we keep pupils safe")

    def clean(self) -> dict:
        if self.cleaned_data.get("cost") and not self.cleaned_data.get("partner"):
            raise forms.ValidationError("A visit that costs money needs an employer to pay")
        return self.cleaned_data


class PupilFilter(forms.Form):
    search = forms.CharField(label="Name or UPN")
    year = forms.ChoiceField(label="Year group", choices=[("", "All"), *YEARS])
    standing = forms.ChoiceField(
        label="Standing", choices=[("", "All"), *((state.key, state.word) for state in STATES.values())]
    )


COUNTS = {"met": 61, "booked": 22, "due": 18, "missed": 9, "cannot_tell": 5, "does_not_apply": 4}


def _charts() -> dict[str, object]:
    day = datetime.date
    return {
        "bar": StateBar(
            "Two employer encounters by the end of Year 11",
            COUNTS,
            was_met=0.42,
            urls={"missed": "#missed", "due": "#due"},
        ),
        "bar_empty": StateBar("A criterion nobody is in yet", {}),
        "heat": HeatMap(
            "Pupils who have met each benchmark, by year group",
            "Year group",
            ["1", "2", "3", "4", "5"],
            [
                HeatRow(f"Year {year}", [_heat(year, column) for column in range(5)], url="#year")
                for year in range(7, 14)
            ],
            long_columns=[f"Benchmark {number}" for number in range(1, 6)],
        ),
        "heat_states": HeatMap(
            "Where four pupils stand",
            "Pupil",
            ["1", "2", "3", "4", "5", "6"],
            [
                HeatRow(name, [HeatCell(state=key) for key in [*STATES][turn:] + [*STATES][:turn]])
                for turn, name in enumerate(["Amina Holt", "Ben Carr", "Cerys Vaughan", "Dev Raman"])
            ],
            long_columns=[f"Criterion {number}" for number in range(1, 7)],
        ),
        "gaps": DotPlot(
            "Who has met an employer",
            "pupils with an employer encounter this year",
            [
                Gap("Pupils with SEN support", 0.58, 0.71, 62, "#sen"),
                Gap("Pupil premium", 0.69, 0.7, 120),
                Gap("Girls", 0.74, 0.66, 301),
                Gap("Looked-after children", None, None),
            ],
        ),
        "timeline": Timeline(
            "Amina's journey so far",
            day(2022, 9, 1),
            ["Y7", "Y8", "Y9", "Y10", "Y11"],
            [
                Happening(day(2022, 11, 8), "Employer", "Bridge building with Fellside Engineering"),
                Happening(day(2024, 3, 5), "Employer", "Careers fair", url="#fair"),
                Happening(day(2024, 6, 20), "Provider", "Taster day at Northgate College"),
                Happening(day(2025, 10, 2), "Guidance", "First conversation with the careers adviser"),
                Happening(day(2026, 2, 9), "Guidance", "Second conversation", planned=True),
                Happening(day(2026, 6, 29), "Workplace", "Work experience week", planned=True),
            ],
            today=day(2025, 11, 22),
        ),
    }


def _heat(year: int, column: int) -> HeatCell:
    if year < 9 and column == 4:
        return HeatCell()
    return HeatCell(part=[30, 24, 16, 8, 0][(year + column) % 5], whole=30, url="#pupils")


def _table() -> dict[str, object]:
    columns = [Column("Pupil", "name"), Column("Form"), Column("Encounters", "encounters", numeric=True), Column("Met")]
    people = [("Amina Holt", "9A", 7, 6), ("Ben Carr", "9B", 2, 2), ("Cerys Vaughan", "9A", 4, 3)]
    rows = [
        [
            format_html('<a class="govuk-link" href="#pupil">{}</a>', name),
            form,
            count,
            draw(InlineBar(met, 8, booked=1)),
        ]
        for name, form, count, met in people
    ]
    return {"columns": columns, "rows": rows, "no_rows": []}


def gallery(request: HttpRequest) -> HttpResponse:
    """?errors=1 shows the form as it looks when it is sent empty, with its error summary."""
    if hasattr(request, "_messages"):
        messages.success(request, "14 pupils were put on the visit. Undo")
        messages.info(request, "Year 8's register for Tuesday has not been taken.")
        messages.error(request, "The file could not be read: row 3 has no UPN.")
    wrong = bool(request.GET.get("errors"))
    form = VisitForm(
        {"day_day": "31", "day_month": "2", "day_year": "2026", "cost": "12"} if wrong else None,
        files=MultiValueDict() if wrong else None,
    )
    change = Action("Change", "#change")
    return render(
        request,
        "design/gallery.html",
        {
            "visit_form": form,
            "filter_form": PupilFilter(request.GET or None),
            "states": STATES,
            "summary": [
                Row("School", "Fellside Academy", (change,)),
                Row("Careers leader", "Jo Marsh", (change, Action("Remove", "#remove"))),
                Row("URN", "100000"),
            ],
            "page": Paginator(range(400), 20).get_page(request.GET.get("page") or 7),
            **_charts(),
            **_table(),
        },
    )


# Said here and not by a decorator: policies are made in a folder above this one. Nothing here belongs to a school.
gallery.policy = "any member"  # type: ignore[attr-defined]
