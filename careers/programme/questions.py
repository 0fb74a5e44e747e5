"""Kinds of question the activity's form asks that Django has no field for, and whom and what they offer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from careers.accounts.deeds import person_key
from careers.accounts.models import Membership, User
from careers.accounts.roles import ROLES, Policy
from careers.pupils.models import Group
from careers.schools.models import School


@dataclass(frozen=True)
class Section:
    """A part of a long form, folded away until it is wanted."""

    key: str
    title: str
    help: str
    fields: list[forms.BoundField]
    unfolded: bool = False

    @property
    def open(self) -> bool:
        return self.unfolded or any(field.errors for field in self.fields)

    @property
    def answered(self) -> int:
        """How many of its questions have an answer."""
        return sum(field.value() not in (None, "", [], ()) for field in self.fields)


class Words(forms.CharField):
    """A few sentences, not required."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(label=label, required=False, widget=forms.Textarea(attrs={"rows": 3}), **kwargs)


class GroupsField(forms.CharField):
    """Some of a school's groups in one academic year, by name: there may be hundreds, so they are not ticked. Gives references.

    `of` says which school and year. A form's name may be a class's too: the form is meant, unless "(class)" follows it.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=4000, **kwargs)
        self.names: dict[str, str] = {}

    def of(self, school: School, academic_year: Any) -> None:
        year = int(academic_year) if str(academic_year).isdigit() else 0
        found = list(Group.objects.filter(school=school, academic_year=year))
        order = list(Group.Kind)
        found.sort(key=lambda group: (order.index(Group.Kind(group.kind)), _naturally(group.name)))
        names: dict[str, str] = {}
        for group in found:
            taken = group.name in names
            names[f"{group.name} ({group.kind})" if taken else group.name] = group.reference
        self.names = names
        example = ", ".join(list(names)[:2])
        self.help_text = (
            f"Their names with commas between, as the roll has them, such as {example}."
            if names
            else "The roll has no groups in this academic year."
        )

    @property
    def choices(self) -> list[tuple[str, str]]:
        """References and names, so that a recorded answer can be said in words."""
        return [(reference, name) for name, reference in self.names.items()]

    def prepare_value(self, value: Any) -> Any:
        if value is None or isinstance(value, str):
            return value
        names = {reference: name for name, reference in self.names.items()}
        return ", ".join(names.get(reference, "") for reference in value)

    def clean(self, value: Any) -> list[str]:  # type: ignore[override]
        known = {name.casefold(): reference for name, reference in self.names.items()}
        named = [part.strip() for part in re.split(r"[,;\n]", super().clean(value)) if part.strip()]
        for name in named:
            if name.casefold() not in known:
                raise ValidationError(
                    f"There is no group called {name[:60]} in that academic year. Check how the roll writes it"
                )
        return sorted({known[name.casefold()] for name in named})


def _naturally(name: str) -> list[str]:
    """7A before 10A."""
    return [part.zfill(4) for part in re.findall(r"\d+|\D+", name)]


def staff_of(school: School, also: User | None = None) -> dict[str, User]:
    """Those who may look after an activity, by key: everybody with a role there but pupils and parents. One query."""
    members = Membership.objects.filter(school=school).select_related("user").order_by("user__name", "pk")
    found = [each.user for each in members if Policy.SEE_OWN_RECORD not in ROLES[each.role].policies]
    if also is not None and also not in found:
        found.append(also)
    return {person_key(user.pk): user for user in found}


def lacking_choices(criteria: Sequence[tuple[str, str]], held: str) -> list[tuple[str, str]]:
    """The rules that pupils may lack; one that is recorded is offered whatever else is."""
    offered = dict(criteria)
    return [
        ("", "Nobody in particular"),
        *({held: held} | offered if held and held not in offered else offered).items(),
    ]
