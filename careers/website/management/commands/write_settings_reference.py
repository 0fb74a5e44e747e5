"""`manage.py write_settings_reference`: docs/reference/settings.md, from the settings themselves."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from careers.website.environment import Setting

WHERE = settings.ROOT / "docs" / "reference" / "settings.md"
OPENING = """\
# Settings

A school's own choices are read from environment variables when Trigpoint starts. None is needed to try it. A value that
makes no sense is refused, with what to write in its place; so is a variable beginning `TRIGPOINT_` that is
not listed here.

This page is written by `manage.py write_settings_reference` from
`careers/website/settings.py`: change the sentences there.
"""


class Command(BaseCommand):
    help = "Write docs/reference/settings.md again."

    def handle(self, *args: Any, **options: Any) -> None:
        WHERE.parent.mkdir(parents=True, exist_ok=True)
        WHERE.write_text(reference(settings.ENVIRONMENT.settings))


def reference(documented: list[Setting]) -> str:
    """The whole page, in the order the settings are read."""
    return OPENING + "".join(_section(setting) for setting in documented)


def _section(setting: Setting) -> str:
    choices = f"- What to write: {setting.form}\n- If not set: {setting.default}\n"
    return f"\n## {setting.name}\n\n{setting.sentence}\n\n{choices}"
