"""What a register shows: the pupils one person marks, what the log says of each, and whose groups there are to choose from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby

from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime

from careers.accounts.models import Membership
from careers.accounts.roles import Reach
from careers.audit.models import Event
from careers.encounters.actions import NO_PLACE, TOOK, UNMARKED, WORDS_OF, usual_mark
from careers.encounters.models import Encounter
from careers.encounters.waiting import fitting, groups_answered_for, is_for_whole_groups
from careers.programme.models import Activity, ActivityGroup
from careers.pupils.models import Group, GroupMembership, Pupil, PupilQuerySet
from careers.pupils.visibility import pupils_visible_to
from careers.schools.clock import today
from careers.schools.models import School

UNTAKEN = "none"
"""What a form says of a pupil whom it gives no place."""
A_MORNING = 100
"""Registers after which it is no longer worth looking who was marked in each."""
NOT_EXPECTED = (Encounter.Status.DECLINED, Encounter.Status.OFFERED)


@dataclass(frozen=True)
class Line:
    """One pupil of a register. `seen` is what the log says, `start` the mark to begin with; `yours` one that was not saved."""

    pupil: Pupil
    encounter: Encounter | None
    start: str
    yours: str = ""
    last_day: date | None = None
    """Of the activity: a mark changed after it was changed later."""
    waits: bool = False
    """Whether it is not marked yet in a register that is taken in part."""

    @property
    def seen(self) -> str:
        return self.encounter.status if self.encounter else NO_PLACE

    @property
    def options(self) -> list[tuple[str, str]]:
        """Values and words. Who starts without a place may be left so; a place that was declined stays so until marked."""
        none = {UNTAKEN: "No place"} if self.start == UNTAKEN else {}
        left = {self.seen: self.encounter.get_status_display()} if self.encounter and self.seen in NOT_EXPECTED else {}
        return [(str(value), words) for value, words in {**WORDS_OF, **none, **left}.items()]

    @property
    def noted(self) -> bool:
        """Whether who marked the pupil is worth a line of its own: most were there, and the page says who took the register."""
        return self.seen not in UNMARKED and (self.seen != Encounter.Status.ATTENDED or bool(self.earlier))

    @property
    def earlier(self) -> list[str]:
        return [_who_and_when(mark) for mark in self.encounter.earlier_marks.all()] if self.encounter else []  # type: ignore[attr-defined]

    @property
    def words(self) -> str:
        return (
            _who_and_when(self.encounter) + (", changed later" if self._changed_later else "") if self.encounter else ""
        )

    @property
    def _changed_later(self) -> bool:
        if self.encounter is None or self.last_day is None or not self.earlier:
            return False
        return localtime(self.encounter.recorded_at).date() > self.last_day

    @property
    def your_words(self) -> str:
        return WORDS_OF.get(self.yours, "no place")


def _who_and_when(mark: object) -> str:
    return mark_words(mark.get_status_display(), mark.recorded_by, mark.recorded_at)  # type: ignore[attr-defined]


def mark_words(status: str, by: object, at: object) -> str:
    """Said of one mark: what, who and when."""
    return f"{status}, by {by or 'an import'}, {date_format(localtime(at), 'j M Y, H:i')}"  # type: ignore[arg-type]


@dataclass(frozen=True)
class Register:
    """The register of one activity, for one person: pupils outside their reach are not in it."""

    activity: Activity
    membership: Membership
    asked_for: str = ""
    """The reference of a group, or nothing: whoever has a place."""

    @cached_property
    def groups(self) -> list[Group]:
        """Groups of the activity's year to take the register of: one's own, or any for whoever sees every pupil."""
        year = Group.objects.filter(school_id=self.activity.school_id, academic_year=self.activity.academic_year)
        if self.membership.reach is not Reach.ALL:
            year = year.filter(group_staff__user_id=self.membership.user_id)
        return list(year.order_by("kind", "name"))

    @property
    def group_choices(self) -> list[tuple[str, list[Group]]]:
        by_kind = groupby(self.groups, key=lambda group: Group.Kind(group.kind).label)
        return [(str(kind), list(found)) for kind, found in by_kind]

    @cached_property
    def placed(self) -> list[Encounter]:
        """Places of pupils within reach, whatever became of them."""
        return list(self._log().filter(pupil__in=self._seen()))

    @property
    def last_taken(self) -> str:
        """How much of it is taken, who marked somebody here last, and when; nothing where nobody has been marked."""
        marked = [line.encounter for line in self.lines if line.encounter and line.seen not in UNMARKED]
        last = max(marked, key=lambda encounter: encounter.recorded_at, default=None)
        if last is None:
            return ""
        part = f"Part taken: {len(marked)} of {len(marked) + self.waiting}" if self.waiting else "Taken"
        return mark_words(part, last.recorded_by, last.recorded_at)

    @property
    def waiting(self) -> int:
        """In a register that is taken in part: how many are not marked yet."""
        return sum(line.waits for line in self.lines)

    @cached_property
    def group(self) -> Group | None:
        """The group asked for or, where nobody within reach has a place, the one group of one's own that it is for."""
        if self.asked_for:
            return next((group for group in self.groups if group.reference == self.asked_for), None)
        if self.placed and not self._awaits_whole_groups:
            return None
        return self.fitting[0] if len(self.fitting) == 1 else self.groups[0] if len(self.groups) == 1 else None

    @cached_property
    def fitting(self) -> list[Group]:
        """Groups that the activity names or, where it names none, those one answers for of its year groups."""
        if self._named:
            return [group for group in self.groups if group.pk in self._named]
        own = groups_answered_for(self.membership, self.activity.academic_year)
        return fitting(own, self.activity, ())

    @cached_property
    def _named(self) -> set[int]:
        return set(ActivityGroup.objects.filter(activity=self.activity).values_list("group_id", flat=True))

    @property
    def _awaits_whole_groups(self) -> bool:
        """Some are marked, nobody is booked, and it is for everybody: the rest of the group is still to be marked."""
        return not self._others_are_booked and is_for_whole_groups(self.activity, self._named)

    @cached_property
    def lines(self) -> list[Line]:
        log = {encounter.pupil_id: encounter for encounter in self.placed}
        found = [(pupil, log.get(pupil.pk)) for pupil in self._pupils(log)]
        any_marked = any(encounter and encounter.status not in UNMARKED for _, encounter in found)
        return [self._line(pupil, encounter, any_marked) for pupil, encounter in found]

    def _line(self, pupil: Pupil, encounter: Encounter | None, any_marked: bool) -> Line:
        start = self._start(encounter)
        unmarked = (encounter.status if encounter else NO_PLACE) in UNMARKED
        return Line(
            pupil, encounter, start, last_day=self._last_day, waits=any_marked and unmarked and start != UNTAKEN
        )

    @property
    def _last_day(self) -> date | None:
        return self.activity.ends_on or self.activity.starts_on

    def disputed(self, found: Sequence[Encounter], marks: Mapping[Pupil, str]) -> list[Line]:
        """The lines of pupils whom somebody else marked otherwise meanwhile, beginning with what is recorded."""
        rows = {e.pupil_id: e for e in self._log().filter(pk__in=[encounter.pk for encounter in found])}
        given = {pupil.pk: (pupil, mark) for pupil, mark in marks.items() if pupil.pk in rows}
        return [Line(pupil, rows[pk], rows[pk].status, mark, self._last_day) for pk, (pupil, mark) in given.items()]

    def pupils(self, references: Iterable[str]) -> list[Pupil]:
        """Of these, the pupils this person may mark."""
        return list(self._seen().filter(reference__in=list(references)))

    def _pupils(self, log: Mapping[int, Encounter]) -> list[Pupil]:
        if self.group is None:
            expected = [pk for pk, encounter in log.items() if encounter.status not in NOT_EXPECTED]
            found = self._seen().filter(pk__in=expected)
        else:
            found = self._seen().filter(pk__in=self._members(self.group)).on_roll(self.activity.starts_on or today())
        return list(found.order_by("surname", "forename", "pk"))

    def _start(self, encounter: Encounter | None) -> str:
        if encounter is None and self._others_are_booked:
            return UNTAKEN
        return usual_mark(encounter.status if encounter else NO_PLACE)

    @cached_property
    def _others_are_booked(self) -> bool:
        """While places are booked, those who came are known by name, and nobody else is taken to have been there."""
        return Encounter.objects.filter(activity=self.activity, status=Encounter.Status.BOOKED).exists()

    def _seen(self) -> PupilQuerySet:
        return pupils_visible_to(self.membership)

    def _log(self) -> QuerySet[Encounter]:
        rows = Encounter.objects.filter(activity=self.activity).select_related("recorded_by")
        return rows.prefetch_related("earlier_marks__recorded_by")

    def _members(self, group: Group) -> QuerySet[GroupMembership, int]:
        day = self.activity.starts_on
        there = Q(starts_on__isnull=True) | Q(starts_on__lte=day), Q(ends_on__isnull=True) | Q(ends_on__gte=day)
        return GroupMembership.objects.filter(*there, group=group).values_list("pupil_id", flat=True)


def marked_since(school: School, after: int, version: int) -> set[int] | None:
    """The pupils marked between two versions of a school's record; None where anything else was changed too, or it is not known."""
    events = Event.objects.filter(school_id=school.pk, version__gt=after, version__lte=version)
    found = list(events[: A_MORNING + 1])
    if len(found) != version - after or len(found) > A_MORNING or any(event.verb != TOOK for event in found):
        return None
    return {pk for event in found for pk in concerned(event)}


def concerned(event: Event) -> list[int]:
    """The numbers of the pupils a register was taken of."""
    return [int(pk) for pk in (event.concerns or "").split(",") if pk]
