"""Calendars that other programs read: who may have one, its secret address, and what is in it.

Whoever has the address reads the calendar, so no pupil is in it: no one-to-one meeting, no review of a pupil's plan, nobody's name.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django_scopes import scopes_disabled

from careers.accounts.models import Membership, User
from careers.accounts.roles import Policy
from careers.audit.record import record
from careers.people.links import REFERENCE_LENGTH, digest_of, new_secret
from careers.programme.models import Activity, CalendarFeed
from careers.pupils.models import Group, GroupMembership, GroupStaff, YearHeld
from careers.schools.clock import current_year
from careers.schools.models import School

WHOSE = {"own": "their own", "school": "the school's"}
NOTED_EVERY = timedelta(hours=1)
"""How often it is noted that a calendar was read: programs ask every few minutes."""
ABOUT_A_PUPIL = (Activity.Type.REVIEW, Activity.Type.GUIDANCE_MEETING, Activity.Type.OFFER, Activity.Type.DESTINATION)


def feed_of(school: School, user: User | None) -> CalendarFeed | None:
    """A person's calendar at a school or, with no person, the school's."""
    return CalendarFeed.objects.filter(school=school, user=user).first()


def make_calendar(*, school: School, user: User | None, by: User) -> str:
    """Make a calendar's address, or a new one in place of the old, which ends; its token, which is kept nowhere."""
    with transaction.atomic():
        School.objects.select_for_update().get(pk=school.pk)
        CalendarFeed.objects.filter(school=school, user=user).delete()
        secret = new_secret()
        feed = CalendarFeed.objects.create(school=school, user=user, digest=digest_of(secret), made_by=by)
        record("made a calendar", by=by, school=school, subject=feed, whose=_whose(user))
    return feed.reference + secret


def end_calendar(*, school: School, user: User | None, by: User) -> bool:
    """End a calendar: its address opens nothing any more. False where there was none."""
    with transaction.atomic():
        feed = CalendarFeed.objects.select_for_update().filter(school=school, user=user).first()
        if feed is None:
            return False
        record("ended a calendar", by=by, school=school, subject=feed, whose=_whose(user))
        feed.delete()
    return True


def _whose(user: User | None) -> str:
    return WHOSE["own" if user else "school"]


def opened_by(token: str) -> CalendarFeed | None:
    """The calendar an address is for; None where it is nobody's, has ended, or is of somebody who is at the school no more."""
    reference, secret = token[:REFERENCE_LENGTH], token[REFERENCE_LENGTH:]
    # Asked across schools: the program that asks has signed in to none.
    with scopes_disabled():
        found = CalendarFeed.objects.filter(reference=reference).select_related("school", "user").first()
        right = constant_time_compare(digest_of(secret), found.digest if found else digest_of(""))
        if found is None or not right or (found.user and not _is_here(found.school, found.user)):
            return None
        if found.read_at is None or timezone.now() - found.read_at > NOTED_EVERY:
            CalendarFeed.objects.filter(pk=found.pk).update(read_at=timezone.now())
    return found


def _is_here(school: School, user: User) -> bool:
    held = Membership.objects.filter(school=school, user=user).select_related("school").first()
    return user.is_active and held is not None and Policy.SEE_FIGURES in held.policies


def activities_in(feed: CalendarFeed) -> list[Activity]:
    """The activities of a calendar from this academic year on, with their sessions. Four queries at most."""
    return activities_for(feed.school, feed.user)


def activities_for(school: School, user: User | None) -> list[Activity]:
    """A person's are those they own, those for a group they answer for, and those for the year groups of its pupils."""
    told = Activity.objects.filter(school=school, academic_year__gte=current_year().start_year)
    told = told.exclude(Q(one_to_one=True) | Q(part_time_job=True) | Q(type__in=ABOUT_A_PUPIL)).prefetch_related(
        "sessions"
    )
    told = told.order_by("starts_on", "week_of", "title", "pk").distinct()
    if user is None:
        return list(told)
    groups = Group.objects.filter(school=school, pk__in=GroupStaff.objects.filter(user=user).values("group"))
    mine = set(told.filter(Q(owner=user) | Q(groups__in=groups)).values_list("pk", flat=True))
    years = set(_year_groups(school, groups))
    return [activity for activity in told if activity.pk in mine or years & set(activity.year_groups)]


def _year_groups(school: School, groups: Iterable[Group]) -> Iterable[int]:
    """The year groups, now, of the pupils in these groups."""
    pupils = GroupMembership.objects.filter(school=school, group__in=groups, ends_on__isnull=True).values("pupil")
    held = YearHeld.objects.filter(school=school, academic_year=current_year().start_year, pupil__in=pupils)
    return held.values_list("year_group", flat=True).distinct()
