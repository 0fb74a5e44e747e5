"""What someone who loads the demonstration finds in it."""

from __future__ import annotations

from collections import Counter
from datetime import date
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from django.core.management import call_command
from django.db.models import Count, F, Q

from careers.accounts.models import Membership, User
from careers.accounts.roles import AT_A_SCHOOL
from careers.audit.models import Event
from careers.demonstration import how_to_sign_in
from careers.demonstration.making import Made
from careers.demonstration.people import PASSWORD, PEOPLE
from careers.demonstration.scenarios import SCENARIOS
from careers.demonstration.signing_in import demonstration_people
from careers.demonstration.tests.conftest import DAY
from careers.demonstration.upn import with_check_letter
from careers.encounters.models import Encounter
from careers.partners.models import Partner
from careers.programme.models import Activity
from careers.pupils.models import Characteristic, GroupStaff, Pupil, YearHeld
from careers.pupils.visibility import pupils_visible_to
from careers.schools.models import School
from criteria.periods import year_group_from_birth

pytestmark = pytest.mark.usefixtures("demonstration")
YEAR = 2026


def main_school() -> School:
    return School.objects.get(urn="990001")


def test_two_schools_both_marked_as_demonstrations() -> None:
    assert sorted(School.objects.values_list("name", "demonstration")) == [
        ("Ashmere Vale School", True),
        ("Larkhollow School", True),
    ]


def test_the_main_school_has_1150_pupils_on_roll() -> None:
    pupils = Pupil.objects.filter(school=main_school()).on_roll(DAY)
    held = Counter(YearHeld.objects.filter(academic_year=YEAR, pupil__in=pupils).values_list("year_group", flat=True))
    assert pupils.count() == 1150
    assert all(180 <= held[group] <= 195 for group in range(7, 12))
    assert (held[12], held[13], held[14]) == (112, 103, 2)
    assert pupils.filter(years__isnull=True).count() == 1


def test_the_log_holds_seven_uneven_years() -> None:
    counts = Counter(Encounter.objects.filter(school=main_school()).values_list("activity__academic_year", flat=True))
    assert sorted(counts) == list(range(YEAR - 6, YEAR + 1))
    assert 57_000 <= counts.total() <= 68_000
    assert counts[YEAR - 4] < 0.8 * min(counts[YEAR - 5], counts[YEAR - 3])


def test_between_six_and_ten_in_a_hundred_places_were_missed() -> None:
    marked = Counter(Encounter.objects.exclude(status="booked").values_list("status", flat=True))
    assert 0.06 < (marked["absent"] + marked["excused"]) / marked.total() < 0.10


def test_some_registers_were_never_taken_and_nothing_to_come_was() -> None:
    past = Q(activity__starts_on__lt=DAY)
    assert 100 < Encounter.objects.filter(past, status="booked").count() < 2000
    assert not Encounter.objects.exclude(past).exclude(status="booked").exists()
    assert not Activity.objects.filter(starts_on__gte=DAY, status="delivered").exists()


def test_every_activity_falls_on_a_school_day_of_its_academic_year() -> None:
    for activity in Activity.objects.only("starts_on", "academic_year"):
        day = activity.starts_on
        assert day is not None
        assert day.weekday() < 5
        assert day.month != 8
        assert activity.academic_year == (day.year if day.month >= 9 else day.year - 1)


def test_every_pupil_has_a_upn_with_a_right_check_letter() -> None:
    upns = list(Pupil.objects.values_list("upn", flat=True))
    assert len(set(upns)) == len(upns)
    assert all(len(upn) == 13 and upn == with_check_letter(upn[1:]) for upn in upns)


def test_birthdays_fit_year_groups_but_for_a_handful() -> None:
    held = YearHeld.objects.filter(academic_year=YEAR).select_related("pupil")
    odd = [row for row in held if year_group_from_birth(row.pupil.date_of_birth, DAY) != row.year_group]  # type: ignore[arg-type]
    assert 3 <= len(odd) <= 15


def test_nobody_met_anybody_before_joining_or_after_leaving_save_destinations() -> None:
    log = Encounter.objects.exclude(activity__type="destination")
    assert not log.filter(
        Q(activity__starts_on__lt=F("pupil__joined_on")) | Q(activity__starts_on__gt=F("pupil__left_on"))
    ).exists()


def test_lower_years_study_eleven_subjects_and_the_sixth_form_three_or_four() -> None:
    held = YearHeld.objects.filter(school=main_school(), academic_year=YEAR)
    pupils = Pupil.objects.on_roll(DAY)
    classes = Count(
        "group_memberships",
        filter=Q(group_memberships__group__kind="class", group_memberships__group__academic_year=YEAR),
    )
    of = {
        group: set(
            pupils.filter(pk__in=held.filter(year_group=group).values("pupil"))
            .annotate(n=classes)
            .values_list("n", flat=True)
        )
        for group in (8, 10, 12)
    }
    assert of == {8: {11}, 10: {8}, 12: {3, 4}}


def test_characteristics_are_about_as_common_as_in_england() -> None:
    pupils = Pupil.objects.filter(school=main_school()).on_roll(DAY)
    now = Characteristic.objects.filter(pupil__in=pupils, ends_on__isnull=True)
    share = {key: n / 1150 for key, n in Counter(now.values_list("kind", "value")).items()}
    assert 0.09 < share["sen_provision", "K"] < 0.16
    assert 0.03 < share["sen_provision", "E"] < 0.06
    assert 0.2 < share["fsm", "Y"] < 0.28


