"""Spark gives everybody the standing the reference engine gives."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from criteria.engines import flat, reference
from tests.agreement.batches import DAYS_ASKED, batches
from tests.agreement.differences import differences
from tests.agreement.examples import Together, asked_together

pytestmark = [
    # Pyspark leaves the closing of its sockets to the collector of garbage.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.mark.parametrize("as_at", DAYS_ASKED, ids=str)
def test_spark_agrees_about_random_questions(spark: Any, as_at: date) -> None:
    for batch in batches(as_at):
        assert differences(flat.evaluate(*batch.asked, "spark", spark), reference.evaluate(*batch.asked)) == []


@pytest.mark.parametrize("group", asked_together(), ids=str)
def test_spark_gives_every_example_of_every_framework_its_answer(spark: Any, group: Together) -> None:
    found = flat.evaluate(*group.question, "spark", spark)
    assert group.answers(found) == group.expected
    assert differences(found, reference.evaluate(*group.question)) == []
