"""The band a national return asks for, and what stands between the school and the next one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from careers.evaluation.asking import Asked
from careers.evaluation.figures import Figures
from careers.evaluation.listing import NEAREST_FIRST, NOT_MET
from careers.evaluation.small_numbers import WORDS, hides, is_few, nearest_five
from criteria.bands import Scale, in_force
from criteria.model import Criterion, Framework, Heading
from criteria.standing import State

WAITING = tuple(state for state in NEAREST_FIRST if state not in (State.MET, State.DOES_NOT_APPLY))
WORDS_FOR = {
    State.BOOKED: "booked",
    State.DUE: "with time left",
    State.CANNOT_TELL: "of whom nobody can tell yet",
    State.MISSED: "who missed it",
}


@dataclass(frozen=True)
class NextBand:
    """`next` and `more` are empty at 100%. `lacking` and `out_of_reach` are told only to a reader with exact figures."""

    scale: Scale
    band: str
    next: str = ""
    more: str = ""
    lacking: tuple[tuple[str, str], ...] = ()
    out_of_reach: bool = False
    address: str = ""

    @property
    def to_check(self) -> str:
        """What of these bands nobody has yet seen in a return."""
        seen = {band.words for band in self.scale.bands if band.seen}
        return self.scale.unconfirmed if {self.band, self.next or self.band} - seen else ""


def next_band(
    asked: Asked, framework: Framework, heading: Heading, figures: Figures, *criteria: Criterion
) -> NextBand | None:
    """For a benchmark's figures, or one criterion's. None for a duty that no return asks about, where there is nobody, before
    the first scale we know of, and where a share may not be told.

    To a reader who may not see every pupil it is worked out from the rounded figures, so it tells them nothing new.
    """
    scale = in_force(asked.as_at) if heading.number else None
    met, whole = figures[State.MET], figures.population
    exact = asked.reader.everybody
    if not exact:
        if hides(met, whole):
            return None
        met, whole = nearest_five(met), nearest_five(whole)
    place = scale.place(met, whole) if scale else None
    if scale is None or place is None:
        return None
    if place.next is None:
        return NextBand(scale, place.band.words)
    left = [(figures[state], WORDS_FOR[state]) for state in WAITING if figures[state]] if exact else []
    can = figures.population - met - figures[State.MISSED]
    return NextBand(
        scale, place.band.words, place.next.words, more_words(place.more, exact),
        tuple((f"{number:,}", words) for number, words in left), exact and can < place.more,
        _address(asked, framework, heading, criteria) if asked.reader.names else "",
    )  # fmt: skip


def more_words(number: int, exact: bool) -> str:
    """As "14 more pupils", "1 more pupil"; "about 15 more pupils" where figures are rounded."""
    if not exact:
        return f"{WORDS} more pupils" if is_few(number) else f"about {nearest_five(number):,} more pupils"
    return f"{number:,} more pupil{'' if number == 1 else 's'}"


def _address(asked: Asked, framework: Framework, heading: Heading, criteria: Sequence[Criterion]) -> str:
    """The list of everybody who has yet to meet it, the nearest first."""
    query = {"state": NOT_MET, "sort": "nearest"}
    if len(criteria) == 1:
        return asked.criterion_address(criteria[0], **query) + "#pupils"
    return asked.heading_address(framework, heading, **query) + "#pupils"
