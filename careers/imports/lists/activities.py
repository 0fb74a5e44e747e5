"""The activities of a list, found again by number, by title and day, or by title and year; and organisations like ones here."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from datetime import date
from typing import Any

from careers.accounts.models import Membership
from careers.imports.kinds.log_activities import ActivityPlanner
from careers.imports.kinds.log_rows import KEY_ROOM, Happening, key_of
from careers.imports.lists.mapping import NEW, Fixes
from careers.imports.plan import SHOWN, Plan
from careers.partners.likeness import Likeness
from careers.programme.models import Activity, Session
from careers.schools.models import School
from criteria.periods import AcademicYear


class ListActivities(ActivityPlanner):
    """Unlike a log's, an activity is found whatever its type: its own type, once recorded, stays."""

    def __init__(
        self, made: Plan, school: School, academic_year: int, fixes: Fixes, session_days: dict[str, list[date]]
    ) -> None:
        super().__init__(made, school, academic_year)
        self.fixes, self.session_days = fixes, session_days
        self.likeness = Likeness(school)
        self.alike_partners: dict[str, dict[str, Any]] = {}
        self.by_title: dict[tuple[str, date | None, int], list[Activity]] = defaultdict(list)
        self.alike = {}
        for activity in self.activities:
            self.by_title[plain(activity.title), activity.starts_on, activity.academic_year].append(activity)
        self.with_sessions: set[str] = set()
        """Activities put together from several days, by their keys in the file."""
        self.taken: set[int] = set()
        self.sessions = set(Session.objects.filter(school=school).values_list("activity_id", "day"))
        self.staff = staff_of(school)
        self.named_staff: dict[str, str] = {}
        self.strange_staff: dict[str, None] = {}

    def _activity(self, happening: Happening) -> Activity:
        own_key = happening.key
        numbered = own_key != title_key(happening)
        facts = happening.facts
        days = self.session_days.get(own_key if numbered else key_of("", facts["title"], None, facts["type"]), [])
        year = self.year_of(happening)
        known = self.by_key.get(key_in_year(happening, year, days, numbered)) or self.by_key.get(own_key)
        if known is None or (not numbered and not happening.facts.get("starts_on") and known.academic_year != year):
            known = self.found_by_title(happening, year, numbered)
        happening.key = known.external_key or own_key if known else key_in_year(happening, year, days, numbered)
        if known:
            self.keep_type(known, happening)
            self.by_key[happening.key] = known
            if days:
                lengthen(happening.facts, known)
        owner = self.owner_of(own_key)
        if owner and (known is None or known.owner_id is None):
            happening.facts["owner_id"] = owner
        activity = super()._activity(happening)
        if known is None and len(self.made.report.activities) < SHOWN:
            day = f", {activity.starts_on.day} {activity.starts_on:%B %Y}" if activity.starts_on else ""
            self.made.report.activities.append(f"{activity.title}{day}: {activity.get_type_display()}")
        self.taken.add(id(activity))
        happening.key = own_key
        if days:
            self.with_sessions.add(own_key)
        self.add_sessions(activity, days)
        return activity

    def year_of(self, happening: Happening) -> int:
        day = happening.facts.get("starts_on")
        return AcademicYear.containing(day).start_year if day else self.academic_year

    def found_by_title(self, happening: Happening, year: int, numbered: bool) -> Activity | None:
        facts = happening.facts
        found = self.by_title.get((plain(facts["title"]), facts.get("starts_on"), year), [])
        free = [one for one in found if id(one) not in self.taken and not (numbered and has_a_number(one))]
        return free[0] if free else None

    def keep_type(self, known: Activity, happening: Happening) -> None:
        if known.type != happening.facts["type"]:
            self.made.report.notices.append(
                f"{known.title} is here already as “{known.get_type_display()}”. Its type is left as it is."
            )
        happening.facts["type"] = known.type
        if plain(known.title) == plain(happening.facts["title"]):
            happening.facts["title"] = known.title

    def owner_of(self, key: str) -> int | None:
        name = self.named_staff.get(key, "")
        found = self.staff.get(plain(name)) if name else None
        if name and found is None:
            self.strange_staff[name] = None
        return found

    def add_sessions(self, activity: Activity, days: list[date]) -> None:
        for day in days:
            if (activity.pk, day) not in self.sessions or activity.pk is None:
                self.made.add(Session(school=self.school, activity=activity, day=day))
                self.made.report.counts["new_sessions"] += 1

    def _link(self, activity: Activity, name: str, kind: str) -> None:
        """An organisation by its name, or by a person's word that it is one that is here. One like another is a question."""
        chosen = self.fixes.partners.get(name.casefold())
        partner = None
        if name.casefold() not in self.partners and chosen != NEW:
            partner = next((one for one in self.likeness.partners.values() if one.reference == chosen), None)
            partner = partner or self.likeness.same(name)
            if partner is None and (like := self.likeness.like(name)):
                self.alike_partners.setdefault(name.casefold(), question_of(name, like))
                return
        super()._link(activity, partner.name if partner else name, kind)


def question_of(name: str, like: list[Any]) -> dict[str, Any]:
    found = [
        {
            "reference": each.partner.reference,
            "name": each.partner.name,
            "kind": each.partner.get_kind_display(),
            "why": each.why,
        }
        for each in like
    ]
    key = hashlib.sha256(name.casefold().encode()).hexdigest()[:16]
    return {"key": key, "name": name, "candidates": found}


def lengthen(facts: dict[str, Any], known: Activity) -> None:
    """A later file of a club begins where the one before ended: the activity lasts from the first of both to the last."""
    facts["starts_on"] = min(filter(None, (facts["starts_on"], known.starts_on)))
    facts["ends_on"] = max(filter(None, (facts["ends_on"], known.ends_on)))


def plain(words: str) -> str:
    return " ".join(words.casefold().split())


def title_key(happening: Happening) -> str:
    facts = happening.facts
    return key_of("", facts["title"], facts.get("starts_on"), facts["type"])


def has_a_number(activity: Activity) -> bool:
    """Whether the source gave it a number of its own, by which it would have been found."""
    key = activity.external_key
    return key.startswith("log:") and "|" not in key and "#" not in key


def key_in_year(happening: Happening, year: int, days: list[date], numbered: bool) -> str:
    """How a later file finds the activity again. Without a day of its own, or with several, the year takes the day's place."""
    facts = happening.facts
    if numbered or (facts.get("starts_on") and not days):
        return happening.key
    key = f"log:{plain(facts['title'])}|{year}{'s' if days else ''}|{facts['type']}"
    return key if len(key) <= KEY_ROOM else f"{key[: KEY_ROOM - 17]}#{hashlib.sha256(key.encode()).hexdigest()[:16]}"


def staff_of(school: School) -> dict[str, int]:
    """People of the school who sign in, by name and by e-mail address; a name that two have is nobody's."""
    found: dict[str, set[int]] = defaultdict(set)
    for user, name, email in Membership.objects.filter(school=school).values_list(
        "user_id", "user__name", "user__email"
    ):
        for words in filter(None, (name, email)):
            found[plain(words)].add(user)
    return {words: next(iter(users)) for words, users in found.items() if len(users) == 1}
