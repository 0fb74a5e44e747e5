"""Texts in which another pupil of the school may be named: a person reads these before a record is handed over."""

from __future__ import annotations

import re
from dataclasses import dataclass

from careers.protection.whole_record import Section
from careers.pupils.models import Pupil

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
NAMES = ("forename", "surname", "preferred_forename", "preferred_surname")
LONG = 200
"""Letters of free text that are read in any case: nobody's list of names finds "her sister"."""


@dataclass(frozen=True)
class Text:
    """A free text of the record, for the page on which somebody decides whether to leave it out."""

    key: str
    where: str
    words: str
    names: tuple[str, ...]
    """Other pupils of the school whom it may name."""


def texts_to_read(pupil: Pupil, sections: list[Section]) -> list[Text]:
    """Texts that may name another pupil first, then every note. Titles in which nobody is named are not listed. One query."""
    names = Names(pupil)
    found = [
        Text(item.key, f"{section.title}: {item.label.lower()}", item.shown, names.within(item.shown))
        for section in sections
        for entry in section.entries
        for item in entry.items
        if item.key
    ]
    return sorted((text for text in found if text.names or _is_note(text, sections)), key=lambda text: not text.names)


def _is_note(text: Text, sections: list[Section]) -> bool:
    return len(text.words) >= LONG or text.key in _notes(sections)


def _notes(sections: list[Section]) -> set[str]:
    """Keys of texts that are nobody's title: written by a person about a person."""
    return {
        item.key
        for section in sections
        for entry in section.entries
        for item in entry.items
        if item.key and section.key not in ("import-change", "activity-facts", "encounters", "destinations")
    }


class Names:
    """The names of every other pupil of the school, to look for in texts."""

    def __init__(self, pupil: Pupil) -> None:
        others = Pupil.objects.filter(school_id=pupil.school_id).exclude(pk=pupil.pk)
        own = self._pairs(tuple(getattr(pupil, name) for name in NAMES))
        self.by_surname: dict[str, set[tuple[str, str]]] = {}
        for row in others.values_list(*NAMES):
            for pair in self._pairs(row) - own:
                self.by_surname.setdefault(pair[1].split()[0], set()).add(pair)

    @staticmethod
    def _pairs(names: tuple[str, ...]) -> set[tuple[str, str]]:
        forename, surname, preferred, preferred_surname = (name.casefold().strip() for name in names)
        return {(f, s) for f in (forename, preferred) if f for s in (surname, preferred_surname) if s}

    def within(self, words: str) -> tuple[str, ...]:
        """Whose forename and surname both stand in the words, side by side or not."""
        there = {word.casefold() for word in WORD.findall(words)}
        near = {pair for word in there for pair in self.by_surname.get(word, ())}
        found = {f"{f} {s}".title() for f, s in near if {*WORD.findall(f), *WORD.findall(s)} <= there}
        return tuple(sorted(found))
