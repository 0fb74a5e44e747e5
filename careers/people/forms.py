"""What is asked when somebody is invited, changed or let in."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError

from careers.accounts.models import User
from careers.accounts.roles import AT_A_SCHOOL, CareersAdviser, PupilRole, Role, Teacher, Tutor
from careers.design.forms import Checkboxes, Radios
from careers.people.inviting import LONGEST_NAME
from careers.people.listing import FAMILIES
from careers.pupils.models import Group, Pupil
from careers.schools.clock import current_year, today
from careers.schools.models import School

KINDS = {Tutor.key: Group.Kind.FORM, Teacher.key: Group.Kind.CLASS, CareersAdviser.key: Group.Kind.CASELOAD}
"""The groups that somebody in each of these roles answers for."""

WHICH = {Tutor.key: "Which forms?", Teacher.key: "Which classes?", CareersAdviser.key: "Which caseloads?"}
PEOPLE_OF_A_FAMILY = 12
MOST_TO_TICK = 60


def groups_for(role: str, school: School) -> list[Group]:
    """This year's groups of the kind that a role answers for, 7A before 10A; none for other roles."""
    if role not in KINDS:
        return []
    here = Group.objects.filter(school=school, kind=KINDS[role], academic_year=current_year().start_year)
    return sorted(here, key=lambda group: [part.zfill(4) for part in re.findall(r"\d+|\D+", group.name)])


class TickedGroups(forms.MultipleChoiceField):
    """Some of a few groups; gives the groups."""

    def __init__(self, label: str, groups: list[Group]) -> None:
        self.groups = {group.reference: group for group in groups}
        super().__init__(
            label=label,
            choices=[(reference, group.name) for reference, group in self.groups.items()],
            required=False,
            widget=Checkboxes(small=True),
        )

    def prepare_value(self, value: Any) -> Any:
        return [each.reference if isinstance(each, Group) else each for each in value or ()]

    def clean(self, value: Any) -> list[Group]:  # type: ignore[override]
        return [self.groups[reference] for reference in super().clean(value)]


class NamedGroups(forms.CharField):
    """Some of very many groups, a name on each line; gives the groups."""

    def __init__(self, label: str, groups: list[Group]) -> None:
        self.groups = {group.name.lower(): group for group in groups}
        hint = f"The name of each on a line of its own, as the roll has it, such as {groups[0].name}."
        widget = forms.Textarea(attrs={"rows": 4})
        super().__init__(label=label, required=False, help_text=hint, widget=widget, max_length=4000)

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) or value is None else "\n".join(group.name for group in value)

    def clean(self, value: Any) -> list[Group]:  # type: ignore[override]
        names = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        unknown = [name for name in names if name.lower() not in self.groups]
        if unknown:
            raise ValidationError(f"There is no {unknown[0]} this year. Check how the roll writes it")
        return list(dict.fromkeys(self.groups[name.lower()] for name in names))


def groups_field(role: str, school: School) -> forms.Field | None:
    """The question which groups somebody answers for; None where there are none to answer for."""
    groups = groups_for(role, school)
    if not groups:
        return None
    return (TickedGroups if len(groups) <= MOST_TO_TICK else NamedGroups)(WHICH[role], groups)


class PupilsField(forms.CharField):
    """Pupils on roll, a name or UPN on each line, of which each must fit exactly one; gives the pupils."""

    def __init__(self, school: School, *, only_one: bool) -> None:
        self.school, self.only_one = school, only_one
        hint = "Name or UPN." if only_one else "Name or UPN. For brothers and sisters, one on each line."
        widget = forms.TextInput() if only_one else forms.Textarea(attrs={"rows": 3})
        super().__init__(label="Which pupil?" if only_one else "Whose parent or carer?", help_text=hint, widget=widget)

    def clean(self, value: Any) -> list[Pupil]:  # type: ignore[override]
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if (self.only_one and len(lines) > 1) or len(lines) > PEOPLE_OF_A_FAMILY:
            raise ValidationError("Name one pupil" if self.only_one else "Name fewer pupils")
        return list(dict.fromkeys(self._the_one(line) for line in lines))

    def _the_one(self, words: str) -> Pupil:
        fitting = list(Pupil.objects.filter(school=self.school).on_roll(today()).matching(words)[:50])
        found = [pupil for pupil in fitting if pupil.full_name.lower() == words.lower()] or fitting
        if not found:
            raise ValidationError(f"Nobody on roll is called {words}. Check the spelling, or give the UPN")
        if len(found) > 1:
            raise ValidationError(f"More than one pupil fits {words}. Give the whole name or the UPN")
        return found[0]


class RoleForm(forms.Form):
    """Which role to invite somebody to. Each says who may hold it."""

    role = forms.ChoiceField(
        label="Which role will they have?",
        choices=[(key, role.title) for key, role in AT_A_SCHOOL.items()],
        widget=Radios(hints={key: role.who for key, role in AT_A_SCHOOL.items()}),
    )


class InvitationForm(forms.Form):
    name = forms.CharField(label="Full name", max_length=LONGEST_NAME)
    email = forms.EmailField(
        label="Email address", help_text="We send the invitation there, so it must be one that only they read."
    )

    def __init__(self, *args: Any, role: type[Role], school: School, **given: Any) -> None:
        super().__init__(*args, **given)
        if question := groups_field(role.key, school):
            self.fields["groups"] = question
        if role.key in FAMILIES:
            self.fields["pupils"] = PupilsField(school, only_one=role is PupilRole)


class ChangeRoleForm(forms.Form):
    """The roles that one may be changed into: a pupil's and a parent's come with a record, so they are only invited to."""

    was = forms.CharField(widget=forms.HiddenInput)
    role = forms.ChoiceField(label="Role", widget=Radios(small=True))

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        offered = [(key, role.title) for key, role in AT_A_SCHOOL.items() if key not in FAMILIES]
        self.fields["role"].choices = offered  # type: ignore[attr-defined]


class GroupsForm(forms.Form):
    mark_optional = False

    def __init__(self, *args: Any, role: type[Role], school: School, **given: Any) -> None:
        super().__init__(*args, **given)
        if question := groups_field(role.key, school):
            self.fields["groups"] = question


class JoinForm(forms.Form):
    """The name and password of somebody who is let in for the first time."""

    mark_optional = False

    name = forms.CharField(label="Full name", max_length=LONGEST_NAME)
    password = forms.CharField(
        label="Choose a password",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="The same password again",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, **given: Any) -> None:
        super().__init__(*args, **given)
        self.email = email
        self.fields["password"].help_text = " ".join(password_validators_help_texts())

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        validate_password(password, User(email=self.email, name=self.cleaned_data.get("name", "")))
        return str(password)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("password") and given.get("again") and given["password"] != given["again"]:
            self.add_error("again", "The two passwords are not the same")
        return given
