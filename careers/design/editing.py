"""Two people at one form: whoever saves second is told what the first changed, and overwrites nothing unseen.

A form that changes a record is an `EditForm`: it carries a stamp of the answers it began with. The action that saves it asks
`changes` inside its transaction, with the record locked. The view, told of `ChangedMeanwhile`, calls `form.tell`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.serializers.json import DjangoJSONEncoder
from django.forms.boundfield import BoundField
from django.utils.formats import date_format

STAMP = "stamp"


class ChangedMeanwhile(Exception):
    """Somebody else changed the record since the form was opened. Nothing is saved."""


def stamp_of(answers: Mapping[str, Any]) -> str:
    """Stands for answers as they are recorded: a different stamp means that one of them was changed."""
    held = json.dumps(dict(answers), cls=DjangoJSONEncoder, sort_keys=True)
    return hashlib.sha256(held.encode()).hexdigest()[:24]


def changes(held: Mapping[str, Any], given: Mapping[str, Any], stamp: str | None) -> dict[str, list[Any]]:
    """What recording `given` in place of what is `held` would change: name, then what it was and what it becomes.

    Call it with the record locked. Raises ChangedMeanwhile when something would change and the stamp is not that of what is
    held; the same answers sent twice change nothing the second time. Without a stamp (None, from no form) nothing is compared.
    """
    changed = {name: [held.get(name), value] for name, value in given.items() if held.get(name) != value}
    if changed and stamp is not None and stamp != stamp_of({name: held.get(name) for name in given}):
        raise ChangedMeanwhile
    return changed


@dataclass(frozen=True)
class Meanwhile:
    """`who` changed it and when, in words (or nothing), and the questions whose recorded answer is not the one on the form."""

    who: str
    differing: tuple[tuple[str, str], ...]


class EditForm(forms.Form):
    """A form about a record there is: `initial` is what is recorded. Its stamp is a hidden field, which templates need not name."""

    stamp = forms.CharField(widget=forms.HiddenInput, required=False)
    meanwhile: Meanwhile | None = None

    @property
    def given_stamp(self) -> str:
        return str(self.cleaned_data.get(STAMP, ""))

    @property
    def http_status(self) -> int:
        """The HTTP status of a page with this form."""
        return 409 if self.meanwhile else 422 if self.errors else 200

    def answers(self) -> dict[str, Any]:
        """What was answered, without the stamp."""
        return {name: value for name, value in self.cleaned_data.items() if name != STAMP}

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        if field_name == STAMP and STAMP not in self.initial:
            return stamp_of(self.asked(self.initial))
        return super().get_initial_for_field(field, field_name)

    def tell(self, recorded: Mapping[str, Any], who: str = "", stamp: str = "") -> None:
        """Say what is recorded now where it differs. What was typed stays, and may be saved over what has now been seen.

        `recorded` is what a fresh form would have as `initial`; `stamp` where that is not the stamp of these.
        """
        given = {name: value for name, value in self.answers().items() if name in recorded}
        differing = [name for name in given if _plain(given[name]) != _plain(recorded[name])]
        self.meanwhile = Meanwhile(who, tuple((str(self[n].label), in_words(self[n], recorded[n])) for n in differing))
        self.data = data = self.data.copy()  # type: ignore[attr-defined]
        data[self.add_prefix(STAMP)] = stamp or stamp_of(self.asked(recorded))

    def asked(self, recorded: Mapping[str, Any]) -> dict[str, Any]:
        """Of what is recorded, the answers to this form's questions."""
        return {name: recorded[name] for name in self.fields if name in recorded and name != STAMP}


def in_words(field: BoundField, value: Any) -> str:
    """An answer as the form's own choices say it."""
    if isinstance(value, (list, tuple, set)):
        return ", ".join(in_words(field, each) for each in value) or "none"
    if value is None or value == "":
        return "not recorded"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return date_format(value, "j F Y")
    choices = {str(key): str(words) for key, words in getattr(field.field, "choices", ())}
    return choices.get(str(value), str(value))


def _plain(value: Any) -> Any:
    """As it can be compared: records by their reference, lists whatever their order."""
    if hasattr(value, "values_list"):
        return sorted(value.values_list("reference", flat=True))
    return sorted(value) if isinstance(value, (list, tuple)) else value
