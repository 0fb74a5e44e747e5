"""Today, the first page after signing in, and what waits for a decision."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from careers.accounts.looking import looked_at
from careers.accounts.policy import requires
from careers.accounts.roles import Policy
from careers.encounters.waiting import registers_waiting
from careers.evaluation import pictures
from careers.evaluation.asking import Asked
from careers.evaluation.doors import activity_address, address, register_address
from careers.evaluation.next_actions import Deadline, deadlines
from careers.evaluation.overview import Overview, overviews, overviews_beyond
from careers.evaluation.partner_warnings import run_out_by_then
from careers.evaluation.small_numbers import say
from careers.evaluation.views_school import school_owes
from careers.evaluation.waiting import (
    Unjudged,
    alike,
    arrivals_waiting,
    booked_soon,
    pupils_waiting,
    registers_not_taken,
    unjudged,
)
from careers.evaluation.wording import until, year_words
from careers.programme.models import Activity
from criteria.standing import STATE_WORDS, State

OWN_A_PAGE = 40


@requires(Policy.SEE_FIGURES)
@require_safe
def today(request: HttpRequest) -> HttpResponse:
    asked = Asked(request)
    asked.as_at, asked.edition = asked.today, ""
    every = overviews(asked)
    due = deadlines(asked.found)
    context = {
        "asked": asked,
        "overviews": [(overview, pictures.small_bar(overview)) for overview in every],
        "beyond": [(overview, pictures.small_bar(overview)) for overview in overviews_beyond(asked)],
        "position": _position(every),
        "missed": _missed(asked, every),
        "deadlines": [_deadline(asked, each) for each in due],
        "plan_url": address("programme:add") if asked.reader.may_plan else "",
        **_registers(asked),
        **_coming(asked),
        **_waiting(asked),
        "school_owes": school_owes(asked),
        **_own(asked, every),
    }
    return render(request, "evaluation/today.html", context)


def _position(every: list[Overview]) -> dict[str, Any]:
    """Of the benchmarks that can be told to this reader: how many every pupil has met, the highest and the lowest."""
    shares = [(each.figures.share, each) for each in every if each.heading.number and each.now.whole.population]
    told = sorted(((share, each) for share, each in shares if share is not None), key=lambda pair: pair[0])
    if len(told) < 2:
        return {}
    return {"full": sum(share == 1 for share, _ in told), "lowest": told[0][1], "highest": told[-1][1]}


def _missed(asked: Asked, every: list[Overview]) -> list[dict[str, Any]]:
    """What pupils have missed for good, the law first, then by how many."""
    found = [(overview, overview.now.whole[State.MISSED]) for overview in every]
    found = sorted((each for each in found if each[1]), key=lambda each: (each[0].heading.number is not None, -each[1]))
    return [
        {
            "overview": each,
            "number": number,
            "pupils": say(number, asked.reader.everybody),
            "address": each.door(State.MISSED),
        }
        for each, number in found
    ]


def _deadline(asked: Asked, each: Deadline) -> dict[str, Any]:
    days = (each.due - asked.as_at).days
    coming = [found for found in each.coming if not asked.unseen.issuperset(found.keys)][:2]
    query = {"state": "due", "year": each.year_groups[0] if len(each.year_groups) == 1 else ""}
    return {
        "deadline": each,
        "pupils": say(each.pupils, asked.reader.everybody),
        "years": year_words(each.year_groups),
        "in": until(days),
        "address": asked.criterion_address(each.criterion, **(query if asked.reader.names else {})),
        "coming": [(found, activity_address(found.reference)) for found in coming],
        "more": max(0, len(each.coming) - len(coming)),
        "settled": any(not found.unsettled for found in each.coming),
    }


def _registers(asked: Asked) -> dict[str, Any]:
    if not asked.reader.may_record:
        return {}
    found = registers_waiting(asked.request.membership, asked.today, asked.today)
    return {"registers_today": [(each, register_address(each.activity.reference, True)) for each in found[:8]]}


def _coming(asked: Asked) -> dict[str, Any]:
    if not asked.reader.names:
        return {"soon_count": booked_soon(asked.school, asked.today).count()}
    soon = alike(booked_soon(asked.school, asked.today).exclude(pk__in=asked.unseen))
    return {
        "soon": [
            (each, activity_address(each.reference), say(each.pupils, asked.reader.everybody)) for each in soon[:8]
        ],
        "soon_more": len(soon) > 8,
        "programme_url": address("programme:list"),
    }


def _waiting(asked: Asked) -> dict[str, Any]:
    if not asked.reader.names:
        return {}
    facts = seen_of(asked, unjudged(asked.found))
    return {
        "arrivals": arrivals_waiting(asked.school) if asked.reader.may_import else 0,
        "arrivals_url": address("imports:held"),
        "registers": _not_taken(asked).count(),
        "run_out": len(run_out_by_then(asked.school, asked.today)) if asked.reader.may_plan else 0,
        "unjudged": len(facts),
        "unjudged_pupils": say(pupils_waiting(asked.found), asked.reader.everybody),
    }


def _not_taken(asked: Asked, earlier: bool = False) -> QuerySet[Activity]:
    own = None if asked.reader.everybody else asked.reader.pupils
    return registers_not_taken(asked.school, asked.today, earlier, own).exclude(pk__in=asked.unseen)


def seen_of(asked: Asked, found: list[Unjudged]) -> list[Unjudged]:
    return [each for each in found if each.activity.pk not in asked.unseen]


def _own(asked: Asked, every: list[Overview]) -> dict[str, Any]:
    """The pupils of a tutor or adviser, with what each lacks."""
    if asked.reader.everybody or not asked.reader.names:
        return {}
    own = [person for person in asked.found.people if person.pk in asked.reader.pupils and person.on_roll]
    page = Paginator(own, OWN_A_PAGE).get_page(asked.request.GET.get("page"))
    looked_at(asked.request, "own pupils", [person.pk for person in page])
    groups = sorted({person.form for person in own if person.form})
    return {
        "own": page,
        "own_map": pictures.own_pupils_map(asked, list(page), every),
        "own_name": groups[0] if len(groups) == 1 else "",
        "states": [state.value for state in STATE_WORDS],
    }


@requires(Policy.SEE_PUPILS)
@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    """Registers never taken, and activities whose missing facts keep pupils' standings from being told."""
    asked = Asked(request)
    asked.as_at, asked.edition = asked.today, ""
    earlier = "earlier" in request.GET
    registers = Paginator(_not_taken(asked, earlier), 25)
    facts = Paginator(seen_of(asked, unjudged(asked.found)), 25)
    taken, judged = registers.get_page(request.GET.get("registers")), facts.get_page(request.GET.get("page"))
    prefetch_related_objects([each.activity for each in judged], "partners")
    context = {
        "asked": asked,
        "registers": taken,
        "earlier": earlier,
        "other_registers": _not_taken(asked, not earlier).count(),
        "register_lines": [
            (each, register_address(each.reference, asked.reader.may_record), str(each.pupils))  # type: ignore[attr-defined]
            for each in taken
        ],
        "unjudged": judged,
        "unjudged_lines": [
            (each, activity_address(each.activity.reference), say(each.pupils, asked.reader.everybody))
            for each in judged
        ],
        "arrivals": arrivals_waiting(asked.school) if asked.reader.may_import else 0,
        "arrivals_url": address("imports:held"),
    }
    return render(request, "evaluation/decisions.html", context)
