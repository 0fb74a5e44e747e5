"""The choices a pupil or a parent makes on their own page, each only where it is theirs to make."""

from __future__ import annotations

from careers.accounts.models import Membership
from careers.portal.own_pages import own_page
from careers.protection import consent, sharing_actions
from careers.protection.record_of_sharing import Giver
from careers.pupils.models import Pupil
from careers.schools.clock import today

NOT_YOURS = "This choice is not yours to make."


def choose_sharing(membership: Membership, pupil: Pupil, share: str) -> str:
    """`share`: yes or no. What is refused is said; nothing where it was done."""
    page, user = own_page(membership, pupil), membership.user
    if not page.may_instruct:
        return NOT_YOURS
    if share == "yes":
        if page.instruction is not None:
            sharing_actions.take_back(instruction=page.instruction, by=user)
        return ""
    if share != "no":
        return "Choose yes or no."
    giver = Giver.YOUNG_PERSON if page.self else Giver.PARENT
    facts = {"giver": giver, "giver_name": user.name, "how": "portal", "given_on": today()}
    facts["relationship"] = "The pupil" if page.self else "Parent or carer"
    if page.instruction is None:
        sharing_actions.instruct(pupil=pupil, facts=facts, by=user)
    return ""


def choose_following(membership: Membership, pupil: Pupil, follow: str) -> str:
    """`follow`: yes or no. What is refused is said; nothing where it was done."""
    page, user = own_page(membership, pupil), membership.user
    if not page.may_answer:
        return NOT_YOURS
    if follow not in ("yes", "no"):
        return "Choose yes or no."
    if follow == "no" and page.consent is not None and page.consent.answer == "given":
        consent.withdraw(pupil=pupil, by=user)
        return ""
    facts = {"asked_on": today(), "answered_on": today(), "how": "portal"}
    consent.answer(pupil=pupil, said="given" if follow == "yes" else "refused", facts=facts, by=user)
    return ""
