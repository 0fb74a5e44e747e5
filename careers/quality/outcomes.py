"""What pupils should learn from an activity, as lines of text."""

from __future__ import annotations

from careers.programme.models import Activity
from careers.programme.outcomes import known_at


def outcome_lines(activity: Activity) -> list[str]:
    """The outcomes chosen for it, then those written in words: a line each, or one each between semicolons."""
    codes = list(activity.outcomes.order_by("outcome").values_list("outcome", flat=True))
    known = known_at(activity.school) if codes else {}
    chosen = [known[code].text for code in codes if code in known]
    written = activity.learning_outcomes.replace(";", "\n").splitlines()
    return [line[:1].upper() + line[1:] for each in (*chosen, *written) if (line := each.strip())]
