"""What is done every night: once, whoever tries, and one step that fails does not stop the others."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from django.utils.module_loading import import_string
from django_scopes import scope

from careers.audit.models import Event
from careers.imports.models import Import
from careers.jobs.models import Sign
from careers.jobs.worker import Worker
from careers.website import nightly
from tests.makers import make_school

pytestmark = pytest.mark.django_db
FAILING = nightly.Step("failing", "careers.website.tests.test_the_nightly_work.fail", "Fails.")


def fail() -> str:
    Sign.objects.create(pk="half done", at=timezone.now())
    raise LookupError("Ada Abara")


def sign(name: str) -> Sign:
    return Sign.objects.get(pk=nightly.SIGN + name)


def a_night_later() -> None:
    Sign.objects.update(at=timezone.now() - timedelta(days=1))


@pytest.mark.parametrize("step", nightly.STEPS, ids=lambda step: step.name)
def test_every_step_there_is_can_be_done_and_says_what_it_did(step: nightly.Step) -> None:
    make_school()
    assert import_string(step.function)().endswith(".")
    assert step.sentence.endswith(".")
    assert len({each.name for each in nightly.STEPS}) == len(nightly.STEPS)


def test_the_night_is_done_once_however_many_machines_try() -> None:
    assert set(nightly.run()) == {step.name for step in nightly.STEPS}
    assert nightly.run() == {}
    a_night_later()
    assert set(nightly.run()) == {step.name for step in nightly.STEPS}


def test_a_step_that_fails_leaves_nothing_half_done_and_the_others_are_done(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(nightly, "STEPS", (FAILING, *nightly.STEPS))
    with pytest.raises(CommandError):
        call_command("nightly")
    assert sign("failing").failed
    assert sign("failing").said == "Failed (LookupError)."
    assert not Sign.objects.filter(pk="half done").exists()
    assert not sign("sessions").failed
    assert "Ada" not in str(Event.objects.get(verb="did the nightly work").detail)
    assert nightly.run() == {}, "A step that failed waits for the next night."


def test_a_new_copy_begins_with_its_next_night() -> None:
    nightly.if_it_is_night()
    assert not Event.objects.filter(verb="did the nightly work").exists()
    a_night_later()
    nightly.if_it_is_night()
    assert Event.objects.filter(verb="did the nightly work").count() == 1


def test_files_nobody_confirmed_are_put_away_at_every_school() -> None:
    for school in (make_school(), make_school("Another School")):
        with scope(school=school):
            left = Import.objects.create(school=school, kind="roll", filename="r.csv", academic_year=2026, content=b"x")
            Import.objects.filter(pk=left.pk).update(uploaded_at=timezone.now() - timedelta(days=31))
    nightly.run()
    assert Worker().do_all() == 2
    assert not Import.objects.model._base_manager.filter(content__isnull=False).exists()
