"""Every example in every framework gets the answer it names, from the engine that defines the meaning."""

from datetime import date

import pytest

from criteria.engines.reference import evaluate
from criteria.loading import as_read, load, load_all
from criteria.model import Criterion, Example, Framework
from criteria.standing import Reason, State

CASES = [
    pytest.param(framework, criterion, example, id=f"{criterion.id}: {example.name}")
    for framework in load_all()
    for criterion in framework.criteria
    for example in criterion.examples
]


@pytest.mark.parametrize(("framework", "criterion", "example"), CASES)
def test_the_reference_engine_gives_the_answer_the_example_names(
    framework: Framework, criterion: Criterion, example: Example
) -> None:
    asked = as_read(framework.id, criterion, example)
    standing = evaluate([asked], [example.pupil], example.encounters, example.as_at).of("the pupil", criterion.id)
    assert standing.state == example.state
    if example.count is not None:
        assert standing.count == example.count


def test_every_choice_of_every_open_reading_is_shown_by_an_example() -> None:
    for framework in load_all():
        shown = {choice for c in framework.criteria for example in c.examples for choice in example.readings}
        for reading in framework.readings:
            unusual = {(reading.key, key) for key, _ in reading.choices if key != reading.default}
            assert unusual <= shown, framework.id


def test_without_a_birthday_on_record_nobody_can_tell_when_it_is_due() -> None:
    criterion = load("gatsby-2025", readings={"by-age": "birthday"}).criterion("gb8.2025.school.1")
    pupil = {"pupil": "ann", "setting": "school", "year_group": 11, "in_benchmark_cohort": True, "on_roll": True}
    standing = evaluate([criterion], [pupil], [], date(2026, 11, 22)).of("ann", criterion.id)
    assert (standing.state, standing.reason) == (State.CANNOT_TELL, Reason.WINDOW)
    known = {**pupil, "born": date(2010, 10, 5)}
    assert evaluate([criterion], [known], [], date(2026, 11, 22)).of("ann", criterion.id).due == date(2026, 10, 5)
