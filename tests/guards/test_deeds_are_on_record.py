"""Whatever is changed, taken out or shown with a name is on record, and where it cannot be put on record it is not done."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client
from django_scopes import scopes_disabled

from careers.accounts.models import SignedIn
from careers.audit.models import Event
from careers.schools import clock
from tests.guards.addresses import Address, ours
from tests.guards.deeds import ELSEWHERE, FORMS
from tests.guards.two_schools import TheSchool, make_the_school
from tests.makers import TODAY

pytestmark = pytest.mark.django_db
NOT_OURS = {"audit", "sessions", "contenttypes"}
SURNAME = "Quillfeather"


@pytest.fixture
def here() -> Iterator[TheSchool]:
    with clock.on(TODAY):
        made = make_the_school("Beacon School")
        made.pupil.surname = SURNAME
        made.pupil.save()
        yield made


def leader(here: TheSchool) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(here.people["careers_leader"])
    return client


def everything() -> dict[str, list[Any]]:
    """Every row of every table but the audit and sessions, and what is noted of those."""
    models = [model for model in apps.get_models() if model._meta.app_label not in NOT_OURS and model is not SignedIn]
    with scopes_disabled():
        return {m._meta.label: list(m._base_manager.order_by("pk").values_list()) for m in models}


def refuse_the_audit() -> None:
    """From now on the database takes no event, as when a disk is full."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TRIGGER full BEFORE INSERT ON audit_event BEGIN SELECT RAISE(ABORT, 'full'); END")


def takes_a_form(address: Address) -> bool:
    return "POST" in inspect.getsource(inspect.unwrap(address.view)) and address.policy != "public"


def test_every_address_that_takes_a_form_is_tried() -> None:
    forgotten = {address.name for address in ours() if takes_a_form(address)} - FORMS.keys() - ELSEWHERE.keys()
    assert forgotten == set(), "Say in tests/guards/deeds.py how each is done by posting."


@pytest.mark.parametrize("address", [each for each in ours() if each.name in FORMS], ids=lambda address: address.name)
def test_a_change_is_on_record_or_is_not_made(address: Address, here: TheSchool) -> None:
    form, client, where = FORMS[address.name], leader(here), address.filled(here)
    form.first(here)
    before, sent = everything(), form.data(here)
    refuse_the_audit()
    refused = client.post(where, sent)
    assert refused.status_code == 500, f"{refused.status_code}: it was done, or refused for another reason"
    assert everything() == before
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER full")
    sent = form.data(here)
    assert client.post(where, sent).status_code == 302
    assert everything() != before
    assert Event.objects.filter(school_id=here.school.pk).count() == form.events
    assert_nothing_personal()


def test_names_are_shown_and_taken_out_only_on_record(here: TheSchool) -> None:
    """Of every address in turn. The audit that takes nothing comes last, because a list is shown again without being written."""
    unwritten = []
    giving = [address for address in ours() if address.policy != "public" and gives_names(address, here, unwritten)]
    assert unwritten == [], "shows a name or gives a file, and nobody could tell"
    assert {"pupils:pupil", "pupils:list", "evaluation:criterion", "exports:criterion"} <= {a.name for a in giving}
    assert_nothing_personal()
    refuse_the_audit()
    shown = {address.name: asked_by(leader(here), address.filled(here)) for address in giving}
    assert set(shown.values()) == {500}, shown


def asked_by(client: Client, where: str) -> int:
    """The status of an answer. What the page began is taken back, or the test's own transaction would be of no more use."""
    with transaction.atomic():
        return client.get(where).status_code


def gives_names(address: Address, here: TheSchool, unwritten: list[str]) -> bool:
    """Whether reading it shows the pupil's name or gives a file; added to `unwritten` where no event says so."""
    before = Event.objects.count()
    answer = leader(here).get(address.filled(here))
    said = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[arg-type]
    names = SURNAME in said.decode(errors="replace")
    gives = names or "attachment" in answer.get("Content-Disposition", "")
    written = Event.objects.filter(school_id=here.school.pk)[: Event.objects.count() - before]
    pupil = ("pupils.pupil", str(here.pupil.pk))
    about = {(e.subject_kind, e.subject_id) == pupil or f",{here.pupil.pk}," in (e.concerns or "") for e in written}
    # A name in a file that nobody has matched yet is no pupil's: that somebody looked at the file is what can be told.
    of_a_file = any(e.verb == "looked at names being brought in" for e in written)
    if gives and (not written or (names and True not in about and not of_a_file)):
        unwritten.append(address.route)
    return gives


def assert_nothing_personal() -> None:
    """Nothing in a detail is anybody's name, number, address or birthday."""
    with scopes_disabled():
        pupils = list(apps.get_model("pupils", "Pupil").objects.all())
        people = list(apps.get_model("accounts", "User").objects.all())
    private = {str(part).lower() for p in pupils for part in (p.surname, p.upn, p.date_of_birth) if part}
    private |= {part.lower() for person in people for part in (person.email, person.name)}
    for event in Event.objects.all():
        said = str(event.detail).lower()
        assert [part for part in private if part in said] == [], event.verb
