"""Every template is well formed, and none holds what the content security policy would refuse."""

from __future__ import annotations

import re

import pytest
from django.template.loader import get_template

from tests.guards.checkout import ROOT, files

TEMPLATES = [path for path in files(".html") if "templates" in path.parts and path.is_relative_to(ROOT / "careers")]
NAMES = [path.relative_to(ROOT).as_posix().partition("/templates/")[2] for path in TEMPLATES]
REFUSED = {
    "an inline style": re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE),
    "an inline script": re.compile(r"<script\b(?![^>]*\ssrc=)|javascript:", re.IGNORECASE),
    "a handler of an event": re.compile(r"\s(on[a-z]+|hx-on[:\w-]*)\s*=", re.IGNORECASE),
    "a script or style of another site": re.compile(r"(src|href)=[\"']?(https?:)?//", re.IGNORECASE),
}
NOT_SENT = re.compile(r"{%.*?%}|{#.*?#}", re.DOTALL)
LINK = re.compile(r"<a\b[^>]*>", re.IGNORECASE)
"""A link may lead to another site; nothing may be loaded from one."""


@pytest.mark.parametrize("name", NAMES)
def test_a_template_compiles(name: str) -> None:
    get_template(name)


def test_no_two_folders_have_a_template_of_the_same_name() -> None:
    assert sorted(name for name in set(NAMES) if NAMES.count(name) > 1) == []


def test_no_template_holds_what_a_browser_would_refuse() -> None:
    found = []
    for path in TEMPLATES:
        markup = LINK.sub(lambda link: link[0].replace("//", ""), NOT_SENT.sub("", path.read_text()))
        found += [f"{path.relative_to(ROOT)}: {what}" for what, pattern in REFUSED.items() if pattern.search(markup)]
    assert found == []


def test_every_form_that_is_posted_holds_its_token() -> None:
    form = re.compile(r"<form\b[^>]*method=[\"']?post[^>]*>.*?</form>", re.IGNORECASE | re.DOTALL)
    bare = [
        str(path.relative_to(ROOT))
        for path in TEMPLATES
        for match in form.finditer(path.read_text())
        if "csrf_token" not in match[0]
    ]
    assert bare == []
