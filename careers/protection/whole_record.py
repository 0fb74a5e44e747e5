"""A pupil's whole record, gathered from every kind of record that `holdings` says has a way to a pupil.

Nothing here names a kind of record: a new one with a way to a pupil is handed over as soon as its holding says how. What no
foreign key leads to (the audit, traces of imports, the pupil's own account) is added by `careers.protection.traces`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac

from careers.protection.holdings import Category, Holding, about_pupils
from careers.pupils.models import Pupil

NOT_RECORDED = "Not recorded"
LONG_TEXT = 100
"""Letters from which a plain field can hold a sentence, in which somebody else may be named."""


@dataclass(frozen=True)
class Item:
    """One fact. `value` is as it is kept (what the JSON says), `shown` in words. `key` stands for it in a form."""

    name: str
    label: str
    value: Any
    shown: str
    key: str = ""
    free: bool = False
    """Whether it is free text."""


@dataclass(frozen=True)
class Entry:
    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Section:
    """Everything of one kind, with what the law asks to be said of it (UK GDPR article 15(1))."""

    key: str
    title: str
    what: str
    entries: tuple[Entry, ...]
    why: str = ""
    source: str = ""
    seen_by: str = ""
    rule: str = ""
    empty: str = "Nothing is held."


def sections_of(pupil: Pupil) -> list[Section]:
    """Who the pupil is comes first. One query for each kind of record, however much there is of it."""
    kinds = sorted((held for held in about_pupils() if held.handed_over), key=lambda held: held.model != "pupils.pupil")
    return [section_of(held, held.rows_of_pupil(pupil)) for held in kinds]


def section_of(held: Holding, rows: models.QuerySet[Any], *, to_read: bool = True) -> Section:
    """`to_read`: whether somebody reads its free texts before it is handed over."""
    model = apps.get_model(held.model)
    fields = {lookup: field_at(model, lookup) for lookup in held.handed_over}
    found = rows.order_by(*order_of(model), "pk").values("pk", *held.handed_over)
    entries = tuple(Entry("", tuple(_items(held, fields, row, to_read))) for row in found)
    return described(held, entries)


def described(held: Holding, entries: tuple[Entry, ...]) -> Section:
    return Section(
        held.key, held.title, held.what, entries, why=held.why, source=held.source, seen_by=held.seen_by, rule=held.rule
    )


def order_of(model: type[models.Model]) -> Sequence[Any]:
    """As it happened: by the day that most says when."""
    names = {field.name for field in model._meta.concrete_fields}
    for name in ("starts_on", "given_on", "asked_on", "received_on", "academic_year", "recorded_at"):
        if name in names:
            return (models.F(name).asc(nulls_last=True),)
    if "activity" in names:
        return (models.F("activity__starts_on").asc(nulls_last=True),)
    return ("group__academic_year",) if "group" in names else ()


def field_at(model: type[models.Model], lookup: str) -> models.Field[Any, Any]:
    """The field at the end of a look-up such as `activity__title`."""
    *ways, last = lookup.split("__")
    for way in ways:
        found = model._meta.get_field(way).related_model
        if found is None or isinstance(found, str):
            raise FieldDoesNotExist(lookup)
        model = found
    field = model._meta.get_field(last)
    if not isinstance(field, models.Field):
        raise FieldDoesNotExist(lookup)
    return field


def _items(
    held: Holding, fields: dict[str, models.Field[Any, Any]], row: dict[str, Any], to_read: bool
) -> Iterable[Item]:
    for lookup, label in held.handed_over.items():
        field, value = fields[lookup], row[lookup]
        long = is_free_text(field) and held.personal.get(lookup) is not Category.BASIC
        free = to_read and (long or lookup in held.read_first)
        key = form_key(held.key, row["pk"], lookup) if free and value else ""
        yield Item(lookup, label, plain(value), in_words(value, field), key, free)


def form_key(*parts: object) -> str:
    """What stands for a text in a form: no number of the database, and the same each time."""
    return salted_hmac("careers.protection.whole_record", " ".join(str(part) for part in parts)).hexdigest()[:16]


def is_free_text(field: models.Field[Any, Any]) -> bool:
    if isinstance(field, models.EmailField) or getattr(field, "choices", None):
        return False
    if isinstance(field, models.TextField):
        return True
    return isinstance(field, models.CharField) and (field.max_length or 0) >= LONG_TEXT


def plain(value: Any) -> Any:
    """As JSON can keep it."""
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value


def in_words(value: Any, field: models.Field[Any, Any] | None = None) -> str:
    if value is None or value == "" or value == [] or value == {}:
        return NOT_RECORDED
    choices = dict(getattr(field, "flatchoices", None) or ())
    if value in (True, False) and isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, (dict, list)):
        return _nested(value)
    return str(choices[value]) if value in choices else _plain_words(value)


def _plain_words(value: Any) -> str:
    if isinstance(value, datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return f"{local.day} {local:%B %Y, %H:%M}"
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    return f"{value:g}" if isinstance(value, (float, Decimal)) else str(value)


def _nested(value: Any) -> str:
    if isinstance(value, dict):
        said = [
            f"{str(name).replace('_', ' ')}: {_nested(part)}" for name, part in value.items() if part not in (None, "")
        ]
        return "; ".join(said)
    if isinstance(value, list):
        return ", ".join(_nested(part) for part in value)
    return in_words(value)


def without(sections: Iterable[Section], keys: dict[str, str]) -> tuple[list[Section], list[dict[str, str]]]:
    """The sections with some texts left out, and a list of these with the reasons. `keys`: the text's key to the reason."""
    left_out: list[dict[str, str]] = []

    def kept(section: Section, item: Item) -> Item:
        if item.key not in keys or not item.key:
            return item
        left_out.append({"what": f"{section.title}: {item.label.lower()}", "why": keys[item.key]})
        words = f"Left out: {keys[item.key]}"
        return replace(item, value=words, shown=words)

    found = [
        replace(
            section, entries=tuple(replace(e, items=tuple(kept(section, i) for i in e.items)) for e in section.entries)
        )
        for section in sections
    ]
    return found, left_out
