"""How a criterion counts, as a framework writes it."""

from __future__ import annotations

from criteria.conditions import Condition, Includes, Is
from criteria.model import About, Count, Cover, Distinct, EachSubject, Every, Measure, OfWhich, Total
from criteria.tables import Kind
from criteria.vocabulary import askable, read_condition
from criteria.yaml_lines import Mapping


def read_measure(given: Mapping, about: About) -> Measure:
    value = given["measure"]
    if value == "count":
        return Count()
    if value == "each subject studied" and about is About.PUPIL:
        return EachSubject()
    if isinstance(value, Mapping):
        value.only({"distinct", "cover", "groups", "total", "every"})
        if "distinct" in value:
            return Distinct(_attribute(value, "distinct", about, set(Kind)))
        if "total" in value:
            return Total(_attribute(value, "total", about, {Kind.NUMBER, Kind.INTEGER}))
        if "every" in value:
            return Every(read_condition(value.mapping("every"), askable(about.log)))
        if "cover" in value:
            return Cover(_named(value, about))
    given.refuse(
        "measure",
        f"found {value!r}",
        "write count, each subject studied, or a mapping with distinct, cover, total or every",
    )


def read_of_which(given: Mapping, about: About) -> OfWhich | None:
    """What some of the encounters counted must also be."""
    if "of which" not in given:
        return None
    if not isinstance(read_measure(given, about), (Count, Total)):
        given.refuse(
            "of which", "it stands beside a measure that has parts of its own", "use it with count or total only"
        )
    special = given.mapping("of which")
    special.only({"at least", "test"})
    return OfWhich(int(special.number("at least")), read_condition(special.mapping("test"), askable(about.log)))


def _named(value: Mapping, about: About) -> tuple[tuple[str, Condition], ...]:
    """The named things to cover: conditions under `cover`, or groups of codes of one attribute, which is shorter to write."""
    if isinstance(value["cover"], Mapping):
        named = value.mapping("cover")
        return tuple((name, read_condition(named.mapping(name), askable(about.log))) for name in named)
    attribute = _attribute(value, "cover", about, {Kind.CODES, Kind.TEXT})
    groups, is_list = value.mapping("groups"), about.log.column(attribute).kind is Kind.CODES
    of = {name: tuple(groups.texts(name)) for name in groups}
    return tuple((name, Includes(attribute, codes) if is_list else Is(attribute, codes)) for name, codes in of.items())


def _attribute(given: Mapping, key: str, about: About, kinds: set[Kind]) -> str:
    name, columns = given.text(key), askable(about.log)
    if name not in columns or columns[name].kind not in kinds:
        allowed = [column.name for column in columns.values() if column.kind in kinds]
        given.refuse(key, f"'{name}' cannot be measured this way", f"use one of {', '.join(allowed)}")
    return name
