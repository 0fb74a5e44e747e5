"""What the documentation names is there: pages, headings, settings and commands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

from criteria.__main__ import _parser
from criteria.standing import LADDER, STATE_WORDS
from tests.guards.checkout import ROOT, files
from tooling.commands import COMMANDS

PAGES = [
    path
    for path in files(".md")
    if path.parent == ROOT or path.is_relative_to(ROOT / "docs") or path.is_relative_to(ROOT / ".github")
]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)(?: \"[^\"]*\")?\)")
CODE = re.compile(r"```.*?```", re.DOTALL)
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
KINDS = ("tutorials", "how-to", "reference", "explanation", "decisions")

every_page = pytest.mark.parametrize("document", PAGES, ids=lambda path: str(path.relative_to(ROOT)))


def anchors(page: Path) -> set[str]:
    """The names by which a page's headings can be linked to."""
    words = HEADING.findall(CODE.sub("", page.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in words}


@every_page
def test_every_link_within_the_documentation_leads_somewhere(document: Path) -> None:
    for link in LINK.findall(CODE.sub("", document.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:", link):
            continue
        address, _, heading = link.partition("#")
        target = (document.parent / address).resolve() if address else document
        assert target.exists(), link
        assert not heading or heading in anchors(target), link


@every_page
def test_every_setting_a_page_names_is_one(document: Path) -> None:
    known = {setting.name for setting in settings.ENVIRONMENT.settings}
    named = set(re.findall(r"TRIGPOINT_[A-Z][A-Z_]*[A-Z]", document.read_text(encoding="utf-8")))
    assert named <= known


@every_page
def test_every_command_a_page_names_can_be_run(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    after = {name: set(re.findall(rf"{re.escape(name)} +([a-z][a-z_]*)", text)) for name in ("run.py", "manage.py")}
    assert after["run.py"] <= set(COMMANDS)
    assert after["manage.py"] <= set(get_commands())
    assert set(re.findall(r"python -m criteria +([a-z]+)", text)) <= set(_engine_commands())


def _engine_commands() -> list[str]:
    usage = _parser().format_help()
    return re.findall(r"^    ([a-z]+)(?: |$)", usage, re.MULTILINE)


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_of_a_kind_is_reached_from_an_index(kind: str) -> None:
    indexes = [ROOT / "docs/README.md", ROOT / f"docs/{kind}/README.md", ROOT / f"docs/{kind}/criteria/README.md"]
    linked = {
        (index.parent / link.partition("#")[0]).resolve()
        for index in indexes
        if index.exists()
        for link in LINK.findall(index.read_text(encoding="utf-8"))
    }
    assert [str(page) for page in PAGES if page.is_relative_to(ROOT / "docs" / kind) and page not in linked] == []


@every_page
def test_no_page_holds_a_long_dash(document: Path) -> None:
    assert "\N{EM DASH}" not in document.read_text(encoding="utf-8")


def test_decisions_are_numbered_one_after_another_and_say_what_they_cost() -> None:
    pages = sorted((ROOT / "docs/decisions").glob("[0-9]*.md"))
    assert [page.name[:4] for page in pages] == [f"{number:04}" for number in range(1, len(pages) + 1)]
    for page in pages:
        assert page.read_text().startswith(f"# {page.name[:4]}: "), page.name
        assert {"context", "decision", "why", "what-it-costs"} <= anchors(page), page.name


def test_the_page_of_standings_shows_the_ladder_as_it_is() -> None:
    page = (ROOT / "docs/explanation/how-a-standing-is-decided.md").read_text(encoding="utf-8")
    shown = [
        tuple(cell.strip() for cell in row.split("|")[1:4]) for row in re.findall(r"^\| \d+ .+$", page, re.MULTILINE)
    ]
    assert shown == [
        (str(place), " and ".join(rung.when) or "otherwise", STATE_WORDS[rung.state])
        for place, rung in enumerate(LADDER, start=1)
    ]


def test_the_readme_says_truly_how_to_sign_in() -> None:
    from careers.demonstration.people import PASSWORD, PEOPLE

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert PASSWORD in readme
    for person in PEOPLE:
        assert f"`{person.email}`" in readme
