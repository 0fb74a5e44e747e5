"""Nothing personal goes where people without a right to it may read: logs, addresses and what servers print."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.guards.addresses import addresses
from tests.guards.checkout import ROOT, files

PERSONAL = {
    *(
        "name",
        "full_name",
        "list_name",
        "surname",
        "forename",
        "middle_names",
        "preferred_surname",
        "preferred_forename",
    ),
    *(
        "upn",
        "former_upn",
        "uln",
        "mis_id",
        "email",
        "date_of_birth",
        "words",
        "pupil",
        "person",
        "user",
        "POST",
        "GET",
    ),
}
LOGGED = {"debug", "info", "warning", "error", "exception", "critical", "log"}
LOGGERS = {"logger", "logging", "log"}
IN_ADDRESSES = PERSONAL - {"person", "name", "user"} | {"q", "query", "search", "dob", "born"}
"""Names that a parameter of an address may not have. `person` stands there as a key that cannot be turned back."""


def code() -> Iterator[tuple[Path, ast.AST]]:
    for path in files(".py"):
        if path.is_relative_to(ROOT / "careers") and "tests" not in path.parts and "migrations" not in path.parts:
            for node in ast.walk(ast.parse(path.read_text())):
                yield path.relative_to(ROOT), node


def test_no_log_line_is_given_anything_about_a_person() -> None:
    assert [
        f"{path}:{node.lineno}" for path, node in code() if isinstance(node, ast.Call) and _logs_a_person(node)
    ] == []


def _logs_a_person(call: ast.Call) -> bool:
    function = call.func
    if not (isinstance(function, ast.Attribute) and function.attr in LOGGED):
        return False
    if not (isinstance(function.value, ast.Name) and function.value.id in LOGGERS):
        return False
    inside = [node for argument in [*call.args, *call.keywords] for node in ast.walk(argument)]
    named = {
        n.attr if isinstance(n, ast.Attribute) else n.id for n in inside if isinstance(n, (ast.Attribute, ast.Name))
    }
    return bool(named & PERSONAL)


def test_only_commands_and_the_server_print() -> None:
    printing = {
        str(path)
        for path, node in code()
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    }
    assert {path for path in printing if "/management/commands/" not in path} <= {"careers/website/server.py"}


def test_no_address_has_a_place_for_anything_about_a_person() -> None:
    assert {f"{a.name}: {part}" for a in addresses() for part in a.parts if part in IN_ADDRESSES} == set()


def test_no_page_reads_anything_about_a_person_from_its_address() -> None:
    read = [(path, key, node.lineno) for path, node in code() if (key := _read_from_the_address(node))]
    assert [f"{path}:{line} reads '{key}'" for path, key, line in read if key in IN_ADDRESSES] == []


def _read_from_the_address(node: ast.AST) -> str:
    """The key in `request.GET["key"]` or `request.GET.get("key")`; empty where it is neither."""
    if isinstance(node, ast.Subscript) and _is_get(node.value) and isinstance(node.slice, ast.Constant):
        return str(node.slice.value)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _is_get(node.func.value) and node.args:
        return str(node.args[0].value) if isinstance(node.args[0], ast.Constant) else ""
    return ""


def _is_get(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "GET"
