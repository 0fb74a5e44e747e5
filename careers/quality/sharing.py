"""Telling the purpose of an activity to its partner and to pupils. A message that went is why the answer is yes."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from careers.accounts.models import User
from careers.accounts.posting import send
from careers.audit.record import record
from careers.encounters.models import Encounter
from careers.jobs import later, school_job
from careers.partners.models import Partner
from careers.programme.judging import settle
from careers.programme.models import Activity
from careers.pupils.models import Pupil
from careers.quality.models import Audience, Sharing, ToldPupil
from careers.quality.sheets import sheet_of
from careers.schools.clock import today
from careers.schools.models import School
from careers.schools.once import make_once

EXPECTED = (Encounter.Status.BOOKED, Encounter.Status.ATTENDED)
GIVES_UP_AFTER = 3
"""Messages in a row that the mail server did not take: it is taken to be down, and the rest are not tried."""
FACTS = {Audience.PARTNER: "purpose_shared_with_partner", Audience.PUPILS: "purpose_shared_with_pupils"}


class NothingToSay(Exception):
    """The purpose cannot be told. Its text says why."""


def pupils_expected(activity: Activity) -> list[Pupil]:
    """Pupils with a place, or who were there."""
    found = Pupil.objects.filter(
        school=activity.school_id, encounters__activity=activity, encounters__status__in=EXPECTED
    )
    return list(found.order_by("pk").distinct())


def still_to_tell(activity: Activity) -> list[Pupil]:
    """Of those, the ones with an e-mail address to whom no message has gone or is on its way."""
    told = ToldPupil.objects.filter(sharing__activity=activity).exclude(arrived=False)
    done = set(told.values_list("pupil_id", flat=True))
    return [pupil for pupil in pupils_expected(activity) if pupil.email and pupil.pk not in done]


def share(
    *,
    activity: Activity,
    audience: Audience,
    way: Sharing.Way,
    by: User,
    partner: Partner | None = None,
    email: str = "",
    stamp: str | None = None,
    again: bool = False,
) -> Sharing:
    """Tell what an activity is for, in the words of its sheet today. By e-mail, a job sends it; by hand, it has been done.

    `stamp` is the form's, so that twice is once. Pupils who have been told are written to again only if `again`.
    Raises NothingToSay where no purpose is written, or there is nobody to tell.
    """
    if not activity.purpose.strip():
        raise NothingToSay("Write first what the activity is for.")
    with transaction.atomic():
        what = {"activity": activity, "audience": audience, "way": way, "partner": partner, "email": email}
        words = sheet_of(activity, audience).words
        sharing, new = make_once(
            Sharing, school=activity.school, stamp=stamp, facts=what, words=words, asked_by=by, shared_on=today()
        )
        if not new:
            return sharing
        number = 1
        if audience == Audience.PUPILS and way == Sharing.Way.EMAIL:
            to = [pupil for pupil in pupils_expected(activity) if pupil.email] if again else still_to_tell(activity)
            if not to:
                raise NothingToSay("There is no pupil with a place and an e-mail address who has not been told.")
            ToldPupil.objects.bulk_create(ToldPupil(school=activity.school, sharing=sharing, pupil=each) for each in to)
            number = len(to)
        if way == Sharing.Way.EMAIL:
            later(post_sheet, school=activity.school, sharing=sharing.reference)
        else:
            Sharing.objects.filter(pk=sharing.pk).update(arrived=True)
            settle_told(sharing)
        record(
            "shared a purpose", by=by, school=activity.school, subject=activity, changes=False,
            to=str(audience), way=str(way), messages=number if way == Sharing.Way.EMAIL else 0,
        )  # fmt: skip
    return sharing


@school_job
def post_sheet(*, school: School, sharing: str) -> None:
    """Send what has not been sent of a sharing. Done twice it sends nothing twice that it could note as sent."""
    found = Sharing.objects.select_related("activity", "asked_by").filter(school=school, reference=sharing).first()
    if found is None or found.activity.status == Activity.Status.CANCELLED:
        return
    subject = f"{found.activity.title}: what it is for"
    if found.audience == Audience.PARTNER:
        if found.arrived is None:
            arrived = send(to=found.email, subject=subject, words=found.words)
            Sharing.objects.filter(pk=found.pk).update(arrived=arrived)
    else:
        _post_to_pupils(found, subject)
    settle_told(found)


def _post_to_pupils(sharing: Sharing, subject: str) -> None:
    refused = 0
    for told in sharing.pupils.filter(arrived=None).select_related("pupil").order_by("pk"):  # type: ignore[attr-defined]
        address = told.pupil.email
        arrived = bool(address) and refused < GIVES_UP_AFTER and send(to=address, subject=subject, words=sharing.words)
        refused = 0 if arrived else refused + 1
        ToldPupil.objects.filter(pk=told.pk).update(arrived=arrived)


def settle_told(sharing: Sharing) -> None:
    """Answer that the purpose was shared, once everybody it is for was told beforehand and nobody has answered otherwise."""
    activity, audience = sharing.activity, Audience(sharing.audience)
    if not untold(activity, audience):
        settle(
            activity=activity, answers={FACTS[audience]: True}, because="the purpose was shared", by=sharing.asked_by
        )


def beforehand(activity: Activity) -> Q:
    """Of its sharings those before it began, or on its day. What is told afterwards prepares nobody."""
    return Q() if activity.starts_on is None else Q(shared_on__lte=activity.starts_on)


def untold(activity: Activity, audience: Audience) -> int:
    """How many partners, or pupils with a place, were not told beforehand. Pupils who were shown a printed sheet are all told."""
    in_time = Sharing.objects.filter(beforehand(activity), activity=activity, audience=audience)
    reached = in_time.filter(arrived=True)
    if audience == Audience.PARTNER:
        partners = set(activity.partners.values_list("pk", flat=True))
        return len(partners - set(reached.values_list("partner_id", flat=True))) if partners else 1
    if reached.filter(way=Sharing.Way.BY_HAND).exists():
        return 0
    told = ToldPupil.objects.filter(sharing__in=in_time.values("pk"), arrived=True)
    expected = {pupil.pk for pupil in pupils_expected(activity)}
    return len(expected - set(told.values_list("pupil_id", flat=True))) if expected else 1
