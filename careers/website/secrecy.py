"""The secret key of a copy that was not given one."""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

SHORTEST = 50


def secret_key(given: str, *, production: bool, kept_in: Path) -> str:
    """The key given, or, outside production, a random one made once and kept in a file only its owner may read."""
    if given:
        if len(given) < SHORTEST:
            raise ImproperlyConfigured(
                f"TRIGPOINT_SECRET_KEY is too short. Give at least {SHORTEST} random characters."
            )
        return given
    if production:
        raise ImproperlyConfigured(
            "TRIGPOINT_SECRET_KEY is not set, and production needs one of its own. Make one with: "
            'python3 -c "import secrets; print(secrets.token_urlsafe(50))"'
        )
    if not kept_in.exists():
        _write_once(kept_in, secrets.token_urlsafe(50))
    return kept_in.read_text()


def _write_once(path: Path, key: str) -> None:
    # Two processes may start together: each writes a whole file of its own, and the first to link it into place wins.
    path.parent.mkdir(parents=True, exist_ok=True)
    own = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(own, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(key)
    try:
        os.link(own, path)
    except FileExistsError:
        pass
    finally:
        own.unlink()
