"""What is asked about an activity, and how the programme is filtered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.db import models

from careers.accounts.deeds import person_key
from careers.design.editing import STAMP, EditForm
from careers.design.forms import NO, NOT_RECORDED, YES, Checkboxes, DateField, Radios, ThreeWays
from careers.partners.models import Partner
from careers.programme.actions import groups_of, partners_of
from careers.programme.facts import FACTS, FLAGS, groups_for, label
from careers.programme.models import Activity
from careers.programme.questions import GroupsField, Section, Words, lacking_choices, staff_of
from careers.programme.sessions import EXAMPLE, SessionsField, lines_of, read
from careers.pupils.models import Group
from careers.schools.clock import current_year
from careers.schools.half_terms import monday_of
from careers.schools.models import School
from criteria.periods import AcademicYear

NUMBERS = {"hours": 999, "days": 365, "adviser_level": 8, "destination_point": 3}


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
    """All that is planned of an activity, and what is known of it. `criteria` are (id, words) of rules pupils may lack.

    Only the title and type must be answered. The programme lies below the rules, so whoever opens the form hands them in.
    """

    mark_optional = False

    title = forms.CharField(max_length=200)
    type = forms.ChoiceField(choices=Activity.Type.choices)
    academic_year = forms.TypedChoiceField(coerce=int)
    year_groups = forms.TypedMultipleChoiceField(
        coerce=int, required=False, widget=Checkboxes(small=True), help_text="Choose all that it is for."
    )
    half_term = forms.ChoiceField(
        label="Half-term",
        choices=[("", "Not decided, or see the day below"), *Activity.HalfTerm.choices],
        required=False,
        help_text="Enough while the day is undecided.",
    )
    starts_on = DateField(label="First day", required=False, help_text="Leave it empty while it is undecided.")
    ends_on = DateField(label="Last day", required=False, help_text="Only if it lasts more than one day.")
    week_of = DateField(
        label="Week", what="week", required=False, help_text="Any day of it, if the week is known and the day is not."
    )
    term = forms.CharField(
        label="Term or week, as it was written",
        max_length=30,
        required=False,
        help_text="Such as Autumn. A half-term, week or day above says it better.",
    )
    sessions = SessionsField(
        label="Sessions", help_text=f"If it is held several times, or its hours matter: each on a line, like {EXAMPLE}."
    )
    whole_cohort = ThreeWays(
        label="Is it for every pupil of those year groups?",
        choices=[(YES, "Yes, every pupil"), (NO, "No, some of them"), NOT_RECORDED],
    )
    groups = GroupsField(label="Forms, classes or groups")
    lacking = forms.ChoiceField(label="Those who lack", required=False)
    partners: forms.ModelMultipleChoiceField[Partner] = forms.ModelMultipleChoiceField(
        queryset=None,
        to_field_name="reference",
        required=False,
        widget=Checkboxes(small=True),
        help_text="Employers and providers who take part.",
    )
    agreed_with_partner = Words("What was agreed with them beforehand")
    owner = forms.ChoiceField(label="Who looks after it", required=False)
    location = forms.CharField(label="Where", max_length=200, required=False)
    cost = forms.DecimalField(
        label="Cost in pounds",
        min_value=0,
        max_digits=9,
        decimal_places=2,
        required=False,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-5"}),
    )
    funding = forms.CharField(label="Who pays", max_length=120, required=False)
    purpose = Words("What it is for")
    learning_outcomes = Words("What pupils should learn")
    send_adjustments = Words("Adjustments for pupils with special educational needs")
    parents_involved = Words("How parents and carers are involved")
    note = Words("Note")

    def __init__(
        self,
        *args: Any,
        school: School,
        activity: Activity | None = None,
        criteria: Sequence[tuple[str, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        held = list(activity.year_groups) if activity else []
        groups = sorted({*school.year_groups, *held})
        self.fields["year_groups"].choices = [(group, f"Year {group}") for group in groups]  # type: ignore[attr-defined]
        self.fields["academic_year"].choices = years_offered(activity.academic_year if activity else None)  # type: ignore[attr-defined]
        here = Partner.objects.filter(school=school)
        still = here.filter(gone_on__isnull=True) | (activity.partners.all() if activity else here.none())
        self.fields["partners"].queryset = still.distinct().order_by("kind", "name")  # type: ignore[attr-defined]
        self.fields["groups"].of(school, self["academic_year"].value())  # type: ignore[attr-defined]
        self.staff = staff_of(school, activity.owner if activity else None)
        self.fields["owner"].choices = [("", "Nobody yet"), *((key, user.name) for key, user in self.staff.items())]  # type: ignore[attr-defined]
        self.fields["lacking"].choices = lacking_choices(criteria, activity.lacking if activity else "")  # type: ignore[attr-defined]
        if not (activity and activity.term):
            del self.fields["term"]
        self.fields |= {fact: fact_field(fact) for fact in FACTS}

    @property
    def chosen_type(self) -> str:
        return str(self["type"].value() or Activity.Type.EMPLOYER_ENCOUNTER)

    def fact_groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The facts that matter for the type now chosen, but for how it is held, which is asked with where."""
        now = groups_for(self.chosen_type)[0]
        return [(group.title, [self[fact] for fact in facts]) for group, facts in now if group.key != "how"]

    def other_groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        return [(group.title, [self[fact] for fact in facts]) for group, facts in groups_for(self.chosen_type)[1]]

    def sections(self) -> list[Section]:
        """The plan, but for its first questions, in parts that are folded away."""
        return [
            Section(key, title, help, [self[name] for name in names if name in self.fields], bool(self.meanwhile))
            for key, title, help, names in SECTIONS
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        self._by_its_sessions(given)
        first, last, year = given.get("starts_on"), given.get("ends_on"), given.get("academic_year")
        if last and not first and "starts_on" not in self.errors:
            self.add_error("starts_on", "Enter the first day too, or take the last day out")
        if first and last and last < first:
            self.add_error("ends_on", "The last day must be the first day or later")
        for name in ("starts_on", "week_of"):
            day = given.get(name)
            if day and year is not None and day not in AcademicYear(year):
                belongs = AcademicYear.containing(day)
                self.add_error(name, f"This day is in {belongs}, but the academic year chosen is {AcademicYear(year)}")
        if week := given.get("week_of"):
            given["week_of"] = monday_of(week)
        if first:  # a day says it all; only what is said last may be kept
            given["half_term"], given["week_of"] = "", None
        elif given.get("week_of"):
            given["half_term"] = ""
        return given

    def _by_its_sessions(self, given: dict[str, Any]) -> None:
        """Its days are those of its sessions, where nobody gave others."""
        days = [read(line).day for line in given.get("sessions") or ()]
        if not days:
            return
        first, last = given.get("starts_on"), given.get("ends_on")
        if not first:
            given["starts_on"], given["ends_on"] = days[0], last or (days[-1] if days[-1] > days[0] else None)
        elif days[0] < first or days[-1] > (last or first):
            self.add_error(
                "sessions",
                "Every session must be on one of its days. Leave its first and last day empty to have them follow",
            )

    def facts(self) -> dict[str, Any]:
        """What was answered, as fields of Activity."""
        found = {name: value for name, value in self.answers().items() if name not in BESIDE}
        return found | {"owner": self.staff.get(found["owner"])}

    def beside(self, school: School) -> dict[str, Any]:
        """What was answered that is kept beside the activity: its partners, groups and sessions."""
        given = self.cleaned_data
        groups = Group.objects.filter(school=school, reference__in=given["groups"])
        return {"partners": given["partners"], "groups": list(groups), "sessions": given["sessions"]}


BESIDE = ("partners", "groups", "sessions")

SECTIONS = (
    ("when", "When exactly", "", ("starts_on", "ends_on", "week_of", "term", "sessions")),
    (
        "whom",
        "For whom exactly",
        "Named pupils are booked on it: save, then choose whom to invite, or book them from the list of pupils.",
        ("whole_cohort", "groups", "lacking"),
    ),
    ("with", "With whom", "", ("owner", "partners", "agreed_with_partner")),
    (
        "where",
        "Where, how and at what cost",
        "",
        ("location", "mode", "in_school_day", "hours", "days", "cost", "funding"),
    ),
    (
        "why",
        "Purpose, adjustments and parents",
        "",
        ("purpose", "learning_outcomes", "send_adjustments", "parents_involved", "note"),
    ),
)
"""(key, title, help, questions) of each folded part of the form."""


def answers_of(activity: Activity) -> dict[str, Any]:
    """What is recorded, as the form's first answers."""
    asked = [name for name in ActivityForm.base_fields if name not in (*BESIDE, "owner", STAMP)]
    held = {name: getattr(activity, name) for name in (*asked, *FACTS)}
    beside = {"partners": partners_of(activity), "groups": groups_of(activity), "sessions": lines_of(activity)}
    return {**held, **beside, "owner": person_key(activity.owner_id) if activity.owner_id else ""}


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
