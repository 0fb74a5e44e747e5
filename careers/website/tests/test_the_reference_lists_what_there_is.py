"""The page of reference that is written by hand has every role and every command there is."""

from __future__ import annotations

from django.conf import settings
from django.core.management import get_commands

from careers.accounts.roles import ROLES

PAGE = (settings.ROOT / "docs" / "reference" / "README.md").read_text(encoding="utf-8")


def row_of(title: str) -> list[str]:
    return next(line for line in PAGE.splitlines() if line.startswith(f"| {title} |")).split(" | ")


def test_every_role_is_listed_with_whose_names_it_sees_and_whether_it_needs_a_second_step() -> None:
    for role in ROLES.values():
        cells = row_of(role.title)
        assert cells[1].startswith(str(role.reach)), role.title
        assert cells[-1].strip(" |") == ("always" if role.second_step else "offered"), role.title


def test_every_command_of_ours_is_listed() -> None:
    ours = {name for name, app in get_commands().items() if str(app).startswith("careers.")}
    assert {name for name in ours if f"manage.py {name}" not in PAGE} == set()
