"""Writes a reference page for each framework, so that every rule can be read without reading data or code.

`python -m criteria pages docs/reference/criteria` writes them; a test fails when one has fallen behind its framework.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from criteria.example_pictures import example_lines
from criteria.loading import FRAMEWORKS, load_all
from criteria.model import About, Criterion, DatedValue, Framework, Heading, Participation, Source
from criteria.rule_words import condition_lines, measure_words, moment_words, population_lines

COMMAND = "python -m criteria pages docs/reference/criteria"
PARTICIPATION = {
    Participation.ATTENDED: "The pupil has to have been there.",
    Participation.OFFERED: "The chance is what counts, whether the pupil took it or not.",
}

WHOM = {About.PUPIL: "each pupil", About.SCHOOL: "the school itself"}
LOGGED = {About.PUPIL: "An encounter", About.SCHOOL: "A milestone"}


def pages(folder: Path = FRAMEWORKS) -> dict[str, str]:
    """File name to Markdown, for every framework and an index of them."""
    frameworks = load_all(folder)
    return {"README.md": _index(frameworks), **{f"{each.id}.md": framework_page(each) for each in frameworks}}


def write_pages(target: Path, folder: Path = FRAMEWORKS) -> list[Path]:
    """Write every page into a folder and give their paths. Pages of frameworks that are no more are removed."""
    target.mkdir(parents=True, exist_ok=True)
    written = [target / name for name in pages(folder)]
    for stale in set(target.glob("*.md")) - set(written):
        stale.unlink()
    for name, text in pages(folder).items():
        (target / name).write_text(text, encoding="utf-8")
    return written


def framework_page(framework: Framework) -> str:
    """The reference page of one framework, as Markdown."""
    lines = [f"# {framework.title}", "", _in_force(framework), "", *_written(framework.id), ""]
    lines += ["| Number | Criterion | Severity | Due |", "| --- | --- | --- | --- |"]
    lines += [
        f"| {c.number} | {_cell(c.title)} | {c.severity} | {moment_words(c.due)} |"
        for heading in framework.headings
        for c in framework.under(heading)
    ]
    sources = {source.code: source for source in framework.sources}
    for heading in framework.headings:
        lines += _heading(framework, heading, sources)
    lines += _open_readings(framework)
    return "\n".join(lines) + "\n"


def _index(frameworks: tuple[Framework, ...]) -> str:
    rows = [f"| [{f.title}]({f.id}.md) | `{f.id}` | {_in_force(f)} | {len(f.criteria)} |" for f in frameworks]
    head = ["| Framework | Name on the command line | In force | Criteria |", "| --- | --- | --- | --- |"]
    return "\n".join(["# The criteria", "", *_written(), "", *head, *rows]) + "\n"


def _written(id: str = "") -> list[str]:
    return [f"Written from `frameworks/{id or '*'}/` by", f"`{COMMAND}`: change the rules there, not here."]


def _in_force(framework: Framework) -> str:
    until = f" to {day(framework.ends)}" if framework.ends else ""
    return f"In force from {day(framework.starts)}{until}."


def _heading(framework: Framework, heading: Heading, sources: dict[str, Source]) -> list[str]:
    title = heading.title if heading.number is None else f"Benchmark {heading.number}: {heading.title}"
    criteria = framework.under(heading)
    nothing = [] if criteria else ["", "It asks nothing that is counted pupil by pupil."]
    lines = ["", f"## {title}", "", heading.summary, *nothing]
    for criterion in criteria:
        lines += _criterion(criterion, sources)
    return lines


def _criterion(criterion: Criterion, sources: dict[str, Source]) -> list[str]:
    when = f"From {moment_words(criterion.opens)} to {moment_words(criterion.closes)}."
    return [
        *("", f"### {criterion.number} {criterion.title}", "", criterion.rule, ""),
        *(f"Id `{criterion.id}`. Severity: {criterion.severity}. Asked of: {WHOM[criterion.about]}.", ""),
        *("**Whom it is about.** All of:", "", *population_lines(criterion.population, criterion.about), ""),
        *(f"**When it counts.** {when} **Due** by {moment_words(criterion.due)}.", ""),
        *(
            f"**What counts.** {LOGGED[criterion.about]} of which all of this is true:",
            "",
            *condition_lines(criterion.qualifying),
            "",
        ),
        *([f"{PARTICIPATION[criterion.participation]}", ""] if criterion.about is About.PUPIL else []),
        *_measure(criterion),
        *_threshold(criterion, sources),
        *_of_which(criterion),
        *_readings(criterion),
        *_changes(criterion, sources),
        *(f"**What would meet it.** {_sentence(criterion.remedy)}", ""),
        *_remarks(criterion),
        *(f"**Sources**, checked on {day(criterion.checked_on)}:", ""),
        *(f"- {_link(sources[code])}" for code in criterion.sources),
        *example_lines(criterion),
    ]


def _measure(criterion: Criterion) -> list[str]:
    sentence, *parts = measure_words(criterion.measure)
    return [
        f"**How it is counted.** {sentence}",
        "",
        *(part.removeprefix("  ") for part in parts),
        *([""] if parts else []),
    ]


def _threshold(criterion: Criterion, sources: dict[str, Source]) -> list[str]:
    if not criterion.threshold:
        return []
    return ["**How many are needed.**", "", *(_dated(value, sources) for value in criterion.threshold), ""]


def _of_which(criterion: Criterion) -> list[str]:
    if criterion.of_which is None:
        return []
    tests = condition_lines(criterion.of_which.test)
    return [f"**Of which** at least {criterion.of_which.at_least} must be such that:", "", *tests, ""]


def _readings(criterion: Criterion) -> list[str]:
    if not criterion.readings:
        return []
    named = ", ".join(f"[{key}](#open-readings)" for key in criterion.readings)
    return [f"**Open to a school's own reading:** {named}. What is shown here is the default.", ""]


def _changes(criterion: Criterion, sources: dict[str, Source]) -> list[str]:
    """How it reads from a day on, where it changes."""
    return [
        line
        for change in criterion.changes
        for line in (
            f"**From {day(change.starts)}** it reads: {change.criterion.rule} Due by {moment_words(change.criterion.due)}."
            f" {_link(sources[change.source])}, checked on {day(change.checked_on)}.",
            "",
        )
    ]


def _open_readings(framework: Framework) -> list[str]:
    """The questions the law leaves open, with the choices a school has."""
    if not framework.readings:
        return []
    sources = {source.code: source for source in framework.sources}
    lines = [
        "",
        "## Open readings",
        "",
        "Questions that the sources leave open. A school may choose; the default is marked.",
    ]
    for reading in framework.readings:
        lines += ["", f"### {reading.question}", "", f"Key `{reading.key}`. {reading.note}", ""]
        lines += [
            f"- `{key}`{' (default)' if key == reading.default else ''}: {words}" for key, words in reading.choices
        ]
        lines += ["", f"Source: {_link(sources[reading.source])}, checked on {day(reading.checked_on)}."]
    return lines


def _dated(value: DatedValue, sources: dict[str, Source]) -> str:
    return f"- {value.value:g}, from {day(value.starts)}: {_link(sources[value.source])}, checked on {day(value.checked_on)}"


def _remarks(criterion: Criterion) -> list[str]:
    said = (("Not confirmed.", criterion.unconfirmed), ("Note.", criterion.note))
    return [line for title, words in said if words for line in (f"**{title}** {' '.join(words.split())}", "")]


def _link(source: Source) -> str:
    return f"[{source.title}]({source.address})"


def _sentence(words: str) -> str:
    found = words[0].upper() + words[1:]
    return found if found.endswith(".") else f"{found}."


def _cell(words: str) -> str:
    return words.replace("|", "\\|")


def day(when: date) -> str:
    return f"{when.day} {when:%B %Y}"
