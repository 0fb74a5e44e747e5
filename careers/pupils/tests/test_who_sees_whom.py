"""Whose names a person may see, and what they can choose a list by."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django_scopes import scope, scopes_disabled

from careers.accounts.models import Membership, User
from careers.pupils.models import GroupMembership
from careers.pupils.queries import groups_with_visible_pupils, members_of, visible_keys
from careers.schools import clock
from careers.schools.models import School
from tests.makers import TODAY, give_group, make_person, make_pupil, make_school, put_in_group

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> Iterator[School]:
    school = make_school()
    with clock.on(TODAY), scope(school=school):
        yield school


def membership(user: User) -> Membership:
    with scopes_disabled():
        return Membership.objects.get(user=user)


def test_a_careers_leader_sees_every_pupil_of_the_school_and_no_other_schools(school: School) -> None:
    mine, _theirs = make_pupil(school), make_pupil(make_school("Another School"))
    assert visible_keys(membership(make_person(school, "careers_leader"))) == {mine.pk}


def test_a_tutor_sees_the_pupils_of_the_groups_they_answer_for(school: School) -> None:
    tutor, own, _other = make_person(school, "tutor"), make_pupil(school), make_pupil(school, form="9B")
    give_group(tutor, put_in_group(own, "9A"))
    assert visible_keys(membership(tutor)) == {own.pk}


def test_a_tutor_no_longer_sees_last_years_form(school: School) -> None:
    tutor, pupil = make_person(school, "tutor"), make_pupil(school, 9)
    give_group(tutor, put_in_group(pupil, "8A", academic_year=2025))
    assert visible_keys(membership(tutor)) == set()


def test_a_tutor_no_longer_sees_a_pupil_who_has_left_the_form(school: School) -> None:
    tutor, pupil = make_person(school, "tutor"), make_pupil(school)
    give_group(tutor, put_in_group(pupil, "9A"))
    GroupMembership.objects.filter(pupil=pupil).update(ends_on=date(2026, 10, 1))
    assert visible_keys(membership(tutor)) == set()


def test_a_governor_sees_nobody_by_name(school: School) -> None:
    make_pupil(school)
    assert visible_keys(membership(make_person(school, "link_governor"))) == set()


def test_a_search_looks_for_every_word_in_any_name(school: School) -> None:
    leader = membership(make_person(school))
    ann, ben = make_pupil(school, forename="Ann", surname="Holt"), make_pupil(school, forename="Ben", surname="Holt")
    assert visible_keys(leader, "holt") == {ann.pk, ben.pk}
    assert visible_keys(leader, "ann HOL") == {ann.pk}
    assert visible_keys(leader, ben.upn.lower()) == {ben.pk}
    assert visible_keys(leader, ben.upn[:6]) == set()


def test_a_tutor_chooses_only_from_groups_with_a_pupil_of_theirs(school: School) -> None:
    tutor, own, other = make_person(school, "tutor"), make_pupil(school), make_pupil(school)
    give_group(tutor, put_in_group(own, "9A"))
    put_in_group(own, "9 Art", kind="class")
    put_in_group(other, "9 Drama", kind="class")
    assert [group.name for group in groups_with_visible_pupils(membership(tutor), TODAY)] == ["9 Art"]


def test_another_schools_group_holds_nobody(school: School) -> None:
    group = put_in_group(make_pupil(make_school("Another School")), "9 Art", kind="class")
    assert members_of(membership(make_person(school)), group.reference, TODAY) == set()
