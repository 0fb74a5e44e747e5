"""Random questions over the whole vocabulary: what the engines must agree about. tests/agreement/operations.py holds it to that."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from hypothesis import strategies as st

from criteria.conditions import All, Any_, AtLeast, Condition, Includes, Is, Not
from criteria.model import (
    About,
    Change,
    Count,
    Cover,
    Criterion,
    DatedValue,
    Distinct,
    EachSubject,
    Every,
    Joiners,
    Measure,
    OfWhich,
    Participation,
    Severity,
    Total,
    on_roll_only,
)  # fmt: skip
from criteria.moments import parse_moment
from criteria.tables import Column, Kind
from tests.agreement.generated_rows import (
    AS_AT,
    ASKED,
    ASKED_OF_SCHOOLS,
    CODES,
    DAYS,
    NUMBERS,
    SUBJECTS,
    logs,
    milestones,
    pupils,
    schools,
)  # fmt: skip

WINDOWS = [
    ("start of academic year", "end of academic year", "close of academic year"),
    ("start of key stage", "close of key stage", "close of key stage"),
    ("start of year 7", "end of year 11", "close of year 11"),
    ("start of year 8", "28 February of year 9", "28 February of year 9"),
    ("start of year 12", "end of year 13", "30 September of academic year"),
    ("start of year 7", "end of year 13", "28 February of academic year"),
    ("leaving", "3 years after leaving", "3 years after leaving"),
    ("ever", "close of academic year", "close of academic year"),
    ("start of year 7", "16 years after born", "16 years after born"),
    ("programme_starts_on", "programme_ends_on", "1 month before programme_ends_on"),
]
ODD_MOMENTS = (
    "close of year 9", "end of key stage", "31 August of year 10", "1 October of year 10", "1 year after leaving",
    "joined_on", "6 months after joined_on", "left_on", "1 month after left_on", "192 months after born", "ever",
)  # fmt: skip
OF_SCHOOLS = [
    ("start of academic year", "end of academic year", "close of academic year"),
    ("12 months before next_review_on", "next_review_on", "next_review_on"),
    ("ever", "1 year after next_review_on", "31 July of academic year"),
]


def tests_of(column: Column) -> st.SearchStrategy[Condition]:
    """Any test that can be asked of a column."""
    name = column.name
    match column.kind:
        case Kind.FLAG:
            values: tuple[Any, ...] = (True, True, False)
        case Kind.INTEGER | Kind.NUMBER:
            values = NUMBERS[column.kind]
            at_least = st.sampled_from([1, 2.5, 6]).map(lambda value: AtLeast(name, value))
            return at_least | _is_one_of(name, values)
        case Kind.CODES:
            some = st.lists(st.sampled_from(CODES[name]), max_size=2, unique=True)
            return some.map(lambda codes: Includes(name, tuple(codes)))
        case _:
            values = column.allowed[:3] or SUBJECTS
    return _is_one_of(name, values)


def _is_one_of(name: str, values: tuple[Any, ...]) -> st.SearchStrategy[Condition]:
    single = st.sampled_from(values).map(lambda value: Is(name, (value,)))
    several = st.lists(st.sampled_from(sorted(set(values))), min_size=2, max_size=3, unique=True)
    return single | several.map(lambda found: Is(name, tuple(found)))


def _conditions(asked: tuple[Column, ...], easy: set[str]) -> st.SearchStrategy[Condition]:
    simple = st.one_of([tests_of(column) for column in asked if column.name in easy])
    return simple | st.recursive(
        st.one_of([tests_of(column) for column in asked]),
        lambda inner: st.one_of(
            st.lists(inner, min_size=1, max_size=3).map(lambda parts: All(tuple(parts))),
            st.lists(inner, min_size=1, max_size=3).map(lambda parts: Any_(tuple(parts))),
            inner.map(Not),
        ),
        max_leaves=4,
    )


def _measures(of: st.SearchStrategy[Condition], asked: tuple[Column, ...]) -> list[st.SearchStrategy[Measure]]:
    """Every kind of measure, those of a column once for each column."""
    names = [column.name for column in asked]
    numbers = [column.name for column in asked if column.kind in (Kind.INTEGER, Kind.NUMBER)]
    return [
        st.just(Count()),
        st.just(Count()),
        *(st.just(Distinct(name)) for name in (*names, "date")),
        *(st.just(Total(name)) for name in numbers),
        *(
            st.just(Cover(tuple((code, Includes(name, (code,))) for code in CODES[name])))
            for name in names
            if name in CODES
        ),
        st.tuples(of, of).map(lambda two: Cover((("one", two[0]), ("other", two[1])))),
        of.map(Every),
    ]


def _one_of(*kinds: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Each of these as often as another; Hypothesis's own one_of prefers those that are made of many."""
    return st.sampled_from(kinds).flatmap(lambda kind: kind)


