"""Whether the usual activities make a sound programme: asked of pupils who go through every year of it, held as described."""

from __future__ import annotations

import pytest
from django_scopes import scope

from careers.encounters.models import Encounter
from careers.evaluation.standings import beyond, editions, evaluate
from careers.partners.models import Partner
from careers.planner.drafts import APPROVED, Line, draft_of
from careers.programme.models import Activity, ActivityPartner
from careers.programme.usual import KINDS, kind_of
from careers.pupils.models import Pupil
from careers.schools import clock
from careers.schools.models import School
from criteria.periods import AcademicYear
from tests.makers import YEAR, make_pupil, make_school

pytestmark = pytest.mark.django_db

SCHOOLS = {
    "11-16": {"high_age": 16},
    "11-18": {},
    "special": {"kind": "special"},
    "alternative": {"kind": "alternative", "high_age": 16},
}
NO_DRAFT_CAN = {
    "gb4.2025.school.1": "a careers link in every subject: which subjects there are, only the school knows",
    "ehcp.y9_review": "a review is held for each pupil with a plan, not for everybody",
}
"""Asked of these pupils and reached by no draft. Nobody here has left, so what is asked of leavers is not asked."""
OF_A_SIXTH_FORM = {"gb6.2025.school.2", "gb8.2025.school.2", "pal.offer.3", "gb7.2025.school.2"}
BY_16 = {
    "gb2.2025.school.1", "gb3.2025.school.4", "gb3.2025.school.4.intended", "gb5.2025.school.1", "gb6.2025.school.1",
    "gb7.2025.school.1", "gb8.2025.school.1", "pal.meet.1", "pal.meet.2", "wex.ks3", "wex.ks4", "wex.total",
}  # fmt: skip


class Held:
    """Every line of a draft held for everybody it is for, in every year the pupils have been at school."""

    def __init__(self, school: School, kind: str) -> None:
        self.school, self.kind = school, kind
        self.pupils = {
            group: make_pupil(school, group, considering_he=group >= 12, in_benchmark_cohort=True)
            for group in school.year_groups
        }
        self.partners: dict[str, Partner] = {}

    def hold(self, year: AcademicYear) -> None:
        back = YEAR.start_year - year.start_year
        with clock.on(year.starts):
            lines = draft_of(self.school, self.kind, year)
        for line in lines:
            there = [self.pupils[now] for now in self.school.year_groups if now - back in line.years]
            if there and line.usual.for_everyone:
                self.write(line, year, there)

    def write(self, line: Line, year: AcademicYear, there: list[Pupil]) -> None:
        facts = {**line.usual.facts_for(line.years), **line.usual.when_held, "status": "delivered"}
        activity = Activity.objects.create(
            school=self.school, academic_year=year.start_year, starts_on=line.day, **facts
        )
        wanted = line.usual.partners
        kinds = [("provider", kind) for kind in wanted.provider_kinds] + [("employer", "")] * bool(wanted.employers)
        for partner_kind, provider_kind in kinds:
            partner = self.partner(partner_kind, provider_kind)
            ActivityPartner.objects.create(school=self.school, activity=activity, partner=partner)
        Encounter.objects.bulk_create(
            Encounter(school=self.school, pupil=pupil, activity=activity, status="attended") for pupil in there
        )

    def partner(self, kind: str, provider_kind: str) -> Partner:
        key = kind + provider_kind
        if key not in self.partners:
            eligible = provider_kind in APPROVED if kind == "provider" else None
            facts = {"name": key, "kind": kind, "provider_kind": provider_kind, "pal_eligible": eligible}
            self.partners[key] = Partner.objects.create(school=self.school, **facts)
        return self.partners[key]


@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_held_as_described_meets_what_is_asked_of_each_pupil(kind: str) -> None:
    school = make_school(**SCHOOLS[kind])
    assert kind_of(school) == kind
    with scope(school=school):
        held = Held(school, kind)
        for back in range(len(school.year_groups)):
            held.hold(AcademicYear(YEAR.start_year - back))
        with clock.on(YEAR.closes):
            found = evaluate(school, editions(YEAR.closes) + beyond(YEAR.closes), YEAR.closes)
    states = {c.id: {str(found.of(person, c).state) for person in found.people} for c in found.criteria}
    asked = {id for id, said in states.items() if said & {"met", "due", "missed", "cannot_tell"}}
    met = {id for id, said in states.items() if "met" in said and not said & {"missed", "cannot_tell"}}
    wanted = BY_16 | (OF_A_SIXTH_FORM if school.has_sixth_form else set())
    assert met >= wanted, {id: states[id] for id in wanted - met}
    assert asked - met == NO_DRAFT_CAN.keys()
