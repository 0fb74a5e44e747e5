"""Spark gives everybody the standing the reference engine gives."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from criteria.engines import flat, reference
from tests.agreement.batches import DAYS_ASKED, batches, covering, drawn, together
from tests.agreement.differences import differences
from tests.agreement.effort import LONG
from tests.agreement.examples import Together, asked_together
from tests.agreement.generated import Question
from tests.spec.page import EVERY_SPEC

pytestmark = [
    # Pyspark leaves the closing of its sockets to the collector of garbage.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.mark.parametrize("as_at", DAYS_ASKED, ids=str)
def test_spark_agrees_about_random_questions(spark: Any, as_at: date) -> None:
    # Spark plans a query longer than it answers it: a long run asks it a fifth of what it asks the others.
    for batch in batches(drawn()[::5] if LONG else covering(), as_at):
        assert differences(flat.evaluate(*batch.asked, "spark", spark), reference.evaluate(*batch.asked)) == []


def test_spark_gives_the_answers_the_page_of_the_vocabulary_shows(spark: Any) -> None:
    for day in sorted({spec.as_at for spec in EVERY_SPEC}):
        specs = [spec for spec in EVERY_SPEC if spec.as_at == day]
        whole = together([Question([spec.written], spec.rows, spec.records, day) for spec in specs], day)
        found = flat.evaluate(*whole.asked, "spark", spark)
        for number, spec in enumerate(specs):
            own = {name: found.of(f"{number} {name}", f"{number} spec") for name in spec.expected}
            assert {name: (each.state, each.count) for name, each in own.items()} == spec.expected, spec.title


@pytest.mark.parametrize("group", asked_together(), ids=str)
def test_spark_gives_every_example_of_every_framework_its_answer(spark: Any, group: Together) -> None:
    found = flat.evaluate(*group.question, "spark", spark)
    assert group.answers(found) == group.expected
    assert differences(found, reference.evaluate(*group.question)) == []
