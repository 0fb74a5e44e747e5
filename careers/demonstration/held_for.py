"""The groups that an activity of the demonstration is held for: a form, or the classes of a subject that not everybody takes."""

from __future__ import annotations

from collections.abc import Iterator

from careers.demonstration.making import Made
from careers.programme.models import Activity, ActivityGroup
from careers.pupils.models import Group

FROM_HERE_ON = 10
"""The first year group in which subjects are chosen."""


def groups_held_for(made: Made) -> Iterator[ActivityGroup]:
    """The activity "Enterprise day (8F)" is for the form 8F of its year; a link of Business in Year 10 is for its classes."""
    for entry in made.log.entries:
        year = entry.activity.academic_year
        _, _, named = entry.activity.title.removesuffix(")").rpartition(" (")
        wanted = [(Group.Kind.FORM, named), *((Group.Kind.CLASS, name) for name in _classes(made, entry.activity))]
        for kind, name in wanted:
            if group := made.groups.groups.get((kind, name, year)):
                yield ActivityGroup(activity=entry.activity, group=group)


def _classes(made: Made, activity: Activity) -> list[str]:
    if activity.type != Activity.Type.CURRICULUM_LINK or activity.year_groups[0] < FROM_HERE_ON:
        return []
    held = made.groups.classes.get((activity.academic_year, activity.year_groups[0], activity.subject), {})
    return sorted(held)
