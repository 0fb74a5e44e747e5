"""An open reading that is written wrongly is refused with its file and line, and so is a choice that a school does not have."""

from pathlib import Path

import pytest

from criteria.loading import load
from criteria.tests.test_refusals import CRITERIA, FRAMEWORK, Refusal
from criteria.yaml_lines import FrameworkError

READINGS = """\
readings:
  - key: how-many
    question: How many are several?
    default: two
    choices: {two: Two, three: Three}
    note: The law does not say.
    source: LAW
    checked on: 2026-11-22
"""


@pytest.fixture
def reading_refusal(tmp_path: Path) -> Refusal:
    """What is said when a framework that leaves a reading open is written wrongly, in framework.yaml or in its criteria."""

    def said(right: str, wrong: str, *, top: bool = False) -> str:
        whole = FRAMEWORK + READINGS
        assert right in (whole if top else CRITERIA)
        folder = tmp_path / "trial"
        folder.mkdir()
        (folder / "framework.yaml").write_text(whole.replace(right, wrong, 1) if top else whole)
        (folder / "rules.yaml").write_text(CRITERIA if top else CRITERIA.replace(right, wrong, 1))
        with pytest.raises(FrameworkError) as refused:
            load("trial", tmp_path)
        return str(refused.value)

    return said


def test_a_reading_nobody_named_is_refused_with_those_there_are(reading_refusal: Refusal) -> None:
    said = reading_refusal("value: 1", "value: {reading: how-much}")
    assert "trial/rules.yaml, line 15, 'reading': 'how-much' is not among the framework's readings" in said
    assert "use one of how-many, or add it to framework.yaml" in said


def test_a_reading_that_is_to_be_a_number_has_numbers_for_choices(reading_refusal: Refusal) -> None:
    said = reading_refusal("value: 1", "value: {reading: how-many}")
    assert "trial/rules.yaml, line 15, 'value': the reading 'how-many' has the choice 'two'" in said
    assert "let its choices be numbers" in said


def test_a_reading_of_joiners_has_what_can_be_said_of_them_for_choices(reading_refusal: Refusal) -> None:
    said = reading_refusal("    measure: count\n", "    measure: count\n    joiners: {reading: how-many}\n")
    assert "trial/rules.yaml, line 15, 'joiners': the reading 'how-many' has the choice 'two'" in said
    assert "let its choices be some of cannot tell, missed, does not apply" in said


def test_a_moment_that_hangs_on_a_reading_is_given_for_each_choice(reading_refusal: Refusal) -> None:
    said = reading_refusal("closes: 28 February of year 9", "closes: {reading: how-many, three: end of year 9}")
    assert said == "trial/rules.yaml, line 12, 'two': it is missing; add 'two'."


def test_a_moment_for_a_choice_there_is_not_is_refused(reading_refusal: Refusal) -> None:
    written = "closes: {reading: how-many, two: end of year 8, three: end of year 9, four: end of year 10}"
    said = reading_refusal("closes: 28 February of year 9", written)
    assert "trial/rules.yaml, line 12, 'four': it is not something that can be said here" in said
    assert "use one of reading, three, two" in said


def test_the_default_of_a_reading_is_one_of_its_choices(reading_refusal: Refusal) -> None:
    said = reading_refusal("default: two", "default: both", top=True)
    assert said == "trial/framework.yaml, line 11, 'default': found 'both'; use one of two, three."


def test_a_reading_says_where_it_comes_from(reading_refusal: Refusal) -> None:
    said = reading_refusal("    source: LAW", "    source: LORE", top=True)
    assert "trial/framework.yaml, line 14, 'source': 'LORE' is not among the framework's sources" in said
    assert "use one of LAW, or add it to framework.yaml" in said


def test_a_school_cannot_choose_what_a_reading_does_not_offer(tmp_path: Path) -> None:
    folder = tmp_path / "trial"
    folder.mkdir()
    (folder / "framework.yaml").write_text(FRAMEWORK + READINGS)
    (folder / "rules.yaml").write_text(CRITERIA)
    with pytest.raises(FrameworkError, match="'how-many' of trial: found 'seven'; use one of two, three"):
        load("trial", tmp_path, {"how-many": "seven"})
