"""The file of a backup: a gzipped tar, encrypted as it is written, so that it never lies about unencrypted."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import shutil
import tarfile
import threading
from pathlib import Path
from typing import IO

import pyrage
from pyrage import x25519

from careers.backup.manifest import Manifest
from careers.backup.refusal import BackupRefused

MANIFEST = "manifest.json"
PIECE = 1024 * 1024


def digest(file: Path) -> str:
    total = hashlib.sha256()
    with file.open("rb") as opened:
        while piece := opened.read(PIECE):
            total.update(piece)
    return total.hexdigest()


def write(target: Path, manifest: Manifest, files: dict[str, Path], to: list[x25519.Recipient]) -> None:
    """Write the archive beside `target` and move it into place when it is whole and on the disk."""
    unfinished = target.with_name(f"{target.name}.unfinished")
    try:
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            _encrypted(file, manifest, files, to)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


def _encrypted(file: IO[bytes], manifest: Manifest, files: dict[str, Path], to: list[x25519.Recipient]) -> None:
    """One thread packs and this one encrypts, with a pipe between them."""
    reading, writing = os.pipe()
    wrong: list[BaseException] = []

    def pack() -> None:
        try:
            with (
                os.fdopen(writing, "wb") as end,
                gzip.GzipFile(fileobj=end, mode="wb", compresslevel=6) as zipped,
                tarfile.open(fileobj=zipped, mode="w|") as tar,
            ):
                _pack(tar, manifest, files)
        except BaseException as error:
            wrong.append(error)

    packer = threading.Thread(target=pack)
    packer.start()
    try:
        with os.fdopen(reading, "rb") as end:
            pyrage.encrypt_io(end, file, to)
    finally:
        packer.join()
    if wrong:
        raise wrong[0]


def _pack(tar: tarfile.TarFile, manifest: Manifest, files: dict[str, Path]) -> None:
    said = manifest.written().encode()
    entry = tarfile.TarInfo(MANIFEST)
    entry.size = len(said)
    tar.addfile(entry, io.BytesIO(said))
    for name, path in files.items():
        tar.add(path, arcname=name, recursive=False)


def unpack(source: Path, folder: Path, by: list[x25519.Identity]) -> Manifest:
    """Decrypt and unpack into an empty folder. Raises BackupRefused unless every file is as the manifest says."""
    packed = folder / "packed"
    try:
        opened = source.open("rb")
    except OSError as wrong:
        raise BackupRefused(f"{source} cannot be opened: {wrong.strerror}.") from None
    try:
        with opened as file, packed.open("wb") as into:
            pyrage.decrypt_io(file, into, by)
    except (pyrage.DecryptError, OSError):  # which of the two depends on where the damage is
        raise BackupRefused(
            f"{source.name} cannot be decrypted. Either the key is another one, or the file was changed or cut off."
        ) from None
    try:
        with tarfile.open(packed, mode="r:gz") as tar:
            _take_out(tar, folder)
        manifest = Manifest.read((folder / MANIFEST).read_text())
    except (tarfile.TarError, OSError, EOFError):
        raise BackupRefused(f"{source.name} was decrypted, but what is in it is not a Trigpoint backup.") from None
    packed.unlink()
    wrong_files = [name for name, said in manifest.digests.items() if _digest_or_none(folder / name) != said]
    if wrong_files:
        raise BackupRefused(f"The backup is damaged: {len(wrong_files)} of its files are not what was written.")
    return manifest


def _take_out(tar: tarfile.TarFile, folder: Path) -> None:
    """Plain files within the folder only. By hand, because Debian 12's Python 3.11.2 has no filter that would see to it."""
    for member in tar:
        if member.isdir():
            continue
        target = (folder / member.name).resolve()
        content = tar.extractfile(member) if member.isfile() else None
        if content is None or not target.is_relative_to(folder.resolve()):
            raise tarfile.TarError(member.name)
        target.parent.mkdir(parents=True, exist_ok=True)
        with content, target.open("wb") as file:
            shutil.copyfileobj(content, file, PIECE)


def _digest_or_none(file: Path) -> str | None:
    return digest(file) if file.is_file() else None
