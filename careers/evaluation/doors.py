"""Addresses of pages that other folders keep. A copy that leaves a folder out has no such page, and shows words in its place."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse


def address(page: str, *args: object) -> str:
    """The page's address, or nothing where there is no such page."""
    try:
        return reverse(page, args=args)
    except NoReverseMatch:
        return ""


def pupil_address(reference: str) -> str:
    return address("pupils:pupil", reference)


def activity_address(reference: str) -> str:
    return address("programme:activity", reference)


def register_address(reference: str, may_record: bool) -> str:
    """The register itself, for whoever may take it; for others the activity it is of."""
    return (may_record and address("encounters:register", reference)) or activity_address(reference)
