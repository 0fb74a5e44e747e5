"""Somebody with access to the machine adds their school."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from careers.audit.models import Event
from careers.schools.actions import add_school
from careers.schools.models import School

pytestmark = pytest.mark.django_db

OURS = {"name": "Our School", "urn": "123456", "laestab": "8884001"}


def add(**given: str) -> str:
    out = StringIO()
    facts = {**OURS, **given}
    call_command("add_school", *[word for name in facts for word in (f"--{name}", facts[name])], stdout=out)
    return out.getvalue()


def refused(**given: str) -> str:
    before = School.objects.count()
    with pytest.raises(CommandError) as error:
        add(**given)
    assert error.value.returncode == 2
    assert School.objects.count() == before
    return str(error.value)


def test_a_school_is_here_and_it_is_said_what_to_do_next() -> None:
    said = add(ages="11-16")
    school = School.objects.get()
    assert (school.name, school.urn, school.laestab, school.kind) == ("Our School", "123456", "8884001", "school")
    assert (school.low_age, school.high_age, school.demonstration) == (11, 16, False)
    assert said.startswith("Our School is here, with Years 7 to 11. Now add its careers leader:")
    assert "manage.py add_person --school 123456 --role careers_leader" in said


def test_it_is_in_the_audit_of_the_school() -> None:
    school = add_school(**OURS, kind="special", ages=(4, 19), by=None)
    event = Event.objects.get()
    assert (event.verb, event.school_id, event.subject_id) == ("added a school", school.pk, str(school.pk))


def test_a_laestab_may_be_written_with_a_stroke() -> None:
    add(laestab="888/4001", kind="alternative")
    assert School.objects.get(laestab="8884001").kind == "alternative"


def test_a_school_is_not_added_twice() -> None:
    add()
    assert refused(laestab="8884002") == "The URN 123456 is here already: Our School."
    assert refused(urn="123457") == "The LAESTAB 8884001 is here already: Our School."


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"urn": "12345"}, "12345 is not a URN: it has six digits, like 123456."),
        ({"urn": "٣٣٣٣٣٣"}, "٣٣٣٣٣٣ is not a URN: it has six digits, like 123456."),
        (
            {"laestab": "4001"},
            "4001 is not a LAESTAB: it has seven digits, three of the authority and four of the school.",
        ),
        ({"kind": "nursery"}, "nursery is not a kind of school here: choose school, special, alternative."),
        ({"ages": "eleven"}, "eleven is not a range of ages: write the youngest and the oldest, like 11-18."),
        ({"ages": "18-11"}, "Ages 18 to 11 are not a school's: the first is the lower, from 2 to 19."),
        (
            {"ages": "4-11"},
            "A school for ages 4 to 11 has no year group from 7 to 13.",
        ),
        ({"name": "  "}, "A school needs a name of up to 200 characters."),
    ],
)
def test_what_no_school_has_is_refused_in_one_sentence(given: dict[str, str], sentence: str) -> None:
    assert refused(**given) == sentence
