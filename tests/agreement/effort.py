"""How hard the random tests try: the same few questions every time, or, on a long run, thousands of new ones."""

from __future__ import annotations

import os

SEED = os.environ.get("LONG_TESTS", "")
"""What the new questions of a long run come from; empty in every other run."""
LONG = bool(SEED)
ONE_BY_ONE_IN_A_LONG_RUN = 1000
"""Asked by itself a question costs far more than among others (batches.py), which is where the thousands are."""


def examples(usual: int) -> int:
    """How many questions to ask."""
    return ONE_BY_ONE_IN_A_LONG_RUN if LONG else usual
