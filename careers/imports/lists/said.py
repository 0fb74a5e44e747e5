"""How a list was understood, in sentences: what the columns mean, what was asked and answered, who was chosen and who left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from careers.imports.lists.mapping import LEAVE, Mapping
from careers.imports.lists.meanings import IGNORE, MARKS, SESSIONS, label_of
from careers.programme.models import Activity

if TYPE_CHECKING:
    from careers.imports.lists.activities import ListActivities
    from careers.imports.lists.people import People
    from careers.imports.lists.rows import Reading

NAMED = 20
SHAPES = {
    "long": "A row for each pupil and activity.",
    "activities": "A row for each activity, without pupils. What was on a day that has passed is taken to have happened.",
    "matrix": "A row for each pupil, with a column for each activity.",
    "sessions": "A row for each pupil, with a column for each day of one activity.",
    "list": "A list of pupils at one activity.",
}
TYPES = {str(value): str(label) for value, label in Activity.Type.choices}


def understood(reading: Reading, people: People, planner: ListActivities) -> list[str]:
    mapping = reading.mapping
    return [
        SHAPES[mapping.shape],
        *columns_said(reading),
        *words_said("Types", mapping.types, TYPES),
        *words_said("Attendance", {k: v for k, v in mapping.marks.items() if k != v}, {}),
        *settings_said(mapping, reading),
        *answers_said(reading, people, planner),
    ]


def columns_said(reading: Reading) -> list[str]:
    pairs = zip(reading.sheet.columns, reading.mapping.means, strict=False)
    used = [(column.name, meaning) for column, meaning in pairs if meaning not in (IGNORE, MARKS, SESSIONS)]
    said = "; ".join(f"“{name}”: {small(label_of(meaning))}" for name, meaning in used)
    marks = len(reading.places.get(MARKS, [])) or len(reading.places.get(SESSIONS, []))
    what = "activity" if MARKS in reading.places else "day"
    counted = f"{marks} column{'s' * (marks != 1)} of marks, each for one {what}." if marks else ""
    return [*([f"Columns: {said}."] if said else []), *([counted] if counted else [])]


def small(label: str) -> str:
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def words_said(about: str, words: dict[str, str], labels: dict[str, str]) -> list[str]:
    unlike = {k: labels.get(v, v) for k, v in words.items() if k != labels.get(v, v).casefold()}
    if not unlike:
        return []
    said = [f"“{word}”: {'left out' if meaning == LEAVE else small(meaning)}" for word, meaning in unlike.items()]
    more = f"; and {len(said) - NAMED} more" if len(said) > NAMED else ""
    return [f"{about}: {'; '.join(said[:NAMED])}{more}."]


def settings_said(mapping: Mapping, reading: Reading) -> list[str]:
    said = []
    if mapping.has(MARKS, SESSIONS, "status"):
        said.append("An empty mark is left out." if mapping.blank == LEAVE else f"An empty mark means {mapping.blank}.")
    elif mapping.shape in ("long", "list"):
        said.append(f"There is no column for attendance: everyone listed is taken as {mapping.listed}.")
    if mapping.one_activity:
        said.append(
            "Several days of one title are one activity with several sessions; a pupil’s best mark stands for it."
        )
    elif mapping.shape == "sessions":
        said.append("A pupil’s best mark of all days stands for the activity.")
    if mapping.fill_down:
        said.append("An empty title, type or date is that of the row above.")
    if not mapping.day_first:
        said.append("Dates in figures are read with the month first.")
    if reading.once.title and not mapping.has("title", "type", MARKS):
        said.append(f"The activity is “{reading.once.title}”.")
    if reading.once.type:
        said.append(f"What has no type of its own is: {TYPES.get(reading.once.type, 'left out')}.")
    return said


def answers_said(reading: Reading, people: People, planner: ListActivities) -> list[str]:
    fixes, said = reading.fixes, []
    for row, cells in sorted(fixes.cells.items(), key=lambda item: int(item[0]))[:NAMED]:
        columns = {column.index: column.name for column in reading.sheet.columns}
        put = "; ".join(f"{columns.get(int(index), '')} to “{value}”" for index, value in cells.items())
        said.append(f"Put right here: row {row}, {put}.")
    if fixes.skip:
        rows = ", ".join(map(str, sorted(fixes.skip)[:NAMED]))
        more = f" and {len(fixes.skip) - NAMED} more" if len(fixes.skip) > NAMED else ""
        said.append(f"Left out as you asked: row{'s' * (len(fixes.skip) != 1)} {rows}{more}.")
    if people.chosen:
        names = "; ".join(pupil.list_name for pupil in list(people.chosen.values())[:NAMED])
        said.append(f"Chosen by you: {len(people.chosen)} pupil{'s' * (len(people.chosen) != 1)} ({names}).")
    if people.left_out:
        names = "; ".join(list(people.left_out.values())[:NAMED])
        rows = f"{people.rows_left_out:,} row{'s' * (people.rows_left_out != 1)}"
        said.append(
            f"Left out as nobody of ours: {rows} ({names}{'; and others' if len(people.left_out) > NAMED else ''})."
        )
    if planner.strange_staff:
        names = ", ".join(list(planner.strange_staff)[:NAMED])
        said.append(f"No one who signs in here has these names, so they are not kept as owners: {names}.")
    return said
