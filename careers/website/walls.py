"""Whether the walls between schools stand: no record may point at a record of another school.

Every query is held to one school, so this should never find anything. It looks past the scopes, at the rows themselves, for the
mistake that nobody foresaw: run by `manage.py verify_walls`, and by the tests after everything that can be posted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models
from django.db.models import F
from django_scopes import scopes_disabled

OF_A_SCHOOL = "school"


@dataclass(frozen=True)
class Breach:
    """Rows of a model that point across by one of its fields."""

    model: str
    field: str
    rows: int

    def __str__(self) -> str:
        return f"{self.rows} of {self.model} point at a record of another school by {self.field}."


def links() -> Iterator[tuple[type[models.Model], str]]:
    """Every foreign key from a record of a school to a record of a school."""
    for model in apps.get_models():
        if _belongs(model):
            for field in model._meta.get_fields():
                if isinstance(field, models.ForeignKey) and field.name != OF_A_SCHOOL and _belongs(field.related_model):
                    yield model, field.name


def breaches() -> list[Breach]:
    """What points across. Two counts of rows a foreign key, and no row is read."""
    found = []
    with scopes_disabled():
        for model, field in links():
            across = model._base_manager.exclude(**{f"{field}__isnull": True}).exclude(
                school_id=F(f"{field}__school_id")
            )
            if rows := across.count():
                found.append(Breach(model._meta.label, field, rows))
    return found


def _belongs(model: object) -> bool:
    return (
        isinstance(model, type)
        and issubclass(model, models.Model)
        and any(field.name == OF_A_SCHOOL and field.is_relation for field in model._meta.fields)
    )
