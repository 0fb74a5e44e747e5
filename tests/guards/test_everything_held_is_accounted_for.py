"""Whatever can hold something about a person is named in careers/protection/held/: what, why, how long, and what an erasure does.

A new model, or a new field of an old one, fails here until somebody has thought about it. It takes a few lines of YAML.
"""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection, models

from careers.protection.holdings import EVERYWHERE, Category, Erased, Holding, grounds, holdings, installed, nothing
from careers.protection.rules import rules

each_holding = pytest.mark.parametrize("held", holdings(), ids=lambda held: held.key)
each_installed = pytest.mark.parametrize("held", installed(), ids=lambda held: held.key)
WORDS = ("what", "why", "basis", "source", "seen_by", "corrected", "erased_why")


def every_model() -> list[type[models.Model]]:
    return apps.get_models(include_auto_created=True)


def columns(model: type[models.Model]) -> set[str]:
    return {field.name for field in model._meta.concrete_fields} - EVERYWHERE


def test_every_model_is_named() -> None:
    named = {held.model for held in holdings()} | set(nothing()["models"])
    missing = [model._meta.label_lower for model in every_model() if model._meta.label_lower not in named]
    assert missing == [], (
        "Say in careers/protection/held/*.yaml what each of these holds about people, or in nothing.yaml why nothing."
    )


@each_installed
def test_every_field_is_said_to_be_personal_or_not(held: Holding) -> None:
    said = list(held.personal) + list(held.not_personal)
    assert len(said) == len(set(said))
    there = columns(apps.get_model(held.model))
    assert there - set(said) == set(), f"Put these fields of {held.model} under 'personal' or 'not personal' in held/."
    assert set(said) - there == set(), f"{held.model} has no such fields any more: take them out of held/."


def test_every_table_of_the_database_is_a_models_or_named(db: None) -> None:
    known = {model._meta.db_table for model in every_model()} | set(nothing()["tables"])
    assert set(connection.introspection.table_names()) - known == set(), "Name these tables in held/nothing.yaml."


def test_no_kind_of_record_is_told_twice() -> None:
    keys = [held.key for held in holdings()]
    assert sorted(keys) == sorted(set(keys))


def test_a_model_of_ours_that_is_named_is_there() -> None:
    ours = {app.label for app in apps.get_app_configs() if app.name.startswith("careers.")}
    named = {held.model for held in holdings() if held.model.partition(".")[0] in ours}
    assert named - {model._meta.label_lower for model in every_model()} == set()


@each_holding
def test_what_is_personal_is_explained_in_full(held: Holding) -> None:
    if not held.personal:
        assert held.whose == "nobody"
        return
    assert held.whose in ("pupil", "person")
    assert [name for name in WORDS if not getattr(held, name)] == []
    assert held.rule in {rule.key for rule in rules()}
    assert bool(held.handed_over) != bool(held.not_handed_over), "Say what is handed over, or why nothing is."


@each_holding
def test_what_is_special_rests_on_a_ground_for_it(held: Holding) -> None:
    known = set(grounds())
    assert {name for name in (held.basis, held.special_basis) if name} <= known
    assert bool(held.special_basis) == (Category.SPECIAL in held.categories)


@each_installed
def test_what_is_handed_over_can_be_read(held: Holding, db: None) -> None:
    model = apps.get_model(held.model)
    plain = models.QuerySet(model)
    ways = [*held.handed_over, *(way for way in (held.of_pupil, held.of_person) if way)]
    str(plain.filter(**held.rows.get("filter", {})).exclude(**held.rows.get("exclude", {})).values(*ways).query)


@each_installed
def test_every_way_to_a_pupil_or_a_person_is_taken(held: Holding) -> None:
    """A foreign key to a pupil is a way to one; so is one to a person, unless the record is a pupil's."""
    model = apps.get_model(held.model)
    keys = {f.name: f.related_model._meta.label_lower for f in model._meta.concrete_fields if f.is_relation}
    if "pupils.pupil" in keys.values():
        assert held.of_pupil, f"{held.model} has a key to a pupil: say so under 'of pupil'."
    if "accounts.user" in keys.values() and held.whose == "person":
        assert held.of_person, f"{held.model} has a key to a person: say so under 'of person'."


@each_installed
def test_what_is_erased_is_not_blanked_where_it_has_nothing_to_blank(held: Holding) -> None:
    if held.erased is Erased.BLANK:
        assert held.personal
