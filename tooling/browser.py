"""The browser the page tests use: Debian's Chromium. None is downloaded by the test tools."""

import os
import shutil

from tooling import debian


def find() -> str:
    """The path of a Chromium, installed first where there is none. The variable CHROMIUM names another."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    if not _on_path():
        debian.install("chromium", why="The page tests need Chromium, and a silent skip would hide that none had run.")
    return _on_path() or "chromium"


def _on_path() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser")
