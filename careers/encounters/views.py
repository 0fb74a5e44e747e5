"""Taking the register of an activity: who of one's own pupils was there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from careers.accounts.deeds import person_key
from careers.accounts.looking import looked_at
from careers.accounts.policy import SchoolRequest, requires
from careers.accounts.roles import Policy
from careers.encounters.actions import NO_PLACE, WORDS_OF, Taken, register_refused, take_register
from careers.encounters.models import Encounter
from careers.encounters.registers import Line, Register, mark_words
from careers.programme.actions import NotNow
from careers.programme.models import Activity
from careers.programme.queries import hidden_from
from careers.pupils.models import Pupil

MARK, SEEN = "mark-", "seen-"


@requires(Policy.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: SchoolRequest, reference: str) -> HttpResponse:
    """Everyone starts present. Whoever has marked the same pupil otherwise meanwhile is not overwritten."""
    activity = asked_for(request, reference)
    asked = Register(activity, request.membership, request.GET.get("group", ""))
    if refusal := register_refused(activity):
        return _show(request, asked, [], {"refusal": refusal}, 409 if request.method == "POST" else 200)
    if request.method != "POST":
        return _show(request, asked, asked.lines, {})
    return _save(request, asked)


def asked_for(request: SchoolRequest, reference: str) -> Activity:
    """The activity an address names. A one-to-one meeting of a pupil beyond reach is as if it were not there."""
    seen = Activity.objects.exclude(pk__in=hidden_from(request.membership).values("pk"))
    found: Activity = get_object_or_404(seen, school=request.school, reference=reference)
    return found


def _save(request: SchoolRequest, asked: Register) -> HttpResponse:
    pupils = asked.pupils(name.removeprefix(MARK) for name in request.POST if name.startswith(MARK))
    marks, seen = _given(request.POST, MARK, pupils), _given(request.POST, SEEN, pupils)
    try:
        taken = take_register(activity=asked.activity, marks=marks, seen=seen, by=request.user)
    except NotNow as reason:  # cancelled since the page was opened
        return _show(request, asked, [], {"refusal": str(reason)}, 409)
    if taken.disputed:
        lines = asked.disputed(taken.disputed, marks)
        return _show(request, asked, lines, {"disputed": True, "saved": len(marks) - len(lines)}, 409)
    messages.success(request, _said(marks.values(), taken, pupils))
    done = reverse("programme:activity", args=[asked.activity.reference])
    # The page's script sends the register itself, so that marks made without a connection are not lost with the page.
    return JsonResponse({"next": done}) if request.headers.get("Accept") == "application/json" else redirect(done)


def _given(post: QueryDict, prefix: str, pupils: Iterable[Pupil]) -> dict[Pupil, str]:
    return {pupil: post.get(prefix + pupil.reference, NO_PLACE) for pupil in pupils}


def _said(marks: Iterable[str], taken: Taken, pupils: list[Pupil]) -> str:
    """What the register says now and, where somebody else's marks were kept, whose."""
    counted = Counter(marks)
    counts = ", ".join(f"{counted[mark]} {words.lower()}" for mark, words in WORDS_OF.items() if counted[mark])
    names = {pupil.pk: pupil.full_name for pupil in pupils}
    kept = [f"{names[e.pupil_id]} stays as marked meanwhile: {_words(e)}." for e in taken.kept]
    return " ".join([f"The register is saved: {counts or 'nobody marked'}.", *kept])


def _words(encounter: Encounter) -> str:
    return mark_words(encounter.get_status_display().lower(), encounter.recorded_by, encounter.recorded_at)


def _show(
    request: SchoolRequest, asked: Register, lines: list[Line], more: dict[str, Any], status: int = 200
) -> HttpResponse:
    looked_at(request, "a register", [line.pupil.pk for line in lines], asked.activity)
    group = asked.group.reference if asked.group and "refusal" not in more else ""
    kept_as = f"{person_key(request.user.pk)}.{asked.activity.reference}.{group}"
    page = {"activity": asked.activity, "asked": asked, "lines": lines, "kept_as": kept_as, **more}
    return render(request, "encounters/register.html", page, status=status)
