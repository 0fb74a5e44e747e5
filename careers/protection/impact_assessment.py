"""The template of a data protection impact assessment (UK GDPR Article 35), filled in as far as software can.

What is held, on what ground and for how long come from the entries that everything else works by.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from django_scopes import scope

from careers.accounts.roles import ROLES
from careers.protection.holdings import Ground, Holding, grounds, holdings
from careers.protection.rules import Rule, rule, rules
from careers.protection.terms import STARTS, Term, terms_of
from careers.schools.models import School

TEMPLATE = Path(__file__).parent / "documents" / "impact_assessment.md"
WRITTEN = (
    "This page is written by `manage.py write_impact_assessment` from what Trigpoint can hold. For a school's own, with what it\n"
    "really holds and the times it has chosen: `manage.py write_impact_assessment --school URN > assessment.md`.\n"
)


def assessment(school: School | None = None) -> str:
    """In Markdown. With a school: its name, how many records of each kind it holds, and the times it has chosen."""
    if school is None:
        return _filled({}, None, "Trigpoint", WRITTEN, "*[name and URN]*", "")
    with scope(school=school):
        counts = {held.key: held.all_rows().count() for held in holdings() if held.is_installed and held.of_a_school}
        terms = terms_of(school)
    trust = " (this school has)" if school.names_to_trust else " (this school has not)"
    return _filled(counts, terms, school.name, "", f"{school.name}, URN {school.urn}", trust)


def _filled(
    counts: dict[str, int], terms: dict[str, Term] | None, title: str, standing: str, school: str, trust: str
) -> str:
    return TEMPLATE.read_text().format(
        title=title,
        standing=standing,
        school=school,
        trust=trust,
        counted="" if terms is None else "How many is as this was written.\n",
        holdings=_table(_heads(counts), [_line(held, counts) for held in _shown(counts)]),
        grounds=_table(("Ground", "Law", "Read"), [_ground(each) for each in grounds().values()]),
        times=_times(terms),
        roles=_roles(),
    )


def _shown(counts: dict[str, int]) -> list[Holding]:
    """Every kind; for a school, those it has, and those that are no one school's."""
    return [held for held in holdings() if not counts or counts.get(held.key, 1)]


def _heads(counts: dict[str, int]) -> tuple[str, ...]:
    heads = ("Record", "What", "Whose", "Why", "Ground", "Kept")
    return (*heads, "How many") if counts else heads


def _line(held: Holding, counts: dict[str, int]) -> tuple[str, ...]:
    kept = rule(held.rule).title if held.rule else "does not end"
    special = " **Special category, or treated as one.**" if held.special_basis else ""
    line = (
        held.title,
        held.what + special,
        held.whose,
        held.why,
        ", ".join(g.law.split(";")[0] for g in held.grounds),
        kept,
    )
    return (*line, str(counts.get(held.key, "for all schools"))) if counts else line


def _times(terms: dict[str, Term] | None) -> str:
    lines = []
    for each in rules():
        term = terms[each.key] if terms else Term(each, each.length, each.start)
        where = "a proposal of ours" if each.ours else _where_from(each)
        from_ = f" from {STARTS[term.start]}" if each.unit else ""
        lines.append((each.title, f"{term.words}{from_}", f"then {each.then.value}", where))
    return _table(("Record", "How long", "Then", "Where from"), lines)


def _ground(ground: Ground) -> tuple[str, ...]:
    return (f"{ground.text} ([source]({ground.source}))", ground.law, ground.read)


def _where_from(rule: Rule) -> str:
    if not rule.readings:
        return f"[source]({rule.source}). {rule.read}"
    said = " ".join(f"*{each.says}* {each.who} ([source]({each.source}))." for each in rule.readings)
    return f"Sources differ, and the school chooses. {said} {rule.read}"


def _roles() -> str:
    return _table(
        ("Role", "Who", "Sees by name", "Second step"),
        [(r.title, r.who, str(r.reach), "always" if r.second_step else "offered") for r in ROLES.values()],
    )


def _table(heads: tuple[str, ...], lines: Sequence[tuple[str, ...]]) -> str:
    rows = [heads, tuple("---" for _ in heads), *lines]
    return "\n".join("| " + " | ".join(" ".join(cell.replace("|", "/").split()) for cell in row) + " |" for row in rows)
