"""Two records of one partner become one: everything that points at the second is moved to the first, which then holds both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, models, transaction

from careers.accounts.models import User
from careers.audit.record import record
from careers.design.editing import ChangedMeanwhile, stamp_of
from careers.partners.facts import FACTS, answers_of, shown
from careers.partners.models import Partner

EMPTY: tuple[Any, ...] = ("", None, [])


class BothOpen(Exception):
    """Both partners have something that may be there only once. Nothing is merged."""


@dataclass(frozen=True)
class Fact:
    """A fact the two hold otherwise: what is kept, and whether that comes from the record that goes."""

    name: str
    kept: str
    other: str
    taken: bool


@dataclass(frozen=True)
class Preview:
    """What merging would do. `moved` is how many records of each kind point at the one that goes, in words."""

    kept: Partner
    goes: Partner
    facts: tuple[Fact, ...]
    moved: tuple[tuple[str, int], ...]
    stamp: str


def preview(kept: Partner, goes: Partner) -> Preview:
    """What merging the second into the first would do. A query for each kind of record that points at partners."""
    moved = tuple((str(model._meta.verbose_name_plural), _of(model, way, goes).count()) for model, way in pointing())
    return Preview(
        kept, goes, tuple(_differing(kept, goes)), tuple(each for each in moved if each[1]), _stamp(kept, goes)
    )


def merge(*, kept: Partner, goes: Partner, stamp: str | None, by: User) -> Partner:
    """Move everything to `kept`, fill what it lacks, remember the other's names, and take the other out. It cannot be undone.

    Raises ChangedMeanwhile when either is no longer what the preview showed (`stamp`). A row that `kept` has already, such
    as both having taken part in one activity, is not kept twice. Raises BothOpen where a rule with a
    condition lets both hold a row apart and not together, such as a link that may be open once.
    """
    with transaction.atomic():
        found = {p.pk: p for p in Partner.objects.select_for_update().filter(pk__in=[kept.pk, goes.pk])}
        if len(found) < 2:
            raise ChangedMeanwhile
        first, second = found[kept.pk], found[goes.pk]
        if stamp is not None and stamp != _stamp(first, second):
            raise ChangedMeanwhile
        moved = {str(model._meta.verbose_name_plural): _move(model, way, first, second) for model, way in pointing()}
        for name in FACTS:
            if _is_taken(name, first, second):
                setattr(first, name, getattr(second, name))
        names = [*first.other_names, second.name, *second.other_names]
        first.other_names = [name for name in dict.fromkeys(names) if name != first.name]
        if second.gone_on is None:
            first.gone_on = None
        second.delete()
        first.save()
        counts = {name: number for name, number in moved.items() if number}
        record("merged partners", by=by, school=first.school, subject=first, moved=counts)
    return first


def pointing() -> Iterator[tuple[type[models.Model], str]]:
    """Every kind of record that points at a partner, in whichever folder, and the field it does so by."""
    for relation in Partner._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel):
            yield relation.related_model, relation.field.name  # type: ignore[misc]


def _of(model: type[models.Model], way: str, partner: Partner) -> models.QuerySet[Any]:
    return model._default_manager.filter(**{way: partner})


def _move(model: type[models.Model], way: str, kept: Partner, goes: Partner) -> int:
    """How many rows were moved. Where only one may be for a partner and something else, the second's is left out."""
    for others in _once_for(model, way):
        if others:
            same = {name: models.OuterRef(name) for name in others}
            there = _of(model, way, kept).filter(**same)
            _of(model, way, goes).filter(models.Exists(there)).delete()
    try:
        with transaction.atomic():
            return _of(model, way, goes).update(**{way: kept})
    except IntegrityError as sorry:
        raise BothOpen from sorry


def _once_for(model: type[models.Model], way: str) -> Iterator[tuple[str, ...]]:
    """The other fields of each rule that a row is once for a partner."""
    for rule in model._meta.total_unique_constraints:
        if way in rule.fields:
            yield tuple(name for name in rule.fields if name != way)
    for together in model._meta.unique_together:
        if way in together:
            yield tuple(name for name in together if name != way)


def _stamp(kept: Partner, goes: Partner) -> str:
    both = (answers_of(partner) | {"names": partner.other_names, "pk": partner.pk} for partner in (kept, goes))
    return stamp_of(dict(zip(("kept", "goes"), both, strict=True)))


def _is_taken(name: str, kept: Partner, goes: Partner) -> bool:
    return getattr(kept, name) in EMPTY and getattr(goes, name) not in EMPTY


def _differing(kept: Partner, goes: Partner) -> Iterator[Fact]:
    for name in FACTS:
        if getattr(kept, name) != getattr(goes, name) and getattr(goes, name) not in EMPTY:
            field = str(Partner._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            yield Fact(field, shown(kept, name), shown(goes, name), _is_taken(name, kept, goes))
