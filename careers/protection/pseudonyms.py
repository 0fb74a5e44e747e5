"""Taking the name away from a pupil: what counts in figures of past years stays, and says nobody's.

The birthday goes and is not replaced by a false one: a criterion asked "by the sixteenth birthday" then answers "cannot tell",
where a false one would have it missed.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.apps import apps
from django.db.models import Q

from careers.protection.forgetting import forget_activity_words, forget_imports, forget_words_of_lists, in_batches
from careers.protection.holdings import Erased, about_pupils
from careers.protection.ways_in import end_ways_in, erase_own_accounts
from careers.pupils.models import Pupil
from careers.schools.models import School, make_reference

REDACTED = "Redacted"
BLANK: dict[str, Any] = {
    **dict.fromkeys(("upn", "former_upn", "uln", "mis_id", "forename", "middle_names", "email"), ""),
    **dict.fromkeys(("preferred_surname", "preferred_forename"), ""),
    "surname": REDACTED,
    "date_of_birth": None,
}
"""What a pupil's fields are set to. Sex, the days of joining and leaving, and the two flags stay: figures ask for them."""
NAMELESS = Q(**{name: value for name, value in BLANK.items() if value is not None}, date_of_birth__isnull=True)


def pseudonymise(school: School, pupils: Collection[int]) -> dict[str, int]:
    """Take the names away from pupils of the school (given by number); how many rows of each kind of record changed or went.

    Call it inside a transaction and the school's scope. Their addresses change too, so that an old link leads nowhere.
    """
    counts: dict[str, int] = {}
    for some in in_batches(pupils):
        forget_activity_words(school, some)
        _add(counts, "import-change", forget_imports(school, some))
        _add(counts, "list-source", forget_words_of_lists(school, some))
        _add(counts, "account", erase_own_accounts(school, some))
        _add(counts, "own-record", end_ways_in(school, some))
        for held in about_pupils():
            if held.pseudonymised is Erased.DELETE and held.of_pupil != "pk":
                rows = held.all_rows().filter(school=school, **{f"{held.of_pupil}__in": some})
                _add(counts, held.key, rows.delete()[1].get(apps.get_model(held.model)._meta.label, 0))
        named = list(Pupil.objects.filter(school=school, pk__in=some))
        for pupil in named:
            pupil.reference = make_reference()
            for name, value in BLANK.items():
                setattr(pupil, name, value)
        Pupil.objects.bulk_update(named, [*BLANK, "reference"], batch_size=50)
        _add(counts, "pupil", len(named))
    return counts


def _add(counts: dict[str, int], key: str, number: int) -> None:
    if number:
        counts[key] = counts.get(key, 0) + number
