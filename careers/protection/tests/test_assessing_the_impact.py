"""A school assesses what keeping these records could do to a child, from what is really held."""

from __future__ import annotations

import pytest

from careers.protection.holdings import holdings
from careers.protection.impact_assessment import assessment
from careers.protection.management.commands.write_impact_assessment import WHERE
from careers.protection.models import RetentionChoice
from careers.protection.rules import rules
from tests.makers import make_person, make_pupil, make_school


def test_the_page_of_the_documentation_is_as_it_would_be_written_now() -> None:
    assert WHERE.read_text() == assessment(), "Run: manage.py write_impact_assessment"


def test_it_leaves_out_no_kind_of_record_and_no_time() -> None:
    said = assessment()
    assert [held.key for held in holdings() if f"| {held.title} |" not in said] == []
    assert [each.key for each in rules() if f"| {each.title} |" not in said] == []


@pytest.mark.django_db
def test_a_schools_own_says_what_it_holds_and_for_how_long_it_has_chosen() -> None:
    from django_scopes import scope

    school = make_school("Beacon School")
    for _ in range(3):
        make_pupil(school)
    with scope(school=school):
        RetentionChoice.objects.create(
            school=school, rule="guidance", length=6, start="leaving", chosen_by=make_person(school)
        )
    said = assessment(school)
    assert "# Data protection impact assessment: Beacon School" in said
    pupils = next(line for line in said.splitlines() if line.startswith("| The pupil |"))
    assert pupils.endswith("| 3 |")
    assert "6 months from the end of the academic year in which the pupil left" in said
    assert "Invitations |" in said
