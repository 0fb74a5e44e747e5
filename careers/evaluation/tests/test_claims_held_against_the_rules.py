import pytest
from django_scopes import scope

from careers.evaluation.coverage import coverage_of
from careers.evaluation.coverage_claims import ABOUT_THE_WHOLE, Claims, Verdict, claims_of
from careers.schools.models import School
from tests.makers import YEAR, make_activity, make_school

pytestmark = pytest.mark.django_db

SOURCE = "https://school.example.org/careers"


@pytest.fixture
def school() -> School:
    return make_school()


def claiming(school: School, type: str, *benchmarks: int, **facts: object) -> Claims:
    usual = {"day": None, "status": "planned", "year_groups": [7], "source": SOURCE}
    make_activity(school, type, **{**usual, "claimed_benchmarks": list(benchmarks), **facts})  # type: ignore[arg-type]
    with scope(school=school):
        return claims_of(coverage_of(school, YEAR))


def test_no_single_activity_counts_for_benchmark_1(school: School) -> None:
    [claim] = claiming(school, "careers_lesson", 1).claims
    assert (claim.verdict, claim.reasons) == (Verdict.NOT, (ABOUT_THE_WHOLE,))


@pytest.mark.parametrize(
    ("benchmark", "because"),
    [
        (2, "pupils do not look anything up and use it"),
        (4, "it belongs to no subject"),
        (5, "no employer takes part"),
        (6, "nobody is in a workplace"),
        (7, "no provider takes part"),
        (8, "nobody meets a careers adviser one to one"),
    ],
)
def test_a_general_lesson_cannot_be_what_other_benchmarks_ask_for(school: School, benchmark: int, because: str) -> None:
    [claim] = claiming(school, "careers_lesson", benchmark).claims
    assert claim.verdict is Verdict.NOT
    assert because in claim.reasons[0]


def test_three_claims_for_one_lesson_are_three_claims(school: School) -> None:
    found = claiming(school, "careers_lesson", 1, 3, 7)
    assert [claim.benchmark for claim in found.of(Verdict.NOT)] == [1, 3, 7]


def test_a_claim_may_be_when_facts_are_missing_and_says_which(school: School) -> None:
    [claim] = claiming(school, "lmi_use", 2, information_used=True).claims
    assert claim.verdict is Verdict.MAY_BE
    assert claim.reasons == ("it is not recorded whether it informed options or next steps",)


def test_a_claim_is_borne_out_by_what_is_recorded(school: School) -> None:
    [claim] = claiming(school, "lmi_use", 2, information_used=True, informed_choice=True).claims
    assert (claim.verdict, claim.reasons) == (Verdict.BORNE_OUT, ())


def test_a_claim_fails_on_what_the_activity_lacks(school: School) -> None:
    [claim] = claiming(school, "lmi_use", 2, information_used=False).claims
    assert claim.reasons == ("pupils did not use the information themselves",)


def test_a_claim_is_judged_even_where_no_year_group_is_named(school: School) -> None:
    [claim] = claiming(school, "guidance_meeting", 8, year_groups=[], one_to_one=True, adviser_level=7).claims
    assert claim.verdict is Verdict.BORNE_OUT


def test_what_counts_without_being_claimed_is_said(school: School) -> None:
    found = claiming(school, "provider_encounter", 2, year_groups=[8])
    assert [(claim.benchmark, claim.verdict) for claim in found.unclaimed] == [
        (7, Verdict.MAY_BE),
        (None, Verdict.MAY_BE),
    ]


def test_a_programme_that_claims_nothing_is_not_corrected(school: School) -> None:
    assert claiming(school, "provider_encounter").unclaimed == ()


def test_a_recorded_tour_is_only_suspected_from_its_title(school: School) -> None:
    found = claiming(school, "provider_encounter", 7, title="College video tours in assembly")
    [(_, why)] = found.hinted
    assert "the title suggests a recording, which is not two-way" in why
    assert found.claims[0].verdict is Verdict.MAY_BE


def test_a_title_is_not_suspected_of_what_it_could_never_count_for(school: School) -> None:
    assert claiming(school, "careers_lesson", title="Video of a job").hinted == ()
