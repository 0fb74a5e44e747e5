"""Where two engines' answers differ, few enough to read: whose, on which rule, and what each said."""

from __future__ import annotations

from criteria.standing import Standings

SHOWN = 3


def differences(found: Standings, expected: Standings) -> list[str]:
    """The first few standings that are not those expected; empty when all agree."""
    said = [
        f"{pupil} on {criterion.id}: found {row[n]}, expected {expected.rows[pupil][n]}, of {criterion}"
        for pupil, row in found.rows.items()
        for n, criterion in enumerate(found.criteria)
        if row[n] != expected.rows[pupil][n]
    ]
    missing = [f"{pupil}: nothing found" for pupil in expected.rows if pupil not in found.rows]
    return [*missing, *said][:SHOWN]
