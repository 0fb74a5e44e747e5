"""What an engine must be lent to answer some criteria: columns of the log, and dates of the pupils' own."""

from __future__ import annotations

from collections.abc import Iterable

from criteria.model import Criterion, Distinct, EachSubject, Total


def attributes_asked(criteria: Iterable[Criterion]) -> set[str]:
    """The columns of the log these criteria need from `occasions`, beside occasion and date."""
    asked: set[str] = set()
    for criterion in criteria:
        asked |= {leaf.attribute for leaf in criterion.asked_of_log}
        match criterion.measure:
            case Distinct(attribute) | Total(attribute):
                asked.add(attribute)
            case EachSubject():
                asked.add("subject")
    return asked


def own_dates(criteria: Iterable[Criterion]) -> tuple[str, ...]:
    """Columns of the pupils' own rows that the windows hang on, which `pupils` must then lend."""
    return tuple(sorted({name for criterion in criteria for name in criterion.own_dates}))
