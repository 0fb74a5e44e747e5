"""How hard the random tests try: the same few questions every time, or, on a long run, thousands of new ones."""

from __future__ import annotations

import os

SEED = os.environ.get("LONG_TESTS", "")
"""What the new questions of a long run come from; empty in every other run."""
LONG = bool(SEED)
QUESTIONS_OF_A_LONG_RUN = 5000


def examples(usual: int) -> int:
    """How many questions to ask."""
    return QUESTIONS_OF_A_LONG_RUN if LONG else usual
