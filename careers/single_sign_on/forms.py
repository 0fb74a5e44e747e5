"""What a school enters about its sign-in service, and the address somebody looks for theirs by."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator

from careers.design.forms import Radios
from careers.single_sign_on.models import SignInService

DOMAIN = re.compile(r"(?!-)[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})+")
TENANT = RegexValidator(
    r"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$", "Enter the 36 characters of the tenant ID"
)
MOST_DOMAINS = 10


class SetUpForm(forms.Form):
    mark_optional = False

    kind = forms.ChoiceField(label="Which service?", choices=SignInService.Kind.choices, widget=Radios(small=True))
    tenant = forms.CharField(
        label="Directory (tenant) ID",
        required=False,
        validators=[TENANT],
        help_text="For Microsoft Entra only: 36 characters, on the overview page of the app registration.",
    )
    address = forms.CharField(
        label="Issuer",
        required=False,
        max_length=300,
        help_text="For another service only: an https address, exactly as the service writes it.",
    )
    client_id = forms.CharField(label="Client ID", max_length=200)
    secret = forms.CharField(
        label="Client secret",
        required=False,
        strip=True,
        max_length=500,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    domains = forms.CharField(
        label="E-mail domains of the school",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="What stands after the @, one on each line. An account with another is not let in.",
    )
    asks_second_step = forms.BooleanField(
        label="The service asks everybody for a second step, such as a code or a passkey",
        required=False,
        help_text="Tick it only if that is enforced there. Trigpoint then asks for none of its own.",
    )

    def __init__(self, *args: Any, held: SignInService | None, **given: Any) -> None:
        super().__init__(*args, **given)
        self.held = held
        self.fields["secret"].help_text = (
            "Leave it empty to keep the one entered before, which nobody can read here."
            if held
            else "It is kept encrypted."
        )

    def clean_domains(self) -> list[str]:
        found = [word.lstrip("@").lower() for word in re.split(r"[\s,;]+", self.cleaned_data["domains"]) if word]
        wrong = [word for word in found if not DOMAIN.fullmatch(word)]
        if wrong:
            raise ValidationError(f"{wrong[0]} is not a domain, such as school.example.org")
        if not 0 < len(found) <= MOST_DOMAINS:
            raise ValidationError(f"Give from one to {MOST_DOMAINS} domains")
        return list(dict.fromkeys(found))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        kind = given.get("kind")
        if kind == SignInService.Kind.ENTRA and not given.get("tenant") and "tenant" not in self.errors:
            self.add_error(
                "tenant", "Enter the directory (tenant) ID. Without it, anybody's Microsoft account would do"
            )
        if kind == SignInService.Kind.OTHER:
            address = str(given.get("address") or "")
            if not urlsplit(address).hostname:
                self.add_error("address", "Enter the issuer, an https address")
        if not given.get("secret") and (self.held is None or self._is_another(given)):
            self.add_error("secret", "Enter the client secret")
        return given

    def _is_another(self, given: dict[str, Any]) -> bool:
        """A secret is never sent to another service than the one it was entered for."""
        held = self.held
        return held is not None and any(
            getattr(held, name) != value
            for name, value in self.facts(given).items()
            if name in ("kind", "tenant", "address")
        )

    def facts(self, given: dict[str, Any] | None = None) -> dict[str, Any]:
        """Fields of SignInService, with those of other kinds emptied."""
        given = self.cleaned_data if given is None else given
        facts = {name: given.get(name) for name in ("kind", "client_id", "domains", "asks_second_step")}
        facts["tenant"] = (given.get("tenant") or "").lower() if facts["kind"] == SignInService.Kind.ENTRA else ""
        facts["address"] = given.get("address") or "" if facts["kind"] == SignInService.Kind.OTHER else ""
        return facts


class FindForm(forms.Form):
    email = forms.EmailField(
        label="Email address of your school account", widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
