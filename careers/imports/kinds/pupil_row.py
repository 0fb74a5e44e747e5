"""One pupil as a file describes them, from whichever kind of file. What the file leaves blank is left out: it is not known."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from careers.pupils.models import Characteristic, Pupil

CHARACTERISTICS = tuple(Characteristic.Kind.values)
FIELDS = {field.name: field for field in Pupil._meta.concrete_fields}
Identity = tuple[str, str, date | None]


@dataclass
class PupilRow:
    number: int
    facts: dict[str, Any]
    """Fields of `Pupil`. The former UPN is a fact too."""
    year_group: int | None = None
    form: str = ""
    house: str = ""
    characteristics: dict[str, str] = field(default_factory=dict)
    """Kind to code: N, K or E for SEN provision, Y or N for the others."""
    since: dict[str, date] = field(default_factory=dict)
    """Kind to the day the file says it began, where it says so."""
    subjects: tuple[str, ...] = ()
    """All that the pupil studies in the academic year; empty where the file does not say."""

    @property
    def upn(self) -> str:
        return self.facts.get("upn", "")

    @property
    def identity(self) -> Identity:
        return identity_of(
            self.facts.get("surname", ""), self.facts.get("forename", ""), self.facts.get("date_of_birth")
        )

    @property
    def label(self) -> str:
        year = f", Year {self.year_group}" if self.year_group else ""
        return f"{self.facts.get('surname', '')}, {self.facts.get('forename', '')}".strip(", ") + year

    def as_json(self) -> dict[str, Any]:
        """What an `Arrival` keeps of the row until a person has said who it is."""
        facts = {name: value.isoformat() if isinstance(value, date) else value for name, value in self.facts.items()}
        kept: dict[str, Any] = {
            "facts": facts,
            "form": self.form,
            "house": self.house,
            "characteristics": self.characteristics,
        }
        if self.subjects:
            kept["subjects"] = list(self.subjects)
        return {
            **kept,
            "year_group": self.year_group,
            "since": {kind: day.isoformat() for kind, day in self.since.items()},
        }


def from_json(kept: dict[str, Any]) -> PupilRow:
    facts = {name: FIELDS[name].to_python(value) for name, value in kept.get("facts", {}).items()}
    since = {kind: date.fromisoformat(day) for kind, day in kept.get("since", {}).items()}
    return PupilRow(
        0,
        facts,
        kept.get("year_group"),
        kept.get("form", ""),
        kept.get("house", ""),
        dict(kept.get("characteristics", {})),
        since,
        tuple(kept.get("subjects", ())),
    )


def identity_of(surname: str, forename: str, born: date | None) -> Identity:
    return surname.casefold(), forename.casefold(), born
