"""A pasted or scanned list: who of it is surely which pupil, who may be, and who is nobody; then they are marked, or booked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from careers.accounts.looking import looked_at
from careers.accounts.policy import SchoolRequest, requires
from careers.accounts.roles import Policy
from careers.encounters.actions import NO_PLACE, book, register_refused, take_register
from careers.encounters.forms import PasteForm
from careers.encounters.models import Encounter
from careers.encounters.note_views import matching_for
from careers.encounters.pasted import LINES, lines_of, sought_in
from careers.encounters.views import asked_for
from careers.programme.actions import NotNow
from careers.programme.models import Activity
from careers.pupils.matching import Match, Matching
from careers.pupils.models import Pupil
from careers.schools.clock import today

PUPIL, CHOSEN, LINE, SEEN = "pupil", "chosen-", "line", "seen-"
Status = Encounter.Status


@dataclass(frozen=True)
class Settled:
    """A pupil who is on the list: `seen` is what the log says of them, `words` the same for people."""

    pupil: Pupil
    form: str
    seen: str
    words: str
    shown: bool
    """Whether the person was shown them before: only those are saved."""


@dataclass(frozen=True)
class Looked:
    """What became of the lines: `settled` pupils, and lines that are `doubtful` or `nobody`'s."""

    settled: tuple[Settled, ...]
    doubtful: tuple[tuple[str, Match], ...]
    nobody: tuple[tuple[str, Match], ...]


@requires(Policy.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def paste(request: SchoolRequest, reference: str) -> HttpResponse:
    activity = asked_for(request, reference)
    coming = activity.starts_on is None or activity.starts_on > today()
    refusal = "" if coming and activity.status == Activity.Status.PLANNED else register_refused(activity)
    page: dict[str, Any] = {"activity": activity, "coming": coming, "refusal": refusal}
    if refusal or request.method != "POST":
        status = 409 if request.method == "POST" else 200
        return render(request, "encounters/paste.html", {**page, "form": PasteForm()}, status=status)
    form = PasteForm(request.POST)
    if not form.is_valid():
        return render(request, "encounters/paste.html", {**page, "form": form}, status=422)
    matching = matching_for(request)
    looked = _look(activity, matching, request.POST, form.cleaned_data["lines"])
    if "save" in request.POST:
        return _save(request, activity, looked, page)
    return _show(request, activity, looked, page)


def _look(activity: Activity, matching: Matching, post: QueryDict, typed: str) -> Looked:
    """Lines in order: first those that were settled or chosen before, by reference, then those still to be settled."""
    by_reference = {pupil.reference: pupil for pupil in matching.pupils.values()}
    chosen = {n: post.get(f"{CHOSEN}{n}", "") for n in range(len(post.getlist(LINE)))}
    kept = [by_reference[ref] for ref in (*post.getlist(PUPIL), *chosen.values()) if ref in by_reference]
    waiting = [
        line for n, line in enumerate(post.getlist(LINE)) if chosen[n] not in by_reference and chosen[n] != "nobody"
    ]
    lines = list(dict.fromkeys([*lines_of("\n".join(waiting)), *lines_of(typed)]))[:LINES]
    matches = [(line, matching.match(sought_in(line, matching.known_forms))) for line in lines]
    pupils = dict.fromkeys([*kept, *(match.pupil for _, match in matches if match.pupil)])
    log = dict(Encounter.objects.filter(activity=activity, pupil__in=pupils).values_list("pupil_id", "status"))
    return Looked(
        tuple(_settled(pupil, matching, log, post, pupil in kept) for pupil in pupils),
        tuple((line, match) for line, match in matches if match.doubtful),
        tuple((line, match) for line, match in matches if match.nobody),
    )


def _settled(pupil: Pupil, matching: Matching, log: Mapping[int, str], post: QueryDict, shown: bool) -> Settled:
    held = log.get(pupil.pk, NO_PLACE)
    seen = post.get(f"{SEEN}{pupil.reference}", held)
    return Settled(pupil, matching.form_of(pupil), seen, Status(held).label if held else "", shown)


def _show(
    request: SchoolRequest, activity: Activity, looked: Looked, page: dict[str, Any], status: int = 200
) -> HttpResponse:
    beside = [each.pupil.pk for _, match in looked.doubtful for each in match.candidates]
    shown = dict.fromkeys([*(each.pupil.pk for each in looked.settled), *beside])
    looked_at(request, "a pasted list", shown, activity)
    left = PasteForm(initial={"lines": "\n".join(line for line, _ in looked.nobody)})
    any_yet = looked.settled or looked.doubtful or looked.nobody
    words = "Book them" if page["coming"] else "Mark them attended"
    page = {**page, "form": left, "looked": looked if any_yet else None, "empty": not any_yet, "words": words}
    return render(request, "encounters/paste.html", page, status=status)


def _save(request: SchoolRequest, activity: Activity, looked: Looked, page: dict[str, Any]) -> HttpResponse:
    """Mark who is settled. Lines that are not are shown again: nothing that was pasted is lost by saving."""
    saved = [each for each in looked.settled if each.shown]
    try:
        said = _booked(activity, saved, request) if page["coming"] else _marked(activity, saved, request)
    except NotNow as reason:  # cancelled since the page was opened
        return render(request, "encounters/paste.html", {**page, "refusal": str(reason)}, status=409)
    if saved:
        messages.success(request, said)
    left = Looked(tuple(each for each in looked.settled if not each.shown), looked.doubtful, looked.nobody)
    if saved and not (left.settled or left.doubtful or left.nobody):
        return redirect(reverse("programme:activity", args=[activity.reference]))
    return _show(request, activity, left, page)


def _booked(activity: Activity, saved: list[Settled], request: SchoolRequest) -> str:
    done = book(activity=activity, pupils=[each.pupil for each in saved], by=request.user)
    had = f" {done.already} had a place already." if done.already else ""
    return f"{done.new} pupil{'' if done.new == 1 else 's'} booked.{had}"


def _marked(activity: Activity, saved: list[Settled], request: SchoolRequest) -> str:
    marks = {each.pupil: str(Status.ATTENDED) for each in saved}
    seen = {each.pupil: each.seen for each in saved}
    taken = take_register(activity=activity, marks=marks, seen=seen, by=request.user)
    left = {encounter.pupil_id for encounter in (*taken.kept, *taken.disputed)}
    names = ", ".join(pupil.full_name for pupil in marks if pupil.pk in left)
    stays = f" Somebody else marked meanwhile, and left as they marked: {names}." if names else ""
    count = len(marks) - len(left)
    return f"{count} pupil{'' if count == 1 else 's'} marked attended.{stays}"
