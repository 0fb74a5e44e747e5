"""What is posted to each address that takes it, and what comes of that: by somebody who may, at their own school.

A new address that takes POST needs a line in POSTS; a test says which, and what it answered to an empty one.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from careers.design.editing import stamp_of
from tests.guards import stamps
from tests.guards.folders import said
from tests.guards.tried import Posted
from tests.guards.two_schools import TheSchool
from tests.makers import TODAY, YEAR


def the_day(name: str, day: date = TODAY) -> dict[str, Any]:
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def a_roll(school: TheSchool) -> dict[str, Any]:
    row = f"{school.pupil.upn},{school.pupil.surname},Changed,2012-03-01,9,9A"
    file = SimpleUploadedFile("roll.csv", f"UPN,Surname,Forename,DOB,Year,Form\n{row}\n".encode())
    return {"file": file, "academic_year": YEAR.start_year}


def an_activity(school: TheSchool) -> dict[str, Any]:
    stamp = stamps.of_activity(school)
    return {
        "title": "Talk", "type": "employer_encounter", "academic_year": YEAR.start_year, "stamp": stamp,
        "partners": [school.partner.reference],
    }  # fmt: skip


def a_status(school: TheSchool) -> dict[str, Any]:
    return {"status": "proposed", "stamp": stamp_of({"status": school.coming.status})}


def a_milestone(school: TheSchool) -> dict[str, Any]:
    return {**the_day("date"), "status": "done", "title": "Survey again", "stamp": stamps.of_milestone(school)}


def a_review(school: TheSchool) -> dict[str, Any]:
    return the_day("next_review_on", TODAY + timedelta(days=200)) | {"stamp": stamps.OF_NO_REVIEW}


def a_note(school: TheSchool) -> dict[str, Any]:
    return {"kind": "guidance", "text": "Asked about colleges.", "meeting": school.talk.reference}


def a_register(school: TheSchool) -> dict[str, Any]:
    return {f"mark-{school.pupil.reference}": "absent", f"seen-{school.pupil.reference}": "attended"}


def an_invitation(school: TheSchool) -> dict[str, Any]:
    return {"name": "Newcomer", "email": "newcomer@example.org", "groups": [school.form.reference]}


POSTS: dict[str, Posted] = {
    "encounters:register": Posted(302, a_register, others=302),
    "people:trust": Posted(302, lambda school: {"lets": "yes"}, others=302),
    "people:choose_role": Posted(422, lambda school: {"role": "tutor"}, others=302),
    "people:invite": Posted(422, an_invitation),
    "people:again": Posted(302),
    "people:withdraw": Posted(302),
    "people:role": Posted(422, lambda school: {"was": "tutor", "role": "teacher"}, others=302),
    "people:groups": Posted(302, lambda school: {"groups": [school.form.reference]}),
    "people:end": Posted(302, lambda school: {"end": "yes"}, others=302),
    "people:invitation": Posted(404),
    "single_sign_on:find": Posted(422, lambda school: {"email": "new@example.org"}, done=200, others=200),
    "single_sign_on:start": Posted(404),
    "single_sign_on:set_up": Posted(422),
    "single_sign_on:test": Posted(302),
    "single_sign_on:remove": Posted(302),
    "operating:add_school": Posted(422),
    "operating:leader_again": Posted(404),
    "operating:operators": Posted(422),
    "operating:end_operator": Posted(404),
    "guidance:write": Posted(422, a_note),
    "guidance:correct": Posted(422, lambda school: {"text": "Put right"}, others=302),
    "accounts:sessions": Posted(302),
    "accounts:send_kept_answers": Posted(302),
    "accounts:drop_kept_answers": Posted(302),
    "protection:end_hold": Posted(302),
    "protection:rule": Posted(422),
    "protection:correct": Posted(422),
    "protection:keep_back": Posted(422),
    "protection:erase": Posted(422),
    "protection:erase_account": Posted(422),
    "protection:extend": Posted(422),
    "protection:receive": Posted(422),
    "protection:copy": Posted(200, others=200),
    "protection:new_file": Posted(422),
    "protection:take_back": Posted(302),
    "protection:instruct": Posted(422),
    "protection:ask": Posted(302),
    "protection:consent": Posted(422),
    "protection:notices": Posted(422),
    "protection:notice": Posted(302),
    "protection:own_data": Posted(200),
    "jobs": Posted(302),
    "portal:sharing": Posted(302),
    "portal:following": Posted(302),
    "portal:copy": Posted(200, others=200),
    "imports:new": Posted(200, a_roll, others=302),
    "imports:held-add": Posted(302, lambda school: {"arrival": [school.arrival.reference]}, others=302),
    "imports:arrival-match": Posted(200, lambda school: {"pupil": school.outsider.reference}, others=200),
    "imports:arrival-add": Posted(200, lambda school: {"year_group": 10}, others=302),
    "imports:arrival-dismiss": Posted(302),
    "imports:choose": Posted(302, lambda school: {"programme": school.imported.reference}, others=302),
    "imports:confirm": Posted(302, lambda school: {"leaver": [school.pupil.reference]}, others=302),
    "imports:cancel": Posted(302),
    "imports:undo": Posted(302),
    "evaluation:reading": Posted(422, lambda school: {"choice": "birthday", "stamp": stamps.OF_NO_CHOICE}, others=302),
    "programme:add": Posted(422, an_activity),
    "programme:edit": Posted(422, an_activity),
    "programme:invite": Posted(302, lambda school: {"pupil": [school.pupil.reference]}, others=302),
    "programme:status": Posted(422, a_status, others=302),
    "pupils:list": Posted(302, lambda school: {"words": school.outsider.surname}, others=302),
    "leadership:add": Posted(422, a_milestone, others=302),
    "leadership:edit": Posted(422, a_milestone, others=302),
    "leadership:review": Posted(422, a_review, others=302),
    "leadership:remove": Posted(302, lambda school: {"remove": "yes"}, others=302),
    "accounts:choose_school": Posted(302, lambda school: {"school": school.school.reference}, others=302),
    **said("POSTS"),
}

OPENED: dict[str, int] = {
    "people:invitation": 404,
    "single_sign_on:back": 404,
    "demonstration:messages": 404,
    "evaluation:criterion_forecast": 302,
    "accounts:kept_answers": 302,
    "portal:home": 302,
    # No worker does jobs in a test.
    "ready": 503,
    "protection:privacy": 404,
    **said("OPENED"),
}
"""The status of opening an address, where it is not 200."""


NARROWER: dict[tuple[str, str], tuple[int, int]] = {
    ("protection:copy", "senior_leader"): (403, 403),
    ("portal:copy", "parent"): (405, 302),
    **said("NARROWER"),
}
"""The statuses of opening an address and of posting nothing to it for a role that may do less there than its policy says: a copy
that holds notes of guidance is made by those who may read them; a parent asks the school for one."""

AT_A_SCHOOL_ONLY = {"protection:own_data", *said("AT_A_SCHOOL_ONLY")}
"""Pages for any member that are about the school one stands at: whoever has none is told so."""
