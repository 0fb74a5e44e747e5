"""Erasing a pupil: every row of every kind that leads to them, counted before it goes."""

from __future__ import annotations

from dataclasses import dataclass

from careers.protection.forgetting import forget_activity_words, forget_imports, forget_words_of_lists
from careers.protection.holdings import Erased, Holding, about_pupils
from careers.protection.ways_in import end_ways_in, erase_own_accounts
from careers.pupils.models import Pupil
from careers.schools.models import School


@dataclass(frozen=True)
class Line:
    """One kind of record in what an erasure would do: how many rows, and what becomes of them."""

    holding: Holding
    number: int


def what_goes(pupil: Pupil) -> list[Line]:
    """Each kind of record there is of the pupil, with how many rows. One query for each kind."""
    lines = [Line(held, held.rows_of_pupil(pupil).count()) for held in about_pupils()]
    return [line for line in lines if line.number]


def erase_rows(school: School, pupil: Pupil) -> dict[str, int]:
    """Everything of the pupil goes; rows by kind. Call it inside a transaction and the school's scope."""
    counts = {line.holding.key: line.number for line in what_goes(pupil)}
    counts["activity"] = forget_activity_words(school, [pupil.pk])
    counts["import-change"] = forget_imports(school, [pupil.pk])
    counts["list-source"] = forget_words_of_lists(school, [pupil.pk])
    counts["account"] = erase_own_accounts(school, [pupil.pk])
    end_ways_in(school, [pupil.pk])
    for held in about_pupils():
        if held.of_pupil != "pk" and held.erased is Erased.DELETE:
            held.rows_of_pupil(pupil).delete()
        elif held.blanked:
            held.rows_of_pupil(pupil).update(**held.blanked)
    pupil.delete()
    return counts
