"""Every deed the audit can tell of is documented, and nothing is documented that cannot be done."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from careers.audit.models import SEALED
from careers.imports.kinds.registry import KINDS
from tests.guards.checkout import ROOT, files

PAGE = ROOT / "docs/reference/audit.md"
WRITING = {"record", "put_on_record", "_write"}
"""Functions that are given the verb of an event."""
PASSING_ON = {
    "careers/accounts/on_record.py": "a verb given to put_on_record",
    "careers/accounts/looking.py": "a verb given to _write",
    "careers/imports/actions.py": "the deed of a kind of import",
    "careers/audit/sealing.py": "SEALED, a name for a verb",
}


def calls() -> Iterator[tuple[Path, ast.Call]]:
    for path in files(".py"):
        if path.is_relative_to(ROOT / "careers") and not {"tests", "migrations"} & set(path.parts):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call):
                    yield path.relative_to(ROOT), node


def given(call: ast.Call) -> list[str]:
    """The verbs in a call: the text it is given, by place."""
    named = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    texts = call.args if named in WRITING else []
    return [text.value for text in texts if isinstance(text, ast.Constant) and isinstance(text.value, str)]


def in_use() -> set[str]:
    return {SEALED, *(kind.deed for kind in KINDS.values()), *(verb for _, call in calls() for verb in given(call))}


def documented() -> set[str]:
    tables = PAGE.read_text().partition("## Changes")[2]
    return set(re.findall(r"^\| `([^`]+)` \|", tables, re.MULTILINE))


def test_every_verb_is_documented() -> None:
    assert in_use() - documented() == set(), "Add each to the tables of docs/reference/audit.md."


def test_every_documented_verb_is_in_use() -> None:
    assert documented() - in_use() == set()


def test_a_verb_stands_where_the_event_is_written() -> None:
    unsaid = {
        str(path)
        for path, call in calls()
        if isinstance(call.func, ast.Name) and call.func.id == "record" and call.args and not given(call)
    }
    assert unsaid - set(PASSING_ON) <= {"careers/imports/kinds/log.py"}, "its own function of that name"
