"""A school asked about as a pupil is: its own row for the pupil's, its milestones for the log, so that one engine answers both."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Row = Mapping[str, Any]

NO_YEAR_GROUP = 0
"""Schools are in no year group: of the moments of a rule only those of academic years and of their own dates mean anything."""
AS_STATUS = {"done": "attended", "planned": "booked"}


def school_as_subject(school: Row) -> dict[str, Any]:
    """A row of `schools` as the engines ask about a subject."""
    return {**school, "pupil": school["school"], "year_group": NO_YEAR_GROUP, "on_roll": True}


def milestone_as_encounter(milestone: Row) -> dict[str, Any]:
    """A row of `milestones` as the engines read the log."""
    row = {**milestone, "pupil": milestone["school"], "status": AS_STATUS[milestone["status"]]}
    return row if row.get("milestone") is None else {**row, "encounter": row["milestone"]}
