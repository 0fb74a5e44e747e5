"""Seven programmes as schools published them, brought in and judged before anything is delivered."""

from pathlib import Path

import pytest
from django_scopes import scope

from careers.evaluation.coverage import Cover, Coverage, coverage_of
from careers.evaluation.coverage_claims import Verdict, claims_of
from careers.evaluation.coverage_report import lines
from careers.imports import actions
from careers.imports.kinds.options import Options
from careers.imports.reading.files import File
from tests.guards.checkout import ROOT
from tests.makers import YEAR, make_school

PUBLISHED = ROOT.parent / "shared" / "data" / "programmes" / "programmes.csv"
PROGRAMMES = ("ljfs", "belvoir", "caistor", "starbank", "lec", "noa", "tanfield")

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not PUBLISHED.exists(), reason="the published programmes are not beside this checkout"),
]


def coverage(programme: str) -> Coverage:
    school = make_school()
    file = File(Path(PUBLISHED).name, PUBLISHED.read_bytes())
    with scope(school=school):
        options = Options(YEAR.start_year, programme=programme)
        actions.apply(
            started=actions.upload(school=school, kind="programme", file=file, options=options, by=None), by=None
        )
        return coverage_of(school, YEAR)


def states(found: Coverage, benchmark: int | None) -> dict[int, Cover]:
    criteria = next(criteria for heading, criteria in found.headings if heading.number == benchmark)
    return {group: found.state(criteria, group) for group in found.year_groups}


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_a_published_programme_is_judged_in_words_and_nothing_is_covered_on_trust(programme: str) -> None:
    found = coverage(programme)
    assert found.plan
    assert all(cell.state is not Cover.COVERED for cell in found.cells.values())
    assert "Fewest facts to record" in "\n".join(lines(found)) or not found.planned_year_groups


def test_lessons_claimed_for_four_benchmarks_bear_out_none_of_them() -> None:
    claims = claims_of(coverage("ljfs"))
    assert (len(claims.claims), len(claims.of(Verdict.NOT))) == (11, 11)


def test_one_activity_published_for_three_terms_is_three_activities() -> None:
    found = coverage("belvoir")
    weeks = [p for p in found.plan if p.activity.title == "Tutor activities and assemblies" and p.year_groups == (7,)]
    assert [planned.activity.term for planned in weeks] == ["Autumn", "Spring", "Summer"]


def test_guidance_by_referral_is_for_some_pupils_only() -> None:
    assert states(coverage("noa"), 8)[9] is Cover.SOME


def test_a_programme_whose_year_groups_were_lost_covers_nobody_and_says_so() -> None:
    found = coverage("tanfield")
    assert found.planned_year_groups == ()
    assert "No activity names a year group." in lines(found)
    assert set(states(found, 5).values()) == {Cover.HOLE}


def test_a_video_tour_is_suspected_and_a_shadowing_day_wants_eight_facts() -> None:
    found = coverage("caistor")
    assert [planned.activity.title for planned, _ in claims_of(found).hinted if "video" in planned.activity.title]
    assert found.cells["gb6.2025.school.1", 7].fewest_facts == 8
