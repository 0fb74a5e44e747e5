"""`manage.py setup` brings a copy up to date, and does nothing to one that is."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.contrib.staticfiles.finders import get_finder
from django.core.management import call_command

from careers.website.collecting import collect_if_changed


@pytest.fixture
def own_folders(tmp_path: Path, settings: Any) -> Iterator[Path]:
    source = tmp_path / "source"
    source.mkdir()
    (source / "app.css").write_text("body { color: black }")
    settings.VAR = tmp_path / "var"
    settings.STATIC_ROOT = tmp_path / "var" / "static"
    settings.STATICFILES_DIRS = [source]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "careers.website.storage.Storage"}}
    settings.DEMONSTRATION = False
    get_finder.cache_clear()
    yield source
    get_finder.cache_clear()


def test_static_files_are_collected_again_only_when_one_has_changed(own_folders: Path) -> None:
    assert collect_if_changed() is True
    assert collect_if_changed() is False
    (own_folders / "app.css").write_text("body { color: navy }")
    assert collect_if_changed() is True


@pytest.mark.django_db
def test_setting_up_a_copy_that_is_up_to_date_collects_its_files(own_folders: Path, settings: Any) -> None:
    call_command("setup")
    assert (settings.STATIC_ROOT / "staticfiles.json").exists()


@pytest.mark.django_db
def test_no_other_account_of_the_machine_may_look_at_what_is_kept(own_folders: Path, settings: Any) -> None:
    settings.VAR.mkdir(mode=0o755)
    call_command("setup")
    assert settings.VAR.stat().st_mode & 0o777 == 0o700


@pytest.mark.django_db
def test_what_people_searched_for_does_not_outlive_their_sessions(own_folders: Path) -> None:
    session = SessionStore()
    session["pupils searched for"] = "A name"
    session.set_expiry(-1)
    session.save()
    call_command("setup")
    assert not Session.objects.exists()
