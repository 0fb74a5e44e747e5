"""How the planner is narrowed, and where a card is moved to."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from careers.accounts.deeds import person_key
from careers.accounts.models import User
from careers.design.editing import EditForm
from careers.design.forms import DateField
from careers.partners.models import Partner
from careers.planner.grid import when_of
from careers.programme.forms import years_offered
from careers.programme.models import Activity
from careers.schools.half_terms import HalfTerms, half_term_on
from careers.schools.models import School

IN_THE_PLAN = [status for status in Activity.Status.values if status != Activity.Status.CANCELLED]


class PlannerFilter(forms.Form):
    """How the planner is narrowed: read from the address, so that a view can be sent to a colleague."""

    academic_year = forms.TypedChoiceField(coerce=int, required=False)
    benchmark = forms.TypedChoiceField(label="Would count towards", coerce=int, required=False)
    year_group = forms.TypedChoiceField(coerce=int, required=False)
    status = forms.ChoiceField(choices=[("", "All but cancelled"), *Activity.Status.choices], required=False)
    partner = forms.ChoiceField(label="With", required=False)
    owner = forms.ChoiceField(label="Looked after by", required=False)

    def __init__(self, *args: Any, school: School, year: int, benchmarks: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        partners = Partner.objects.filter(school=school, activities__academic_year=year).distinct().order_by("name")
        owners = User.objects.filter(
            pk__in=Activity.objects.filter(school=school, academic_year=year).values("owner")
        ).order_by("name")
        self.owners = {person_key(pk): (pk, name) for pk, name in owners.values_list("pk", "name")}
        offered = {
            "academic_year": [("", "This year"), *years_offered()],
            "benchmark": [("", "Anything"), *benchmarks],
            "year_group": [("", "All"), *((group, f"Year {group}") for group in school.year_groups)],
            "partner": [("", "Anyone or nobody"), *partners.values_list("reference", "name")],
            "owner": [("", "Anyone"), *((key, name) for key, (_, name) in self.owners.items())],
        }
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def chosen(self, name: str) -> Any:
        """A choice that is one of those offered, else nothing: an address mangled on the way shows everything."""
        self.is_valid()
        return self.cleaned_data.get(name)


class MoveForm(EditForm):
    """When an activity is to be: its day or, while that is undecided, its week or half-term."""

    mark_optional = False

    when = forms.ChoiceField(label="Half-term or week", required=False)
    starts_on = DateField(
        label="Day", required=False, help_text="If it is known. A day says more than a half-term or week."
    )

    def __init__(self, *args: Any, activity: Activity, half_terms: HalfTerms, **kwargs: Any) -> None:
        super().__init__(*args, initial=answers_of(activity), **kwargs)
        self.half_terms = half_terms
        choices: list[Any] = [("", "On the day below" if activity.starts_on else "No time given")]
        for each in half_terms:
            weeks = [(day.isoformat(), f"Week of {day.day} {day:%B}") for day in each.mondays()]
            choices.append((each.name, [(each.key, f"Some time in {each.name}"), *weeks]))
        held = when_of(activity)
        if held and not any(held == key for _, own in choices[1:] for key, _ in own):
            choices.append((held, f"Week of {activity.week_of:%-d %B}"))
        self.fields["when"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        day, when = given.get("starts_on"), given.get("when", "")
        if day and when and day == self.initial["starts_on"] and not self._holds(when, day):
            given["starts_on"] = day = None  # somewhere else was chosen, and the day was left standing
        if day:
            given["when"] = ""
            if not self.half_terms[0].first <= day <= self.half_terms[-1].until:
                self.add_error("starts_on", "The day must be in the activity's academic year")
        return given

    def _holds(self, when: str, day: date) -> bool:
        if when[:1].isdigit():
            return 0 <= (day - date.fromisoformat(when)).days < 7
        return half_term_on(day, self.half_terms).key == when


def answers_of(activity: Activity) -> dict[str, Any]:
    return {"when": when_of(activity), "starts_on": activity.starts_on}
