"""What the guards need to know of partners."""

from __future__ import annotations

from typing import Any

from django_scopes import scope

from careers.partners import local
from careers.partners.facts import answers_of
from careers.partners.forms import PartnerForm
from careers.partners.merging import preview
from careers.partners.models import Contact, Partner
from careers.partners.records import KINDS
from careers.programme.models import ActivityPartner
from careers.schools.once import new_stamp
from tests.guards.tried import Form, Posted
from tests.guards.two_schools import TheSchool


def a_contact(school: TheSchool) -> Contact:
    word = school.school.name.split()[0]
    with scope(school=school.school):
        usual = {"partner": school.partner, "name": f"Contact of {word}", "email": "contact@example.org"}
        return Contact.objects.get_or_create(school=school.school, **usual)[0]


def the_other(school: TheSchool) -> Partner:
    with scope(school=school.school):
        return Partner.objects.get_or_create(school=school.school, kind="employer", name="Second Works")[0]


def its_activity(school: TheSchool) -> str:
    """One the partner took part in, of which nothing has been said yet."""
    with scope(school=school.school):
        ActivityPartner.objects.get_or_create(school=school.school, activity=school.activity, partner=school.partner)
    return school.activity.reference


def changed_facts(school: TheSchool) -> dict[str, Any]:
    with scope(school=school.school):
        school.partner.refresh_from_db()
        form = PartnerForm(school=school.school, partner=school.partner, initial=answers_of(school.partner))
        return {"name": school.partner.name, "kind": "employer", "town": "Ashmere", "stamp": form["stamp"].value()}


def a_new_contact(school: TheSchool) -> dict[str, Any]:
    return {"name": "Newcomer", "stamp": new_stamp()}


def changed_contact(school: TheSchool) -> dict[str, Any]:
    return {"name": "Robin Vane", "stamp": _stamp_of_contact(school)}


def _stamp_of_contact(school: TheSchool) -> str:
    kind = KINDS["contact"]
    return str(kind.form(initial=kind.answers_of(a_contact(school)))["stamp"].value())


def merged(school: TheSchool) -> dict[str, Any]:
    other = the_other(school)
    with scope(school=school.school):
        return {"other": other.reference, "merge": "yes", "stamp": preview(school.partner, other).stamp}


def local_figures(school: TheSchool) -> dict[str, Any]:
    with scope(school=school.school):
        first = local.answers_of(local.figures_of(school.school))
        stamp = local.LocalForm(initial=first)["stamp"].value()
    return {"area": "Ashmere", "pasted": "A, 2\nC, 8", "sectors_from": "Counted by us", "stamp": stamp}


def a_partner(school: TheSchool) -> dict[str, Any]:
    return {"name": "Quite another kiln", "kind": "employer", "stamp": new_stamp()}


SAMPLES = {
    "partners.reference": lambda school: school.partner.reference,
    "partners.item": lambda school: a_contact(school).reference,
    "partners:remark.activity": its_activity,
}
SHARED = {"partners.kind": "contact"}

POSTS = {
    "partners:add": Posted(422, a_partner, others=302),
    "partners:edit": Posted(422, changed_facts, others=409),
    "partners:retire": Posted(302),
    "partners:merge": Posted(422, merged),
    "partners:add_record": Posted(422, a_new_contact, others=302),
    "partners:record": Posted(422, changed_contact, others=409),
    "partners:remove": Posted(302),
    "partners:remark": Posted(422, lambda school: {"words": "Good with pupils", "stamp": new_stamp()}, others=302),
    "partners:local": Posted(302, local_figures, others=302),
}
FORMS = {
    "partners:add": Form(a_partner),
    "partners:edit": Form(changed_facts),
    "partners:retire": Form(),
    "partners:merge": Form(merged, the_other),
    "partners:add_record": Form(a_new_contact),
    "partners:record": Form(changed_contact),
    "partners:remove": Form(lambda school: {"remove": "yes", "stamp": _stamp_of_contact(school)}),
    "partners:remark": Form(lambda school: {"words": "Good with pupils", "stamp": new_stamp()}),
    "partners:local": Form(local_figures),
}
OPENED = {"partners:like": 302}
PAST_THE_SCOPE = {
    "careers/partners/merging.py": "the scoped manager of whichever kind of record points at one of two partners of the school",
}
