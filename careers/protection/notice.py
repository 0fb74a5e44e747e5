"""The privacy notice of a school, written from what its database really holds: for pupils, for parents and carers, and for staff.

A kind of record the school has none of is not said to be held. The words are a draft for the school to check: what it does outside
Trigpoint is not in them. A notice is published as the words it had when somebody checked it (`PublishedNotice`).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.apps import apps

from careers.protection import notice_words as words
from careers.protection.holdings import Category, Holding, installed
from careers.protection.record_of_notices import DataContact, PublishedNotice
from careers.protection.terms import Term, terms_of
from careers.schools.models import School

Audience = PublishedNotice.Audience
OF_THE_MACHINE = ("session", "email-confirmation", "social-token", "task", "import-change", "import-file")
"""Kinds that are said together, as what the program needs to work."""


@dataclass(frozen=True)
class Part:
    """A heading with paragraphs, and lines of a list (each a few words and a sentence)."""

    title: str
    paragraphs: tuple[str, ...] = ()
    lines: tuple[tuple[str, str], ...] = ()


def draft(school: School, audience: str) -> list[Part]:
    """What the notice would say today."""
    contact, terms = DataContact.of(school), terms_of(school)
    held = [each for each in concerning(audience) if each.key not in OF_THE_MACHINE]
    here = [each for each in held if is_held(each, school)]
    said = words.words_for(audience)
    authority = contact.local_authority or "the local authority"
    whom = f"{contact.officer}, {contact.email}" if contact.officer else "(the school has not said yet whom to ask)"
    return [
        Part(words.WHO, _filled(said.who, school=school.name)),
        Part(words.WHAT, tuple(said.what), tuple((each.title, _about(each, audience, said)) for each in here)),
        Part(
            words.NOT_HELD, tuple(said.not_held), tuple((each.title, words.NONE) for each in held if each not in here)
        ),
        Part(words.WHY, (*said.why, *(said.special if _special(here) else ()))),
        Part(words.SEEN, tuple(said.seen)),
        Part(words.SHARED, _filled(said.shared, authority=authority)),
        Part(words.KEPT, tuple(said.kept), tuple(_kept(here, terms))),
        Part(words.RIGHTS, tuple(said.rights)),
        Part(words.ASK, _filled(said.ask, whom=whom)),
    ]


def _filled(texts: list[str], **names: str) -> tuple[str, ...]:
    return tuple(text.format(**names) for text in texts)


def concerning(audience: str) -> list[Holding]:
    """The kinds of record that are about these people."""
    whose = "person" if audience == Audience.STAFF else "pupil"
    kinds = [each for each in installed() if each.personal and each.whose == whose]
    if audience == Audience.STAFF:
        return [each for each in kinds if each.key not in ("data-contact",)]
    return kinds


def is_held(held: Holding, school: School) -> bool:
    """Whether the school's own part of the database has a row of this kind. What is no school's counts as held."""
    model = apps.get_model(held.model)
    names = {field.name for field in model._meta.concrete_fields}
    if "school" in names:
        return held.all_rows().filter(school=school).exists()
    return held.all_rows().filter(school_id=school.pk).exists() if "school_id" in names else held.all_rows().exists()


def _about(held: Holding, audience: str, said: words.Words) -> str:
    return said.plain.get(held.key, held.what) if audience == Audience.PUPILS else f"{held.what} {held.why}"


def _special(held: list[Holding]) -> bool:
    return any(Category.SPECIAL in each.categories for each in held)


def _kept(held: list[Holding], terms: dict[str, Term]) -> list[tuple[str, str]]:
    """Each length once, with the kinds it is for."""
    by_rule: dict[str, list[str]] = {}
    for each in held:
        by_rule.setdefault(each.rule, []).append(each.title)
    return [(", ".join(titles), _length(terms.get(rule))) for rule, titles in by_rule.items()]


def _length(term: Term | None) -> str:
    return f"{term.words} {term.counted}".strip() + "." if term else "As long as the school uses Trigpoint."


def as_kept(parts: list[Part]) -> list[dict[str, Any]]:
    """The notice as it is kept when it is published."""
    return [
        {**asdict(part), "paragraphs": list(part.paragraphs), "lines": [list(line) for line in part.lines]}
        for part in parts
    ]
