"""How to do, by posting, each deed that changes a record: for every address that takes a form."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django_scopes import scopes_disabled

from careers.design.editing import stamp_of
from careers.imports.models import Import, ImportChange
from careers.programme.forms import answers_of
from careers.programme.models import Activity
from careers.protection.models import DataContact
from careers.single_sign_on.models import SignInService
from tests.guards import stamps
from tests.guards.folders import said
from tests.guards.tried import Form
from tests.guards.two_schools import TheSchool
from tests.makers import TODAY, YEAR

DAY = {"date_day": "10", "date_month": "11", "date_year": "2026"}
ROLL = b"Surname,Forename,UPN,Year Group,Date of Birth\nNewcomer,Nia,,9,2013-03-04\n"


def _activity(school: TheSchool, **fields: Any) -> None:
    with scopes_disabled():
        Activity.objects.filter(pk=school.activity.pk).update(**fields)
    school.activity.refresh_from_db()


def _import(school: TheSchool, **fields: Any) -> None:
    with scopes_disabled():
        Import.objects.filter(pk=school.imported.pk).update(**fields)
    school.imported.refresh_from_db()


def _planned(school: TheSchool) -> None:
    with scopes_disabled():
        school.encounter.delete()
    _activity(school, status="planned", starts_on=TODAY)


def _answers(school: TheSchool) -> dict[str, Any]:
    with scopes_disabled():
        held = answers_of(school.activity)
        held |= {"title": "Another title", "stamp": stamps.of_activity(school)}
    sent = {}
    for name, value in held.items():
        if value is None:
            continue
        if hasattr(value, "year"):
            sent |= {f"{name}_day": value.day, f"{name}_month": value.month, f"{name}_year": value.year}
        else:
            sent[name] = {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
    return sent


def _mark(school: TheSchool) -> dict[str, Any]:
    return {f"mark-{school.pupil.reference}": "absent", f"seen-{school.pupil.reference}": "attended"}


FORMS: dict[str, Form] = {
    "leadership:add": Form(lambda school: {**DAY, "status": "done"}),
    "leadership:edit": Form(lambda school: {**DAY, "status": "done"} | {"stamp": stamps.of_milestone(school)}),
    "leadership:remove": Form(lambda school: {"remove": "yes"} | {"stamp": stamps.of_milestone(school)}),
    "leadership:review": Form(
        lambda school: {f"next_review_on_{k[5:]}": v for k, v in DAY.items()} | {"stamp": stamps.OF_NO_REVIEW}
    ),
    "guidance:write": Form(lambda school: {"kind": "guidance", "text": "Asked about colleges."}),
    "guidance:correct": Form(lambda school: {"text": "Asked about apprenticeships."}),
    "programme:add": Form(
        lambda school: {"title": "Talk", "type": "employer_encounter", "academic_year": YEAR.start_year}
    ),
    "programme:edit": Form(_answers),
    "programme:status": Form(
        lambda school: {"status": "cancelled", "why": "clash", "stamp": stamp_of({"status": school.coming.status})}
    ),
    "programme:invite": Form(lambda school: {"pupil": [school.pupil.reference]}, _planned),
    "evaluation:reading": Form(lambda school: {"choice": "birthday", "stamp": stamps.OF_NO_CHOICE}),
    "encounters:register": Form(_mark),
    "people:trust": Form(lambda school: {"lets": "yes"}),
    "people:invite": Form(lambda school: {"name": "Nia Newcomer", "email": "nia@example.org"}),
    "people:again": Form(),
    "people:withdraw": Form(),
    "people:role": Form(lambda school: {"was": "tutor", "role": "teacher"}, events=2),
    "people:groups": Form(),
    "people:end": Form(lambda school: {"end": "yes"}, events=2),
    "single_sign_on:remove": Form(lambda school: {"remove": "yes"}, lambda school: _service(school)),
    "imports:new": Form(
        lambda school: {"file": SimpleUploadedFile("roll.csv", ROLL), "academic_year": YEAR.start_year}
    ),
    "imports:cancel": Form(first=lambda school: _import(school, status="ready")),
    "imports:undo": Form(first=lambda school: _brought_in(school)),
    "imports:arrival-add": Form(lambda school: {"year_group": 9}),
    "imports:arrival-match": Form(lambda school: {"pupil": school.pupil.reference}, lambda school: _like(school)),
    "imports:arrival-dismiss": Form(),
    "protection:rule": Form(lambda school: {"length": "5"} | {"stamp": stamps.of_rule(school)}),
    "protection:correct": Form(
        lambda school: (
            {"surname": "Rightly", "sex": "", "upn": school.pupil.upn, "why": "wrong"}
            | {"stamp": stamps.of_pupil(school)}
        )
    ),
    "protection:keep_back": Form(
        lambda school: {"reason": "request", "until_day": "1", "until_month": "2", "until_year": "2027"}
    ),
    "protection:erase": Form(lambda school: {"how": "everything", "sure": ["yes"]}),
    "protection:end_hold": Form(),
    "protection:receive": Form(
        lambda school: {**_the_day("received_on"), "asker": "pupil", "identity_checked": "Known to the office"}
    ),
    "protection:extend": Form(lambda school: {"why": "Many requests at once"}),
    "protection:take_back": Form(),
    "protection:instruct": Form(
        lambda school: {
            **_the_day("given_on"),
            "giver": "parent",
            "giver_name": "Robin",
            "relationship": "Carer",
            "how": "said",
        }
    ),
    "protection:consent": Form(lambda school: {**_the_day("answered_on"), "said": "given", "how": "said"}),
    "protection:notices": Form(
        lambda school: {"officer": "Dana Fields", "email": "data@example.org", "local_authority": "Northshire"}
    ),
    "protection:notice": Form(first=lambda school: _with_an_officer(school)),
    "protection:erase_account": Form(lambda school: {"sure": ["yes"]}),
    "imports:held-add": Form(lambda school: {"arrival": [school.arrival.reference]}, lambda school: _in_year_9(school)),
    **said("FORMS"),
}


def _service(school: TheSchool) -> None:
    with scopes_disabled():
        SignInService.objects.create(school=school.school, kind="google", client_id="us", sealed_secret="x")


def _brought_in(school: TheSchool) -> None:
    with scopes_disabled():
        row = {"model": "pupils.arrival", "object_pk": school.arrival.pk, "after": {"surname": school.arrival.surname}}
        ImportChange.objects.create(school=school.school, of_import=school.imported, **row)


def _like(school: TheSchool) -> None:
    school.arrival.surname = school.pupil.surname
    school.arrival.save()


def _in_year_9(school: TheSchool) -> None:
    school.arrival.facts = {"year_group": 9}
    school.arrival.save()


def _the_day(name: str) -> dict[str, str]:
    return {f"{name}_day": "20", f"{name}_month": "11", f"{name}_year": "2026"}


def _with_an_officer(school: TheSchool) -> None:
    with scopes_disabled():
        DataContact.objects.create(school=school.school, officer="Dana Fields", email="data@example.org")


BY_FAMILIES = "done by pupils and parents: careers/portal/tests/"
ELSEWHERE = {
    "protection:copy": "gives a file: careers/protection/tests/test_answering_a_request_for_a_copy.py",
    "protection:new_file": "gives a file: careers/protection/tests/test_sharing_with_the_local_authority.py",
    "protection:own_data": "gives a file: careers/protection/tests/test_telling_people_what_is_held.py",
    "protection:ask": "wants somebody in Year 11: careers/protection/tests/test_asking_to_follow_young_people.py",
    **dict.fromkeys(("portal:sharing", "portal:following", "portal:copy"), BY_FAMILIES),
    "imports:choose": "wants a file with two programmes in it: careers/imports/tests/test_pages.py",
    "imports:confirm": "wants a file with its preview: careers/imports/tests/test_confirming.py",
    "accounts:sessions": "what somebody does about their own session: careers/accounts/tests/",
    "accounts:send_kept_answers": "sends what was typed once more, to the page it was typed on",
    "accounts:drop_kept_answers": "what was typed is forgotten; nothing was saved",
    "remove_passkey": "one's own passkey: careers/accounts/tests/",
    "jobs": "for operators, who stand at no school: careers/website/tests/test_a_monitor_asks_how_it_is.py",
    "pupils:list": "the words of a search are kept in one's own session; the list it gives is on record",
    "people:choose_role": "leads on to the next question",
    "single_sign_on:set_up": "asks the service: careers/single_sign_on/tests/test_setting_a_service_up.py",
    "single_sign_on:test": "goes to the service: careers/single_sign_on/tests/test_setting_a_service_up.py",
    **dict.fromkeys(
        [f"operating:{deed}" for deed in ("add_school", "leader_again", "operators", "end_operator")],
        "an operator's, who is of no school: careers/operating/tests/test_looking_after_an_installation.py",
    ),
    "accounts:choose_school": "which school one works at is kept in one's own session",
    **said("ELSEWHERE"),
}
"""Addresses that take a form and are not tried here, and why."""
