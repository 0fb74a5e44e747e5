"""A published programme becomes a plan."""

from pathlib import Path
from typing import Any

import pytest
from django_scopes import scope

from careers.imports import actions
from careers.imports.kinds.published_kinds import meaning_of, meanings
from careers.imports.models import Import
from careers.imports.reading.files import File
from careers.imports.reading.refusal import FileRefused
from careers.imports.tests.sheets import bring_in, csv_file, faults, upload
from careers.programme.models import Activity
from careers.schools.models import School
from tests.makers import YEAR

HEADER = [
    "programme_id",
    "school",
    "urn",
    "academic_year",
    "year_groups",
    "term",
    "activity_title",
    "kind",
    "benchmarks_claimed",
    "audience",
    "source_url",
    "note",
]
USUAL: dict[str, Any] = {
    "programme_id": "harbour", "school": "Harbour School", "urn": "900001", "academic_year": "2024-25", "year_groups": "7|8",
    "term": "Autumn", "activity_title": "Careers fair", "kind": "careers_fair", "benchmarks_claimed": "5|7", "audience": "all",
    "source_url": "https://school.example.org/careers", "note": "In the hall",
}  # fmt: skip
SEEN = Path(__file__).parents[4] / "shared" / "data" / "programmes" / "programmes.csv"


def programme(*rows: dict[str, Any]) -> File:
    return csv_file(HEADER, *[[{**USUAL, **row}[name] for name in HEADER] for row in rows], name="programmes.csv")


def only(school: School) -> Activity:
    with scope(school=school):
        return Activity.objects.get()


def test_a_row_becomes_a_planned_activity_with_only_what_it_says(school: School) -> None:
    bring_in(school, programme({}), "programme")
    activity = only(school)
    assert (activity.title, activity.type, activity.status) == ("Careers fair", "careers_event", "planned")
    assert (activity.year_groups, activity.term, activity.whole_cohort) == ([7, 8], "Autumn", True)
    assert (activity.claimed_benchmarks, activity.source, activity.note) == (
        [5, 7],
        "https://school.example.org/careers",
        "In the hall",
    )
    assert (activity.academic_year, activity.starts_on, activity.two_way, activity.in_school_day) == (
        2026,
        None,
        "",
        None,
    )


def test_it_is_planned_for_the_year_chosen(school: School) -> None:
    bring_in(school, programme({}), "programme", academic_year=YEAR.start_year + 1)
    assert only(school).academic_year == 2027


def test_the_preview_says_whose_programme_it_was_and_when(school: School) -> None:
    assert upload(school, programme({"urn": "100000"}), "programme").preview["notices"] == [
        "This programme was published by Harbour School (URN 100000), not by Beacon School.",
        "It was published for 2024-25. Its activities are planned for 2026/27.",
    ]


def test_the_same_programme_again_changes_nothing(school: School) -> None:
    rows = [{}, {"term": "Spring"}, {"activity_title": "Talk", "kind": "employer_encounter"}]
    bring_in(school, programme(*rows), "programme")
    assert upload(school, programme(*rows), "programme").status == Import.Status.NOTHING


def test_what_the_school_has_since_decided_is_kept(school: School) -> None:
    bring_in(school, programme({"kind": "mentoring", "activity_title": "Mentoring"}), "programme")
    with scope(school=school):
        Activity.objects.update(type="employer_encounter", note="With Crumb & Co")
    done = bring_in(
        school, programme({"kind": "mentoring", "activity_title": "Mentoring", "benchmarks_claimed": "5"}), "programme"
    )
    assert done.counts == {"changed": 1}
    activity = only(school)
    assert (activity.type, activity.note, activity.claimed_benchmarks) == ("employer_encounter", "With Crumb & Co", [5])


@pytest.mark.parametrize(
    ("audience", "whole"), [("all", True), ("targeted", False), ("optional", False), ("referral", False), ("", None)]
)
def test_who_it_is_for(school: School, audience: str, whole: bool | None) -> None:
    bring_in(school, programme({"audience": audience}), "programme")
    assert only(school).whole_cohort is whole


