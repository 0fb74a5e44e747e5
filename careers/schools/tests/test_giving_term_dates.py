"""A school says when its terms run."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django_scopes import scope

from careers.audit.models import Event
from careers.schools.models import School
from careers.schools.terms import terms_of
from tests.makers import YEAR, make_school

AUTUMN = ["--term", "Autumn", "2026-09-02", "2026-12-18"]
SPRING = ["--term", "Spring", "2027-01-04", "2027-03-25"]


@pytest.fixture
def school(db: None) -> School:
    return make_school()


def run(school: School, *words: str) -> str:
    out = StringIO()
    call_command("set_terms", "--school", school.urn, "--academic-year", "2026", *words, stdout=out)
    return out.getvalue()


def names(school: School) -> list[str]:
    with scope(school=school):
        return [f"{term.name} {term.starts}" for term in terms_of(school, YEAR)]


def test_the_terms_are_the_schools_own_from_then_on(school: School) -> None:
    said = run(school, *SPRING, *AUTUMN)
    assert said == "Autumn 2026/27: 2 September to 18 December\nSpring 2026/27: 4 January to 25 March\n"
    assert names(school) == ["Autumn 2026-09-02", "Spring 2027-01-04"]
    event = Event.objects.get()
    assert (event.verb, event.school_id, event.detail) == ("set the term dates", school.pk, {"year": "2026/27"})


def test_giving_them_again_replaces_them(school: School) -> None:
    run(school, *AUTUMN, *SPRING)
    run(school, "--term", "Autumn", "2026-09-07", "2026-12-18")
    assert names(school) == ["Autumn 2026-09-07"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--term", "Autumn", "2/9/2026", "2026-12-18"], "2/9/2026 is not a day: write it like 2026-09-02."),
        (
            ["--term", "Autumn", "2026-12-18", "2026-09-02"],
            "Autumn must start before it ends, both within 2026/27.",
        ),
        (
            ["--term", "Autumn", "2025-09-02", "2025-12-18"],
            "Autumn must start before it ends, both within 2026/27.",
        ),
        ([*AUTUMN, "--term", "Spring", "2026-12-18", "2027-03-25"], "Spring starts before Autumn has ended."),
        ([*AUTUMN, "--term", "Autumn", "2027-01-04", "2027-03-25"], "Two terms have the same name."),
        (["--term", "", "2026-09-02", "2026-12-18"], "A term needs a name of up to 20 characters."),
    ],
)
def test_dates_that_make_no_sense_are_refused_in_one_sentence_and_change_nothing(
    school: School, words: list[str], sentence: str
) -> None:
    run(school, *AUTUMN)
    with pytest.raises(CommandError) as error:
        run(school, *words)
    assert (str(error.value), error.value.returncode) == (sentence, 2)
    assert names(school) == ["Autumn 2026-09-02"]
