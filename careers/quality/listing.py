"""The year's encounters and experiences of workplaces, with what is not known of each: the quickest to answer first."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.db.models import QuerySet

from careers.accounts.models import Membership, User
from careers.programme.forms import years_offered
from careers.programme.models import Activity
from careers.programme.queries import hidden_from
from careers.quality.meaning import TESTS, Fact, State, missing, tests_of
from careers.schools.clock import today
from careers.schools.models import School
from criteria.periods import AcademicYear

LEFT_OUT = (Activity.Status.CANCELLED, Activity.Status.PROPOSED)


@dataclass(frozen=True)
class Line:
    """`lacks` are the questions to answer; `met` of `tests` tests are met, and `failed` are not. `held`: its day has come."""

    activity: Activity
    lacks: list[Fact]
    met: int
    failed: int
    tests: int
    held: bool

    @property
    def wanted(self) -> str:
        """What there is to answer, in a few words."""
        return ", ".join(fact.short for fact in self.lacks).capitalize()


class QualityFilter(forms.Form):
    """How the list is narrowed: read from the address."""

    academic_year = forms.TypedChoiceField(coerce=int, required=False)
    type = forms.ChoiceField(required=False)
    owner = forms.ChoiceField(
        required=False, choices=[("", "Anybody"), ("mine", "Me"), ("nobody", "Nobody")], label="Looked after by"
    )
    show = forms.ChoiceField(
        required=False, choices=[("", "With something to answer"), ("all", "All of them")], label="Show"
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["academic_year"].choices = [("", "This year"), *years_offered()]  # type: ignore[attr-defined]
        types = [(each, Activity.Type(each).label) for each in TESTS]
        self.fields["type"].choices = [("", "All"), *types]  # type: ignore[attr-defined]

    def chosen(self, name: str) -> str:
        self.is_valid()
        return str(self.cleaned_data.get(name) or "")


def activities(school: School, year: AcademicYear, membership: Membership) -> QuerySet[Activity]:
    """Those of a year that are asked any test, less what this person may not see, what is not held, and pupils' own jobs."""
    found = Activity.objects.filter(school=school, academic_year=year.start_year, type__in=TESTS)
    found = found.exclude(status__in=LEFT_OUT).exclude(part_time_job=True)
    return found.exclude(pk__in=hidden_from(membership).values("pk"))


def narrowed(found: QuerySet[Activity], form: QualityFilter, user: User) -> QuerySet[Activity]:
    if type := form.chosen("type"):
        found = found.filter(type=type)
    owner = form.chosen("owner")
    if owner == "mine":
        found = found.filter(owner=user)
    return found.filter(owner=None) if owner == "nobody" else found


def lines(found: QuerySet[Activity], every: bool) -> list[Line]:
    """One query. What has been held first, then the fewest questions, then the latest; without `every` only those with one open."""
    kept = [line for line in map(line_of, found) if every or line.lacks]
    return sorted(
        kept,
        key=lambda line: (not line.lacks, not line.held, len(line.lacks), _days(line), line.activity.title),
    )


def line_of(activity: Activity) -> Line:
    states = [test.state(activity) for test in tests_of(activity)]
    met, failed = states.count(State.MET), states.count(State.NOT_MET)
    held = bool(activity.starts_on and activity.starts_on <= today())
    return Line(activity, missing(activity), met, failed, len(states), held)


def _days(line: Line) -> int:
    """The latest first of what has been held, and the next first of what is to come; without a day last."""
    day = line.activity.starts_on
    return 10**7 if day is None else -day.toordinal() if line.held else day.toordinal()
