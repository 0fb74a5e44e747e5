"""A file that cannot be kept."""

from __future__ import annotations


class ContentRefused(Exception):
    """Its text says what was found and what to do."""