@pytest.mark.parametrize(
    ("kind", "title", "type"),
    [
        ("lesson", "Personal values", "careers_lesson"),
        ("lesson", "Local labour market investigation", "lmi_use"),
        ("tutor_time", "Career of the week", "careers_lesson"),
        ("workplace_visit", "Shadowing day", "workplace_experience"),
        ("technical_provider_encounter", "Apprenticeship assembly", "provider_encounter"),
        ("mentoring", "Mentoring", "careers_event"),
        ("mentoring", "Mentoring by employers", "employer_encounter"),
        ("mock_interview", "Mock assessment centre", "careers_event"),
        ("trip", "Skills show", "careers_event"),
        ("trip", "University residential", "provider_encounter"),
        ("options_event", "Options evening for parents", "parent_event"),
        ("information", "Monthly parent pack", "parent_event"),
        ("information", "Options booklet", "lmi_use"),
    ],
)
def test_what_a_published_kind_means_here(kind: str, title: str, type: str) -> None:
    meaning = meaning_of(kind, title)
    assert meaning is not None
    assert meaning.type == type


def test_every_meaning_is_a_type_of_activity_and_every_kind_ends_without_conditions() -> None:
    assert {meaning.type for meaning in meanings()} <= set(Activity.Type.values)
    last = {meaning.kind: meaning for meaning in meanings()}
    assert [meaning.kind for meaning in last.values() if meaning.title_words] == []


def test_guidance_is_one_to_one_and_the_adviser_is_not_guessed(school: School) -> None:
    bring_in(school, programme({"kind": "guidance_interview", "activity_title": "Careers interview"}), "programme")
    assert (only(school).one_to_one, only(school).adviser_level) == (True, None)


def test_a_doubt_about_a_kind_is_said(school: School) -> None:
    started = upload(school, programme({"kind": "enterprise", "activity_title": "Enterprise challenge"}), "programme")
    assert any("It does not say that an employer takes part." in notice for notice in started.preview["notices"])


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"kind": "jamboree"}, "2 kind: “jamboree” is not a kind of activity we know."),
        ({"benchmarks_claimed": "9"}, "2 benchmarks_claimed: “9” are not benchmarks."),
        ({"year_groups": "six"}, "2 year_groups: “six” is not a year group."),
        ({"audience": "some"}, "2 audience: “some” is not an audience we know."),
        ({"activity_title": ""}, "2 activity_title: It is missing."),
    ],
)
def test_a_cell_that_is_not_understood_is_an_error(school: School, row: dict[str, Any], said: str) -> None:
    (fault,) = faults(upload(school, programme(row), "programme"))
    assert fault.startswith(said)


def test_a_file_of_several_programmes_asks_which(school: School) -> None:
    started = upload(school, programme({}, {"programme_id": "quay", "school": "Quay School"}), "programme")
    assert started.status == Import.Status.CHOOSE
    assert [choice["programme"] for choice in started.preview["choices"]] == ["harbour", "quay"]
    with scope(school=school):
        actions.choose_programme(started=started, programme="quay", by=None)
    assert (started.status, started.counts) == (Import.Status.READY, {"new": 1})


def test_a_programme_that_is_not_in_the_file_is_refused(school: School) -> None:
    with pytest.raises(FileRefused, match="There is no programme “pier” in the file. It has: harbour, quay"):
        upload(school, programme({}, {"programme_id": "quay"}), "programme", programme="pier")


@pytest.mark.skipif(not SEEN.exists(), reason="the real programmes to try on are not beside this checkout")
@pytest.mark.parametrize(
    ("name", "rows"),
    [("ljfs", 10), ("belvoir", 18), ("caistor", 12), ("starbank", 6), ("lec", 13), ("noa", 7), ("tanfield", 11)],
)
def test_each_of_seven_schools_programmes_becomes_a_plan_and_again_changes_nothing(
    school: School, name: str, rows: int
) -> None:
    file = File(SEEN.name, SEEN.read_bytes())
    assert bring_in(school, file, "programme", programme=name).counts == {"new": rows}
    assert upload(school, file, "programme", programme=name).status == Import.Status.NOTHING
