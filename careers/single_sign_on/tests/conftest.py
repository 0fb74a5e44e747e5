"""A school whose sign-in service is a real provider, running on this machine in a process of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.utils import timezone
from django_scopes import scopes_disabled

from careers.schools.models import School
from careers.single_sign_on.models import SignInService
from tests.makers import make_school
from tests.sign_in_service.running import SECRET, TENANT, services, sign_in_there

REFERENCE = "abcdefghjkmn"
BACK = f"/sign-in/school/{REFERENCE}/back/"
SetUp = Callable[..., SignInService]
ComeBack = Callable[..., Client]


@pytest.fixture(scope="session")
def provider() -> Iterator[str]:
    with services(f"http://testserver{BACK}") as origin:
        yield origin


@pytest.fixture
def school(db: None) -> School:
    return make_school("Beacon School", reference=REFERENCE)


@pytest.fixture
def of_the_school(provider: str, school: School, settings: object) -> SetUp:
    """Set the school's service up, of one kind: as if its people had entered it and tested it."""
    settings.SIGN_IN_LOCAL = True  # type: ignore[attr-defined]
    settings.SIGN_IN_ISSUERS = {"google": f"{provider}/google", "entra": provider + "/entra/{tenant}/v2.0"}  # type: ignore[attr-defined]

    def set_up(kind: str, **facts: object) -> SignInService:
        usual = {
            "tenant": TENANT if kind == "entra" else "",
            "address": f"{provider}/other" if kind == "other" else "",
            "client_id": f"trigpoint-{kind}",
            "domains": ["school.example.org"],
            "form_origin": provider,
            "tested_at": timezone.now(),
            "asks_second_step": True,
        }
        service = SignInService(school=school, kind=kind, **{**usual, **facts})
        service.secret = SECRET
        with scopes_disabled():
            service.save()
        return service

    return set_up


@pytest.fixture
def come_in() -> ComeBack:
    """Press the school's button, sign in at the service as somebody, and come back. Gives the client and what it was answered."""

    def do(who: str, client: Client | None = None, *, stop: bool = False, **posted: str) -> Client:
        client = client or Client()
        sent = client.post(f"/sign-in/school/{REFERENCE}/", posted)
        assert sent.status_code == 302, sent.content.decode()
        client.answer = client.get(sign_in_there(sent["Location"], who, stop=stop))  # type: ignore[attr-defined]
        return client

    return do
