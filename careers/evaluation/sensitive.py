"""What a page tells of pupils that only those may know who see what is sensitive: special needs, care, free school meals.

Without `Policy.SEE_SENSITIVE` a reader is offered no filter by such a group, has figures of groups as a governor has them, and is
shown by name no pupil as one that a criterion is for because of such a fact.
"""

from __future__ import annotations

from collections.abc import Iterable

from careers.evaluation.figures import GROUPS, GroupOfPupils
from careers.programme.models import Activity
from criteria.conditions import leaves
from criteria.model import Criterion

TELLING = frozenset({"sen", "sen_support", "ehcp", "fsm", "pupil_premium", "looked_after", "eal"})
"""Groups that say something of a pupil which others need not know. A pupil's sex is no secret."""
FACTS = frozenset({"sen_provision", "fsm", "looked_after"})
"""The facts of a pupil's row (criteria/tables.py) that are sensitive."""
TYPES = frozenset({Activity.Type.REVIEW})
"""Activities whose very name says that a pupil has a plan."""


def tells(criterion: Criterion) -> bool:
    """Whether that a criterion applies to a pupil says something sensitive of the pupil."""
    return any(leaf.attribute in FACTS for leaf in leaves(criterion.population))


def told(criteria: Iterable[Criterion], sensitive: bool) -> tuple[Criterion, ...]:
    """Those of the criteria on which this reader may see where pupils stand by name."""
    return tuple(criterion for criterion in criteria if sensitive or not tells(criterion))


def groups_to_choose(sensitive: bool) -> tuple[GroupOfPupils, ...]:
    """The groups a list may be narrowed to."""
    return tuple(group for group in GROUPS if sensitive or group.key not in TELLING)
