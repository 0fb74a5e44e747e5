"""A person's own account, as lines of a page."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.html import format_html_join

from careers.accounts.models import Membership, User
from careers.accounts.roles import InstallationOperator
from careers.accounts.second_step.need import has_one, needs_of
from careers.accounts.sessions.ending import sessions_of
from careers.design.components import Action, Row


def about_oneself(user: User, codes: int | None, memberships: Iterable[Membership]) -> list[Row]:
    """`memberships` are those this session reaches; `codes`: how many recovery codes are left, if there are any."""
    rows = [
        Row("Name", user.name or "Not given"),
        Row("E-mail address", user.email),
        Row("Roles", _roles(user, memberships)),
    ]
    return [*rows, _password(user), *_second_step(user, codes), _sessions(user)]


def _roles(user: User, memberships: Iterable[Membership]) -> str:
    held = [f"{each.held.title} at {each.school.name}" for each in memberships]
    held += [InstallationOperator.title] if user.is_operator else []
    return format_html_join("", "<div>{}</div>", ([each] for each in held or ["None yet"]))


def _password(user: User) -> Row:
    if user.has_usable_password():
        return Row("Password", "Set", (Action("Change", reverse("account_change_password"), "password"),))
    return Row("Password", "None: you sign in with your school’s account")


def _second_step(user: User, codes: int | None) -> list[Row]:
    has, page = has_one(user), reverse("mfa_index")
    said = "Set up" if has else ("Needed for your role" if needs_of(user) else "Not set up")
    rows = [Row("Second step", said, (Action("Manage" if has else "Set up", page, "second step"),))]
    if has:
        make = Action("Make new ones", reverse("mfa_generate_recovery_codes"), "recovery codes")
        rows.append(Row("Recovery codes", f"{codes or 'None'} left", (make,)))
    return rows


def _sessions(user: User) -> Row:
    places = len(sessions_of(user))
    said = f"In {places} browser{'' if places == 1 else 's'}"
    return Row("Signed in", said, (Action("See", reverse("accounts:sessions"), "where you are signed in"),))
