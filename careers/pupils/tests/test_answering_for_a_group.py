"""Somebody with access to the machine says which groups a tutor answers for."""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django_scopes import scope, scopes_disabled

from careers.accounts.models import Membership, User
from careers.audit.models import Event
from careers.pupils.visibility import pupils_visible_to
from careers.schools import clock
from careers.schools.models import School
from tests.makers import TODAY, make_person, make_pupil, make_school


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with clock.on(TODAY):
        yield


@pytest.fixture
def school(db: None) -> School:
    school = make_school()
    make_pupil(school, 9, form="9C", surname="Abara")
    make_pupil(school, 9, form="9D", surname="Birch")
    return school


@pytest.fixture
def tutor(school: School) -> User:
    return make_person(school, "tutor", email="tutor@example.org")


def run(school: School, *words: str, email: str = "tutor@example.org") -> str:
    out = StringIO()
    call_command("give_group", "--school", school.urn, "--email", email, *words, stdout=out)
    return out.getvalue()


def refused(school: School, *words: str, **given: str) -> str:
    with pytest.raises(CommandError) as error:
        run(school, *words, **given)
    assert error.value.returncode == 2
    return str(error.value)


def seen_by(user: User, school: School) -> set[str]:
    with scopes_disabled():
        membership = Membership.objects.get(user=user)
    with scope(school=school):
        return set(pupils_visible_to(membership).values_list("surname", flat=True))


def test_a_tutor_sees_the_pupils_of_a_form_from_then_on(school: School, tutor: User) -> None:
    assert seen_by(tutor, school) == set()
    assert run(school, "--group", "9c") == "tutor@example.org answers for 9C in 2026/27.\n"
    assert seen_by(tutor, school) == {"Abara"}


def test_several_forms_can_be_given_at_once(school: School, tutor: User) -> None:
    run(school, "--group", "9C", "--group", "9D")
    assert seen_by(tutor, school) == {"Abara", "Birch"}


def test_a_tutor_who_answers_for_a_form_no_longer_sees_it_no_longer(school: School, tutor: User) -> None:
    run(school, "--group", "9C", "--group", "9D")
    assert run(school, "--group", "9C", "--end") == "tutor@example.org no longer answers for 9C in 2026/27.\n"
    assert seen_by(tutor, school) == {"Birch"}


def test_both_are_in_the_audit_and_doing_it_again_is_not(school: School, tutor: User) -> None:
    for words in ([], [], ["--end"], ["--end"]):
        run(school, "--group", "9C", *words)
    took, gave = Event.objects.filter(school_id=school.pk)
    assert (gave.verb, gave.detail) == ("gave a person a group", {"group": "9C", "year": "2026/27"})
    assert (took.verb, took.subject_id) == ("took a group from a person", str(tutor.pk))


def test_a_form_that_is_not_there_is_refused_with_those_that_are_and_nothing_is_given(
    school: School, tutor: User
) -> None:
    said = refused(school, "--group", "9C", "--group", "9X")
    assert said == "There is no form 9X in 2026/27 at Beacon School. There are: 9C, 9D."
    assert seen_by(tutor, school) == set()


def test_last_years_form_is_another(school: School, tutor: User) -> None:
    assert "There is no form 9C in 2025/26" in refused(school, "--group", "9C", "--academic-year", "2025")


def test_nobody_of_another_school_is_given_a_form_here(school: School) -> None:
    make_person(make_school("Harbour School"), "tutor", email="tutor@example.org")
    assert refused(school, "--group", "9C") == "Nobody with the address tutor@example.org belongs to Beacon School."
