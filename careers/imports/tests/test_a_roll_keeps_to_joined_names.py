"""A roll that writes Maths for what the school said is Mathematics changes nothing, and ends no class of a whole year group."""

from django_scopes import scope

from careers.curriculum import actions
from careers.curriculum.models import Subject
from careers.imports.models import Import
from careers.imports.tests.sheets import bring_in, upload
from careers.imports.tests.test_subjects_in_the_roll import with_subjects
from careers.pupils.models import GroupMembership
from careers.schools import clock
from careers.schools.models import School
from tests.makers import TODAY, make_person


def test_a_roll_with_the_other_spelling_ends_no_class_and_begins_none(school: School) -> None:
    leader = make_person(school)
    bring_in(school, with_subjects("Mathematics; Art"))
    with scope(school=school), clock.on(TODAY):
        kept = Subject.objects.create(school=school, name="Mathematics")
        actions.join_spellings(subject=kept, spelling="Maths", by=leader)
    assert upload(school, with_subjects("MATHS; Art"), "roll").status == Import.Status.NOTHING


def test_a_class_that_holds_the_whole_year_group_is_not_ended_for_not_being_listed(school: School) -> None:
    leader = make_person(school)
    bring_in(school, with_subjects("Art"))
    with scope(school=school), clock.on(TODAY):
        pshe = Subject.objects.create(school=school, name="PSHE")
        actions.change_subject(subject=pshe, department=None, everyone_in=[9], stamp=None, by=leader)
    bring_in(school, with_subjects("Music"))
    with scope(school=school):
        assert GroupMembership.objects.filter(group__subject="PSHE", ends_on=None).count() == 1
