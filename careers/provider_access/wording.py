"""Words for what is kept in codes, and what the log of requests shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from careers.evaluation.wording import year_words
from careers.provider_access.models import Decision, ProviderRequest

BASIS = dict(ProviderRequest.Basis.choices)
SETTINGS = dict(ProviderRequest.Setting.choices)
CONTENTS = dict(ProviderRequest.Content.choices)


def years_in_words(groups: Iterable[int]) -> str:
    found = tuple(sorted(groups))
    return year_words(found) if found else "year groups not said"


def chosen(words: dict[str, str], keys: Iterable[str]) -> str:
    return "; ".join(words[key] for key in keys if key in words)


@dataclass(frozen=True)
class Line:
    """One request in the log, with its latest answer."""

    request: ProviderRequest
    decision: Decision | None
    today: date

    @property
    def open(self) -> bool:
        return self.decision is None

    @property
    def overdue(self) -> bool:
        return self.open and self.request.answer_by is not None and self.request.answer_by < self.today

    @property
    def late(self) -> bool:
        """Whether the answer came after the day that was promised."""
        return bool(self.decision and self.request.answer_by and self.decision.replied_on > self.request.answer_by)

    @property
    def order(self) -> tuple[bool, int, int]:
        """Open ones first, the soonest promised first; then the answered, latest first."""
        day = self.request.answer_by or self.request.received_on
        return not self.open, day.toordinal() if self.open else -self.request.received_on.toordinal(), -self.request.pk
