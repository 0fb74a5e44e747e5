"""What the local labour market holds, as the school found it: read from a form or a small file, and put on record."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from typing import Any

from django import forms
from django.db import transaction

from careers.accounts.models import User
from careers.audit.record import record
from careers.design.editing import EditForm, changes
from careers.design.forms import DateField
from careers.partners.models import LocalFigures, Partner
from careers.partners.sections import SECTIONS
from careers.schools.clock import today
from careers.schools.models import School

MOST = 100.5
"""Shares rounded each for itself may come to a little over a hundred."""
SECTOR, SIZE = "sector_", "size_"
LARGEST = 20_000
"""Letters of a file of shares: one of 21 lines has some hundreds."""


class LocalForm(EditForm):
    """Shares in per cent by section of industry and by size, each list with where it is from and of what day."""

    mark_optional = False

    area = forms.CharField(label="Of which area?", max_length=120, required=False, help_text="Such as the county.")
    sectors_from = forms.CharField(label="Where are the shares of jobs from?", max_length=200, required=False)
    sectors_on = DateField(label="Of what day are they?", what="the day the shares of jobs are of", required=False)
    pasted = forms.CharField(
        label="Paste shares of jobs",
        required=False,
        max_length=LARGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="A line for each section: its letter and its share or its number of jobs, such as A, 1.2. "
        "Lines pasted here take the place of all the boxes of shares of jobs. Numbers of jobs are made into shares.",
    )
    sizes_from = forms.CharField(label="Where are the shares of employers from?", max_length=200, required=False)
    sizes_on = DateField(label="Of what day are they?", what="the day the shares of employers are of", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.read: dict[str, float] = {}
        for letter, words in SECTIONS.items():
            self.fields[SECTOR + letter] = percentage(f"{words} ({letter})")
        for size, words in Partner.SizeBand.choices:
            self.fields[SIZE + size] = percentage(str(words))

    def boxes(self, prefix: str) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith(prefix)]

    @property
    def sectors(self) -> list[forms.BoundField]:
        return self.boxes(SECTOR)

    @property
    def sizes(self) -> list[forms.BoundField]:
        return self.boxes(SIZE)

    def clean_pasted(self) -> str:
        self.read = pasted_shares(self.cleaned_data["pasted"])
        return ""

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.read:
            given |= {SECTOR + letter: self.read.get(letter) for letter in SECTIONS}
        for prefix, name, what in ((SECTOR, "sectors", "jobs"), (SIZE, "sizes", "employers")):
            shares = _of(given, prefix)
            if sum(shares.values()) > MOST:
                self.add_error(
                    None, f"The shares of {what} come to {sum(shares.values()):g}%. Enter at most 100 together"
                )
            if shares and not given.get(f"{name}_from") and f"{name}_from" not in self.errors:
                self.add_error(f"{name}_from", "Say where they are from, so that others can look them up")
            day = given.get(f"{name}_on")
            if day and day > today():
                self.add_error(f"{name}_on", "This day is still to come")
        return given

    def facts(self) -> dict[str, Any]:
        """What was answered, as fields of LocalFigures."""
        given = self.answers()
        plain = {name: given[name] for name in ("area", "sectors_from", "sectors_on", "sizes_from", "sizes_on")}
        return plain | {"sectors": _of(given, SECTOR), "sizes": _of(given, SIZE)}


def percentage(label: str) -> forms.FloatField:
    box = forms.NumberInput(attrs={"class": "govuk-input--width-4", "step": "any"})
    return forms.FloatField(label=label, min_value=0, max_value=100, required=False, widget=box)


def _of(given: Mapping[str, Any], prefix: str) -> dict[str, float]:
    found = {name.removeprefix(prefix): share for name, share in given.items() if name.startswith(prefix)}
    return {name: round(share, 2) for name, share in found.items() if share is not None and name not in ("from", "on")}


def pasted_shares(text: str) -> dict[str, float]:
    """Shares in per cent by section, from lines of a letter and a share, or a number of jobs. ValidationError says which line is
    wrong. Words after the letter, and a first line of headings, are passed over."""
    found: dict[str, float] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        cells = line.split("\t") if "\t" in line else next(csv.reader([line]), [])
        parts = [cell.strip() for cell in cells if cell.strip()]
        if not parts or (number == 1 and not _number(parts[-1])):
            continue
        letter, value = parts[0].split(":")[0].strip()[:1].upper(), _number(parts[-1])
        if letter not in SECTIONS or len(parts) < 2 or value is None or value[0] < 0:
            raise forms.ValidationError(f"Line {number} should be a letter from A to U and a number, like A, 1.2")
        found[letter] = found.get(letter, 0) + value[0]
    whole = sum(found.values())
    if whole > MOST:  # numbers of jobs
        return {letter: round(100 * jobs / whole, 2) for letter, jobs in found.items()}
    return found


def _number(text: str) -> tuple[float] | None:
    try:
        value = float(text.replace(" ", "").replace(",", "").rstrip("%"))
    except ValueError:
        return None
    return (value,) if abs(value) < 1e9 else None


def figures_of(school: School) -> LocalFigures:
    """What is on record, or an empty record not yet saved."""
    return LocalFigures.objects.filter(school=school).first() or LocalFigures(school=school)


def answers_of(figures: LocalFigures) -> dict[str, Any]:
    """What is recorded, as the form's first answers."""
    first: dict[str, Any] = {
        name: getattr(figures, name) for name in ("area", "sectors_from", "sectors_on", "sizes_from", "sizes_on")
    }
    first |= {SECTOR + letter: figures.sectors.get(letter) for letter in SECTIONS}
    return first | {SIZE + size: figures.sizes.get(size) for size in Partner.SizeBand.values} | {"pasted": ""}


def put_on_record(*, school: School, facts: dict[str, Any], stamp: str | None, by: User) -> list[str]:
    """Record what the local labour market holds; the names of what changed. `facts` are fields of LocalFigures.

    Raises ChangedMeanwhile when `stamp` is no longer that of the form's answers as they are recorded.
    """
    with transaction.atomic():
        now = LocalFigures.objects.select_for_update().get_or_create(school=school)[0]
        was = answers_of(now)
        for name, value in facts.items():
            setattr(now, name, value)
        changed = list(changes(was, answers_of(now), stamp))
        if changed:
            now.save()
            record("recorded local figures", by=by, school=school, subject=now, source=now.sectors_from, area=now.area)
    return changed
