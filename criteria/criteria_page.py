"""Writes a reference page for each framework, so that every rule can be read without reading data or code.

`python -m criteria pages docs/reference/criteria` writes them; a test fails when one has fallen behind its framework.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from criteria.loading import FRAMEWORKS, load_all
from criteria.model import Criterion, DatedValue, Example, Framework, Heading, Participation, Source
from criteria.rule_words import condition_lines, measure_words, moment_words, population_lines
from criteria.standing import STATE_WORDS, State

COMMAND = "python -m criteria pages docs/reference/criteria"
PARTICIPATION = {
    Participation.ATTENDED: "The pupil has to have been there.",
    Participation.OFFERED: "The chance is what counts, whether the pupil took it or not.",
}


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
        *(f"Id `{criterion.id}`. Severity: {criterion.severity}. For: {', '.join(criterion.settings)}.", ""),
        *("**Whom it is about.** All of:", "", *population_lines(criterion.population), ""),
        *(f"**When it counts.** {when} **Due** by {moment_words(criterion.due)}.", ""),
        *(
            "**What counts.** An encounter of which all of this is true:",
            "",
            *condition_lines(criterion.qualifying),
            "",
        ),
        *(f"{PARTICIPATION[criterion.participation]}", ""),
        *_measure(criterion),
        *_threshold(criterion, sources),
        *(f"**What would meet it.** {_sentence(criterion.remedy)}", ""),
        *_remarks(criterion),
        *(f"**Sources**, checked on {day(criterion.checked_on)}:", ""),
        *(f"- {_link(sources[code])}" for code in criterion.sources),
        *_examples(criterion.examples),
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


def _dated(value: DatedValue, sources: dict[str, Source]) -> str:
    return f"- {value.value:g}, from {day(value.starts)}: {_link(sources[value.source])}"


def _remarks(criterion: Criterion) -> list[str]:
    said = (("Not confirmed.", criterion.unconfirmed), ("Note.", criterion.note))
    return [line for title, words in said if words for line in (f"**{title}** {' '.join(words.split())}", "")]


def _examples(examples: tuple[Example, ...]) -> list[str]:
    head = [
        "",
        "**Examples**, each of them tested:",
        "",
        "| Example | As at | Standing | Counted |",
        "| --- | --- | --- | --- |",
    ]
    rows = [
        f"| {_cell(each.name)} | {day(each.as_at)} | {STATE_WORDS[State(each.state)]} | {_count(each.count)} |"
        for each in examples
    ]
    return [*head, *rows] if rows else []


def _count(count: float | None) -> str:
    return "" if count is None else f"{count:g}"


def _link(source: Source) -> str:
    return f"[{source.title}]({source.address})"


def _sentence(words: str) -> str:
    found = words[0].upper() + words[1:]
    return found if found.endswith(".") else f"{found}."


def _cell(words: str) -> str:
    return words.replace("|", "\\|")


def day(when: date) -> str:
    return f"{when.day} {when:%B %Y}"
