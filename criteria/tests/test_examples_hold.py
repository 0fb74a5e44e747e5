"""Every example in every framework gets the answer it names, from the engine that defines the meaning."""

import pytest

from criteria.engines.reference import evaluate
from criteria.loading import load_all
from criteria.model import Criterion, Example

CASES = [
    pytest.param(criterion, example, id=f"{criterion.id}: {example.name}")
    for framework in load_all()
    for criterion in framework.criteria
    for example in criterion.examples
]


@pytest.mark.parametrize(("criterion", "example"), CASES)
def test_the_reference_engine_gives_the_answer_the_example_names(criterion: Criterion, example: Example) -> None:
    standing = evaluate([criterion], [example.pupil], example.encounters, example.as_at).of("the pupil", criterion.id)
    assert standing.state == example.state
    if example.count is not None:
        assert standing.count == example.count
