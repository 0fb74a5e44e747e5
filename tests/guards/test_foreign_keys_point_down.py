"""The import contract cannot see a foreign key written as text, so the layers are held to here as well."""

import tomllib
from itertools import chain

from django.apps import apps
from django.conf import settings

from tests.guards.checkout import ROOT


def depths() -> dict[str, int]:
    """Each folder's line in the import contract, counted from the top."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    (contract,) = [found for found in project["tool"]["importlinter"]["contracts"] if found["id"] == "layers"]
    lines = [[name.strip(" ()") for name in line.split("|")] for line in contract["layers"]]
    return {name: depth for depth, names in enumerate(lines) for name in names}


def test_every_foreign_key_points_to_the_same_folder_or_to_a_lower_one() -> None:
    depth = depths()
    ours = [config for config in apps.get_app_configs() if config.name.startswith("careers.")]
    relations = [
        (model._meta.app_label, field.related_model._meta.app_label, str(field))
        for model in chain.from_iterable(config.get_models() for config in ours)
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model
    ]
    assert [
        field for here, there, field in relations if there in depth and there != here and depth[there] <= depth[here]
    ] == []


def test_the_settings_list_every_folder_in_the_order_of_the_contract() -> None:
    depth = depths()
    assert [depth[folder] for folder in settings.FOLDERS] == sorted(depth[folder] for folder in settings.FOLDERS)
    with_models = {path.parent.parent.name for path in (ROOT / "careers").glob("*/migrations/0001*.py")}
    assert with_models <= set(settings.FOLDERS)
