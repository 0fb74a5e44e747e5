"""Nobody's change is overwritten unseen: every form that asks something carries a stamp of what it began with.

A form that changes a record is a `careers.design.editing.EditForm`; one that adds a record has `careers.schools.once.new_stamp()`
as its stamp, so that a second press of the button adds nothing. CONTRIBUTING.md says how.
"""

from __future__ import annotations

import pytest
from django.test import Client
from lxml import html

from careers.schools import clock
from tests.guards.addresses import Address, ours
from tests.guards.folders import said
from tests.guards.two_schools import make_the_school
from tests.makers import TODAY

pytestmark = pytest.mark.django_db
ASKED = ".//input[not(@type='hidden')] | .//select | .//textarea"

WITHOUT: dict[str, str] = {
    "pupils:list": "searches",
    "design:gallery": "shows what forms look like, and saves nothing",
    "imports:new": "an upload: the same file twice finds nothing left to do",
    "imports:arrival": "decided once: whoever comes second is told what it became",
    "imports:held": "decided once: whoever comes second is told what it became",
    "programme:invite": "adds places, and leaves those that are there as they are",
    "protection:keep_back": "a later hold takes the place of an earlier one, and both are on record",
    "protection:erase": "takes away, once",
    "protection:erase_account": "takes away, once",
    "mfa_reauthenticate": "asks who one is, and saves nothing",
    "guidance:correct": "what a note said before is kept, with who wrote it and when",
    "guidance:write": "adds a note",
    "single_sign_on:find": "asks for an address, and saves nothing",
    "people:choose_role": "asks which role, and saves nothing",
    "people:invite": "adds an invitation; to the same address again it is refused",
    "people:person": "the role's form says what the role was, and is refused where it no longer is",
    "encounters:register": "a stamp for each pupil, named seen- and the pupil: marks are put together one by one",
    **said("WITHOUT"),
}
"""Pages with a form that asks something and carries no stamp, and why nothing is overwritten."""
LAST_SAVE_STANDS = {
    *(f"protection:{page}" for page in ("extend", "receive", "copy", "new_file", "instruct", "consent", "notices")),
    "single_sign_on:set_up",
}
"""Pages whose form has none yet: whoever saves last is on record, and so is whoever was before. None is to be added."""


@pytest.mark.parametrize("address", ours(), ids=lambda address: address.name)
def test_every_form_that_changes_something_carries_a_stamp(address: Address) -> None:
    with clock.on(TODAY):
        here = make_the_school("Beacon School")
        client = Client()
        client.force_login(here.people["careers_leader"])
        answer = client.get(address.filled(here))
    if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
        return
    forms = [form for form in html.fromstring(answer.content.decode()).forms if form.method == "POST"]
    asking = [form for form in forms if form.xpath(ASKED)]
    unstamped = [form for form in asking if not form.xpath(".//input[@name='stamp'][string(@value)]")]
    assert not unstamped or address.name in {*WITHOUT, *LAST_SAVE_STANDS}, (
        f"A form at {address.route} carries no stamp, so two people could overwrite each other. Make it an EditForm "
        "(careers/design/editing.py), or say in WITHOUT why that cannot be."
    )
