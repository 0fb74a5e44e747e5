"""A preview is confirmed: once, all or nothing, and only while it still holds."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_scopes import scope

from careers.audit.models import Event
from careers.imports import actions
from careers.imports.actions import NotNow
from careers.imports.models import Import
from careers.imports.tests.sheets import a_upn, roll_file, roll_rows, upload
from careers.pupils.models import Pupil
from careers.schools.models import School
from tests.makers import make_pupil


def test_confirming_twice_brings_it_in_once(school: School) -> None:
    started = upload(school, roll_file())
    with scope(school=school):
        twin = Import.objects.get(pk=started.pk)
        actions.apply(started=started, by=None)
        with pytest.raises(NotNow, match="already brought in"):
            actions.apply(started=twin, by=None)
        assert Pupil.objects.count() == 3


def test_a_file_with_errors_cannot_be_confirmed(school: School) -> None:
    started = upload(school, roll_file([*roll_rows(), ["nonsense", "Ash", "Kit", "", 9, ""]]))
    with scope(school=school), pytest.raises(NotNow, match="has errors"):
        actions.apply(started=started, by=None)
    with scope(school=school):
        assert Pupil.objects.count() == 0


def test_a_preview_that_no_longer_holds_is_shown_again_first(school: School) -> None:
    started = upload(school, roll_file())
    make_pupil(school, upn=a_upn(1), form="9A")
    with scope(school=school):
        with pytest.raises(NotNow, match="has changed since this preview was made"):
            actions.apply(started=started, by=None)
        assert Pupil.objects.count() == 1
        started = Import.objects.get(pk=started.pk)
        assert (started.status, started.counts) == (Import.Status.READY, {"changed": 1, "new": 2})
        actions.apply(started=started, by=None)
        assert Pupil.objects.count() == 3


def test_the_file_and_the_names_go_once_it_is_brought_in(school: School) -> None:
    started = upload(school, roll_file())
    with scope(school=school):
        actions.apply(started=started, by=None)
        kept = Import.objects.get(pk=started.pk)
    assert kept.content is None
    assert "Surname1" not in str(kept.preview)
    assert kept.counts == {"new": 3}


def test_a_file_nobody_confirmed_is_put_away_after_a_month(school: School) -> None:
    forgotten, recent = upload(school, roll_file()), upload(school, roll_file())
    with scope(school=school):
        Import.objects.filter(pk=forgotten.pk).update(uploaded_at=timezone.now() - timedelta(days=31))
        upload(school, roll_file())
        forgotten.refresh_from_db()
        recent.refresh_from_db()
    assert (forgotten.status, forgotten.content, forgotten.preview) == (Import.Status.CANCELLED, None, {})
    assert recent.is_open
    assert Event.objects.get(verb="put away files nobody confirmed").detail == {"files": 1}


def test_cancelling_changes_nothing_and_keeps_no_file(school: School) -> None:
    started = upload(school, roll_file())
    with scope(school=school):
        actions.cancel(started=started, by=None)
        assert Import.objects.get(pk=started.pk).content is None
        with pytest.raises(NotNow, match="was cancelled"):
            actions.apply(started=started, by=None)
        assert Pupil.objects.count() == 0
