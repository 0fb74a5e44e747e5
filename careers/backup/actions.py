"""Making a backup of everything, and putting one back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Any

from django.conf import settings
from django.db.migrations.loader import MigrationLoader

from careers.audit.record import record
from careers.backup import archive, checking, postgresql, sqlite
from careers.backup.keys import public_keys, secret_keys
from careers.backup.manifest import FORM, Manifest
from careers.backup.refusal import BackupRefused
from careers.backup.tables import Copied, differences
from careers.backup.work_folder import work_folder

NAME = "trigpoint-%Y-%m-%dT%H-%M-%SZ.backup"
PATTERN = "trigpoint-*.backup"
FILES = "files"


@dataclass(frozen=True)
class Made:
    file: Path
    rows: int
    bytes: int
    seconds: float


@dataclass(frozen=True)
class PutBack:
    made_at: str
    rows: int
    events: int
    """Events of the audit whose chain was followed."""
    seconds: float


def make_backup(*, of: dict[str, Any], into: Path, keep_days: int | None = None) -> Made:
    """Write one encrypted file of the database and the files kept beside it, as they are at one moment.

    `of` is a database as Django's settings describe it. With `keep_days`, earlier backups of the folder that are older
    go, once this one is whole. Raises BackupRefused.
    """
    began, now = monotonic(), datetime.now(UTC)
    to = public_keys(settings.BACKUP_KEY)
    if not into.is_dir():
        raise BackupRefused(f"{into} is not a folder. Make it first, best on another disk or machine.")
    with work_folder() as folder:
        for unfinished in into.glob(f"{PATTERN}.unfinished"):
            unfinished.unlink()
        copied = _engine(of).copy(of, folder)
        kept = {copied.file.name: copied.file, **_kept_files()}
        digests = {name: archive.digest(path) for name, path in kept.items()}
        manifest = Manifest(
            FORM, now.isoformat(), vendor_of(of), copied.migrations, copied.counts, copied.heads, digests
        )
        target = into / now.strftime(NAME)
        archive.write(target, manifest, kept, to)
    rows, size = sum(copied.counts.values()), target.stat().st_size
    made = Made(target, rows, size, monotonic() - began)
    record("made a backup", by=None, school=None, changes=False, rows=rows, bytes=size)
    _remember(made, now)
    if keep_days is not None:
        _take_away_older(into, target, now - timedelta(days=keep_days))
    return made


def put_back(
    *, file: Path, key_file: Path, into: dict[str, Any], files_into: Path | None, accept_broken_audit: bool = False
) -> PutBack:
    """Put a backup into a database that holds no school, and check that everything came back.

    A broken audit is no reason to lose the rest: `accept_broken_audit` puts it back as it is.

    Raises BackupRefused, and then a SQLite database is as it was before, and a PostgreSQL one must not be used.
    """
    began = monotonic()
    by = secret_keys(key_file)
    engine = _engine(into)
    if engine.holds_a_school(into):
        raise BackupRefused(
            "The database to put it into holds a school, and a backup never takes its place. Move the file away, "
            "or make an empty database and name it in TRIGPOINT_DATABASE."
        )
    with work_folder() as folder:
        manifest = archive.unpack(file, folder, by)
        _refuse_what_does_not_fit(manifest, into)
        found, events = _load(manifest, folder, into, accept_broken_audit)
        if files_into is not None:
            _put_files(folder / FILES, files_into)
    return PutBack(manifest.made_at, sum(found.counts.values()), events, monotonic() - began)


def last_backup() -> dict[str, Any] | None:
    """When the last backup of this copy was made ("at", in UTC), its "rows", "bytes" and "seconds"; None before the first."""
    try:
        return dict(json.loads(_note().read_text()))
    except (OSError, ValueError):
        return None


def vendor_of(database: dict[str, Any]) -> str:
    return "postgresql" if database["ENGINE"].endswith("postgresql") else "sqlite"


def _engine(database: dict[str, Any]) -> Any:
    return {"sqlite": sqlite, "postgresql": postgresql}[vendor_of(database)]


def _load(manifest: Manifest, folder: Path, into: dict[str, Any], accept_broken_audit: bool) -> tuple[Copied, int]:
    """SQLite's copy is looked at before it takes its place; PostgreSQL's cannot be, so its transaction is the safeguard."""
    if manifest.vendor == "postgresql":
        found = postgresql.put_back(folder / "database.dump", into)
        _refuse_differences(manifest, found)
        return found, 0 if accept_broken_audit else checking.follow_the_audit(into)
    copy_file = folder / "database.sqlite3"
    found = sqlite.look_at(copy_file)
    _refuse_differences(manifest, found)
    events = 0 if accept_broken_audit else checking.follow_the_audit(checking.as_sqlite(copy_file))
    sqlite.put_back(copy_file, into)
    return found, events


def _refuse_differences(manifest: Manifest, found: Copied) -> None:
    if wrong := differences(manifest.counts, found.counts):
        raise BackupRefused(f"Not every row came back: {'; '.join(wrong[:5])}. Do not use this database.")
    if found.heads != manifest.heads:
        raise BackupRefused("The audit did not come back as it was. Do not use this database.")


def _refuse_what_does_not_fit(manifest: Manifest, into: dict[str, Any]) -> None:
    if manifest.vendor != vendor_of(into):
        raise BackupRefused(
            f"The backup is of a {manifest.vendor} database and cannot be put into a {vendor_of(into)} one. "
            "Name one of its own kind in TRIGPOINT_DATABASE."
        )
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if newer := sorted(set(manifest.migrations) - known):
        raise BackupRefused(
            f"The backup was made by a newer Trigpoint (it knows {newer[0]}). Put it back with that version or a later one."
        )


def _kept_files() -> dict[str, Path]:
    root = Path(settings.FILES)
    return {f"{FILES}/{path.relative_to(root)}": path for path in sorted(root.rglob("*")) if path.is_file()}


def _put_files(kept: Path, into: Path) -> None:
    for path in sorted(kept.rglob("*")) if kept.is_dir() else []:
        if path.is_file():
            target = into / path.relative_to(kept)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
            target.chmod(0o600)


def _note() -> Path:
    return Path(settings.VAR) / "last-backup.json"


def _remember(made: Made, now: datetime) -> None:
    facts = {"at": now.isoformat(), "rows": made.rows, "bytes": made.bytes, "seconds": round(made.seconds, 1)}
    beside = _note().with_suffix(".new")
    beside.write_text(json.dumps(facts))
    beside.replace(_note())


def _take_away_older(folder: Path, but: Path, than: datetime) -> None:
    for path in folder.glob(PATTERN):
        if path != but and datetime.fromtimestamp(path.stat().st_mtime, UTC) < than:
            path.unlink()
