"""What a page was asked: which school, as at which day, under which edition, and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from careers.accounts.policy import SchoolRequest
from careers.accounts.roles import Policy, Reach
from careers.evaluation.forms import AskForm
from careers.evaluation.people import setting_of
from careers.evaluation.standings import SchoolStandings, standings_of, what_was_met
from careers.programme.queries import hidden_from
from careers.pupils.visibility import pupils_visible_to
from careers.schools.clock import today
from careers.schools.terms import compared_with
from criteria.loading import in_force, load, load_all, names
from criteria.model import Criterion, Framework, Heading
from criteria.periods import AcademicYear


@dataclass(frozen=True)
class Reader:
    """What the person asking may see: figures always, names only of `pupils` (primary keys).

    Exact figures are for those who may see `everybody`: to a tutor, a small number would give away somebody else's pupil.
    """

    names: bool
    everybody: bool
    may_export: bool
    may_plan: bool
    may_import: bool
    pupils: frozenset[int]
    sensitive: bool

    @property
    def exact_groups(self) -> bool:
        """Whether figures of groups such as pupils with special needs are exact, and not told as to a governor."""
        return self.everybody and self.sensitive

    @classmethod
    def of(cls, request: SchoolRequest) -> Reader:
        policies = request.membership.policies
        names = Policy.SEE_PUPILS in policies
        seen = pupils_visible_to(request.membership).values_list("pk", flat=True) if names else ()
        return cls(
            names, request.membership.reach is Reach.ALL, Policy.EXPORT_PUPILS in policies, Policy.PLAN in policies,
            Policy.IMPORT in policies, frozenset(seen), Policy.SEE_SENSITIVE in policies,
        )  # fmt: skip


class Asked:
    """A question about one school. Nothing is looked up before it is needed."""

    def __init__(self, request: HttpRequest) -> None:
        self.request: SchoolRequest = request  # type: ignore[assignment]
        self.school = self.request.school
        self.form = AskForm(request.GET)
        ok = self.form.is_valid()
        self.today = today()
        self.as_at: date = (ok and self.form.cleaned_data["as_at"]) or self.today
        self.edition: str = self.form.cleaned_data.get("edition", "") if ok else ""

    @property
    def status(self) -> int:
        """The HTTP status of the answer: a day or an edition that makes no sense is said to be wrong."""
        return 422 if self.form.errors else 200

    @cached_property
    def reader(self) -> Reader:
        return Reader.of(self.request)

    @cached_property
    def unseen(self) -> frozenset[int]:
        """Keys of one-to-one meetings whose title and day are not this reader's to know."""
        return frozenset(hidden_from(self.request.membership).values_list("pk", flat=True))

    @cached_property
    def found(self) -> SchoolStandings:
        return standings_of(self.school, self.as_at, self.edition)

    @cached_property
    def before(self) -> SchoolStandings:
        """The same school on an earlier day, under the same edition, so that the two can be compared. A forecast's is today."""
        if self.is_forecast:
            return standings_of(self.school, self.today, self.benchmarks.id)
        return what_was_met(self.school, compared_with(self.school, self.as_at), self.benchmarks.id)

    @property
    def a_year_apart(self) -> bool:
        """Whether the two days compared are the same day of two academic years, rather than of two terms."""
        return AcademicYear.containing(self.before.as_at) != AcademicYear.containing(self.as_at)

    @property
    def year(self) -> AcademicYear:
        return AcademicYear.containing(self.as_at)

    @property
    def benchmarks(self) -> Framework:
        return self.found.frameworks[0]

    @property
    def is_today(self) -> bool:
        return self.as_at == self.today

    @property
    def is_forecast(self) -> bool:
        """Whether the day asked about is still to come, so that what is planned is taken to happen."""
        return self.as_at > self.today

    @cached_property
    def kept(self) -> dict[str, str]:
        """What every link carries on to the next page: the day and the edition, where somebody chose them."""
        chosen = {"as_at": "" if self.is_today else self.as_at.isoformat(), "edition": self.edition}
        return {name: value for name, value in chosen.items() if value}

    def address(self, page: str, *args: object, **query: Any) -> str:
        """The address of one of our pages, with the day and edition kept and these added."""
        together = {**self.kept, **{name: value for name, value in query.items() if value not in (None, "")}}
        return reverse(page, args=args) + (f"?{urlencode(together)}" if together else "")

    @property
    def benchmarks_address(self) -> str:
        return self.address("evaluation:benchmarks")

    def criterion_address(self, criterion: Criterion, **query: Any) -> str:
        return self.address("evaluation:criterion", criterion.id, **query)

    def heading_address(self, framework: Framework, heading: Heading, **query: Any) -> str:
        return self.address("evaluation:benchmark", framework.id, heading.key, **query)

    def under(self, framework: str) -> None:
        """Ask under the edition a page belongs to, whichever the address names. Call it before anything is found."""
        if framework.startswith("gatsby-"):
            self.edition = "" if framework == in_force("gatsby", self.as_at).id else framework

    def find_heading(self, framework: str, key: str) -> tuple[Framework, Heading] | None:
        """A benchmark or duty, of whichever edition; None where there is none of that name."""
        if framework not in names() or setting_of(self.school) not in load(framework).settings:
            return None
        self.under(framework)
        for each in self.found.frameworks:
            for heading in each.headings:
                if each.id == framework and heading.key == key:
                    return each, heading
        return None

    def find_criterion(self, id: str) -> tuple[Framework, Heading, Criterion] | None:
        """A criterion that concerns this kind of school, of whichever edition; None where there is none of that id."""
        home = next((each for each in load_all() if any(c.id == id for c in each.criteria)), None)
        if home is None:
            return None
        self.under(home.id)
        asked = next(each for each in self.found.frameworks if each.id == home.id)  # as the school reads it
        criterion = asked.criterion(id)
        if id not in self.found.standings.position and setting_of(self.school) not in criterion.settings:
            return None
        return asked, next(h for h in asked.headings if h.number == criterion.benchmark), criterion
