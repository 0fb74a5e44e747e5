"""What is kept for a pupil and a criterion in one pass over the marks of the log, and how the counts come of it.

Rows are `m`: marks_0 and so on, `past`, and the columns whose values are summed or told apart. Afterwards a pupil is `p` and what
was kept of them `c`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from criteria.engines.dialects import Dialect
from criteria.engines.marks import Mark, Marked
from criteria.model import Count, Cover, Criterion, Distinct, EachSubject, Every, Total

Kept = tuple[str, str]
"""An aggregate: its name, and what it is of."""


@dataclass(frozen=True)
class Counting:
    """`kept` are the aggregates of one criterion; the rest are expressions of them, 0 for a pupil without a row in the log."""

    kept: tuple[Kept, ...]
    sure: str
    possible: str
    expected: str
    base: str = "0"
    sure_of: str = "0"
    possible_of: str = "0"
    expected_of: str = "0"


@dataclass(frozen=True)
class Keeping:
    """How one criterion's marks are kept. Unless `exact`, a number is kept only as far as tells the state: one is as good as two
    where one is needed, and a bit is kept sooner than a count.
    """

    criterion: Criterion
    number: int
    marked: Marked
    as_at: date
    sql: Dialect
    exact: bool
    subjects_as_bits: bool

    def counting(self) -> Counting:
        """How the criterion's measure is counted."""
        match self.criterion.measure:
            case Count() if not self.exact and self.criterion.needed_on(self.as_at) == 1 and not self.marked.special:
                return self._covered()
            case Cover():
                return self._covered()
            case Count():
                return self._with_special(self._added())
            case Total(attribute):
                return self._with_special(self._added(attribute))
            case Every():
                return self._each_of()
            case Distinct(attribute) if tells_by_fingerprint(self.criterion, self.as_at, self.exact):
                return self._one_or_more(attribute)
            case Distinct(attribute):
                return self._told_apart(attribute)
            case EachSubject() if self.subjects_as_bits:
                return self._subjects_as_bits()
            case EachSubject():
                return self._subjects()

    def _covered(self) -> Counting:
        """How many of its marks any row has: read from the bits that are kept for every criterion together."""

        def shown(word: str, may: bool = False) -> str:
            """How many of the marks have that bit among those kept as `word`."""
            wanted = ((mark, mark.may if may else mark.counts) for mark in self.marked.counted)
            # Not shifted: Spark's SQL has no >>.
            found = (f"CASE WHEN ({bit_of(mark, word)} & {bit}) <> 0 THEN 1 ELSE 0 END" for mark, bit in wanted)
            return "(" + " + ".join(found) + ")"

        return Counting((), shown("past"), shown("past", may=True), shown("either"))

    def _added(self, attribute: str = "") -> Counting:
        """A number of encounters, or the sum of an attribute; one not known may be all that is needed."""
        (mark,), value = self.marked.counted, f"m.{attribute}" if attribute else "1"
        hoped = f"COALESCE({value}, {self.criterion.needed_on(self.as_at) or 0})" if attribute else "1"
        return self._three("", mark, value, hoped)

    def _three(self, suffix: str, mark: Mark, value: str = "1", hoped: str = "1") -> Counting:
        kept = (
            (self._name(f"sure{suffix}"), added(past(mark.word, mark.counts), value)),
            (self._name(f"possible{suffix}"), added(past(mark.word, mark.may), hoped)),
            (self._name(f"ahead{suffix}"), added(ahead(mark), value)),
        )
        sure, possible, to_come = (of(name) for name, _ in kept)
        return Counting(kept, sure, possible, f"({sure} + {to_come})")

    def _with_special(self, plain: Counting) -> Counting:
        """The same with those among them that pass the further test of `of which`."""
        if self.marked.special is None:
            return plain
        also = self._three("_of", self.marked.special)
        return replace(
            plain,
            kept=(*plain.kept, *also.kept),
            sure_of=also.sure,
            possible_of=also.possible,
            expected_of=also.expected,
        )

    def _each_of(self) -> Counting:
        """What has yet to happen cannot make good what has, so nothing is expected."""
        (mark,), base = self.marked.counted, self.marked.base or self.marked.counted[0]
        kept = (
            (self._name("base"), added(past(base.word, base.counts))),
            (self._name("sure"), added(past(mark.word, mark.counts))),
            (self._name("possible"), added(past(mark.word, mark.may))),
        )
        of_all, sure, possible = (of(name) for name, _ in kept)
        return Counting(kept, sure, possible, sure, of_all)

    def _told_apart(self, attribute: str) -> Counting:
        """Different values; two encounters for which the value is not known may be two more."""
        (mark,), sql, value = self.marked.counted, self.sql, f"m.{attribute}"
        known = f"{value} IS NOT NULL"
        kept = (
            (self._name("sure"), sql.gathered(value, past(mark.word, mark.counts))),
            (self._name("possible"), sql.gathered(value, f"{past(mark.word, mark.may)} AND {known}")),
            (self._name("ahead"), sql.gathered(value, ahead(mark))),
            (self._name("unknown"), added(f"{past(mark.word, mark.may)} AND {value} IS NULL")),
        )
        sure, possible, to_come, unknown = (f"c.{name}" for name, _ in kept)
        hoped = f"({sql.different(possible)} + COALESCE({unknown}, 0))"
        return Counting(kept, sql.different(sure), hoped, sql.different(sure, to_come))

    def _one_or_more(self, attribute: str) -> Counting:
        """Different values, as none, one or more: the least and the greatest of their fingerprints tell."""
        (mark,), value = self.marked.counted, f"m.{attribute}_print"
        kept: list[Kept] = []

        def number(what: str, rows: str) -> str:
            least, most = self._name(f"{what}_least"), self._name(f"{what}_most")
            kept.extend(
                (name, f"{how}(CASE WHEN {rows} THEN {value} END)") for name, how in ((least, "MIN"), (most, "MAX"))
            )
            return f"(CASE WHEN c.{least} IS NULL THEN 0 WHEN c.{least} = c.{most} THEN 1 ELSE 2 END)"

        sure = number("sure", past(mark.word, mark.counts))
        possible = number("possible", past(mark.word, mark.may))
        expected = number("expected", f"m.marks_{mark.word} & {mark.counts} <> 0")
        unknown = (self._name("unknown"), added(f"{past(mark.word, mark.may)} AND {value} IS NULL"))
        return Counting((*kept, unknown), sure, f"({possible} + {of(unknown[0])})", expected)

    def _subjects_as_bits(self) -> Counting:
        """The same, each subject taught to anybody being a bit (`m.subject_bit`) and the pupil's own the bits of `p.studied`."""
        (mark,) = self.marked.counted
        kept = tuple(
            (self._name(what), f"BIT_OR(CASE WHEN {rows} THEN m.subject_bit END)")
            for what, rows in (
                ("sure", past(mark.word, mark.counts)),
                ("possible", past(mark.word, mark.may)),
                ("expected", f"m.marks_{mark.word} & {mark.counts} <> 0"),
            )
        )
        return Counting(kept, *(f"BIT_COUNT({of(name)} & COALESCE(p.studied, 0))" for name, _ in kept))

    def _subjects(self) -> Counting:
        """Subjects that the pupil studies; an encounter of no subject belongs to none of them."""
        (mark,), sql, with_subject = self.marked.counted, self.sql, "m.subject IS NOT NULL"
        kept = (
            (self._name("sure"), sql.gathered("m.subject", f"{past(mark.word, mark.counts)} AND {with_subject}")),
            (self._name("possible"), sql.gathered("m.subject", f"{past(mark.word, mark.may)} AND {with_subject}")),
            (self._name("ahead"), sql.gathered("m.subject", f"{ahead(mark)} AND {with_subject}")),
        )
        sure, possible, to_come = (f"c.{name}" for name, _ in kept)
        return Counting(kept, *(sql.shared("p.subjects", *lists) for lists in ((sure,), (possible,), (sure, to_come))))

    def _name(self, what: str) -> str:
        return f"{what}_{self.number}"


