"""A page that another names is there: a link to none would fail, or quietly be left out."""

from __future__ import annotations

import ast
import re

from tests.guards.addresses import addresses
from tests.guards.checkout import ROOT, files

ASK = {"address", "reverse", "redirect", "Place", "_address", "resolve_url"}
"""Calls whose first or second argument may be a page's name."""

NAME = re.compile(r"[a-z_]+:[a-z_-]+")
IN_TEMPLATE = re.compile(r"{%\s*url\s+[\"']([\w:-]+)[\"']")


def test_every_page_that_code_names_is_there() -> None:
    known = {address.name for address in addresses()}
    missing = []
    for path in files(".py"):
        if path.is_relative_to(ROOT / "careers") and "tests" not in path.parts:
            calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
            named = [(call.lineno, words) for call in calls for words in _named(call)]
            missing += [f"{path.relative_to(ROOT)}:{line} names {words}" for line, words in named if words not in known]
    assert missing == []


def test_every_page_that_a_template_names_is_there() -> None:
    known = {address.name for address in addresses()}
    named = [(path, name) for path in files(".html") for name in IN_TEMPLATE.findall(path.read_text())]
    assert [f"{path.relative_to(ROOT)} names {name}" for path, name in named if name not in known] == []


def _named(call: ast.Call) -> list[str]:
    function = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    texts = [each.value for each in call.args[:2] if isinstance(each, ast.Constant) and isinstance(each.value, str)]
    return [text for text in texts if NAME.fullmatch(text)] if function in ASK else []
