"""Nobody can work out a hidden number of a published table, and no more is hidden than need be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from criteria.disclosure import FEW, Dimension, Key, Published, add_up, publish
from criteria.tests.attacking import Attacker

STATES = Dimension.of("state", "all", ("met", "booked", "due", "missed"))
NUMBERS = st.one_of(st.integers(0, 6), st.integers(0, 60))
CAREFUL = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


def hide(dimensions: Sequence[Dimension], counts: Mapping[Key, int]) -> Published:
    return publish(dimensions, add_up(dimensions, counts))


def assert_safe(dimensions: Sequence[Dimension], published: Published, least: int) -> None:
    """Nothing small is shown, and every hidden number could be another one."""
    attacker = Attacker(dimensions, published, least)
    for key, number in published.counts.items():
        assert not 0 < number < FEW or key in published.hidden, f"{key} shows {number}"
    for total, parts in attacker.sums:
        hidden = [part for part in parts if part in published.hidden]
        together = sum(published.counts.get(part, 0) for part in hidden)
        assert total in published.hidden or not 0 < together < FEW, f"what is hidden of {total} comes to {together}"
    for key in published.hidden:
        number = published.counts.get(key, 0)
        assert any(attacker.could_be(key, other) for other in (number + 1, number - 1, number + 2) if other >= least), (
            f"{key} can only be {number}: {published}"
        )


def a_table(draw: st.DrawFn, *dimensions: Dimension) -> dict[Key, int]:
    """Numbers at the bottom of a table whose totals are each divided once."""
    bottoms: list[Key] = [()]
    for dimension in dimensions:
        leaves = [node for node in dimension.nodes if not dimension.divided[node]]
        bottoms = [(*key, leaf) for key in bottoms for leaf in leaves]
    return {key: draw(NUMBERS) for key in bottoms}


@st.composite
def breakdowns(draw: st.DrawFn) -> tuple[list[Dimension], dict[Key, int]]:
    dimension = Dimension.of("state", "all", "abcdef"[: draw(st.integers(1, 6))])
    return [dimension], a_table(draw, dimension)


@st.composite
def crossed(draw: st.DrawFn) -> tuple[list[Dimension], dict[Key, int]]:
    rows = Dimension.of("year", "school", [f"Year {7 + n}" for n in range(draw(st.integers(1, 4)))])
    columns = Dimension.of("state", "all", "abcd"[: draw(st.integers(1, 4))])
    return [rows, columns], a_table(draw, rows, columns)


@st.composite
def nations(draw: st.DrawFn) -> tuple[list[Dimension], dict[Key, int]]:
    schools = {f"area {n}": draw(st.integers(1, 3)) for n in range(draw(st.integers(1, 3)))}
    divisions = [("nation", tuple(schools))]
    divisions += [(area, tuple(f"{area} school {n}" for n in range(many))) for area, many in schools.items()]
    dimensions = [Dimension("place", tuple(divisions)), Dimension.of("state", "all", "abc"[: draw(st.integers(1, 3))])]
    return dimensions, a_table(draw, *dimensions)


@st.composite
def boxes(draw: st.DrawFn) -> tuple[list[Dimension], dict[Key, int]]:
    dimensions = [
        Dimension.of("school", "area", ("north", "south", "west")[: draw(st.integers(1, 3))]),
        Dimension.of("free meals", "everybody", ("free meals", "everyone else")),
        Dimension.of("state", "all", ("met", "missed")),
    ]
    return dimensions, a_table(draw, *dimensions)


@CAREFUL
@given(table=st.one_of(breakdowns(), crossed(), nations(), boxes()), least=st.sampled_from([0, 1]))
def test_an_attacker_never_works_out_a_hidden_number(table: tuple[list[Dimension], dict[Key, int]], least: int) -> None:
    dimensions, counts = table
    published = hide(dimensions, counts)
    anything_at_zero = any(not published.counts.get(key, 0) for key in published.hidden)
    assert_safe(dimensions, published, 0 if anything_at_zero else least)


@CAREFUL
@given(pupils=st.dictionaries(st.tuples(*map(st.sampled_from, ["FM?", "YN", "ab"])), NUMBERS, max_size=12))
def test_groups_that_divide_the_same_pupils_in_two_ways_do_not_give_each_other_away(
    pupils: dict[tuple[str, str, str], int],
) -> None:
    groups = Dimension("group", (("whole", ("girls", "boys", "not said")), ("whole", ("free meals", "everyone else"))))
    names = {"F": "girls", "M": "boys", "?": "not said", "Y": "free meals", "N": "everyone else"}
    counts: dict[Key, int] = {}
    for (sex, meals, state), number in pupils.items():
        for group in (names[sex], names[meals], "whole"):
            for column in (state, "all"):
                counts[group, column] = counts.get((group, column), 0) + number
    dimensions = [groups, Dimension.of("state", "all", "ab")]
    assert_safe(dimensions, publish(dimensions, counts), 0)


@settings(CAREFUL, max_examples=60)
@given(
    pupils=st.dictionaries(
        st.tuples(st.sampled_from(["1", "2", "3", "4"]), st.sampled_from("YN"), st.sampled_from("ab")),
        NUMBERS,
        max_size=12,
    )
)
def test_schools_by_state_and_groups_of_areas_published_together_do_not_give_each_other_away(
    pupils: dict[tuple[str, str, str], int],
) -> None:
    place = Dimension("place", (("nation", ("east", "west")), ("east", ("1", "2")), ("west", ("3", "4"))))
    groups = Dimension.of("meals", "everybody", ("free meals", "everyone else"))
    dimensions = [place, groups, Dimension.of("state", "all", "ab")]
    counts = add_up(
        dimensions,
        {
            (school, {"Y": "free meals", "N": "everyone else"}[meals], state): n
            for (school, meals, state), n in pupils.items()
        },
    )

    def within(key: Key) -> bool:
        return key[1] == "everybody" or key[0] not in place.siblings or key[0] in ("east", "west")

    published = publish(dimensions, {key: n for key, n in counts.items() if within(key)}, within=within)
    attacker = Attacker(dimensions, published, within=within)
    for key in published.hidden:
        number = published.counts.get(key, 0)
        assert attacker.could_be(key, number + 1) or (number and attacker.could_be(key, number - 1)), key


@CAREFUL
@given(counts=st.lists(st.integers(FEW, 60), min_size=9, max_size=9))
def test_a_table_with_no_small_number_hides_nothing(counts: list[int]) -> None:
    rows, columns = Dimension.of("rows", "all", "abc"), Dimension.of("columns", "all", "xyz")
    keys = [(row, column) for row in "abc" for column in "xyz"]
    assert not hide([rows, columns], dict(zip(keys, counts, strict=True))).hidden


def least_that_is_safe(dimension: Dimension, counts: dict[Key, int]) -> int:
    """The fewest numbers of a breakdown that can be hidden, by trying every choice."""
    every = add_up([dimension], counts)
    for many in range(len(every) + 1):
        for chosen in combinations([key for key, number in every.items() if number], many):
            try:
                assert_safe([dimension], Published(every, frozenset(chosen)), 1)
            except AssertionError:
                continue
            return many
    raise AssertionError("hiding everything is safe")


@settings(CAREFUL, max_examples=40)
@given(table=breakdowns())
def test_a_breakdown_hides_no_more_than_it_must(table: tuple[list[Dimension], dict[Key, int]]) -> None:
    (dimension,), counts = table
    assert len(hide([dimension], counts).hidden) == least_that_is_safe(dimension, counts)


def test_one_small_number_takes_one_other_with_it_the_least() -> None:
    published = hide([STATES], {("met",): 40, ("booked",): 9, ("due",): 3, ("missed",): 20})
    assert published.hidden == {("due",), ("booked",)}
    assert published["all",] == 72


def test_one_small_number_of_a_crossed_table_takes_three_others_with_it() -> None:
    rows = Dimension.of("year", "school", ("7", "8", "9", "10"))
    counts = {(year, state[0]): 10 + 7 * n for n, year in enumerate(rows.parents) for state in "abcd"}
    published = hide([rows, Dimension.of("state", "all", "abcd")], {**counts, ("8", "b"): 2})
    assert len(published.hidden) == 4


def test_all_but_a_few_is_as_small_as_a_few() -> None:
    published = hide([STATES], {("met",): 97, ("booked",): 1, ("due",): 2})
    assert published["met",] is None, "100 less 97 is 3"
    assert published.share(("met",), ("all",)) is None


def test_a_share_is_shown_only_where_both_its_numbers_are() -> None:
    published = hide([STATES], {("met",): 60, ("due",): 30, ("missed",): 10})
    assert published.share(("met",), ("all",)) == 0.6
    assert published.share(("booked",), ("all",)) == 0.0
    assert hide([STATES], {("met",): 4}).share(("met",), ("all",)) is None
    assert hide([STATES], {}).share(("met",), ("all",)) is None


def test_nobody_and_everybody_are_shown_of_what_a_school_has_provided() -> None:
    published = hide([STATES], {("met",): 6})
    assert (published["met",], published["missed",], published.hidden) == (6, 0, frozenset())


def test_nobody_learns_who_has_a_plan_from_who_missed_something() -> None:
    plans = Dimension.of("plan", "whole", ("has a plan", "everyone else"), telling=["has a plan"])
    counts = {("has a plan", "met"): 10, ("has a plan", "missed"): 7, ("everyone else", "met"): 100}
    columns = Dimension.of("state", "all", ("met", "missed"))
    published = hide([plans, columns], counts)
    assert published["whole", "missed"] == 7
    assert published["has a plan", "missed"] is None
    assert published["everyone else", "missed"] is None, "0 would say that all seven have one"
    assert_safe([plans, columns], published, 0)
    many = hide([plans, columns], {**counts, ("has a plan", "missed"): 10})
    assert not many.hidden, "of ten it says no more than the group's own share does"


def test_a_school_alone_in_its_area_does_not_give_its_area_away() -> None:
    places = Dimension("place", (("nation", ("east", "west")), ("east", ("one",)), ("west", ("two", "three"))))
    counts = {
        ("one", "a"): 3,
        ("one", "b"): 50,
        ("two", "a"): 30,
        ("two", "b"): 30,
        ("three", "a"): 8,
        ("three", "b"): 8,
    }
    dimensions = [places, Dimension.of("state", "all", "ab")]
    published = hide(dimensions, counts)
    assert published["east", "a"] is None
    assert published["nation", "a"] == 41, "the nation need not suffer for it"
    assert_safe(dimensions, published, 1)


def test_criteria_share_their_total_and_cannot_give_it_away_together() -> None:
    """One school of three pupils: each criterion's states come to the same everybody, who must stay hidden in all."""
    standing = Dimension(
        "standing",
        (("everybody", ("5 met", "5 not")), ("everybody", ("8 met", "8 not")), ("everybody", ("2 met", "2 not"))),
    )
    place = Dimension.of("school", "area", ("small", "large", "middling"))
    counts: dict[Key, int] = {}
    for school, numbers in {"small": (1, 2, 3), "large": (80, 45, 51), "middling": (30, 22, 41)}.items():
        whole = {"small": 3, "large": 100, "middling": 50}[school]
        counts[school, "everybody"] = whole
        for criterion, met in zip("582", numbers, strict=True):
            counts |= {(school, f"{criterion} met"): met, (school, f"{criterion} not"): whole - met}
    every = dict(counts)
    for (_, column), number in counts.items():
        every["area", column] = every.get(("area", column), 0) + number
    published = publish([place, standing], every)
    assert published["small", "everybody"] is None
    assert_safe([place, standing], published, 0)


