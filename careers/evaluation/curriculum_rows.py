"""The curriculum as its pages show it: subjects by department, each year group in words and numbers a reader may be told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from careers.accounts.models import Membership
from careers.curriculum.models import Department, Subject
from careers.curriculum.who_may import may_link
from careers.design.states import state_of
from careers.evaluation.asking import Asked
from careers.evaluation.coverage_rows import span_of
from careers.evaluation.curriculum_cover import WORDS, CurriculumCover, Linked, SubjectInYear
from careers.evaluation.figures import criterion_figures
from careers.evaluation.small_numbers import hides, is_few, percentage, say, shown
from careers.programme.models import Activity
from criteria.bands import in_force

NO_DEPARTMENT = "In no department yet"
SHAPES = {linked: state_of(linked.value).shape for linked in Linked if linked is not Linked.PARTLY} | {
    Linked.PARTLY: "\N{CIRCLE WITH LEFT HALF BLACK}"
}


@dataclass(frozen=True)
class Shown:
    """One subject in one year group, as a page says it. `address` is its own page, where somebody looks after the subject."""

    cell: SubjectInYear
    subject: Subject | None
    numbers: str
    pupils: str
    address: str
    may_link: bool
    hidden: bool = False
    """So few study it that even a state would tell this reader of one pupil."""

    @property
    def studied(self) -> bool:
        return bool(self.cell.pupils)

    @property
    def all_taught(self) -> bool:
        return self.cell.linked is Linked.TAUGHT

    @property
    def word(self) -> str:
        return WORDS[self.cell.linked]

    @property
    def shape(self) -> str:
        return SHAPES[self.cell.linked]

    @property
    def css(self) -> str:
        linked = self.cell.linked
        return "2" if linked is Linked.PARTLY else state_of(linked.value).css

    @property
    def plan_address(self) -> str:
        """Where to plan a link, for whoever may."""
        if not self.may_link or self.subject is None:
            return ""
        return reverse("curriculum:plan_link", args=[self.subject.reference, self.cell.year_group])


@dataclass(frozen=True)
class SubjectRow:
    name: str
    subject: Subject | None
    cells: tuple[Shown, ...]


@dataclass(frozen=True)
class Block:
    """A department's subjects, or those in none."""

    department: Department | None
    rows: tuple[SubjectRow, ...]

    @property
    def name(self) -> str:
        return self.department.name if self.department else NO_DEPARTMENT

    @property
    def holes(self) -> list[Shown]:
        """Where pupils study a subject and nothing is planned or taught, most pupils first."""
        found = [
            s for row in self.rows for s in row.cells if s.studied and not s.hidden and s.cell.linked is Linked.NOTHING
        ]
        return sorted(found, key=lambda s: (-len(s.cell.pupils), s.cell.subject, s.cell.year_group))


def numbers_words(cell: SubjectInYear, exact: bool) -> str:
    """How many of the pupils who study it have had a link this year, as this reader may be told: "150 of 187 pupils"."""
    had, whole = len(cell.had), len(cell.pupils)
    if exact:
        return f"{had:,} of {whole:,}"
    if hides(had, whole) and had not in (0, whole):
        return "some of " + say(whole)
    return f"{say(had) if had else '0'} of {say(whole)}"


def too_few(cell: SubjectInYear, exact: bool) -> bool:
    return not exact and is_few(len(cell.pupils))


def blocks(asked: Asked, cover: CurriculumCover, membership: Membership, only: Department | None = None) -> list[Block]:
    """The subjects by department, those in none at the end. Two queries."""
    known = {s.name: s for s in Subject.objects.filter(school=asked.school).select_related("department__head")}
    by_department: dict[int | None, list[SubjectRow]] = {}
    departments = {d.pk: d for d in Department.objects.filter(school=asked.school).select_related("head")}
    for name in sorted({*cover.subjects, *known}):
        subject = known.get(name)
        key = subject.department_id if subject else None
        if only is None or key == only.pk:
            by_department.setdefault(key, []).append(_row(asked, cover, membership, name, subject))
    ordered: list[Block] = [
        Block(department, tuple(by_department.get(pk, ())))
        for pk, department in departments.items()
        if only is None or only.pk == pk
    ]
    if None in by_department:
        ordered.append(Block(None, tuple(by_department[None])))
    return ordered


def _row(
    asked: Asked, cover: CurriculumCover, membership: Membership, name: str, subject: Subject | None
) -> SubjectRow:
    allowed, exact = may_link(membership, subject), asked.reader.everybody
    cells = []
    for group in cover.year_groups:
        cell = cover.of(name, group)
        address = reverse("curriculum:in_year", args=[subject.reference, group]) if subject else ""
        cells.append(
            Shown(
                cell,
                subject,
                numbers_words(cell, exact),
                say(len(cell.pupils), exact),
                address,
                allowed,
                too_few(cell, exact),
            )
        )
    return SubjectRow(name, subject, tuple(cells))


def every_subject(asked: Asked, cover: CurriculumCover) -> list[dict[str, Any]]:
    """By year group: pupils with a link in every subject they study, as the criterion counts them, and what is known of shares."""
    if cover.criterion is None:
        return []
    scale, lines = in_force(asked.as_at), []
    for group in cover.year_groups:
        figures = criterion_figures(
            asked.found, cover.criterion, lambda p, group=group: p.year_group == group and p.on_roll
        )
        met = shown(figures, asked.reader.everybody)
        linked, classes = cover.share_of_classes(group)
        subjects = cover.in_year(group)
        full = sum(1 for cell in subjects if cell.linked is Linked.TAUGHT)
        some = sum(1 for cell in subjects if cell.linked in (Linked.TAUGHT, Linked.PARTLY))
        band = scale.band(linked, classes) if scale and classes else None
        lines.append(
            {
                "year_group": group,
                "met": met,
                "address": asked.criterion_address(cover.criterion, year=group) + "#pupils",
                "subjects": len(subjects),
                "full": full,
                "some": some,
                "classes": classes,
                "linked": linked,
                "hidden": not asked.reader.everybody and is_few(figures.population),
                "percent": f"{percentage(linked / classes)}%" if classes else "",
                "band": band.words if band else "",
                "unknown": say(cover.unknown[group], asked.reader.everybody) if cover.unknown.get(group) else "",
            }
        )
    return lines


def overdue(cover: CurriculumCover, links: Iterable[Activity], as_at: Any) -> list[Activity]:
    """Planned links whose day or half-term has gone by, and those delivered to nobody on record: nobody has said who had them."""
    unsaid = {link.pk for cell in cover.cells.values() if not cell.unsure for link in cell.held_for_nobody}
    return [
        link
        for link in links
        if link.pk in unsaid or (link.status == "planned" and span_of(link, cover.year).last < as_at)
    ]
