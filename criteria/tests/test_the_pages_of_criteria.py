"""A careers leader reads the rules in words, and reads what the data says today."""

from __future__ import annotations

from pathlib import Path

import pytest

from criteria.__main__ import main
from criteria.conditions import All, Any_, AtLeast, Includes, Is, Not
from criteria.criteria_page import COMMAND, pages
from criteria.loading import load_all
from criteria.moments import parse_moment
from criteria.rule_words import PROVIDERS, TYPES, condition_lines, moment_words, years
from criteria.tables import ENCOUNTER_TYPES, PROVIDER_KINDS

FOLDER = Path(__file__).resolve().parents[2] / "docs/reference/criteria"


def test_no_page_is_stale_and_none_is_left_over() -> None:
    kept = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    assert kept == pages(), f"Write them again: {COMMAND}"


def test_the_command_writes_every_page_and_removes_those_of_frameworks_that_are_no_more(tmp_path: Path) -> None:
    (tmp_path / "gatsby-1914.md").write_text("an edition nobody wrote")
    assert main(["pages", str(tmp_path)]) == 0
    assert {path.name for path in tmp_path.iterdir()} == set(pages())


def test_a_page_gives_every_criterion_its_rule_sources_and_examples() -> None:
    for framework in load_all():
        page = pages()[f"{framework.id}.md"]
        for criterion in framework.criteria:
            assert f"### {criterion.number} {criterion.title}" in page
            assert criterion.rule in page
            assert " ".join(criterion.unconfirmed.split()) in page
            for example in criterion.examples:
                assert example.name in page
        for source in framework.sources:
            assert source.address in page, f"{source.code} is cited by nothing"


def test_every_code_has_words() -> None:
    assert set(TYPES) == set(ENCOUNTER_TYPES)
    assert set(PROVIDERS) == set(PROVIDER_KINDS)


@pytest.mark.parametrize(
    ("groups", "said"),
    [([11], "Year 11"), ([7, 8, 9], "Years 7 to 9"), ([8, 10, 12], "Years 8, 10 and 12")],
)
def test_year_groups_are_said_as_people_say_them(groups: list[int], said: str) -> None:
    assert years(groups) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("start of year 8", "1 September at the start of Year 8"),
        ("close of key stage", "31 July at the end of the key stage"),
        ("end of academic year", "31 August at the end of the academic year"),
        ("28 February of year 9", "28 February of Year 9"),
        ("leaving", "31 August at the end of the pupil's last academic year"),
        ("3 years after leaving", "31 August 3 years after the pupil's last academic year"),
    ],
)
def test_a_moment_names_its_day(written: str, said: str) -> None:
    assert moment_words(parse_moment(written)) == said


def test_a_condition_reads_as_a_list_with_its_choices_inside_it() -> None:
    either = Any_((Is("type", ("employer_encounter",)), All((Is("type", ("careers_event",)), AtLeast("employers", 1)))))
    rule = All((either, Is("two_way", ("some", "extensive")), Not(Includes("provider_kinds", ("utc",)))))
    assert condition_lines(rule) == [
        "- any of these:",
        "  - it was an encounter with an employer",
        "  - all of these:",
        "    - it was a careers fair or event",
        "    - at least one employer took part",
        "- there was some or extensive two-way interaction",
        "- none of this:",
        "  - one of these took part: university technical college",
    ]