def test_poorer_pupils_have_had_less() -> None:
    """The gap a careers leader should be able to find."""
    poor = Characteristic.objects.filter(kind="fsm", ends_on__isnull=True).values("pupil")
    visits = Encounter.objects.filter(activity__type="workplace_experience", status="attended", school=main_school())
    held = YearHeld.objects.filter(school=main_school(), academic_year=YEAR, year_group=11)
    pupils = Pupil.objects.filter(pk__in=held.values("pupil"))
    rate = [
        visits.filter(pupil__in=group).count() / group.count()
        for group in (pupils.filter(pk__in=poor), pupils.exclude(pk__in=poor))
    ]
    assert rate[0] < 0.85 * rate[1]


def test_partners_include_self_employed_people_and_providers_of_unknown_eligibility() -> None:
    mine = Partner.objects.filter(school=main_school())
    assert mine.filter(kind="employer").count() >= 60
    assert mine.filter(self_employed=True).exists()
    assert {True, False, None} == set(mine.filter(kind="provider").values_list("pal_eligible", flat=True))


@pytest.mark.parametrize(
    "attribute", ["learning_outcomes_set", "about_careers", "adviser_level", "advice_recorded", "career_relevance"]
)
def test_some_of_last_years_qualities_were_judged_and_some_never(attribute: str) -> None:
    last = Activity.objects.filter(academic_year=YEAR - 1)
    assert last.filter(**{f"{attribute}__isnull": False}).exists()
    assert last.filter(**{f"{attribute}__isnull": True}).exists()


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_scenario_is_found_by_its_upn(name: str) -> None:
    part = SCENARIOS[name]
    pupil = Pupil.objects.get(upn=part.upn)
    groups = dict(pupil.years.values_list("academic_year", "year_group"))
    assert part.sentence.endswith(".")
    if part.year_group > 0:
        assert groups[YEAR] == part.year_group


def test_the_scenarios_do_what_their_names_say() -> None:
    def met(name: str, kind: str = "", **about: object) -> list[tuple[date, str]]:
        found = Encounter.objects.filter(pupil__upn=SCENARIOS[name].upn, **about)
        found = found.filter(activity__type=kind) if kind else found
        return sorted(found.values_list("activity__starts_on", "status"))

    assert met("nothing_done") == []
    assert len(met("everything_done", status="attended")) > 60
    assert met("everything_done", status="absent") == []
    assert len(met("met_same_provider_twice", "provider_encounter", activity__starts_on__lt=date(2026, 9, 1))) == 2
    assert {status for _, status in met("absent_on_every_fair", "careers_event", activity__starts_on__lt=DAY)} == {
        "absent"
    }
    assert (date(2024, 2, 29), "attended") in met("leap_day", "provider_encounter")
    assert met("no_lmi_in_key_stage_4", "lmi_use", activity__academic_year__in=(YEAR - 2, YEAR - 1)) == []
    assert [status for _, status in met("guidance_booked", "guidance_meeting")] == ["booked"]
    assert [status for _, status in met("followed_for_three_years", "destination")] == ["attended"] * 3
    assert met("lost_after_leaving", "destination") == []
    assert met("the_joiner_in_year_9_spring", activity__starts_on__lt=date(2026, 2, 2)) == []


def test_there_is_somebody_to_sign_in_as_in_every_role() -> None:
    assert set(Membership.objects.values_list("role", flat=True)) == set(AT_A_SCHOOL)
    assert User.objects.filter(is_operator=True).count() == 1
    for person in PEOPLE:
        user = User.objects.get(email=person.email)
        assert user.memberships.count() == len(person.roles)
    assert User.objects.get(email="leader@example.org").check_password(PASSWORD)


def test_nobody_has_an_address_outside_example_org() -> None:
    addresses = [
        *User.objects.values_list("email", flat=True),
        *Pupil.objects.exclude(email="").values_list("email", flat=True),
    ]
    assert all(address.endswith("@example.org") for address in addresses)


def test_the_tutor_and_the_adviser_see_their_own_pupils() -> None:
    for email, least, most in (("tutor@example.org", 15, 40), ("adviser@example.org", 100, 250)):
        assert GroupStaff.objects.filter(user__email=email).count() == 1
        seen = pupils_visible_to(Membership.objects.get(user__email=email)).count()
        assert least <= seen <= most


def test_the_sign_in_page_is_told_whom_to_sign_in_as() -> None:
    people = demonstration_people(None)["demonstration_people"]  # type: ignore[arg-type]
    assert [person["email"] for person in people] == [person.email for person in PEOPLE]  # type: ignore[attr-defined]


def test_whoever_starts_the_server_is_told_how_to_sign_in() -> None:
    assert how_to_sign_in() == f"Sign in as leader@example.org with the password {PASSWORD}."


def test_everybody_has_a_confirmed_address_to_sign_in_with() -> None:
    assert EmailAddress.objects.filter(verified=True, primary=True).count() == len(PEOPLE)


def test_loading_a_second_time_changes_nothing(demonstration: dict[str, Made]) -> None:
    before = (Pupil.objects.count(), Encounter.objects.count(), Event.objects.count())
    said = StringIO()
    call_command("load_demonstration", stdout=said)
    assert "here already" in said.getvalue()
    assert before == (Pupil.objects.count(), Encounter.objects.count(), Event.objects.count())


def test_the_audit_says_each_school_was_loaded() -> None:
    assert list(Event.objects.values_list("verb", flat=True)) == ["loaded the demonstration"] * 2
