"""The facts about an occasion that decide whether it counts, asked where they are missing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db import transaction

from careers.accounts.models import User
from careers.design.editing import STAMP, EditForm, stamp_of
from careers.design.forms import ThreeWays
from careers.partners import actions as partner_actions
from careers.partners.models import Partner
from careers.programme import actions as programme
from careers.programme.actions import partners_of
from careers.programme.models import Activity

QUESTIONS = {
    "in_school_day": "Was it, or will it be, in the standard school day?",
    "whole_cohort": "Is it for every pupil of its year groups?",
    "about_provider": "Did the provider tell pupils about itself and what it offers?",
    "about_careers": "Did pupils hear of the careers this leads to?",
    "about_learning_there": "Did pupils hear what learning or training there is like?",
    "questions_answered": "Were pupils’ questions answered?",
}
APPROVED = "approved-"


def asked_of(activity: Activity) -> list[str]:
    """The names of what is not recorded: facts of the activity, and of its providers whether they are approved."""
    facts = [name for name in QUESTIONS if getattr(activity, name) is None]
    return facts + [f"{APPROVED}{partner.reference}" for partner in doubtful(activity)]


def doubtful(activity: Activity) -> list[Partner]:
    """Providers of whom nobody has said whether they offer approved technical education or apprenticeships."""
    found = [
        each for each in activity.partners.all() if each.kind == Partner.Kind.PROVIDER and each.pal_eligible is None
    ]
    return sorted(found, key=lambda partner: partner.name)


class FactsForm(EditForm):
    """Yes, no or not known yet, for what is not recorded. `questions` says which were on the form."""

    mark_optional = False

    questions = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, activity: Activity, names: Iterable[str] = (), **kwargs: Any) -> None:
        providers = {f"{APPROVED}{each.reference}": each for each in activity.partners.all()}
        self.providers = providers
        known = [name for name in names if name in QUESTIONS or name in providers] or asked_of(activity)
        facts = [name for name in known if name in QUESTIONS]
        first = {name: held(activity, providers, name) for name in known}
        stamp = stamp_of({name: getattr(activity, name) for name in facts} | {"partners": partners_of(activity)})
        kwargs["initial"] = {**first, "questions": " ".join(known), STAMP: stamp}
        super().__init__(*args, auto_id=f"{activity.reference}-%s", **kwargs)
        for name in known:
            label = QUESTIONS.get(name) or (
                f"Does {providers[name].name} offer approved technical education or apprenticeships?"
            )
            self.fields[name] = ThreeWays(label=label, choices=[("yes", "Yes"), ("no", "No"), ("", "Not known yet")])

    @classmethod
    def of_post(cls, data: Any, activity: Activity) -> FactsForm:
        return cls(data, activity=activity, names=str(data.get("questions", "")).split())

    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in self.answers().items() if name in QUESTIONS}

    def approvals(self) -> dict[Partner, bool]:
        """Providers of whom it was said; "not known yet" says nothing."""
        said = {self.providers[name]: value for name, value in self.answers().items() if name in self.providers}
        return {partner: value for partner, value in said.items() if value is not None}


def held(activity: Activity, providers: dict[str, Partner], name: str) -> bool | None:
    value = getattr(activity, name) if name in QUESTIONS else providers[name].pal_eligible
    return value if value is None else bool(value)


def answer(
    *, activity: Activity, facts: dict[str, Any], approvals: dict[Partner, bool], stamp: str | None, by: User
) -> bool:
    """Record what was answered, by the programme's own deed; whether anything changed. Raises ChangedMeanwhile."""
    with transaction.atomic():
        partners = list(activity.partners.all())
        changed = bool(facts) and bool(
            programme.change(activity=activity, facts=facts, partners=partners, stamp=stamp, by=by)
        )
        for partner, approved in approvals.items():
            said = {"pal_eligible": approved} if approved else {"pal_eligible": False, "pal_basis": []}
            changed |= bool(partner_actions.change(partner=partner, facts=said, stamp=None, by=by))
    return changed
