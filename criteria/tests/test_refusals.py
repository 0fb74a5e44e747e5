"""A framework that cannot be read is refused with its file and line, what was found there, and what to do about it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from criteria.loading import load
from criteria.yaml_lines import FrameworkError

FRAMEWORK = """\
title: A framework to try
edition: "1"
in force from: 2026-09-01
headings:
  - {key: "5", number: 5, title: Employers, summary: Pupils meet employers.}
sources:
  - {code: LAW, title: The law, address: https://example.org/law}
"""

CRITERIA = """\
criteria:
  - id: try.1
    number: "1"
    benchmark: 5
    title: An encounter
    rule: Every pupil meets an employer once.
    remedy: one encounter
    unit: encounters
    severity: benchmark
    settings: [school]
    population: {year_group: [7, 8, 9]}
    window: {opens: start of year 7, closes: 28 February of year 9}
    qualifying: {type: employer_encounter}
    measure: count
    threshold: [{from: 2026-09-01, value: 1, source: LAW}]
    sources: [LAW]
    checked on: 2026-11-22
    examples:
      - name: A Year 9 pupil with no encounter has one to come
        as at: 2026-11-22
        pupil: {year_group: 9}
        state: due
      - name: One that was attended meets it
        as at: 2026-11-22
        pupil: {year_group: 9, sex: F}
        encounters: [{type: employer_encounter, date: 2026-10-01}]
        state: met
      - name: One that is booked in time will meet it
        as at: 2026-11-22
        pupil: {year_group: 9, sex: F}
        encounters: [{type: employer_encounter, date: 2027-01-12, status: booked}]
        state: booked
      - {name: In March it is too late, as at: 2027-03-01, pupil: {year_group: 9, sex: F}, state: missed}
      - {name: A Year 10 pupil is not asked, as at: 2026-11-22, pupil: {year_group: 10}, state: does_not_apply}
      - {name: Without a year group nobody can tell, as at: 2026-11-22, pupil: {sex: F}, state: cannot_tell}
"""

Refusal = Callable[..., str]


@pytest.fixture
def refusal(tmp_path: Path) -> Refusal:
    """What is said when one piece of the framework above is written wrongly."""

    def said(right: str = "", wrong: str = "", *, more: str = "", top: bool = False) -> str:
        assert right in (FRAMEWORK if top else CRITERIA)
        folder = tmp_path / "trial"
        folder.mkdir()
        (folder / "framework.yaml").write_text(FRAMEWORK.replace(right, wrong) if top else FRAMEWORK)
        (folder / "rules.yaml").write_text((CRITERIA if top else CRITERIA.replace(right, wrong)) + more)
        with pytest.raises(FrameworkError) as refused:
            load("trial", tmp_path)
        return str(refused.value)

    return said


def test_the_framework_these_tests_spoil_is_a_good_one(tmp_path: Path) -> None:
    folder = tmp_path / "trial"
    folder.mkdir()
    (folder / "framework.yaml").write_text(FRAMEWORK)
    (folder / "rules.yaml").write_text(CRITERIA)
    assert load("trial", tmp_path).criterion("try.1").title == "An encounter"


def test_a_misspelt_key_is_named_with_the_keys_there_are(refusal: Refusal) -> None:
    said = refusal("remedy:", "remdy:")
    assert "trial/rules.yaml, line 7, 'remdy'" in said
    assert "not something that can be said here" in said
    assert "remedy, rule" in said


def test_a_misspelt_key_of_the_framework_itself_is_refused_too(refusal: Refusal) -> None:
    said = refusal("in force from:", "in force form:", top=True)
    assert "trial/framework.yaml, line 3, 'in force form'" in said
    assert "use one of edition, headings, in force from" in said


def test_a_key_left_out_is_asked_for(refusal: Refusal) -> None:
    said = refusal("    unit: encounters\n", "")
    assert said == "trial/rules.yaml, line 2, 'unit': it is missing; add 'unit'."


def test_a_key_given_twice_is_refused(refusal: Refusal) -> None:
    said = refusal("    unit: encounters\n", "    unit: encounters\n    unit: meetings\n")
    assert "trial/rules.yaml, line 9, 'unit'" in said
    assert "given twice; keep one" in said


def test_an_attribute_nobody_keeps_is_named_with_those_there_are(refusal: Refusal) -> None:
    said = refusal("{type: employer_encounter}", "{kind: employer_encounter}")
    assert "trial/rules.yaml, line 13, 'kind'" in said
    assert "it is not something that can be asked here" in said
    assert "subject, suitable_offer, two_way, type, visit" in said


def test_a_pupil_cannot_be_asked_for_what_only_an_encounter_has(refusal: Refusal) -> None:
    said = refusal("{year_group: [7, 8, 9]}", "{one_to_one: true}")
    assert "trial/rules.yaml, line 11, 'one_to_one'" in said
    assert "use one of" in said or "ask of one of" in said


def test_a_code_that_is_not_one_is_named_with_the_codes_there_are(refusal: Refusal) -> None:
    said = refusal("{type: employer_encounter}", "{type: employer_visit}")
    assert "trial/rules.yaml, line 13, 'type': found 'employer_visit'" in said
    assert "use one of employer_encounter, workplace_experience" in said


def test_words_where_a_yes_or_no_belongs_are_refused(refusal: Refusal) -> None:
    said = refusal("{type: employer_encounter}", "{about_work: probably}")
    assert "line 13, 'about_work': found 'probably'; it is a true, false or blank" in said


def test_a_list_is_not_asked_whether_it_equals_something(refusal: Refusal) -> None:
    said = refusal("{type: employer_encounter}", "{provider_kinds: utc}")
    assert "line 13, 'provider_kinds': a list cannot be equal to a value" in said
    assert "{includes: [...]}" in said


def test_a_leap_day_is_no_date_for_a_rule(refusal: Refusal) -> None:
    said = refusal("28 February of year 9", "29 February of year 9")
    assert (
        "trial/rules.yaml, line 12, 'closes': '29 February of year 9' names a day that does not come every year" in said
    )
    assert "28 February of year 9" in said.partition("write one of")[2]


def test_a_moment_in_other_words_is_refused_with_the_forms_there_are(refusal: Refusal) -> None:
    said = refusal("start of year 7", "when Year 7 begins")
    assert "trial/rules.yaml, line 12, 'opens': 'when Year 7 begins' is not a moment" in said
    assert "write one of: start|close|end of academic year" in said


def test_a_window_without_an_end_is_asked_for_one(refusal: Refusal) -> None:
    said = refusal(", closes: 28 February of year 9", "")
    assert said == "trial/rules.yaml, line 12, 'closes': it is missing; add 'closes'."


def test_a_rule_for_everybody_whatever_is_known_of_them_is_refused(refusal: Refusal) -> None:
    said = refusal("{year_group: [7, 8, 9]}", "{}")
    assert "trial/rules.yaml, line 11, 'population'" in said
    assert "true of a pupil about whom nothing is known" in said
    assert "such as year_group" in said


def test_an_id_used_twice_is_refused_where_it_is_used_again(refusal: Refusal) -> None:
    said = refusal(more=CRITERIA.removeprefix("criteria:\n"))
    assert f"trial/rules.yaml, line {len(CRITERIA.splitlines()) + 1}, 'id'" in said
    assert "'try.1' is also the id of the criterion at trial/rules.yaml, line 2" in said
    assert "give one of them another id" in said


def test_a_benchmark_without_a_heading_is_refused(refusal: Refusal) -> None:
    said = refusal("benchmark: 5", "benchmark: 6")
    assert "trial/rules.yaml, line 4, 'benchmark'" in said
    assert "no heading numbered 6; use one of 5, or add a heading" in said


def test_a_source_nobody_listed_is_refused(refusal: Refusal) -> None:
    said = refusal("sources: [LAW]", "sources: [LORE]")
    assert "trial/rules.yaml, line 16, 'sources': 'LORE' is not among the framework's sources" in said
    assert "use one of LAW, or add it to framework.yaml" in said


def test_a_setting_that_is_not_one_is_refused(refusal: Refusal) -> None:
    said = refusal("settings: [school]", "settings: [scool]")
    assert "trial/rules.yaml, line 10, 'settings': found 'scool'; use some of school, special" in said


def test_a_count_needs_to_know_how_many(refusal: Refusal) -> None:
    said = refusal("    threshold: [{from: 2026-09-01, value: 1, source: LAW}]\n", "")
    assert "trial/rules.yaml, line 2, 'threshold': none was given" in said
    assert "give at least one dated value" in said


def test_a_measure_nobody_defined_is_refused(refusal: Refusal) -> None:
    said = refusal("measure: count", "measure: most of them")
    assert "trial/rules.yaml, line 14, 'measure': found 'most of them'" in said
    assert "write count, each subject studied" in said


def test_a_date_that_is_not_written_as_one_is_refused(refusal: Refusal) -> None:
    said = refusal("checked on: 2026-11-22", "checked on: 22 November 2026")
    assert "trial/rules.yaml, line 17, 'checked on': found '22 November 2026'" in said
    assert "write it as 2026-09-01" in said


def test_an_example_with_a_state_there_is_not_is_refused(refusal: Refusal) -> None:
    said = refusal("state: due", "state: overdue")
    assert "trial/rules.yaml, line 22, 'state': found 'overdue'" in said
    assert "met, booked, due, missed" in said


def test_an_example_that_says_something_of_a_pupil_nobody_keeps_is_refused(refusal: Refusal) -> None:
    said = refusal("pupil: {year_group: 9}", "pupil: {age: 14}")
    assert "trial/rules.yaml, line 21, 'age': it is not a column of pupils" in said


def test_a_file_that_is_not_yaml_is_refused_at_the_line_where_it_stops_being_so(refusal: Refusal) -> None:
    said = refusal("settings: [school]", "settings: [school")
    assert "trial/rules.yaml, line 11: this is not YAML" in said


def test_a_file_without_names_and_values_is_refused(refusal: Refusal) -> None:
    assert refusal(FRAMEWORK, "the rules\n", top=True) == "trial/framework.yaml, line 1: expected 'name: value' lines."


def test_a_framework_that_is_not_there_is_refused_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(FrameworkError, match="no framework called 'gatsby'; there are: none"):
        load("gatsby", tmp_path)
