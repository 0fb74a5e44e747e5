"""Writes docs/reference/vocabulary.md from the specs: what can be asked, as small pictures of tables with the answer for each."""

from __future__ import annotations

from pathlib import Path

from criteria.model import About
from tests.spec.conditions import CONDITIONS
from tests.spec.counting import COUNTING
from tests.spec.moments import CHANGING, MOMENTS
from tests.spec.pictures import AS_AT, Spec, markdown

PAGE = Path(__file__).resolve().parents[2] / "docs/reference/vocabulary.md"
COMMAND = ".venv/bin/python -m tests.spec"
PARTS = {
    "What can be asked": CONDITIONS,
    "How it is counted": COUNTING,
    "When it counts": MOMENTS,
    "What changes, and what is left open": CHANGING,
}
EVERY_SPEC = [spec for specs in PARTS.values() for spec in specs]
USUALLY = """What a question leaves out is as usual: it is asked of pupils on roll of Years 7 to 13, in a school; of encounters with
employers in this academic year, due by 31 July; one is needed. A row of the tables that leaves a column out is likewise usual:
a pupil of Year 9, an encounter attended on 6 October 2026. Days asked about are 22 November 2026 unless another is named."""


def page() -> str:
    lines = [
        "# What a criterion can say",
        "",
        "Every word of the language the criteria are written in, each with small tables, a question and the answer for",
        "everybody in them. All of it is tested, on every engine: this page is written from the tests by",
        f"`{COMMAND}`, so change `tests/spec/`, not this.",
        "",
        USUALLY,
    ]
    for part, specs in PARTS.items():
        lines += ["", f"## {part}"]
        for spec in specs:
            lines += _spec(spec)
    return "\n".join(lines) + "\n"


def _spec(spec: Spec) -> list[str]:
    subjects, log = ("Pupils", "Encounters") if spec.about is About.PUPIL else ("Schools", "Milestones")
    when = "" if spec.as_at == AS_AT else f" on {spec.as_at.day} {spec.as_at:%B %Y}"
    return [
        *("", f"### {spec.title}", "", spec.says, "", "```yaml", *spec.question.splitlines(), "```"),
        *("", f"{subjects}:", "", *markdown(spec.subjects)),
        *("", f"{log}:", "", *markdown(spec.log)),
        *("", f"Answers{when}:", "", *markdown(spec.answers)),
    ]
