"""Whose turn it is: of what costs most of a run, half is tried at one commit and half at the next, and all of it in a long run."""

from __future__ import annotations

import os

from tests.guards.visitors import WHO

ALWAYS = "a careers leader"


def is_their_turn(who: str, route: str) -> bool:
    """Whether this visitor tries this address now. `python3 run.py test` sets TURN to the number of commits."""
    if who == ALWAYS or "LONG_TESTS" in os.environ:
        return True
    return (WHO.index(who) + len(route) + int(os.environ.get("TURN", "0"))) % 2 == 0


def is_its_turn(who: str, route: str, record: str, records: tuple[str, ...]) -> bool:
    """Whether this visitor, who is let in to none of them, tries the address with this one of its records now."""
    if "LONG_TESTS" in os.environ:
        return True
    return record == records[(WHO.index(who) + len(route) + int(os.environ.get("TURN", "0"))) % len(records)]
