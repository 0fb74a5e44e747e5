"""Lends the school's own row and its milestones to criteria: what people recorded, and what Trigpoint sees for itself.

What is seen and not typed: who holds the role of careers leader, the programme brought in from where it was published, and
four types of activity. It is lent with the facts it shows and no others: of a staff development session nobody can see who
came, so that stays unknown until somebody says: on the session itself (careers/curriculum), or in a milestone that names the
activity, which then takes its place.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Count, Min, Q
from django.utils import timezone

from careers.accounts.models import Membership
from careers.accounts.roles import CareersLeader
from careers.curriculum.models import StaffSession
from careers.evaluation.people import setting_of
from careers.leadership.models import Milestone
from careers.programme.models import Activity
from careers.schools.clock import today
from careers.schools.models import School
from criteria.periods import AcademicYear
from criteria.schools import milestone_as_encounter, school_as_subject

Row = dict[str, Any]

SEEN = {
    Activity.Type.STAFF_DEVELOPMENT: "staff_development",
    Activity.Type.SURVEY: "feedback_gathered",
    Activity.Type.PARENT_EVENT: "parents_supported",
}
"""Which milestone an activity of the programme is. Guidance meetings are lent together: they are one schedule."""
HELD = (Activity.Status.PLANNED, Activity.Status.DELIVERED)
FROM_PROGRAMME, FROM_ROLES, FROM_WEBSITE = (
    "from the programme",
    "from the roles people hold",
    "from the website's own date",
)


def school_row(school: School) -> Row:
    """The school as the engine asks about it."""
    row = {
        "school": school.urn,
        "setting": setting_of(school),
        "has_sixth_form": school.has_sixth_form,
        "next_review_on": school.next_review_on,
    }
    return school_as_subject(row)


def milestone_rows(school: School, as_at: date) -> list[Row]:
    """Every milestone that holds on a day, as the engine reads the log. `seen` says where it comes from if nobody typed it."""
    rows = [*_recorded(school, as_at), *_leaders(school, as_at), *_next_review(school, as_at)]
    rows += [*_activities(school, as_at), *_publication(school, as_at), *_guidance(school, as_at)]
    usual = {"school": school.urn, "status": "done", "seen": ""}
    return [milestone_as_encounter(_supposed(usual | row, as_at)) for row in rows]


def _supposed(row: Row, as_at: date) -> Row:
    """Of a day to come: what is planned before it is taken to happen, as it is of pupils (supposing)."""
    return row | {"status": "done"} if row["status"] == "planned" and today() < row["date"] <= as_at else row


def _recorded(school: School, as_at: date) -> Iterator[Row]:
    """What people recorded, but for what had ended by the day."""
    holds = Q(until__isnull=True) | Q(until__gte=as_at)
    for each in Milestone.objects.filter(holds, school=school).select_related("recorded_by"):
        yield {
            "milestone": f"milestone {each.pk}",
            "date": each.date,
            "type": each.kind,
            "status": each.status,
            "title": str(each),
            "parties": None if each.parties is None else tuple(each.parties),
            "features": None if each.features is None else tuple(each.features),
            "on_website": each.on_website,
            "informed_changes": each.informed_changes,
            "reference": each.reference,
            "by": str(each.recorded_by or ""),
        }


def _leaders(school: School, as_at: date) -> Iterator[Row]:
    """Whoever holds the role now has held it since they were first let in, as far as anybody can see."""
    leaders = Membership.objects.filter(school=school, role=CareersLeader.key, user__is_active=True)
    for each in leaders.select_related("user"):
        since = timezone.localdate(each.user.date_joined)
        if since > as_at:
            continue
        yield {
            "milestone": f"role {each.pk}",
            "date": since,
            "type": "careers_leader_named",
            "title": f"Careers leader: {each.user}",
            "seen": FROM_ROLES,
        }


def _next_review(school: School, as_at: date) -> Iterator[Row]:
    """The day the website names stands as a booked review until it has gone by."""
    day = school.next_review_on
    if day and day > as_at:
        yield {
            "milestone": "next review",
            "date": day,
            "type": "information_reviewed",
            "status": "planned",
            "title": "Next review of the published information",
            "seen": FROM_WEBSITE,
        }


def _activities(school: School, as_at: date) -> Iterator[Row]:
    """Those of the academic year, which is as far back as a rule looks for what they are."""
    year = AcademicYear.containing(as_at)
    told = Milestone.objects.filter(school=school, activity__isnull=False).values("activity")
    found = Activity.objects.filter(
        school=school, type__in=SEEN, status__in=HELD, starts_on__range=(year.starts, year.ends)
    )
    of_plans = Q(records_aspiration=True) | Q(
        records_intention=True
    )  # asks pupils what they want, not what they think of it
    for each in found.exclude(pk__in=told).exclude(of_plans).select_related("staff_session"):
        yield {
            "milestone": f"activity {each.pk}",
            "date": each.starts_on,
            "type": SEEN[Activity.Type(each.type)],
            "status": "done" if each.status == Activity.Status.DELIVERED else "planned",
            "title": each.title,
            "parties": _parties(each),
            "activity": each.reference,
            "seen": FROM_PROGRAMME,
        }


def _parties(activity: Activity) -> tuple[str, ...] | None:
    """Whom an activity is surely for: parents at theirs, pupils in a survey of year groups, and staff who are said to have come.

    Else nobody can see.
    """
    if activity.type == Activity.Type.STAFF_DEVELOPMENT:
        return _staff(activity)
    if activity.type == Activity.Type.PARENT_EVENT:
        return ("parents",)
    return ("pupils",) if activity.type == Activity.Type.SURVEY and activity.year_groups else None


def _staff(activity: Activity) -> tuple[str, ...] | None:
    """Of a session whose numbers are on record, the staff who came; of one to come, those it is for."""
    session: StaffSession | None = getattr(activity, "staff_session", None)
    if session is None:
        return None
    to_come = activity.status != Activity.Status.DELIVERED
    asked = (
        ("teachers", session.for_teachers, session.teachers_came),
        ("support_staff", session.for_support_staff, session.support_staff_came),
    )
    came = tuple(part for part, meant, number in asked if number or (to_come and meant))
    doubtful = any(meant and number is None for _, meant, number in asked) and not to_come
    return came or (None if doubtful else ())


def _publication(school: School, as_at: date) -> Iterator[Row]:
    """A programme brought in from a website was published there. On which day is not known: the first of its year is taken."""
    year = AcademicYear.containing(as_at)
    published = Activity.objects.filter(school=school, academic_year=year.start_year, source__startswith="http")
    if published.exists():
        yield {
            "milestone": f"published {year.start_year}",
            "date": year.starts,
            "type": "programme_published",
            "title": f"The programme of {year}",
            "parties": (),
            "on_website": True,
            "seen": FROM_PROGRAMME,
        }


def _guidance(school: School, as_at: date) -> Iterator[Row]:
    """The year's guidance meetings, held or still to come, are its schedule."""
    year = AcademicYear.containing(as_at)
    meetings = Activity.objects.filter(
        school=school, type=Activity.Type.GUIDANCE_MEETING, status__in=HELD, starts_on__range=(year.starts, year.ends)
    ).aggregate(number=Count("pk"), first=Min("starts_on"))
    if meetings["number"]:
        yield {
            "milestone": f"guidance {year.start_year}",
            "date": min(meetings["first"], as_at),
            "type": "guidance_scheduled",
            "title": f"Guidance meetings in the programme of {year}: {meetings['number']:,}",
            "seen": FROM_PROGRAMME,
        }
