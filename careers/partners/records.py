"""The kinds of record a partner has, each with its form and the words of its pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from careers.design.editing import EditForm
from careers.partners.forms_records import CheckForm, ContactForm, OfferForm, RemarkForm
from careers.partners.models import Check, Contact, Offer, PartnerRecord, Remark


@dataclass(frozen=True)
class Kind:
    """`adds` heads the page that adds one; None where it is added elsewhere."""

    model: type[PartnerRecord]
    form: type[EditForm]
    word: str
    adds: str | None
    help: str = ""

    def answers_of(self, found: PartnerRecord) -> dict[str, Any]:
        """What is recorded, as the form's first answers."""
        return {name: getattr(found, name) for name in self.form.base_fields if name != "stamp"}


KINDS = {
    "contact": Kind(
        Contact,
        ContactForm,
        "contact",
        "Add somebody to ask for",
        "They may ask what is held about them, and to have it taken out.",
    ),
    "offer": Kind(Offer, OfferForm, "offer", "Add what they offer"),
    "check": Kind(
        Check,
        CheckForm,
        "check",
        "Add an insurance or a check",
        "Record what you saw. The document itself is not kept here.",
    ),
    "remark": Kind(Remark, RemarkForm, "remark", None),
}
