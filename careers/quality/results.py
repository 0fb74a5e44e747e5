"""What was said of an activity, counted: exactly for whoever sees every pupil, with small numbers kept back for the rest."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Avg, Count

from careers.accounts.models import Membership
from careers.accounts.roles import Policy, Reach
from careers.programme.models import Activity
from careers.quality.models import Reflection

FEWEST = 5
"""A mean of fewer answers would say what one pupil said."""


@dataclass(frozen=True)
class Reflections:
    """`number` in words; `mean` of 1 to 5 with one place, empty where too few answered it to say."""

    any: bool
    number: str
    mean: str


def sees_numbers(membership: Membership) -> bool:
    """Whether somebody is shown exact numbers of pupils."""
    return Policy.SEE_PUPILS in membership.policies and membership.reach is Reach.ALL


def reflections_on(activity: Activity, membership: Membership) -> Reflections:
    found = Reflection.objects.filter(activity=activity).aggregate(
        all=Count("pk"), rated=Count("useful"), mean=Avg("useful")
    )
    exact = sees_numbers(membership)
    number = str(found["all"]) if exact or found["all"] >= FEWEST or not found["all"] else f"fewer than {FEWEST}"
    mean = f"{found['mean']:.1f}" if found["rated"] >= FEWEST else ""
    return Reflections(bool(found["all"]), number, mean)
