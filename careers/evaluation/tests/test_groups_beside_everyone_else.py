"""Each group beside everyone else, in numbers: exact for a careers leader, and giving nobody away to anyone else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django_scopes import scopes_disabled
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careers.evaluation.breakdown import Breakdown
from careers.evaluation.figures import Figures
from careers.evaluation.groups import IN_GROUPS, MET_OR_NOT, group_gaps, published
from careers.evaluation.tests.conftest import EMPLOYER, meaningful, text
from careers.pupils.models import Characteristic
from careers.schools.models import School
from criteria.standing import State
from criteria.tests.attacking import Attacker
from tests.makers import make_encounter, make_pupil

PAGE = f"/criteria/{EMPLOYER}/"
TRAITS = ("sex_f", "sex_m", "sen_support", "ehcp", "fsm", "pupil_premium", "looked_after", "eal")

Alike = tuple[str, str, frozenset[str], State]
"""Sex, SEN and other groups of some pupils, and their state."""


def broken_down(pupils: dict[Alike, int]) -> Breakdown:
    whole: dict[State, int] = {}
    groups: dict[str, dict[State, int]] = {}
    for (sex, sen, others, state), number in pupils.items():
        whole[state] = whole.get(state, 0) + number
        for group in {sex, sen, *(["sen"] if sen else []), *others} - {""}:
            own = groups.setdefault(group, {})
            own[state] = own.get(state, 0) + number
    return Breakdown(Figures(whole), {key: Figures(own) for key, own in groups.items()}, {}, ())


SCHOOLS = st.dictionaries(
    st.tuples(
        st.sampled_from(["sex_f", "sex_m", ""]),
        st.sampled_from(["", "", "sen_support", "ehcp"]),
        st.frozensets(st.sampled_from(["fsm", "pupil_premium", "looked_after", "eal"]), max_size=2),
        st.sampled_from([State.MET, State.DUE]),
    ),
    st.one_of(st.integers(1, 6), st.integers(1, 80)),
    max_size=10,
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(pupils=SCHOOLS)
def test_what_a_governor_is_shown_never_gives_a_hidden_number_back(pupils: dict[Alike, int]) -> None:
    told = published(broken_down(pupils))
    attacker = Attacker((IN_GROUPS, MET_OR_NOT), told)
    for key in told.hidden:
        number = told.counts.get(key, 0)
        assert attacker.could_be(key, number + 1) or (number and attacker.could_be(key, number - 1)), key


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(pupils=SCHOOLS)
def test_a_group_is_shown_with_everyone_else_or_not_at_all(pupils: dict[Alike, int]) -> None:
    breakdown = broken_down(pupils)
    exact = {gap.group.key: gap for gap in group_gaps(breakdown, exact=True)}
    for gap in group_gaps(breakdown, exact=False):
        assert (gap.own.met is None) == (gap.rest.met is None)
        for part, true in ((gap.own, exact[gap.group.key].own), (gap.rest, exact[gap.group.key].rest)):
            assert part.met is None or (part.met % 5 == 0 and part.whole is not None and part.whole % 5 == 0)
            assert part.met is None or (not 0 < (true.met or 0) < 5 and not 0 < (true.whole or 0) - (true.met or 0) < 5)


def give(school: School, kind: str, *, met: int, lacking: int) -> None:
    """Pupils of a characteristic, so many of whom have met an employer."""
    talk = meaningful(school)
    for number in range(met + lacking):
        pupil = make_pupil(school, sex="F" if number % 2 else "M")
        if number < met:
            make_encounter(pupil, talk)
        if kind:
            with scopes_disabled():
                Characteristic.objects.create(
                    school=school, pupil=pupil, kind=kind, value="Y", starts_on=date(2026, 9, 1)
                )


def test_a_careers_leader_reads_the_numbers_on_both_sides(leader: Client, school: School) -> None:
    give(school, "fsm", met=3, lacking=9)
    give(school, "", met=20, lacking=20)
    page = leader.get(PAGE)
    assert "Free school meals 25% 3 of 12 50% 20 of 40 25 points lower" in text(page)
    assert f'href="{PAGE}?has=fsm#pupils"'.encode() in page.content


@pytest.mark.parametrize("role", ["link_governor", "tutor", "careers_adviser"])
def test_nobody_else_learns_a_small_number_nor_what_would_give_it_back(
    signed_in: Callable[..., Client], school: School, role: str
) -> None:
    give(school, "fsm", met=3, lacking=9)
    give(school, "eal", met=10, lacking=10)
    give(school, "", met=20, lacking=20)
    said = text(signed_in(role).get(PAGE))
    assert "Free school meals Too few pupils to show" in said
    assert "English as an additional language 50% 10 of 20 50% 25 of 50 No gap" in said, "rounded from 23 of 52"


def test_a_benchmark_has_the_numbers_too(leader: Client, school: School) -> None:
    give(school, "eal", met=1, lacking=1)
    give(school, "", met=1, lacking=3)
    assert "English as an additional language 50% 1 of 2 25% 1 of 4 25 points higher" in text(
        leader.get("/benchmarks/gatsby-2025/5/")
    )


def test_the_map_of_groups_keeps_what_the_gaps_keep(signed_in: Callable[..., Client], school: School) -> None:
    """Everyone else is not on that page, but boys are everyone but the girls."""
    talk = meaningful(school)
    for number in range(42):
        pupil = make_pupil(school, sex="F" if number < 12 else "M")
        if number < 2 or number > 20:
            make_encounter(pupil, talk)
    governor = signed_in("link_governor")
    assert "Boys Too few pupils to show" in text(governor.get(PAGE))
    row = text(governor.get("/benchmarks/")).split("Groups beside the whole school")[1].split("Boys")[1][:120]
    assert "70%" not in row
    assert "too few" in row


def test_a_group_of_everybody_has_nobody_to_stand_beside(leader: Client, school: School) -> None:
    make_pupil(school, sex="F")
    assert "Groups beside everyone else" not in text(leader.get(PAGE))
