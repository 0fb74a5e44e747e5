"""The design system's own examples, and a way to compare two pieces of markup by what matters in them."""

import json
from pathlib import Path

import pytest
from lxml import html

PACKAGE = Path(__file__).parents[3] / "node_modules/govuk-frontend/dist/govuk/components"
# Attributes in which our markup must be the same. Names and ids are ours; what points at an id is followed instead.
COMPARED = (
    "role",
    "type",
    "value",
    "rows",
    "inputmode",
    "checked",
    "selected",
    "disabled",
    "hidden",
    "data-module",
    "aria-hidden",
)


def examples(component: str, *names: str) -> list:
    """Parameters (options, expected HTML) for the named examples; one that skips when the npm package is not there."""
    source = PACKAGE / component / "fixtures.json"
    if not source.exists():
        reason = "govuk-frontend is not installed: run npm ci"
        return [pytest.param({}, "", id=component, marks=pytest.mark.skip(reason=reason))]
    found = {example["name"]: example for example in json.loads(source.read_text())["fixtures"]}
    return [pytest.param(found[name]["options"], found[name]["html"], id=name) for name in names]


def shape(markup: str) -> object:
    """The markup as nested tuples: tag, classes, compared attributes, what it points at, text, children."""
    root = html.fragment_fromstring(f"<div>{markup}</div>")
    by_id = {element.get("id"): element for element in root.iter() if element.get("id")}
    (only,) = root
    return _node(only, by_id)


def _node(element, by_id: dict) -> tuple:
    attributes = tuple((name, element.get(name)) for name in COMPARED if element.get(name) is not None)
    texts = [element.text, *(child.tail for child in element)]
    text = " ".join(" ".join(part for part in texts if part).split())
    children = tuple(_node(child, by_id) for child in element)
    return (
        element.tag,
        frozenset((element.get("class") or "").split()),
        attributes,
        _pointed_at(element, by_id),
        text,
        children,
    )


def _pointed_at(element, by_id: dict) -> tuple:
    """What a label and aria-describedby lead to, by class, so that a dangling reference is an error and not a match."""
    ids = [*(element.get("aria-describedby") or "").split(), *filter(None, [element.get("for")])]
    return tuple((by_id[one].tag, by_id[one].get("class")) for one in ids)
