"""What people do with evidence: keep it, say more about it, take it out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from careers.accounts.models import User
from careers.audit.record import record
from careers.design.editing import changes
from careers.evidence.contents import Found
from careers.evidence.models import Content, Evidence
from careers.programme.models import Activity
from careers.schools.models import School

FREE_TEXT = ("title", "note", "link")
"""The audit says that these changed, not what they say."""


def keep(
    *,
    school: School,
    of: Activity | str,
    files: Iterable[Found],
    facts: Mapping[str, Any],
    by: User,
) -> tuple[list[Evidence], int]:
    """Keep files, or the link in `facts`, as evidence of an activity or a criterion (its id).

    `facts` are fields of Evidence; several files are numbered after the one title. Gives what is new, and how many were there
    already: the same file or link on the same thing is kept once.
    """
    where = {"activity": of} if isinstance(of, Activity) else {"criterion": of}
    with transaction.atomic():
        School.objects.select_for_update().get(pk=school.pk)  # a second press waits here, and finds what the first kept
        there = Evidence.objects.filter(school=school, **where)
        digests = set(Content.objects.filter(evidence__in=there).values_list("sha256", flat=True))
        if link := facts.get("link"):
            known = there.filter(link=link).exists()
            made = [] if known else [_made(school, where, Evidence.Kind.LINK, facts, by)]
            already = int(known)
        else:
            sent = {file.sha256: file for file in files}
            new = [file for digest, file in sent.items() if digest not in digests]
            already = len(sent) - len(new)
            made = [_with_content(school, where, file, at, len(new), facts, by) for at, file in enumerate(new, start=1)]
        if made:
            kinds = sorted({evidence.kind for evidence in made})
            subject = of if isinstance(of, Activity) else made[0]
            tells = bool(facts.get("tells_of_pupils"))
            record("kept evidence", by=by, school=school, subject=subject, pieces=len(made), kinds=kinds, tells=tells)
    return made, already


def _made(school: School, where: Mapping[str, Any], kind: str, facts: Mapping[str, Any], by: User) -> Evidence:
    return Evidence.objects.create(school=school, kind=kind, kept_by=by, **where, **facts)


def _with_content(
    school: School, where: Mapping[str, Any], file: Found, at: int, among: int, facts: Mapping[str, Any], by: User
) -> Evidence:
    title = facts["title"] if among == 1 else f"{facts['title'][:110]} ({at})"
    evidence = _made(school, where, file.kind, {**facts, "title": title}, by)
    Content.objects.create(
        school=school, evidence=evidence, name=file.name, media_type=file.media_type, size=len(file.data),
        sha256=file.sha256, data=file.data, thumbnail=file.thumbnail,
    )  # fmt: skip
    return evidence


def correct(*, evidence: Evidence, facts: Mapping[str, Any], stamp: str | None, by: User) -> list[str]:
    """Say more about it, or put it right; the names of what changed. Raises ChangedMeanwhile when the stamp is an old one."""
    with transaction.atomic():
        now = Evidence.objects.select_for_update().get(pk=evidence.pk)
        changed = changes({name: getattr(now, name) for name in facts}, facts, stamp)
        for name, (_, value) in changed.items():
            setattr(now, name, value)
        if changed:
            now.save(update_fields=list(changed))
            said = {name: "changed" if name in FREE_TEXT else _plain(both) for name, both in changed.items()}
            record("corrected evidence", by=by, school=now.school, subject=now, changed=said)
    return list(changed)


def remove(*, evidence: Evidence, by: User) -> None:
    """Take it out for good, its file with it."""
    with transaction.atomic():
        now = Evidence.objects.select_for_update().filter(pk=evidence.pk).first()
        if now is not None:
            record(
                "removed evidence", by=by, school=now.school, subject=now, kind=now.kind, dated=now.dated.isoformat()
            )
            now.delete()


def _plain(both: list[Any]) -> list[Any]:
    return [value.isoformat() if hasattr(value, "isoformat") else value for value in both]
