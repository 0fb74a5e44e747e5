"""What partners were told beforehand, and what pupils and a partner said of this term's last encounters. All invented."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from careers.accounts.models import User
from careers.demonstration.making import Made
from careers.demonstration.plan import reference
from careers.programme.models import Activity
from careers.quality.links import digest_of
from careers.quality.meaning import Type
from careers.quality.models import Audience, Feedback, Link, Reflection, Sharing
from careers.quality.sheets import sheet_of

TOLD = 6
LEARNT = (
    "That most of the day is talking to people, not screens.",
    "You can start at 16 and be paid while you train.",
    "They use ratios every day to mix things.",
    "That you have to turn up on time even when it rains.",
    "There are jobs there I had never heard of.",
    "How they decide who gets the job.",
)
SURPRISED = (
    "How young some of the staff are.",
    "That the manager left school with three GCSEs.",
    "It was much quieter than I thought.",
    "",
    "They asked us questions too.",
)
NEXT = (
    "Ask my science teacher about it.",
    "Look up apprenticeships near me.",
    "Nothing yet.",
    "Talk to my uncle, he does something like this.",
    "",
)


def write_voices(made: Made, owner: User | None) -> None:
    """Write them for a school whose activities are written. Nothing of what criteria answer is changed."""
    dice, now = made.plan.dice("what was told and said"), made.log.now
    held = Activity.objects.filter(
        school=made.school, academic_year=now.year, type__in=(Type.EMPLOYER_ENCOUNTER, Type.WORKPLACE_EXPERIENCE),
        starts_on__lt=now.today, purpose_shared_with_partner=True, partners__isnull=False,
    ).exclude(purpose="")  # fmt: skip
    latest = list(held.order_by("-starts_on", "pk").distinct()[:TOLD])
    for activity in latest:
        for row in told(activity, owner, dice):
            row.school = made.school
            row.save(force_insert=True)
    for activity in latest[:1]:
        for said in (
            *said_by_pupils(activity, now.today - timedelta(1), dice),
            *said_by_a_partner(activity, owner, dice),
        ):
            said.school = made.school
            said.save(force_insert=True)


def told(activity: Activity, owner: User | None, dice: Random) -> Iterator[Sharing]:
    """Each partner, nine days before."""
    day = activity.starts_on or date.min
    words = sheet_of(activity, Audience.PARTNER).words
    for number, partner in enumerate(activity.partners.order_by("name"), start=1):
        yield Sharing(
            reference=reference(dice), activity=activity, audience=Audience.PARTNER, way=Sharing.Way.EMAIL,
            partner=partner, email=f"visits{number}@example.org", arrived=True, asked_by=owner, words=words,
            shared_on=day - timedelta(9),
        )  # fmt: skip


def said_by_pupils(activity: Activity, day: date, dice: Random) -> list[Reflection]:
    """A dozen, each by nobody in particular, on the day after or the last before today."""
    said_on = min((activity.starts_on or day) + timedelta(1), day)
    return [
        Reflection(
            reference=reference(dice), activity=activity, learnt=dice.choice(LEARNT), surprised=dice.choice(SURPRISED),
            next_step=dice.choice(NEXT), useful=dice.choice((5, 4, 4, 3, 2)), said_on=said_on,
        )
        for _ in range(12)
    ]  # fmt: skip


def said_by_a_partner(activity: Activity, owner: User | None, dice: Random) -> list[Link | Feedback]:
    """One answer through a link that is closed: its code is nobody's, since each copy works codes out by its own key."""
    day = activity.starts_on or date.min
    name = reference(dice)
    link = Link(
        reference=name, kind=Link.Kind.FEEDBACK, activity=activity, partner=activity.partners.order_by("name").first(),
        email="visits1@example.org", digest=digest_of(name), asked_by=owner, asked_on=day,
        last_day=day + timedelta(42), closed=True, sent=True,
    )  # fmt: skip
    said = Feedback(
        reference=reference(dice), link=link, went=Feedback.Went.WELL, prepared=True, purpose_understood=True,
        two_way="extensive", again=Feedback.Again.YES, change="Ten minutes more for questions would be good.",
        said_on=day + timedelta(1),
    )  # fmt: skip
    return [link, said]