def tells_by_fingerprint(criterion: Criterion, as_at: date, exact: bool) -> bool:
    """Whether all that matters of the different values is whether there is none, one or more."""
    return not exact and isinstance(criterion.measure, Distinct) and (criterion.needed_on(as_at) or 0) <= 2


def kept_for_all(words: int) -> Iterator[Kept]:
    """The bits any row of a pupil has, of what happened and of what is to come: enough for whatever is only asked once."""
    for word in range(words):
        yield f"past_{word}", f"BIT_OR(CASE WHEN m.past THEN m.marks_{word} ELSE 0 END)"
        yield f"either_{word}", f"BIT_OR(m.marks_{word})"


def bit_of(mark: Mark, word: str) -> str:
    return f"COALESCE(c.{word}_{mark.word}, 0)"


def past(word: int, bit: int) -> str:
    """Rows that happened and have a bit."""
    return f"m.past AND m.marks_{word} & {bit} <> 0"


def ahead(mark: Mark) -> str:
    """Rows to come that count."""
    return f"NOT m.past AND m.marks_{mark.word} & {mark.counts} <> 0"


def added(rows: str, value: str = "1") -> str:
    return f"COUNT(CASE WHEN {rows} THEN 1 END)" if value == "1" else f"SUM(CASE WHEN {rows} THEN {value} END)"


def of(name: str) -> str:
    """An aggregate as it is read afterwards."""
    return f"COALESCE(c.{name}, 0)"
