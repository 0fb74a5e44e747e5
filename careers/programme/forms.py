"""What is asked about an activity, and how the programme is filtered."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.db import models

from careers.design.editing import STAMP, EditForm
from careers.design.forms import Checkboxes, DateField, Radios
from careers.partners.models import Partner
from careers.programme.actions import partners_of
from careers.programme.facts import FACTS, FLAGS, groups_for, label
from careers.programme.models import Activity
from careers.schools.clock import current_year
from careers.schools.models import School
from criteria.periods import AcademicYear

YES, NO = "yes", "no"
NOT_RECORDED = ("", "Not recorded")
THREE_WAYS = [(YES, "Yes"), (NO, "No"), NOT_RECORDED]
NUMBERS = {"hours": 999, "days": 365, "adviser_level": 8, "destination_point": 3}


class ThreeWays(forms.TypedChoiceField):
    """Yes, no or not recorded: True, False or None. Blank is not no."""

    def __init__(self, **kwargs: Any) -> None:
        choices = kwargs.pop("choices", THREE_WAYS)
        super().__init__(
            choices=choices,
            coerce=lambda value: value == YES,
            empty_value=None,
            required=False,
            widget=Radios(inline=True, small=True),
            **kwargs,
        )

    def prepare_value(self, value: Any) -> Any:
        return {True: YES, False: NO, None: ""}.get(value, value) if not isinstance(value, str) else value


def years_offered(held: int | None = None) -> list[tuple[int, str]]:
    """The previous, current and pending years, and the one the activity is in."""
    now = current_year()
    years = {now.previous.start_year, now.start_year, now.pending.start_year} | ({held} if held is not None else set())
    return [(year, str(AcademicYear(year))) for year in sorted(years)]


def fact_field(fact: str) -> forms.Field:
    """The question for one fact, by what kind of answer it has."""
    if fact in FLAGS:
        return ThreeWays(label=label(fact))
    stored = cast("models.Field[Any, Any]", Activity._meta.get_field(fact))
    if fact in NUMBERS:
        small = forms.NumberInput(attrs={"class": "govuk-input--width-4"})
        limits = {"min_value": 0, "max_value": NUMBERS[fact]}
        if isinstance(stored, models.DecimalField):
            places = {"max_digits": stored.max_digits, "decimal_places": stored.decimal_places}
            return forms.DecimalField(label=label(fact), required=False, widget=small, **limits, **places)  # type: ignore[arg-type]
        return forms.IntegerField(label=label(fact), required=False, widget=small, **limits)  # type: ignore[arg-type]
    if stored.choices:
        choices = [*list(stored.choices), NOT_RECORDED]
        radios = Radios(inline=True, small=True)
        return forms.ChoiceField(label=label(fact), choices=choices, required=False, widget=radios)
    return forms.CharField(label=label(fact), required=False, max_length=stored.max_length)


class ActivityForm(EditForm):
    """An activity's facts and judgements."""

    mark_optional = False

    title = forms.CharField(max_length=200)
    type = forms.ChoiceField(choices=Activity.Type.choices)
    academic_year = forms.TypedChoiceField(coerce=int)
    starts_on = DateField(label="First day", required=False, help_text="Leave it empty while it is undecided.")
    ends_on = DateField(label="Last day", required=False, help_text="Only if it lasts more than one day.")
    term = forms.CharField(
        label="Term or week", max_length=30, required=False, help_text="While the date is undecided, such as Autumn."
    )
    year_groups = forms.TypedMultipleChoiceField(
        coerce=int, required=False, widget=Checkboxes(small=True), help_text="Choose all that it is for."
    )
    whole_cohort = ThreeWays(
        label="Is it for every pupil of those year groups?",
        choices=[(YES, "Yes, every pupil"), (NO, "No, some of them"), NOT_RECORDED],
    )
    partners: forms.ModelMultipleChoiceField[Partner] = forms.ModelMultipleChoiceField(
        queryset=None,
        to_field_name="reference",
        required=False,
        widget=Checkboxes(small=True),
        help_text="Employers and providers who take part.",
    )
    purpose = forms.CharField(label="What it is for", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    learning_outcomes = forms.CharField(
        label="What pupils should learn", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    note = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, school: School, activity: Activity | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = list(activity.year_groups) if activity else []
        groups = sorted({*school.year_groups, *held})
        self.fields["year_groups"].choices = [(group, f"Year {group}") for group in groups]  # type: ignore[attr-defined]
        self.fields["academic_year"].choices = years_offered(activity.academic_year if activity else None)  # type: ignore[attr-defined]
        self.fields["partners"].queryset = Partner.objects.filter(school=school).order_by("kind", "name")  # type: ignore[attr-defined]
        self.fields |= {fact: fact_field(fact) for fact in FACTS}

    @property
    def chosen_type(self) -> str:
        return str(self["type"].value() or Activity.Type.EMPLOYER_ENCOUNTER)

    def fact_groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The facts that matter for the type now chosen."""
        return [(group.title, [self[fact] for fact in facts]) for group, facts in groups_for(self.chosen_type)[0]]

    def other_groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        return [(group.title, [self[fact] for fact in facts]) for group, facts in groups_for(self.chosen_type)[1]]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last, year = given.get("starts_on"), given.get("ends_on"), given.get("academic_year")
        if last and not first and "starts_on" not in self.errors:
            self.add_error("starts_on", "Enter the first day too, or take the last day out")
        if first and last and last < first:
            self.add_error("ends_on", "The last day must be the first day or later")
        if first and year is not None and first not in AcademicYear(year):
            belongs = AcademicYear.containing(first)
            self.add_error(
                "starts_on", f"This day is in {belongs}, but the academic year chosen is {AcademicYear(year)}"
            )
        return given

    def facts(self) -> dict[str, Any]:
        """What was answered, as fields of Activity."""
        return {name: value for name, value in self.answers().items() if name != "partners"}


def answers_of(activity: Activity) -> dict[str, Any]:
    """What is recorded, as the form's first answers."""
    asked = [name for name in ActivityForm.base_fields if name not in ("partners", STAMP)]
    held = {name: getattr(activity, name) for name in (*asked, *FACTS)}
    return {**held, "partners": partners_of(activity)}


class ProgrammeFilter(forms.Form):
    """How the list is narrowed: read from the address, so a view can be sent to a colleague."""

    academic_year = forms.TypedChoiceField(coerce=int, required=False)
    year_group = forms.TypedChoiceField(coerce=int, required=False)
    type = forms.ChoiceField(choices=[("", "All types"), *Activity.Type.choices], required=False)
    status = forms.ChoiceField(choices=[("", "All"), *Activity.Status.choices], required=False)
    partner = forms.ChoiceField(label="With", choices=[("", "Anyone or nobody"), *Partner.Kind.choices], required=False)
    source = forms.ChoiceField(label="Published at", required=False)

    def __init__(self, *args: Any, school: School, sources: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["academic_year"].choices = [("", "This year"), *years_offered()]  # type: ignore[attr-defined]
        self.fields["year_group"].choices = [("", "All"), *((group, f"Year {group}") for group in school.year_groups)]  # type: ignore[attr-defined]
        if sources:
            self.fields["source"].choices = [("", "Anywhere"), *((source, source) for source in sources)]  # type: ignore[attr-defined]
        else:
            del self.fields["source"]

    def chosen(self, name: str) -> Any:
        """A choice that is one of those offered, else nothing: an address mangled on the way shows everything."""
        self.is_valid()
        return self.cleaned_data.get(name)
