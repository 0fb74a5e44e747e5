"""What the guards need to know of each folder of careers/ that says it for itself: one module a folder, read by `said`.

A module may hold SAMPLES, BEYOND_REACH and SHARED (as in addresses.py), POSTS, OPENED, NARROWER and AT_A_SCHOOL_ONLY (posts.py),
FORMS and ELSEWHERE (deeds.py), WITHOUT (test_edits_are_stamped.py), PAST_THE_SCOPE and
OF_NO_SCHOOLS_OWN (test_scopes.py). Each is a mapping.
"""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import Any


def said(name: str) -> dict[str, Any]:
    """What all folders say under one name, put together; AssertionError where two say the same."""
    found: dict[str, Any] = {}
    for module in pkgutil.iter_modules(__path__):
        theirs = getattr(import_module(f"{__name__}.{module.name}"), name, {})
        assert not found.keys() & theirs.keys(), f"{name} of {module.name} says again: {found.keys() & theirs.keys()}"
        found |= theirs
    return found
