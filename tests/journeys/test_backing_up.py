"""The person who looks after the machine backs up while people work, and one bad day puts it back."""

from __future__ import annotations

import os
import shutil
import tarfile
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyrage
import pytest

from careers.audit.models import Event
from careers.backup import actions, keys
from careers.backup.manifest import Manifest
from careers.backup.refusal import BackupRefused
from tests.journeys.own_database import ask, fill, is_sqlite, new_database

pytestmark = pytest.mark.django_db
SESSION = (
    "INSERT INTO django_session (session_key, session_data, expire_date) VALUES ('k', 'Pupil words', '2036-01-01')"
)


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """A database with a school in it. Tests only read it, or write sessions."""
    with new_database("backed_up", tmp_path_factory.mktemp("school")) as database:
        fill(database)
        yield database


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[dict[str, Any]]:
    with new_database("put_back", tmp_path) as database:
        yield database


@pytest.fixture
def key(tmp_path: Path, settings: Any) -> Path:
    """The file of the secret key whose public one is set. What is kept beside the database is this test's own."""
    file = tmp_path / "key.txt"
    settings.BACKUP_KEY = keys.make_pair(file)
    settings.VAR = tmp_path / "var"
    settings.FILES = settings.VAR / "files"
    settings.FILES.mkdir(parents=True)
    (settings.FILES / "photo.txt").write_text("a photograph")
    return file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "backups"
    made.mkdir()
    return made


def back_up(school: dict[str, Any], folder: Path) -> Path:
    return actions.make_backup(of=school, into=folder).file


def put_back(file: Path, key: Path, into: dict[str, Any], files: Path | None = None) -> actions.PutBack:
    return actions.put_back(file=file, key_file=key, into=into, files_into=files)


def refusal(file: Path, key: Path, into: dict[str, Any]) -> str:
    with pytest.raises(BackupRefused) as refused:
        put_back(file, key, into)
    return str(refused.value)


def pupils(database: dict[str, Any]) -> list[tuple[Any, ...]]:
    return ask(database, "SELECT surname, upn, date_of_birth FROM pupils_pupil ORDER BY upn")


def test_what_comes_back_is_what_was_there(
    school: dict[str, Any], empty: dict[str, Any], key: Path, folder: Path, tmp_path: Path
) -> None:
    done = put_back(back_up(school, folder), key, empty, tmp_path / "files")
    assert pupils(empty) == pupils(school) != []
    assert (tmp_path / "files" / "photo.txt").read_text() == "a photograph"
    assert done.events == ask(school, "SELECT COUNT(*) FROM audit_event")[0][0]
    with pytest.raises(Exception, match="append-only"):
        ask(empty, "DELETE FROM audit_event")


def test_nobody_stays_signed_in_through_a_backup(
    school: dict[str, Any], empty: dict[str, Any], key: Path, folder: Path
) -> None:
    ask(school, "DELETE FROM django_session")
    ask(school, SESSION)
    put_back(back_up(school, folder), key, empty)
    assert ask(empty, "SELECT * FROM django_session") == []


def test_it_is_made_while_people_write_and_is_of_one_moment(
    school: dict[str, Any], empty: dict[str, Any], key: Path, folder: Path
) -> None:
    """Each deed writes two rows. A copy that was not of one moment would hold one without the other."""
    ask(school, "CREATE TABLE IF NOT EXISTS deeds (half INTEGER, number INTEGER)")
    stop = threading.Event()
    written = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            ask(school, f"INSERT INTO deeds VALUES (1, {number}), (2, {number})")
            written.set()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert written.wait(30)
        file = back_up(school, folder)
    finally:
        stop.set()
        writer.join()
        left = ask(school, "SELECT COUNT(*) FROM deeds")[0][0]
        ask(school, "DROP TABLE deeds")
    put_back(file, key, empty)
    ((first, second, both),) = ask(
        empty,
        "SELECT SUM(CASE half WHEN 1 THEN 1 ELSE 0 END), SUM(CASE half WHEN 2 THEN 1 ELSE 0 END), COUNT(*) FROM deeds",
    )
    assert first == second > 0
    assert both <= left


def test_a_stolen_backup_says_nothing(school: dict[str, Any], key: Path, folder: Path, tmp_path: Path) -> None:
    file = back_up(school, folder)
    assert file.stat().st_mode & 0o077 == 0
    raw = file.read_bytes()
    for name, upn, _ in pupils(school):
        assert name.encode() not in raw
        assert upn.encode() not in raw
    other = tmp_path / "other.txt"
    keys.make_pair(other)
    assert "cannot be decrypted" in refusal(file, other, {"ENGINE": "sqlite3", "NAME": tmp_path / "none"})


