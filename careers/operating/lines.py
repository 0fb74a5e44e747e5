"""What other folders tell an operator: lines about jobs, backups and whatever else the machine does."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.module_loading import import_string

from careers.design.components import Row

LINES: list[tuple[str, str]] = []
"""A heading and the dotted name of a function that takes nothing and gives rows (careers.design.components.Row).

A row says how the machine is, never anything of a pupil or a figure of a school.
"""


def told() -> list[tuple[str, list[Row]]]:
    """Each heading with its rows, in the order registered."""
    found: list[tuple[str, list[Row]]] = []
    for heading, dotted in LINES:
        tell: Callable[[], list[Row]] = import_string(dotted)
        found.append((heading, list(tell())))
    return found
