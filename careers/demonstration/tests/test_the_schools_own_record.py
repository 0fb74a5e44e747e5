"""Each demonstration school keeps a record of its own: much of it done, some of it missing."""

from __future__ import annotations

import pytest

from careers.demonstration.making import Made
from careers.demonstration.tests.conftest import DAY
from careers.evaluation.school_criteria import school_file
from careers.evaluation.standings import editions, evaluate
from careers.leadership.models import Milestone


@pytest.mark.parametrize("key", ["main", "special"])
def test_some_of_what_the_school_owes_is_done_and_some_is_missing(demonstration: dict[str, Made], key: str) -> None:
    school = demonstration[key].school
    states = {answer.state for answer in school_file(evaluate(school, editions(DAY), DAY)).answers}
    assert {"met", "due", "missed"} <= states


def test_ashmere_vale_wants_feedback_from_employers(demonstration: dict[str, Made]) -> None:
    school = demonstration["main"].school
    found = school_file(evaluate(school, editions(DAY), DAY)).answer("gb1.2025.school.4")
    assert found is not None
    assert "employers" in found.explanation.missing


def test_nothing_has_happened_before_its_day_and_somebody_wrote_it_down(demonstration: dict[str, Made]) -> None:
    milestones = Milestone.objects.all()
    assert milestones.count() > 20
    assert all(each.date <= DAY for each in milestones if each.status == Milestone.Status.DONE)
    assert all(each.recorded_by for each in milestones)
