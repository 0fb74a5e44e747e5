"""A new record is made once, however often the button is pressed: the form brings the reference the record is to have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from django.core import signing

from careers.schools.models import AddressedRecord, School, make_reference

Record = TypeVar("Record", bound=AddressedRecord)
SIGNER = signing.Signer(salt="careers.schools.once")


def new_stamp() -> str:
    """For the stamp of a form that adds a record: a reference that only we can have given out."""
    return SIGNER.sign(make_reference())


def reference_in(stamp: str) -> str:
    """The reference a form brought; a fresh one where it brought none of ours."""
    try:
        return SIGNER.unsign(stamp)
    except signing.BadSignature:
        return make_reference()


def make_once(
    model: type[Record], *, school: School, stamp: str | None, facts: Mapping[str, Any], **beside: Any
) -> tuple[Record, bool]:
    """Make a record with these facts, and say whether it is new: the same form sent again finds what it made.

    Sent again with other answers, from a page gone back to, it makes another. `beside` is what the form did not ask.
    """
    reference = reference_in(stamp or "")
    found, new = model._default_manager.get_or_create(reference=reference, school=school, defaults={**facts, **beside})
    if new or all(getattr(found, name) == value for name, value in facts.items()):
        return found, new
    return model._default_manager.create(school=school, **facts, **beside), True
