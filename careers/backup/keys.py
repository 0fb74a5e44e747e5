"""The pair of keys of a backup (age, https://age-encryption.org/v1).

The machine knows only the public key, so whoever steals the machine or its backups cannot read them.
"""

from __future__ import annotations

import os
from pathlib import Path

from pyrage import RecipientError, x25519

from careers.backup.refusal import BackupRefused

SECRET = "AGE-SECRET-KEY-"  # noqa: S105


def make_pair(kept_in: Path) -> str:
    """Write a new secret key into a file that was not there, which only its owner may read. Gives the public key."""
    identity = x25519.Identity.generate()
    public = str(identity.to_public())
    try:
        file = os.fdopen(os.open(kept_in, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w")
    except FileExistsError:
        raise BackupRefused(f"{kept_in} is there already, and a key is never written over another.") from None
    except OSError as wrong:
        raise BackupRefused(f"{kept_in} cannot be written: {wrong.strerror}.") from None
    with file:
        file.write(f"# public key: {public}\n{identity}\n")
    return public


def public_keys(written: str) -> list[x25519.Recipient]:
    """Those of a list separated by commas: any one of their secret keys reads the backup."""
    words = [word.strip() for word in written.split(",") if word.strip()]
    if not words:
        raise BackupRefused(
            "No key is set to encrypt backups with. Make a pair with: manage.py backup_key FILE, "
            "then set TRIGPOINT_BACKUP_KEY to the public key it prints."
        )
    try:
        return [x25519.Recipient.from_str(word) for word in words]
    except RecipientError:
        raise BackupRefused("TRIGPOINT_BACKUP_KEY is not a public key: one starts with age1.") from None


def secret_keys(file: Path) -> list[x25519.Identity]:
    """Those in a file as `make_pair` writes it: one on a line; lines starting with # say something about it."""
    try:
        lines = [line.strip() for line in file.read_text().splitlines()]
    except (OSError, UnicodeDecodeError):
        raise BackupRefused(f"{file} cannot be read as a file of secret keys.") from None
    found = [line for line in lines if line.startswith(SECRET)]
    if not found:
        raise BackupRefused(f"{file} holds no secret key: one starts with {SECRET}.")
    try:
        return [x25519.Identity.from_str(line) for line in found]
    except Exception:  # the library's own error is not exported by every release
        raise BackupRefused(f"A secret key in {file} is damaged: it was copied wrongly or cut off.") from None
