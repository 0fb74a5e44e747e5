"""The activities and partners of a log: found again by key, by title, date and type, or by name; else added."""

from __future__ import annotations

from careers.encounters.models import Encounter
from careers.imports.kinds.log_rows import Happening
from careers.imports.plan import Plan, in_words, said
from careers.partners.likeness import Likeness
from careers.partners.models import Partner
from careers.programme.models import Activity, ActivityPartner
from careers.schools import clock
from careers.schools.models import School
from criteria.periods import AcademicYear

HAPPENED = {str(Encounter.Status.ATTENDED), str(Encounter.Status.ABSENT)}


class ActivityPlanner:
    def __init__(self, made: Plan, school: School, academic_year: int) -> None:
        self.made, self.school, self.academic_year = made, school, academic_year
        self.activities = activities = list(Activity.objects.filter(school=school).order_by("pk"))
        self.by_key = {activity.external_key: activity for activity in activities if activity.external_key}
        self.alike = {
            (a.title.casefold(), a.starts_on, a.type): a for a in activities if not a.external_key.startswith("log:")
        }
        self.likeness = Likeness(school)
        self.partners: dict[str, Partner] = {}
        self.links = set(ActivityPartner.objects.filter(school=school).values_list("activity_id", "partner_id"))

    def plan(self, happenings: list[Happening]) -> dict[str, Activity]:
        """Every activity of the file by its key, saved or about to be."""
        return {happening.key: self._activity(happening) for happening in happenings}

    def _activity(self, happening: Happening) -> Activity:
        facts = happening.facts
        alike = (facts["title"].casefold(), facts.get("starts_on"), facts["type"])
        activity = self.by_key.get(happening.key) or self.alike.pop(alike, None)
        if activity is None:
            year = (
                AcademicYear.containing(facts["starts_on"]).start_year if facts.get("starts_on") else self.academic_year
            )
            usual = {"academic_year": year, "status": self._status(happening)}
            activity = self.made.add(Activity(school=self.school, external_key=happening.key, **{**usual, **facts}))
            self.made.report.counts["new_activities"] += 1
        else:
            self._bring_into_line(activity, happening)
        for name, kind in happening.partners.items():
            self._link(activity, name, kind)
        return activity

    def _bring_into_line(self, activity: Activity, happening: Happening) -> None:
        facts = dict(happening.facts)
        if (
            "status" not in facts
            and activity.status in ("planned", "proposed")
            and self._status(happening) == "delivered"
        ):
            facts["status"] = "delivered"
        facts["external_key"] = activity.external_key or happening.key
        if differing := self.made.change(activity, **facts):
            self.made.report.changing(activity.title, in_words(Activity, differing), counted="changed_activities")

    def _status(self, happening: Happening) -> str:
        day = happening.facts.get("starts_on")
        begun = day is None or day <= clock.today()
        return str(Activity.Status.DELIVERED if begun and HAPPENED & happening.statuses else Activity.Status.PLANNED)

    def _link(self, activity: Activity, name: str, kind: str) -> None:
        partner = self.partners.get(name.casefold()) or self.likeness.same(name)
        if partner is None:
            partner = self.made.add(Partner(school=self.school, name=name, kind=kind or Partner.Kind.OTHER))
            self.partners[name.casefold()] = partner
            self.made.report.counts["new_partners"] += 1
            if not kind:
                self.made.report.notices.append(
                    f"{name} is new and the file does not say what kind of partner it is: added as another organisation."
                )
        saved = (activity.pk, partner.pk) if activity.pk and partner.pk else (id(activity), id(partner))
        if saved in self.links:
            return
        self.links.add(saved)
        self.made.add(ActivityPartner(school=self.school, activity=activity, partner=partner))
        if activity.pk:
            words = [said("partner", None, partner.name)]
            self.made.report.changing(activity.title, words, counted="changed_activities")