of_encounters = _conditions(ASKED, {"type", "about_work", "provider_kinds"})
of_milestones = _conditions(ASKED_OF_SCHOOLS, {"type", "parties"})
by_subject = Cover((("maths", Is("subject", ("Maths",))), ("other", Is("subject", ("Art", "Physics")))))
measures = {
    About.PUPIL: [*_measures(of_encounters, ASKED), st.just(by_subject), st.just(EachSubject())],
    About.SCHOOL: _measures(of_milestones, ASKED_OF_SCHOOLS),
}
columns = {About.PUPIL: ASKED, About.SCHOOL: ASKED_OF_SCHOOLS}
conditions = {About.PUPIL: of_encounters, About.SCHOOL: of_milestones}
populations = {
    About.PUPIL: _one_of(
        st.lists(st.integers(7, 14), min_size=5, max_size=8, unique=True).map(lambda y: Is("year_group", tuple(y))),
        st.just(All((Is("considering_he", (True,)), Is("year_group", (8, 9, 10, 11, 12, 13))))),
        st.just(Not(Is("in_benchmark_cohort", (False,)))),
        st.just(Any_((Is("setting", ("special",)), AtLeast("year_group", 9)))),
        st.just(Any_((Includes("subjects", ("Art",)), Is("form", ("9A",)), Not(Is("sen_provision", ("E",)))))),
    ),
    About.SCHOOL: st.sampled_from([Is("setting", ("school", "special")), Is("has_sixth_form", (True,))]),
}
any_moment = st.sampled_from([*ODD_MOMENTS, *(moment for window in WINDOWS for moment in window)])
with_an_odd_moment = [
    st.tuples(any_moment, any_moment, st.just(odd)).flatmap(st.permutations).map(tuple) for odd in ODD_MOMENTS
]
windows = {
    About.PUPIL: [*map(st.just, WINDOWS), *with_an_odd_moment],
    About.SCHOOL: [*map(st.just, OF_SCHOOLS)],
}


@dataclass(frozen=True)
class Turn:
    """What the first criterion of a question must use, so that nothing rare is left to chance. Numbers go round."""

    about: About
    number: int

    @property
    def measure(self) -> st.SearchStrategy[Measure]:
        return measures[self.about][self.number % len(measures[self.about])]

    @property
    def window(self) -> st.SearchStrategy[tuple[str, str, str]]:
        return windows[self.about][self.number % len(windows[self.about])]

    @property
    def qualifying(self) -> st.SearchStrategy[Condition]:
        asked = columns[self.about]
        return conditions[self.about] | tests_of(asked[self.number % len(asked)])


TURNS = [*(Turn(About.PUPIL, number) for number in range(60)), *(Turn(About.SCHOOL, number) for number in range(12))]


@st.composite
def criteria(draw: st.DrawFn, turn: Turn) -> list[Criterion]:
    """Criteria as a framework holds them, before the day asked about has chosen their wording."""
    found = []
    for number in range(draw(st.integers(1, 3))):
        whose = turn if number == 0 else draw(st.sampled_from([each for each in TURNS if each.about is turn.about]))
        criterion = draw(_criterion(number, whose))
        if draw(st.sampled_from([False, False, False, True])):
            changed = draw(_criterion(number, whose))
            later = Change(date(2026, 9, 1), "X", AS_AT, changed)
            criterion = replace(criterion, changes=(later,))
        found.append(criterion)
    return found


@st.composite
def _criterion(draw: st.DrawFn, number: int, turn: Turn) -> Criterion:
    about = turn.about
    opens, closes, due = draw(turn.window)
    measure, population = draw(turn.measure), draw(populations[about])
    special = None
    if isinstance(measure, (Count, Total)) and draw(st.booleans()):
        special = OfWhich(draw(st.sampled_from([1, 2])), draw(conditions[about]))
    values = (
        DatedValue(date(2014, 9, 1), draw(st.sampled_from([1, 1, 2, 2.5])), "X", AS_AT),
        DatedValue(date(2026, 9, 1), draw(st.sampled_from([1, 2])), "X", AS_AT),
    )
    on_roll = about is About.PUPIL and draw(st.booleans())
    return Criterion(
        id=f"c{number}", number="1", benchmark=1, title="", rule="", remedy="", unit="", severity=Severity.BENCHMARK,
        settings=("school",), population=on_roll_only(population) if on_roll else population,
        qualifying=draw(turn.qualifying), opens=parse_moment(opens), closes=parse_moment(closes), due=parse_moment(due),
        measure=measure, participation=draw(st.sampled_from(list(Participation))),
        threshold=() if isinstance(measure, (Every, EachSubject)) else values,
        sources=("X",), checked_on=AS_AT, about=about, of_which=special, joiners=draw(st.sampled_from(list(Joiners))),
    )  # fmt: skip


@dataclass(frozen=True)
class Question:
    """Criteria asked of subjects, pupils or schools, with their log, on a day."""

    written: list[Criterion]
    subjects: list[dict[str, Any]]
    log: list[dict[str, Any]]
    as_at: date

    @property
    def criteria(self) -> list[Criterion]:
        """The criteria as they stand on the day."""
        return [criterion.on(self.as_at) for criterion in self.written]

    @property
    def asked(self) -> tuple[list[Criterion], list[dict[str, Any]], list[dict[str, Any]], date]:
        """What every engine is given."""
        return self.criteria, self.subjects, self.log, self.as_at


@st.composite
def questions(draw: st.DrawFn, turn: Turn | None = None) -> Question:
    """A question, its first criterion as `turn` says or as any of them does."""
    turn = turn or draw(st.sampled_from(TURNS))
    as_at = draw(st.sampled_from(DAYS))
    if turn.about is About.SCHOOL:
        subjects = draw(schools())
        log = draw(milestones(subjects))
    else:
        subjects = draw(pupils())
        log = draw(logs(subjects))
    return Question(draw(criteria(turn)), subjects, log, as_at)
