"""The form that an activity of the demonstration is held for: what a title says in brackets is also said by its groups."""

from __future__ import annotations

from collections.abc import Iterator

from careers.demonstration.making import Made
from careers.programme.models import ActivityGroup
from careers.pupils.models import Group


def forms_held_for(made: Made) -> Iterator[ActivityGroup]:
    """The activity "Enterprise day (8F)" is for the form 8F of its year."""
    for entry in made.log.entries:
        _, _, named = entry.activity.title.removesuffix(")").rpartition(" (")
        group = made.groups.groups.get((Group.Kind.FORM, named, entry.activity.academic_year))
        if group:
            yield ActivityGroup(activity=entry.activity, group=group)
