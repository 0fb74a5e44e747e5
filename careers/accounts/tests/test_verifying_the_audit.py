"""Somebody with access to the machine checks that the audit is whole, and keeps its heads elsewhere."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from careers.audit.models import Event, Tail
from careers.audit.record import record
from careers.audit.tests.tampering import unguarded
from careers.schools.models import School
from tests.makers import make_school

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    school = make_school(urn="123456")
    for _ in range(3):
        record("signed in", by=None, school=school, changes=False)
    record("checked the machine", by=None, changes=False)
    return school


def verify(*words: str) -> tuple[list[str], int]:
    """The lines it prints, and the status it ends with."""
    out = io.StringIO()
    try:
        call_command("verify_audit", *words, stdout=out)
    except CommandError as ended:
        return out.getvalue().splitlines(), ended.returncode
    return out.getvalue().splitlines(), 0


def test_each_chain_has_a_line_with_its_head(school: School) -> None:
    last = Event.objects.get(school_id=school.pk, number=3)
    lines, status = verify()
    assert lines[1] == f"123456 3 {last.hash} whole, 3 events"
    assert (lines[0].split()[:2], status) == (["installation", "1"], 0)
    assert Tail.objects.get(pk=school.pk).checked_to == 3


def test_a_broken_chain_is_said_and_ends_with_status_1(school: School) -> None:
    with unguarded():
        Event.objects.filter(school_id=school.pk, number=2).delete()
    lines, status = verify("--school", "123456")
    assert (len(lines), status) == (1, 1)
    assert lines[0].endswith("BROKEN: Number 2 is missing.")
    assert Tail.objects.get(pk=school.pk).fault == "Number 2 is missing."


def test_what_it_printed_is_given_back_later(school: School, tmp_path: Path) -> None:
    kept = tmp_path / "heads.txt"
    kept.write_text("\n".join(verify()[0]))
    record("signed in", by=None, school=school, changes=False)
    assert verify("--expect", str(kept))[1] == 0
    with unguarded():
        Event.objects.filter(school_id=school.pk, number__gt=2).delete()
        Tail.objects.filter(pk=school.pk).update(number=2, hash=Event.objects.get(school_id=school.pk, number=2).hash)
    assert verify()[1] == 0
    lines, status = verify("--expect", str(kept))
    assert status == 1
    assert lines[1].endswith("It is cut off after number 2: the head kept elsewhere is number 3.")


def test_a_whole_chain_gone_is_missed(school: School, tmp_path: Path) -> None:
    kept = tmp_path / "heads.txt"
    kept.write_text("\n".join(verify()[0]))
    with unguarded():
        Event.objects.filter(school_id=school.pk).delete()
        Tail.objects.filter(pk=school.pk).delete()
    lines, status = verify("--expect", str(kept))
    assert status == 1
    assert lines[-1].endswith("BROKEN: There is no such chain any more.")


@pytest.mark.parametrize("words", [["--school", "999999"], ["--expect", "no-such-file"]])
def test_it_refuses_what_makes_no_sense(words: list[str]) -> None:
    assert verify(*words) == ([], 2)
