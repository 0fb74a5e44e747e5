from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django_scopes import scopes_disabled

from careers.demonstration.signing_in import demonstration_people, forget
from careers.pupils.models import Pupil
from careers.schools.models import School


@pytest.fixture
def real_school(db: None) -> School:
    return School.objects.create(name="A real school", urn="123456", laestab="1234567")


def test_the_demonstration_is_refused_beside_a_real_school(real_school: School) -> None:
    with pytest.raises(CommandError, match="There is a real school") as refusal:
        call_command("load_demonstration")
    assert refusal.value.returncode == 2
    with scopes_disabled():
        assert not Pupil.objects.exists()


def test_a_real_schools_sign_in_page_is_told_of_nobody(real_school: School) -> None:
    forget()
    assert not demonstration_people(None)["demonstration_people"]  # type: ignore[arg-type]
