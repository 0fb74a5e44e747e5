"""Writes the page of the vocabulary."""

from tests.spec.page import PAGE, page

PAGE.write_text(page(), encoding="utf-8")