def test_percentages_of_everyone_else_are_no_way_round() -> None:
    groups = Dimension.of("group", "whole", ("looked after", "everyone else"))
    states = Dimension.of("state", "all", ("met", "not met"))
    counts = {("looked after", "met"): 4, ("looked after", "not met"): 8, ("everyone else", "met"): 300}
    published = hide([groups, states], {**counts, ("everyone else", "not met"): 200})
    assert published.share(("everyone else", "met"), ("everyone else", "all")) is None
    assert published.share(("whole", "met"), ("whole", "all")) == 304 / 512


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({("met",): 3, ("all",): 4}, "is 4, and its parts come to 3"),
        ({("met",): -3, ("all",): -3}, "-3 is below 0"),
        ({("elsewhere",): 3}, "elsewhere is nowhere in the table"),
    ],
)
def test_a_table_that_does_not_add_up_is_refused(counts: dict[Key, int], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        publish([STATES], counts)


def test_a_nation_is_done_in_one_pass_over_its_schools() -> None:
    """Two hundred schools of twenty areas, two groups and four states: nothing small is left, and little is hidden."""
    areas = {f"area {a}": tuple(f"school {a}.{s}" for s in range(10)) for a in range(20)}
    place = Dimension("place", (("nation", tuple(areas)), *areas.items()))
    groups = Dimension.of("group", "whole", ("free meals", "everyone else"))
    counts = {
        (school, group, state): (7919 * (a + 3) * (s + 2) * (g + 1) * (n + 5)) % 97 % (60 if g else 25)
        for a, schools in enumerate(areas.values())
        for s, school in enumerate(schools)
        for g, group in enumerate(("free meals", "everyone else"))
        for n, state in enumerate(STATES.parents)
    }
    published = hide([place, groups, STATES], counts)
    small = [key for key, number in published.counts.items() if 0 < number < FEW]
    assert published.hidden.issuperset(small)
    assert len(published.hidden) < 4 * len(small)
    assert not any(key[0] == "nation" for key in published.hidden)


def test_somebody_who_knows_that_zeros_are_shown_learns_no_more() -> None:
    """The two ones stand at opposite corners: were they hidden in one box alone, one could not rise without the other at 0."""
    dimensions = [
        Dimension.of("school", "area", "pq"),
        Dimension.of("meals", "all", "yn"),
        Dimension.of("state", "any", "ab"),
    ]
    counts = {(school, meals, state): 50 for school in "pq" for meals in "yn" for state in "ab"}
    assert_safe(dimensions, hide(dimensions, {**counts, ("p", "y", "a"): 1, ("q", "n", "b"): 1}), 1)
