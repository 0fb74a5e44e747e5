"""How a school reads what the rules leave open: its own choices where it has made any, and each framework's default elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from careers.evaluation.people import setting_of
from careers.leadership.models import ChosenReading
from careers.schools.models import School
from criteria.loading import load, load_all, names
from criteria.model import Criterion, Framework, Reading, Source

Choices = Mapping[str, Mapping[str, str]]
"""Framework, then key of a reading, then the choice."""
NONE_CHOSEN: Choices = MappingProxyType({})


def choices_of(school: School) -> Choices:
    """The school's own choices. One that its framework no longer offers is passed over."""
    found: dict[str, dict[str, str]] = {}
    for framework, key, choice in ChosenReading.objects.filter(school=school).values_list("framework", "key", "choice"):
        if choice in _offered(framework, key):
            found.setdefault(framework, {})[key] = choice
    return found


def with_readings(framework: Framework, choices: Choices) -> Framework:
    """The framework as the school reads it."""
    return load(framework.id, readings=choices[framework.id]) if framework.id in choices else framework


def _offered(framework: str, key: str) -> tuple[str, ...]:
    readings = load(framework).readings if framework in names() else ()
    return next((tuple(dict(each.choices)) for each in readings if each.key == key), ())


@dataclass(frozen=True)
class Question:
    """One open question of a framework: what the school chose, who did and when, and which criteria hang on it."""

    framework: Framework
    reading: Reading
    source: Source
    choice: str
    chosen: ChosenReading | None
    criteria: tuple[Criterion, ...]

    @property
    def words(self) -> str:
        return dict(self.reading.choices)[self.choice]

    @property
    def default_words(self) -> str:
        return dict(self.reading.choices)[self.reading.default]

    @property
    def is_default(self) -> bool:
        return self.choice == self.reading.default


def questions(school: School, frameworks: tuple[Framework, ...]) -> list[Question]:
    """Every question that these frameworks leave open and that decides something for a school of this kind, in their order."""
    setting = setting_of(school)
    rows = {(r.framework, r.key): r for r in ChosenReading.objects.filter(school=school).select_related("chosen_by")}
    choices = choices_of(school)
    found = []
    for framework in frameworks:
        sources = {source.code: source for source in framework.sources}
        for reading in framework.readings:
            choice = choices.get(framework.id, {}).get(reading.key, reading.default)
            held = rows.get((framework.id, reading.key))
            hanging = tuple(c for c in framework.criteria if reading.key in c.readings and setting in c.settings)
            if hanging:
                found.append(Question(framework, reading, sources[reading.source], choice, held, hanging))
    return found


def find_question(school: School, framework: str, key: str) -> Question | None:
    """One open question of any framework; None where there is none of that name."""
    home = next((each for each in load_all() if each.id == framework), None)
    if home is None:
        return None
    return next((q for q in questions(school, (home,)) if q.reading.key == key), None)


def unusual(school: School, framework: Framework, criterion: Criterion) -> list[Question]:
    """The questions on which a criterion hangs and that this school reads otherwise than by default."""
    if not criterion.readings:
        return []
    asked = questions(school, (framework,))
    return [each for each in asked if each.reading.key in criterion.readings and not each.is_default]
