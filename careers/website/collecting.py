"""Collecting static files only when one has changed."""

import hashlib

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def collect_if_changed() -> bool:
    """Run collectstatic unless what it would collect is what it collected last. Says whether it ran."""
    # Beside the folder, since collecting clears it.
    stamp = settings.STATIC_ROOT.with_name("static.stamp")
    value = _digest()
    if stamp.exists() and stamp.read_text() == value and (settings.STATIC_ROOT / "staticfiles.json").exists():
        return False
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(value)
    return True


def _digest() -> str:
    total = hashlib.sha256()
    for finder in get_finders():
        for name, storage in sorted(finder.list(None), key=lambda found: found[0]):
            with storage.open(name) as file:
                total.update(f"\0{name}\0".encode() + file.read())
    return total.hexdigest()