@pytest.mark.parametrize("part", [0.0, 0.3, 0.7, 0.999])
def test_a_backup_that_was_changed_is_refused(
    part: float, school: dict[str, Any], empty: dict[str, Any], key: Path, folder: Path
) -> None:
    file = back_up(school, folder)
    raw = bytearray(file.read_bytes())
    raw[int(len(raw) * part)] ^= 1
    file.write_bytes(raw)
    assert "cannot be decrypted" in refusal(file, key, empty)
    assert not actions._engine(empty).holds_a_school(empty)


def test_a_backup_that_was_cut_off_is_refused(
    school: dict[str, Any], empty: dict[str, Any], key: Path, folder: Path
) -> None:
    file = back_up(school, folder)
    file.write_bytes(file.read_bytes()[:-1000])
    assert "cut off" in refusal(file, key, empty)


def test_a_school_that_is_there_is_never_written_over(school: dict[str, Any], key: Path, folder: Path) -> None:
    file, before = back_up(school, folder), pupils(school)
    assert "holds a school" in refusal(file, key, school)
    assert pupils(school) == before


def repacked(file: Path, key: Path, change: Any) -> None:
    """The backup with its manifest changed, by somebody who has the key."""
    (identity,) = keys.secret_keys(key)
    inside = file.with_suffix(".inside")
    plain = file.with_suffix(".tar.gz")
    plain.write_bytes(pyrage.decrypt(file.read_bytes(), [identity]))
    with tarfile.open(plain) as tar:
        tar.extraction_filter = getattr(tarfile, "data_filter", None)  # Python 3.11.2 has none
        tar.extractall(inside)
    said = Manifest.read((inside / "manifest.json").read_text())
    change(said)
    (inside / "manifest.json").write_text(said.written())
    with tarfile.open(plain, "w:gz") as tar:
        for path in sorted(inside.rglob("*")):
            tar.add(path, arcname=str(path.relative_to(inside)), recursive=False)
    file.write_bytes(pyrage.encrypt(plain.read_bytes(), [identity.to_public()]))
    shutil.rmtree(inside)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda said: said.counts.update(pupils_pupil=31), "pupils_pupil has 30 rows and not 31"),
        (lambda said: said.heads.update({"0": [7, "0" * 64]}), "audit did not come back"),
        (lambda said: said.migrations.append("pupils.9999_later"), "newer Trigpoint"),
        (lambda said: said.digests.update({"files/photo.txt": "0"}), "1 of its files"),
    ],
    ids=["a row is missing", "the audit is another", "it is from a newer version", "a file is damaged"],
)
def test_what_is_not_as_it_was_is_noticed(
    change: Any, says: str, school: dict[str, Any], empty: dict[str, Any], key: Path, folder: Path
) -> None:
    file = back_up(school, folder)
    repacked(file, key, change)
    assert says in refusal(file, key, empty)
    if is_sqlite():
        assert not actions._engine(empty).holds_a_school(empty)


def test_older_backups_go_when_a_new_one_is_whole_and_nothing_else_does(
    school: dict[str, Any], key: Path, folder: Path
) -> None:
    old, recent, others = (folder / f"{name}" for name in ("trigpoint-1.backup", "trigpoint-2.backup", "letters.txt"))
    for path, days in ((old, 40), (recent, 10), (others, 400)):
        path.write_text("")
        at = datetime.now(UTC).timestamp() - days * 24 * 3600
        os.utime(path, (at, at))
    made = actions.make_backup(of=school, into=folder, keep_days=30).file
    assert {path.name for path in folder.iterdir()} == {made.name, recent.name, others.name}


def test_that_a_backup_was_made_is_on_record(school: dict[str, Any], key: Path, folder: Path) -> None:
    made = actions.make_backup(of=school, into=folder)
    assert Event.objects.get().verb == "made a backup"
    found = actions.last_backup()
    assert found is not None
    assert (found["rows"], found["bytes"]) == (made.rows, made.file.stat().st_size)


def test_without_a_key_no_backup_is_made(school: dict[str, Any], key: Path, folder: Path, settings: Any) -> None:
    for said, why in (("", "manage.py backup_key"), ("age1nonsense", "not a public key")):
        settings.BACKUP_KEY = said
        with pytest.raises(BackupRefused, match=why):
            actions.make_backup(of=school, into=folder)
    assert list(folder.iterdir()) == []


def test_a_key_is_never_written_over(key: Path) -> None:
    before = key.read_text()
    with pytest.raises(BackupRefused, match="there already"):
        keys.make_pair(key)
    assert key.read_text() == before
    assert key.stat().st_mode & 0o077 == 0
