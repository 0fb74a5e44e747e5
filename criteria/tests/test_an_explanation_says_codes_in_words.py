"""What an encounter lacks is said in the words people use, never in the codes of the log."""

from __future__ import annotations

import re

from criteria.conditions import AtLeast, Includes, Is, leaves
from criteria.explanation import words
from criteria.loading import load_all
from criteria.model import Cover
from criteria.rule_words import PROVIDERS


def test_a_provider_is_named_in_full() -> None:
    assert words(Includes("provider_kinds", ("he_provider",)), {}) == "no higher education provider took part"
    assert words(Includes("provider_kinds", ("utc", "studio_school")), {}) == (
        "no university technical college or studio school took part"
    )


def test_a_kind_of_encounter_and_a_number_are_named_in_full() -> None:
    assert words(Is("type", ("employer_encounter",)), {}) == "it was not an encounter with an employer"
    assert words(AtLeast("guided_hours", 2), {}) == "guided hours was less than 2"


def test_no_rule_there_is_says_a_code() -> None:
    for framework in load_all():
        for criterion in framework.criteria:
            covered = criterion.measure.groups if isinstance(criterion.measure, Cover) else ()
            for condition in (criterion.qualifying, *(shown for _, shown in covered)):
                for leaf in leaves(condition):
                    said = words(leaf, {})
                    assert "_" not in said, (criterion.id, said)
                    for code in PROVIDERS.keys() - {"utc", "school_sixth_form", "studio_school"}:
                        assert not re.search(rf"\b{code.replace('_', ' ')}\b", said), said
