"""Setting a school's sign-in service up, and taking it away."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django_scopes import scope

from careers.accounts.models import User
from careers.audit.record import record
from careers.schools.models import School
from careers.single_sign_on.models import Link, SignInService

IDENTITY = ("kind", "tenant", "address", "client_id")
"""Another of these is another service, in whose mouth the same name may be somebody else."""


def set_up(*, school: School, facts: dict[str, Any], secret: str, form_origin: str, by: User) -> SignInService:
    """Keep how the service is reached. It is offered to nobody until a test has gone all the way. An empty secret keeps the old."""
    with transaction.atomic(), scope(school=school):
        service = SignInService.objects.select_for_update().filter(school=school).first()
        is_new = service is None
        service = service or SignInService(school=school)
        before = {name: getattr(service, name) for name in IDENTITY}
        for name, value in facts.items():
            setattr(service, name, value)
        if secret:
            service.secret = secret
        service.form_origin, service.tested_at = form_origin, None
        service.save()
        if not is_new and before != {name: getattr(service, name) for name in IDENTITY}:
            Link.objects.filter(school=school).delete()
        said = {"kind": service.kind, "domains": service.domains}
        if is_new:
            record("set up a sign-in service", by=by, school=school, subject=school, **said)
        else:
            record("changed the sign-in service", by=by, school=school, subject=school, **said)
    return service


def tested(*, service: SignInService, by: User) -> None:
    """A test went all the way, so the service is offered from now on."""
    with transaction.atomic(), scope(school=service.school):
        SignInService.objects.filter(pk=service.pk).update(tested_at=timezone.now())
        record("tested the sign-in service", by=by, school=service.school, subject=service.school)


def remove(*, school: School, by: User) -> None:
    """Nobody comes in by the service any more. People keep their roles, and can set a password by e-mail."""
    with transaction.atomic(), scope(school=school):
        Link.objects.filter(school=school).delete()
        if SignInService.objects.filter(school=school).delete()[0]:
            record("took away the sign-in service", by=by, school=school, subject=school)
