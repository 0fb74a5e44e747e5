"""Follow the chains of the audit from end to end: manage.py verify_audit [--school URN] [--expect FILE]."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from careers.audit.verifying import Head, Verdict, chains, remember, verify
from careers.schools.command_line import refuse, school_with
from careers.schools.models import School

INSTALLATION = "installation"
"""What stands for the chain of deeds that concern no school, such as adding one."""


class Command(BaseCommand):
    help = (
        "Follow the audit's chains. A line for each: the school's URN, the number and hash of its last event, and whether "
        "it is whole. Keep the lines elsewhere and give them back with --expect. Ends with status 1 where one is broken."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--school", metavar="URN", help="only this school's")
        parser.add_argument("--expect", metavar="FILE", help="lines an earlier run printed, to hold the chains against")

    def handle(self, *args: Any, **given: Any) -> None:
        schools = {school.pk: school.urn for school in School.objects.all()}
        names = {0: INSTALLATION, **schools}
        wanted = [school_with(given["school"]).pk] if given["school"] else chains()
        expected = heads_in(given["expect"]) if given["expect"] else {}
        broken = 0
        for chain in wanted:
            name = names.get(chain, f"school-{chain}")
            verdict = verify(chain, expected.pop(name, None))
            remember(verdict)
            self.stdout.write(f"{name} {verdict.head.number} {verdict.head.hash} {in_words(verdict)}")
            broken += bool(verdict.fault)
        for name in [] if given["school"] else expected:
            self.stdout.write(f"{name} 0 {Head().hash} BROKEN: There is no such chain any more.")
            broken += 1
        if broken:
            raise CommandError(f"{broken} of the audit's chains broken.", returncode=1)


def in_words(verdict: Verdict) -> str:
    if verdict.fault:
        return f"BROKEN: {verdict.fault}"
    sealed = f", those up to number {verdict.sealed} sealed away" if verdict.sealed else ""
    return f"whole, {verdict.events} events{sealed}"


def heads_in(file: str) -> dict[str, Head]:
    """What an earlier run printed, by the name each line begins with."""
    try:
        lines = [line.split(maxsplit=3) for line in Path(file).read_text("utf-8").splitlines() if line.strip()]
        return {name: Head(int(number), hash) for name, number, hash, *_ in lines}
    except (OSError, ValueError):
        raise refuse(f"{file} cannot be read as lines that verify_audit printed.") from None
