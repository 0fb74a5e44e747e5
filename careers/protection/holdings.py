"""What is held about people: one entry for each kind of record, read from `held/*.yaml`.

Subject access, the privacy notice, retention and erasure all read the same entries. A guard test fails where a model, or a field
of one, has none. An entry says:

- `model`: the model's label in lower case; `rows`: which of its rows, where a model holds two kinds (`filter` or `exclude`).
- `whose`: pupil, person (who signs in) or nobody. `of_pupil`, `of_person`: the way from the model to the pupil or the account, as
  Django's look-ups are written; empty where there is none.
- `personal`: field to category. The rest is in `not_personal`, but `id`, `school` and `reference`, which every record has.
- `handed_over`: what a subject access request gives, as look-up to heading; or why not.
- `erased`: what an erasure does: delete, blank or keep, and why. `pseudonymised`: what happens to it when a pupil's name is taken
  away: delete, unless said otherwise.
- `rule`: the key of its retention rule (`careers.protection.rules`). `dated`: the day or time that a rule counts from, where it is
  not the pupil's leaving. `blanked`: what its fields are set to where the rule blanks it, and `has`: what shows it is not yet.
- `read_first`: what somebody reads before it is handed over, besides free text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import models

HELD = Path(__file__).parent / "held"
NOT_KINDS = ("law", "rules", "nothing")
"""Files of the folder that are about something else than kinds of record."""
EVERYWHERE = {"id", "school", "reference"}
"""Fields that every record has: two numbers, and letters drawn by lot for its address."""


class Category(StrEnum):
    """`BASIC` says who somebody is. `SPECIAL` is of a special category, or is treated as such. Nothing here is of crimes."""

    BASIC = "basic"
    ADDITIONAL = "additional"
    SPECIAL = "special"


class Erased(StrEnum):
    DELETE = "delete"
    BLANK = "blank"
    KEEP = "keep"


@dataclass(frozen=True)
class Ground:
    """A ground of law: our own wording, the law, where it can be read, and what of it we have read."""

    text: str
    law: str
    source: str
    read: str


@dataclass(frozen=True)
class Holding:
    key: str
    title: str
    model: str
    what: str
    whose: str
    why: str
    personal: dict[str, Category] = field(default_factory=dict)
    not_personal: tuple[str, ...] = ()
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    of_pupil: str = ""
    of_person: str = ""
    basis: str = ""
    special_basis: str = ""
    source: str = ""
    seen_by: str = ""
    handed_over: dict[str, str] = field(default_factory=dict)
    not_handed_over: str = ""
    corrected: str = ""
    erased: Erased = Erased.KEEP
    erased_why: str = ""
    rule: str = ""
    pseudonymised: Erased = Erased.DELETE
    dated: str = ""
    blanked: dict[str, Any] = field(default_factory=dict)
    has: dict[str, Any] = field(default_factory=dict)
    read_first: tuple[str, ...] = ()

    @property
    def categories(self) -> set[Category]:
        return set(self.personal.values())

    @property
    def grounds(self) -> list[Ground]:
        """On what grounds of law it is held: for what is special, on two."""
        return [grounds()[name] for name in (self.basis, self.special_basis) if name]

    @property
    def is_installed(self) -> bool:
        """Whether this copy has the model: some are of libraries a copy may leave out."""
        return self.model in _installed()

    @property
    def of_a_school(self) -> bool:
        """Whether its rows each belong to one school."""
        return any(each.name == "school" for each in apps.get_model(self.model)._meta.get_fields())

    def all_rows(self) -> models.QuerySet[Any]:
        """The rows of this kind. Needs a school in scope where the model belongs to one."""
        found = apps.get_model(self.model)._default_manager.all()
        if "filter" in self.rows:
            found = found.filter(**self.rows["filter"])
        return found.exclude(**self.rows["exclude"]) if "exclude" in self.rows else found

    def rows_of_pupil(self, pupil: models.Model) -> models.QuerySet[Any]:
        """The rows about a pupil. ValueError where the model has no way to one."""
        if not self.of_pupil:
            raise ValueError(f"{self.key} has no way to a pupil")
        return self.all_rows().filter(**{self.of_pupil: pupil.pk})

    def rows_of_person(self, user: models.Model) -> models.QuerySet[Any]:
        """The rows about somebody who signs in. ValueError where the model has no way to one."""
        if not self.of_person:
            raise ValueError(f"{self.key} has no way to a person")
        return self.all_rows().filter(**{self.of_person: user.pk})


def written(name: str) -> Any:
    """What a file of the folder `held` says."""
    import yaml  # a process that shows no such page need not read the parser

    return _typeset(yaml.safe_load((HELD / f"{name}.yaml").read_text()))


def _typeset(said: Any) -> Any:
    """With the apostrophes of print, which a file of data is written without."""
    if isinstance(said, dict):
        return {name: _typeset(value) for name, value in said.items()}
    if isinstance(said, list):
        return [_typeset(value) for value in said]
    return said.replace("'", "’") if isinstance(said, str) else said


@cache
def holdings() -> tuple[Holding, ...]:
    """Every kind of record: pupils' first, then by the files' names and as written. ValueError says what is wrong with an entry."""
    files = sorted(
        (path for path in HELD.glob("*.yaml") if path.stem not in NOT_KINDS),
        key=lambda path: (path.stem != "pupils", path.stem),
    )
    return tuple(_holding(entry, path.name) for path in files for entry in written(path.stem))


def holding(key: str) -> Holding:
    return next(each for each in holdings() if each.key == key)


def installed() -> list[Holding]:
    """The kinds of record that this copy can hold."""
    return [each for each in holdings() if each.is_installed]


def about_pupils() -> list[Holding]:
    """The kinds of record with a way to a pupil."""
    return [each for each in installed() if each.of_pupil]


def about_people() -> list[Holding]:
    """The kinds of record with a way to somebody who signs in."""
    return [each for each in installed() if each.of_person]


@cache
def grounds() -> dict[str, Ground]:
    return {name: Ground(**_named(entry)) for name, entry in written("law").items()}


@cache
def nothing() -> dict[str, dict[str, str]]:
    """Models and tables that can hold nothing about a person: name to reason, under `models` and `tables`."""
    return written("nothing")


@cache
def _installed() -> frozenset[str]:
    return frozenset(model._meta.label_lower for model in apps.get_models(include_auto_created=True))


def _named(entry: dict[str, Any]) -> dict[str, Any]:
    return {name.replace(" ", "_"): value for name, value in entry.items()}


def _holding(entry: dict[str, Any], file: str) -> Holding:
    fields = _named(entry)
    fields["personal"] = {name: Category(said) for name, said in fields.get("personal", {}).items()}
    fields["not_personal"] = tuple(fields.get("not_personal", ()))
    fields["read_first"] = tuple(fields.get("read_first", ()))
    fields["erased"] = Erased(fields.get("erased", Erased.KEEP))
    fields["pseudonymised"] = Erased(fields.get("pseudonymised", Erased.DELETE))
    try:
        return Holding(**fields)
    except TypeError as wrong:
        raise ValueError(f"held/{file}: {entry.get('key', 'an entry')}: {wrong}") from None
