"""Which pupil each row of a list is about. Whoever is not surely one is a question, asked once for all rows that say the same."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from careers.imports.lists import days
from careers.imports.lists.mapping import NOBODY, Fixes, Mapping
from careers.imports.reading.table import Row, is_blank
from careers.pupils.matching import Match, Matching, Sought
from careers.pupils.models import Pupil, YearHeld
from careers.schools.models import School

SAID = ("upn", "mis_id", "email", "surname", "forename", "name", "form")
QUESTIONS_KEPT = 2_000
LABELS = {
    "upn": "UPN", "mis_id": "School’s number", "email": "E-mail", "surname": "Surname", "forename": "Forename", "name": "Name",
    "form": "Form", "born": "Born",
}  # fmt: skip


@dataclass
class Question:
    """A pupil the file names and who is not surely one here: what it says, why not, whom it may be, in which rows."""

    key: str
    words: list[tuple[str, str]]
    why: str
    match: Match
    rows: list[int] = field(default_factory=list)


class People:
    """Finds pupils for rows, keeping the questions to ask and the answers already given."""

    def __init__(self, school: School, academic_year: int, fixes: Fixes, mapping: Mapping) -> None:
        self.fixes, self.mapping = fixes, mapping
        self.year = academic_year
        self.matching = Matching(Pupil.objects.filter(school=school), academic_year=academic_year)
        self.by_reference = {pupil.reference: pupil for pupil in self.matching.pupils.values()}
        self.school = school
        self.questions: dict[str, Question] = {}
        self.left_out: dict[str, str] = {}
        """Pupils left out as nobody of ours, by the words of the file."""
        self.rows_left_out = 0
        self.chosen: dict[str, Pupil] = {}

    def find(self, row: Row) -> Pupil | None:
        """The pupil; None where there is a question, or an answer that it is nobody of ours.

        Raises NotUnderstood for a birthday that is no date.
        """
        sought = sought_in(row, self.mapping)
        key = key_of_words(sought)
        if answer := self.fixes.people.get(key):
            return self._answered(key, answer, sought)
        match = self.matching.match(sought)
        if match.pupil is not None:
            return match.pupil
        if match.nobody and self.fixes.nobody and words_in(sought):
            self._leave_out(key, sought)
            return None
        question = self.questions.setdefault(key, Question(key, words_in(sought), match.reason, match))
        question.rows.append(row.number)
        return None

    def _answered(self, key: str, answer: str, sought: Sought) -> Pupil | None:
        if answer == NOBODY:
            self._leave_out(key, sought)
            return None
        pupil = self.by_reference.get(answer)
        if pupil is not None:
            self.chosen[key] = pupil
        return pupil

    def _leave_out(self, key: str, sought: Sought) -> None:
        self.left_out[key] = ", ".join(words for _, words in words_in(sought))
        self.rows_left_out += 1

    def as_json(self) -> list[dict[str, Any]]:
        """The questions as a preview keeps them: those whom it may be first, then those like nobody."""
        ranked = sorted(self.questions.values(), key=lambda asked: (asked.match.nobody, asked.rows[0]))
        kept = ranked[:QUESTIONS_KEPT]
        near = {each.pupil.pk for asked in kept for each in asked.match.candidates}
        held = YearHeld.objects.filter(school=self.school, academic_year=self.year)
        groups = dict(held.values_list("pupil_id", "year_group")) if near else {}
        return [question_json(asked, groups) for asked in kept]


def question_json(asked: Question, groups: dict[int, int]) -> dict[str, Any]:
    candidates = [
        {
            "reference": each.pupil.reference,
            "pk": each.pupil.pk,
            "name": each.pupil.list_name,
            "form": each.form,
            "year": groups.get(each.pupil.pk),
            "born": f"{born.day} {born:%B %Y}" if (born := each.pupil.date_of_birth) else "",
            "alike": each.alike,
        }
        for each in asked.match.candidates
    ]
    return {
        "key": asked.key, "words": asked.words, "why": asked.why, "rows": asked.rows[:20], "times": len(asked.rows),
        "candidates": candidates,
    }  # fmt: skip


def sought_in(row: Row, mapping: Mapping) -> Sought:
    surname, forename, name = (row.text(part) for part in ("surname", "forename", "name"))
    if name and not surname:
        before, comma, after = (part.strip() for part in name.partition(","))
        surname, forename, name = (before, after, "") if comma and after else ("", "", name.rstrip(", "))
    born = row.cells.get("date_of_birth")
    return Sought(
        upn=row.text("upn"), email=row.text("email"), mis_id=row.text("mis_id"), surname=surname, forename=forename, name=name,
        form=row.text("form"), born=None if is_blank(born) else birthday(born, mapping),
    )  # fmt: skip


def birthday(cell: Any, mapping: Mapping) -> date:
    return days.a_day(cell, day_first=mapping.day_first)


def words_in(sought: Sought) -> list[tuple[str, str]]:
    said = [(LABELS[name], getattr(sought, name)) for name in SAID]
    if sought.born:
        said.append((LABELS["born"], f"{sought.born.day} {sought.born:%B %Y}"))
    return [(label, words) for label, words in said if words]


def key_of_words(sought: Sought) -> str:
    """The same for all rows that say the same of a pupil, and nobody's name: it is a name of fields on a page."""
    said = [getattr(sought, name).casefold() for name in SAID] + [str(sought.born or "")]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:16]
