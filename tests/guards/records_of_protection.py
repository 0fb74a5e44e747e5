"""A record of each kind of this school's, for addresses that name one."""

from __future__ import annotations

from django_scopes import scope

from careers.protection.models import AccessRequest, Hold, PublishedNotice, Receipt, SharingExport, SharingInstruction
from tests.guards.two_schools import TheSchool
from tests.makers import TODAY


def a_hold(school: TheSchool) -> Hold:
    with scope(school=school.school):
        usual = {"reason": "request", "until": TODAY, "made_on": TODAY}
        return Hold.objects.get_or_create(school=school.school, pupil=school.pupil, defaults=usual)[0]


def a_receipt(school: TheSchool) -> Receipt:
    with scope(school=school.school):
        return Receipt.objects.get_or_create(school=school.school, kind="pupil", made_on=TODAY)[0]


def a_request(school: TheSchool) -> AccessRequest:
    with scope(school=school.school):
        usual = {"received_on": TODAY, "asker": "pupil"}
        return AccessRequest.objects.get_or_create(school=school.school, pupil=school.pupil, **usual)[0]


def a_file(school: TheSchool) -> SharingExport:
    with scope(school=school.school):
        usual = {"purpose": "support", "level": "basic", "recipient": "Northshire Council", "asked_by": "The team"}
        return SharingExport.objects.get_or_create(school=school.school, asked_on=TODAY, made_on=TODAY, **usual)[0]


def an_instruction(school: TheSchool) -> SharingInstruction:
    with scope(school=school.school):
        usual = {"giver": "parent", "how": "written", "given_on": TODAY}
        return SharingInstruction.objects.get_or_create(school=school.school, pupil=school.pupil, **usual)[0]


def its_notice(school: TheSchool) -> PublishedNotice:
    with scope(school=school.school):
        return PublishedNotice.objects.get_or_create(school=school.school, audience="pupils", published_on=TODAY)[0]
