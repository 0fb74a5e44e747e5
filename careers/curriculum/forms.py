"""What is asked about departments, subjects, links and staff development."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from careers.accounts.deeds import person_key
from careers.accounts.models import User
from careers.curriculum.models import Department, Link, Subject
from careers.curriculum.who_may import staff_of
from careers.design.editing import EditForm
from careers.design.forms import Checkboxes, DateField, Radios
from careers.partners.models import Partner
from careers.programme.models import Activity
from careers.pupils.models import Group
from careers.schools.clock import current_year, today
from careers.schools.models import School
from criteria.periods import AcademicYear

EMPTY_IF_NOT_KNOWN = "Leave it empty if it is not known."


class OneOf(forms.ChoiceField):
    """One of some records, or none: the answer is a key, as a stamp wants it, and `record` what it stands for."""

    def offer(self, records: Mapping[str, Any], none: str) -> None:
        self.records = records
        self.choices = [("", none), *((key, str(record)) for key, record in records.items())]

    def record(self, key: str) -> Any:
        return self.records.get(key)


class SomeOf(forms.MultipleChoiceField):
    """Some of some records."""

    def offer(self, records: Mapping[str, Any]) -> None:
        self.records = records
        self.choices = [(key, str(record)) for key, record in records.items()]

    def record(self, keys: Iterable[str]) -> list[Any]:
        return [self.records[key] for key in keys]


class RecordForm(EditForm):
    """A form some of whose answers are records."""

    mark_optional = False

    def facts(self) -> dict[str, Any]:
        """What was answered, with records in place of their keys."""
        fields = self.fields.items()
        chosen = {n: f.record(self.cleaned_data[n]) for n, f in fields if isinstance(f, (OneOf, SomeOf))}
        return self.answers() | chosen


def people(school: School, *besides: User | None) -> dict[str, User]:
    """The staff by key, with whoever is on record already."""
    staff = staff_of(school)
    return {person_key(user.pk): user for user in [*staff, *besides] if user}


def departments_of(school: School) -> dict[str, Department]:
    return {each.reference: each for each in Department.objects.filter(school=school)}


class DepartmentForm(RecordForm):
    """A department and its head."""

    name = forms.CharField(label="Name of the department", max_length=60)
    head = OneOf(
        label="Who leads it?",
        required=False,
        help_text="They may plan the careers links of its subjects, and say that they were taught.",
    )

    def __init__(self, *args: Any, school: School, held: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["head"].offer(people(school, held), "Nobody yet")  # type: ignore[attr-defined]


class SubjectForm(RecordForm):
    """Whose a subject is, and the year groups in which everybody studies it."""

    department = OneOf(required=False, label="Department")
    everyone_in = forms.TypedMultipleChoiceField(
        coerce=int,
        required=False,
        widget=Checkboxes(small=True),
        label="In which year groups does everybody study it?",
        help_text=(
            "Only where the school's classes do not say so, such as for PSHE in form time. "
            "A class is made that holds the whole year group."
        ),
    )

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"].offer(departments_of(school), "None yet")  # type: ignore[attr-defined]
        self.fields["everyone_in"].choices = [(group, f"Year {group}") for group in school.year_groups]  # type: ignore[attr-defined]


class JoinForm(forms.Form):
    """Two spellings that are one subject."""

    mark_optional = False

    subject: forms.ModelChoiceField[Subject] = forms.ModelChoiceField(
        queryset=None, to_field_name="reference", label="Which name stays?", empty_label="Choose a subject"
    )
    spelling = forms.ChoiceField(label="Which other name means the same?")

    def __init__(self, *args: Any, school: School, names: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].queryset = Subject.objects.filter(school=school)  # type: ignore[attr-defined]
        self.fields["spelling"].choices = [("", "Choose a name"), *((name, name) for name in sorted(names))]  # type: ignore[attr-defined]


class LinkForm(RecordForm):
    """A careers link of one subject in one year group."""

    topic = forms.CharField(
        label="What is the link?", max_length=120, help_text="Such as: who works with acids, or a pharmacist on doses."
    )
    way = forms.ChoiceField(
        label="How is it made?",
        choices=Link.Way.choices,
        initial=Link.Way.TOPIC,
        widget=Radios(inline=True, small=True),
    )
    half_term = forms.ChoiceField(
        label="In which half-term?", choices=[("", "Not decided"), *Activity.HalfTerm.choices], required=False
    )
    starts_on = DateField(
        label="On which day?", what="the day", required=False, help_text="Leave it empty while it is undecided."
    )
    careers = forms.CharField(label="Which careers?", max_length=300, required=False)
    learning_outcomes = forms.CharField(
        label="What should pupils learn?", required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    resource = forms.URLField(
        label="Address of a resource",
        max_length=300,
        required=False,
        assume_scheme="https",
        help_text="If there is one.",
    )
    teacher = OneOf(label="Who looks after it?", required=False)
    partner = OneOf(label="Does somebody visit?", required=False)

    def __init__(
        self, *args: Any, school: School, year: AcademicYear | None = None, held: User | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.year = year or current_year()
        self.fields["teacher"].offer(people(school, held), "Nobody named")  # type: ignore[attr-defined]
        partners = {each.reference: each for each in Partner.objects.filter(school=school).order_by("name")}
        self.fields["partner"].offer(partners, "Nobody")  # type: ignore[attr-defined]

    def clean_starts_on(self) -> Any:
        day = self.cleaned_data["starts_on"]
        if day and day not in self.year:
            raise forms.ValidationError(f"Choose a day in {self.year}")
        return day

    def clean_resource(self) -> str:
        address = str(self.cleaned_data["resource"])
        if address and not address.lower().startswith(("https://", "http://")):
            raise forms.ValidationError("Enter an address that begins with https://")
        return address


class TaughtForm(forms.Form):
    """To which classes a link was taught, and by which day."""

    mark_optional = False

    day = DateField(label="By which day was it taught?", what="the day")
    classes: forms.ModelMultipleChoiceField[Group] = forms.ModelMultipleChoiceField(
        queryset=None, to_field_name="reference", widget=Checkboxes(small=True), label="To which classes?"
    )

    def __init__(self, *args: Any, classes: Iterable[Group], year: AcademicYear, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.year = year
        keys = [group.pk for group in classes]
        self.fields["classes"].queryset = Group.objects.filter(pk__in=keys).order_by("name")  # type: ignore[attr-defined]

    def clean_day(self) -> Any:
        day = self.cleaned_data["day"]
        if day > today():
            raise forms.ValidationError("That day is still to come")
        if day not in self.year:
            raise forms.ValidationError(f"Choose a day in {self.year}")
        return day


class SessionForm(RecordForm):
    """A session of staff development on careers."""

    title = forms.CharField(label="What was it called?", max_length=200)
    day = DateField(label="On which day?", what="the day", help_text="A day to come is recorded as planned.")
    topic = forms.CharField(label="What was it about?", max_length=200, required=False)
    hours = forms.DecimalField(
        label="How many hours?", min_value=0, max_value=100, max_digits=6, decimal_places=2, required=False,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-4"}),
    )  # fmt: skip
    led_by = forms.CharField(label="Who led it?", max_length=120, required=False)
    for_teachers = forms.BooleanField(label="It was for teachers", required=False)
    for_support_staff = forms.BooleanField(label="It was for other staff who support pupils", required=False)
    departments = SomeOf(
        required=False, widget=Checkboxes(small=True),
        label="Only for some departments?", help_text="Leave it empty where it was for everybody.",
    )  # fmt: skip
    teachers_came = forms.IntegerField(
        label="How many teachers came?", min_value=0, max_value=2000, required=False, help_text=EMPTY_IF_NOT_KNOWN,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-4"}),
    )  # fmt: skip
    support_staff_came = forms.IntegerField(
        label="How many other staff came?", min_value=0, max_value=2000, required=False, help_text=EMPTY_IF_NOT_KNOWN,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-4"}),
    )  # fmt: skip
    teachers = SomeOf(
        label="Which teachers were there?", required=False, widget=Checkboxes(small=True),
        help_text="Only if you want to name them. They are counted once, however many sessions they come to.",
    )  # fmt: skip
    support_staff = SomeOf(label="Which other staff were there?", required=False, widget=Checkboxes(small=True))

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["departments"].offer(departments_of(school))  # type: ignore[attr-defined]
        staff = people(school)
        for name in ("teachers", "support_staff"):
            self.fields[name].offer(staff)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("for_teachers") and not given.get("for_support_staff"):
            self.add_error("for_teachers", "Say whom it was for: teachers, other staff, or both")
        teachers, others = given.get("teachers") or [], given.get("support_staff") or []
        if {*teachers} & {*others}:
            self.add_error("support_staff", "Name each person once: as a teacher, or as one of the other staff")
        for name, people in (("teachers_came", teachers), ("support_staff_came", others)):
            number = given.get(name)
            if number is not None and number < len(people):
                self.add_error(name, f"You have named {len(people)}, so enter {len(people)} or more")
        return given


class NumbersForm(EditForm):
    """How many staff the school has this year."""

    mark_optional = False

    teachers = forms.IntegerField(
        label="How many teachers?", min_value=1, max_value=2000, required=False,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-4"}),
    )  # fmt: skip
    support_staff = forms.IntegerField(
        label="How many other staff who support pupils?", min_value=1, max_value=2000, required=False,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-4"}),
    )  # fmt: skip
