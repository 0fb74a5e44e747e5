"""Figures for readers who may not see every pupil: to the nearest five, and "fewer than 5" where one could be picked out.

Rounding every number, and not only the small ones, keeps a small one from being worked out by taking the rest from the whole.
So shares too are shares of the rounded numbers: 43% of about 30 would be 13.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import floor

from careers.evaluation.figures import Figures
from criteria.standing import State

FEW = 5
WORDS = "fewer than 5"
STAND_IN = 3
"""How wide a number that may not be told is drawn."""


@dataclass(frozen=True)
class Shown:
    """Figures as one reader may see them. `counts` are for drawing; `texts` say what is written in place of a number."""

    counts: Mapping[str, int]
    whole: str
    met: str
    met_percent: str
    share: float | None
    texts: Mapping[str, str] = field(default_factory=dict)

    def said(self, state: str) -> str:
        return self.texts.get(state) or f"{self.counts.get(state, 0):,}"


def shown(figures: Figures, exact: bool) -> Shown:
    """These figures for a reader who may see each pupil (`exact`) or for one who may not."""
    whole, met = figures.population, figures[State.MET]
    if exact:
        percent = f"{figures.met_percent}%" if whole else "none"
        counts = {str(state): number for state, number in figures.counts.items()}
        return Shown(counts, f"{whole:,}", f"{met:,}", percent, figures.share(State.MET))
    counts = {str(state): nearest_five(n) for state, n in figures.counts.items() if state is not State.DOES_NOT_APPLY}
    texts = {str(state): WORDS for state, n in figures.counts.items() if is_few(n)}
    rough = share(figures)
    few = "fewer than 5 met" if is_few(met) else "all but a few" if whole >= FEW else "too few to show"
    percent = "none" if not whole else few if rough is None else f"{percentage(rough)}%"
    return Shown(counts, say(whole), say(met), percent, rough, texts)


def share(figures: Figures, exact: bool = False) -> float | None:
    """The share met, from 0 to 1, for such a reader or as it is; None where there is nobody, or it may not be told."""
    whole, met = figures.population, figures[State.MET]
    if exact or not whole:
        return figures.share(State.MET) if whole else None
    return None if hides(met, whole) else nearest_five(met) / nearest_five(whole)


def percentage(share: float) -> int:
    """Whole percent, a half up; never 100 while somebody is missing, nor 0 while somebody is not."""
    percent = floor(100 * share + 0.5 + 1e-9)
    return min(99, max(1, percent)) if 0 < share < 1 else percent


def is_few(number: int) -> bool:
    return 0 < number < FEW


def hides(part: int, whole: int) -> bool:
    """Whether a share would let a small number be worked out."""
    return whole < FEW or is_few(part) or is_few(whole - part)


def nearest_five(number: int) -> int:
    return STAND_IN if is_few(number) else 5 * round(number / 5)


def say(number: int, exact: bool = False) -> str:
    """A number of pupils in words for such a reader, or as it is."""
    return f"{number:,}" if exact else WORDS if is_few(number) else f"{nearest_five(number):,}"
