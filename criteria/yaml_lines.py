"""YAML that remembers its lines, and refusals a careers person can act on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, NoReturn, TypeVar

Choice = TypeVar("Choice", bound=StrEnum)


class FrameworkError(ValueError):
    """A framework that cannot be read as it stands. The message is one line a person can act on."""


class Mapping:
    """A mapping in a file: its values, and the line each key stands on."""

    def __init__(self, path: Path, line: int, values: dict[str, Any], lines: dict[str, int]) -> None:
        self.path, self.line, self._values, self._lines = path, line, values, lines

    @property
    def where(self) -> str:
        return f"{self.path.parent.name}/{self.path.name}, line {self.line}"

    def refuse(self, key: str, found: str, remedy: str) -> NoReturn:
        """Stop, naming file, line and key, what was found, and what to do."""
        line = self._lines.get(key, self.line)
        raise FrameworkError(f"{self.path.parent.name}/{self.path.name}, line {line}, '{key}': {found}; {remedy}.")

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def __getitem__(self, key: str) -> Any:
        if key not in self._values:
            self.refuse(key, "it is missing", f"add '{key}'")
        return self._values[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def items(self) -> Iterable[tuple[str, Any]]:
        return self._values.items()

    def changed_by(self, other: Mapping) -> Mapping:
        """This mapping with what another says put in its place, each key keeping the line it was written on."""
        return Mapping(self.path, self.line, {**self._values, **other._values}, {**self._lines, **other._lines})

    def only(self, allowed: Iterable[str]) -> None:
        allowed = sorted(allowed)
        for key in self._values:
            if key not in allowed:
                self.refuse(key, "it is not something that can be said here", f"use one of {', '.join(allowed)}")

    def optional(self, key: str) -> Any:
        return self._values.get(key)

    def text(self, key: str) -> str:
        value = self[key]
        if not isinstance(value, str) or not value.strip():
            self.refuse(key, f"found {value!r} where words are wanted", "write text")
        return " ".join(value.split())

    def texts(self, key: str) -> list[str]:
        value = self[key]
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.refuse(
                key, f"found {value!r} where a list of words is wanted", "write a list, such as [school, special]"
            )
        return value

    def number(self, key: str) -> float:
        value = self[key]
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            self.refuse(key, f"found {value!r} where a number is wanted", "write a number")
        return value

    def day(self, key: str) -> date:
        value = self[key]
        if type(value) is not date:
            self.refuse(key, f"found {value!r} where a date is wanted", "write it as 2026-09-01")
        return value

    def optional_day(self, key: str) -> date | None:
        return self.day(key) if self._values.get(key) is not None else None

    def choice(self, key: str, kind: type[Choice]) -> Choice:
        value = self[key]
        if value not in [member.value for member in kind]:
            self.refuse(key, f"found {value!r}", f"use one of {', '.join(kind)}")
        return kind(value)

    def mapping(self, key: str) -> Mapping:
        value = self[key]
        if not isinstance(value, Mapping):
            self.refuse(key, f"found {value!r} where a mapping is wanted", "write 'name: value' lines under it")
        return value

    def mappings(self, key: str) -> list[Mapping]:
        value = self[key]
        if not isinstance(value, list) or not all(isinstance(item, Mapping) for item in value):
            self.refuse(key, "it is not a list of mappings", "start each with '- '")
        return value


def read_yaml(path: Path) -> Mapping:
    """Read a file whose top is a mapping."""
    import yaml  # most of what uses this module never reads a file

    # The loader written in C, wherever there is one: the examples are most of a framework, and the other takes eight times as long.
    fastest: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    class Loader(fastest):
        pass

    def construct(loader: Any, node: yaml.MappingNode) -> Mapping:
        own = [key_node.value for key_node, _ in node.value if key_node.tag != "tag:yaml.org,2002:merge"]
        repeated = {key for key in own if own.count(key) > 1}
        lines = {key_node.value: key_node.start_mark.line + 1 for key_node, _ in node.value}
        loader.flatten_mapping(node)
        values = {key.value: loader.construct_object(value, deep=True) for key, value in node.value}
        mapping = Mapping(path, node.start_mark.line + 1, values, lines)
        for key in sorted(repeated):
            mapping.refuse(key, "it is given twice", "keep one")
        return mapping

    Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, construct)
    try:
        found = yaml.load(path.read_text(encoding="utf-8"), Loader)  # noqa: S506 - a SafeLoader with lines
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise FrameworkError(
            f"{path.parent.name}/{path.name}, line {line}: this is not YAML ({error.problem})."
        ) from error
    if not isinstance(found, Mapping):
        raise FrameworkError(f"{path.parent.name}/{path.name}, line 1: expected 'name: value' lines.")
    return found
