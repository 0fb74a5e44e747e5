"""The files of outcomes and usual activities: what is wrong in one is said with its file, its line and the remedy."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from careers.programme import outcomes, usual
from criteria.yaml_lines import FrameworkError

GOOD = """activities:
  - key: talk
    title: A talk
    type: employer_encounter
    at: [11-16]
    years: [9]
    half term: autumn_1
    for everyone: true
    purpose: To hear about work.
    outcomes: [cdi2021.2.ks3.1]
    planned: {in_school_day: true, hours: 1}
    when held: {two_way: some}
    partners: {employers: 1}
    ask the partner: [Come.]
    pupils with SEND: A quiet seat.
    parents and carers: A line home.
"""


def read(folder: Path, found: str, put: str) -> str:
    """The refusal of the good file with one thing changed."""
    assert found in GOOD
    (folder / "talks.yaml").write_text(GOOD.replace(found, put))
    with pytest.raises(FrameworkError) as refused:
        usual.all_usual(folder)
    return str(refused.value).removeprefix(f"{folder.name}/")


@pytest.mark.parametrize(
    ("found", "put", "said"),
    [
        ("two_way: some", "two_way: a_lot", "line 12, 'two_way': found 'a_lot'"),
        ("two_way: some", "chatty: true", "line 12, 'chatty': it is no fact of an activity"),
        (
            "hours: 1}",
            "two_way: some}",
            "line 11, 'two_way': it may not stand under 'planned'; write it under 'when held'",
        ),
        (
            "{two_way: some}",
            "{hours: 2}",
            "line 12, 'hours': it may not stand under 'when held'; write it under 'planned'",
        ),
        ("autumn_1", "advent", "line 7, 'half term': found 'advent'; use one of autumn_1"),
        ("[11-16]", "[college]", "line 5, 'at': found ['college']"),
        ("years: [9]", "years: [3]", "line 6, 'years': found [3]; write a list of whole numbers from 7 to 14"),
        ("cdi2021.2.ks3.1", "cdi2021.9.ks3.1", "line 10, 'outcomes': there is no outcome 'cdi2021.9.ks3.1'"),
        ("cdi2021.2.ks3.1", "cdi2021.2.ks4.1", "line 10, 'outcomes': 'cdi2021.2.ks4.1' is for other year groups"),
        ("{employers: 1}", "{approved: true}", "line 13, 'approved': no kind of provider is named"),
        ("    purpose: To hear about work.\n", "", "line 2, 'purpose': it is missing"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, found: str, put: str, said: str) -> None:
    assert read(tmp_path, found, put).startswith(f"talks.yaml, {said}")


def test_an_outcome_out_of_order_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "learning-outcomes"
    shutil.copytree(outcomes.FOLDER, folder)
    area = folder / "area-6.yaml"
    area.write_text(area.read_text().replace("    2: Asks how far", "    4: Asks how far"))
    with pytest.raises(FrameworkError, match=r"area-6.yaml, line 8, '4': found the number 4 where 2 comes next"):
        outcomes.framework(folder)


def test_every_year_group_of_a_stage_can_reach_every_area_by_usual_activities() -> None:
    """A school that took the whole draft would have no hole in the sequence of a mainstream school's key stages."""
    taken = usual.usual_at("11-18")
    holes = [
        (area.number, stage.key)
        for area in outcomes.framework().areas
        for stage in outcomes.framework().stages
        if not any(code.startswith(f"cdi2021.{area.number}.{stage.key}.") for each in taken for code in each.outcomes)
    ]
    assert holes == []
