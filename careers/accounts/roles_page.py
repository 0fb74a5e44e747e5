"""What the page of roles says: each role in words, and every policy by role for a wide screen or paper."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.text import capfirst

from careers.accounts.roles import ROLES, InstallationOperator, Policy, Role
from careers.design.components import Column, Row


@dataclass(frozen=True)
class Described:
    """One role as a section of the page."""

    role: type[Role]
    own: bool
    rows: tuple[Row, ...]
    may: tuple[str, ...]


def described(own: type[Role] | None) -> list[Described]:
    return [Described(role, role is own, rows_of(role), may(role)) for role in ROLES.values()]


def may(role: type[Role]) -> tuple[str, ...]:
    """What it may do, in the order of the policies; what a school may grant besides says so."""
    held = [capfirst(policy) for policy in Policy if policy in role.policies]
    return (*held, *(f"{capfirst(policy)}, at a school that lets it" for policy in Policy if policy in role.granted))


def rows_of(role: type[Role]) -> tuple[Row, ...]:
    return (
        Row("Sees by name", capfirst(role.reach)),
        Row("Signing in", "A password and a second step" if role.second_step else "A password"),
        Row("Signed out when idle for", f"{role.idle_minutes} minutes"),
        Row("Given by", "Whoever runs this installation" if role is InstallationOperator else "The school"),
    )


def columns() -> list[Column]:
    return [Column("May"), *(Column(role.title) for role in ROLES.values())]


def lines() -> list[list[str]]:
    return [[capfirst(policy), *(_said(policy, role) for role in ROLES.values())] for policy in Policy]


def _said(policy: Policy, role: type[Role]) -> str:
    return "Yes" if policy in role.policies else "If let" if policy in role.granted else "–"
