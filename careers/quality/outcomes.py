"""What pupils should learn from an activity, as lines of text."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from careers.programme.models import Activity, SchoolOutcome

OWN = "own."
national: Callable[[Sequence[str]], list[str]] = list
"""What codes of the national framework say. Whoever holds its words sets this when the site starts; until then codes are shown."""


def outcome_lines(activity: Activity) -> list[str]:
    """The outcomes chosen for it, then those written in words: a line each, or one each between semicolons."""
    chosen = list(activity.outcomes.order_by("outcome").values_list("outcome", flat=True))
    own = [code.removeprefix(OWN) for code in chosen if code.startswith(OWN)]
    lines = national([code for code in chosen if not code.startswith(OWN)]) if len(own) < len(chosen) else []
    if own:
        found = SchoolOutcome.objects.filter(school=activity.school_id, reference__in=own)
        lines += list(found.values_list("text", flat=True))
    written = activity.learning_outcomes.replace(";", "\n").splitlines()
    return [*lines, *(line[:1].upper() + line[1:] for each in written if (line := each.strip()))]
