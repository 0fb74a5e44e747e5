"""Write docs/reference/imports.md from the code: manage.py write_imports_reference."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from careers.imports.reference_page import render

WHERE = Path(__file__).parents[4] / "docs" / "reference" / "imports.md"


class Command(BaseCommand):
    help = "Write the reference page of what can be brought in."

    def handle(self, *args: Any, **options: Any) -> None:
        WHERE.write_text(render(), encoding="utf-8")
        self.stdout.write(f"Wrote {WHERE}")
