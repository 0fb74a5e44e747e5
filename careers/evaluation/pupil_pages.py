"""Pages of pupils: the list, and a pupil's own file."""

from __future__ import annotations

from datetime import date
from typing import Any, cast
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_http_methods, require_safe

from careers.accounts.deeds import deeds_about
from careers.accounts.looking import looked_at
from careers.accounts.middleware import session_key
from careers.accounts.policy import SchoolRequest, requires
from careers.accounts.roles import Policy, Reach
from careers.audit.record import record
from careers.design.components import Column, Row
from careers.design.states import state_of
from careers.encounters.notes import conversations_of
from careers.evaluation.asking import Asked
from careers.evaluation.doors import address
from careers.evaluation.forecast import log_as_at
from careers.evaluation.journey import by_year, steps, timeline
from careers.evaluation.people import Person
from careers.evaluation.pupil_file import pupil_file
from careers.evaluation.pupil_list import Mark, form_order, in_order, marks, narrowed, weakest
from careers.evaluation.pupil_log import encounters_of, log_rows
from careers.evaluation.sensitive import TYPES, groups_to_choose
from careers.evaluation.standings import SchoolStandings
from careers.guidance.sight import notes_visible_to
from careers.pupils.forms import PupilFilter, SearchForm
from careers.pupils.models import Pupil
from careers.pupils.queries import groups_with_visible_pupils, members_of, visible_keys
from careers.pupils.visibility import pupils_visible_to
from criteria.standing import State

PUPILS_A_PAGE = 50
TRAITS = {
    "sen_support": "SEN support",
    "ehcp": "Education, health and care plan",
    "fsm": "Free school meals",
    "pupil_premium": "Pupil premium",
    "looked_after": "Looked after",
    "eal": "English as an additional language",
}
SEXES = {"F": "Female", "M": "Male"}


@requires(Policy.SEE_PUPILS)
@require_http_methods(["GET", "HEAD", "POST"])
def pupil_list(request: HttpRequest) -> HttpResponse:
    """The pupils a person may see. A search is posted and kept in the session; filters and order are in the address."""
    request = cast(SchoolRequest, request)
    if request.method == "POST":
        return _search(request)
    asked, words = Asked(request), request.session.get(_search_key(request), "")
    found = asked.found
    visible = asked.reader.pupils
    searched = visible_keys(request.membership, words) if words else visible
    narrowing = _filter(request, [person for person in found.people if person.pk in visible], found)
    chosen = narrowing.cleaned_data if narrowing.is_valid() else {}
    members = members_of(request.membership, chosen["group"], asked.as_at) if chosen.get("group") else None
    shown = marks(found)
    people = narrowed((person for person in found.people if person.pk in searched), chosen, members)
    ordered = in_order(found, people, shown, request.GET.get("sort", ""))
    page, drawn = Paginator(ordered, PUPILS_A_PAGE).get_page(request.GET.get("page")), _drawn_states()
    looked_at(request, "found by a search" if words else "pupils", [person.pk for person in page])
    return render(
        request,
        "evaluation/pupils.html",
        {
            "page": page,
            "columns": _columns(shown),
            "rows": [
                (
                    person,
                    asked.address("pupils:pupil", person.reference),
                    [drawn[weakest(found, person, mark)] for mark in shown],
                )
                for person in page
            ],
            "anybody": bool(visible),
            "asked": asked.address,
            "filter": narrowing,
            "search": SearchForm({"words": words}),
            "words": words,
            **_asked(asked),
        },
        status=asked.status,
    )


def _asked(asked: Asked) -> dict[str, Any]:
    """What evaluation/asked.html wants: the day and edition, the form that changes them, and the rest of the address."""
    names = [name for name in asked.request.GET if not name.startswith("as_at") and name not in ("edition", "page")]
    rest = [(name, value) for name in names for value in asked.request.GET.getlist(name)]
    kept = f"?{urlencode(asked.kept)}" if asked.kept else ""
    return {"asked": asked, "form": asked.form, "edition_too": True, "rest": rest, "kept": kept}


def _search_key(request: SchoolRequest) -> str:
    """Where the session keeps the words of a search: a name never goes in an address, nor to another school."""
    return session_key(request, "pupils searched for")


def _search(request: SchoolRequest) -> HttpResponse:
    form = SearchForm(request.POST)
    request.session[_search_key(request)] = form.cleaned_data["words"].strip() if form.is_valid() else ""
    kept = request.GET.copy()
    kept.pop("page", None)
    return redirect(f"{request.path}?{kept.urlencode()}" if kept else request.path)


def _filter(request: SchoolRequest, visible: list[Person], found: SchoolStandings) -> PupilFilter:
    form, sensitive = PupilFilter(request.GET), Policy.SEE_SENSITIVE in request.membership.policies
    form.offer(
        years=sorted({person.year_group for person in visible if person.year_group}),
        form_names=sorted({person.form for person in visible if person.form}, key=form_order),
        groups=groups_with_visible_pupils(request.membership, found.as_at),
        characteristics=[(group.key, group.name) for group in groups_to_choose(sensitive)],
    )
    return form


def _columns(shown: list[Mark]) -> list[Column]:
    """The heads of the table; a benchmark's is its number, with its whole name for who listens."""
    words = '{}<span class="govuk-visually-hidden"> {}</span>'
    return [
        *(Column("Name", "name"), Column("Year", "year"), Column("Form", "form")),
        *(Column(format_html(words, mark.short, mark.title), mark.key) for mark in shown),
    ]


def _drawn_states() -> dict[State, SafeString]:
    """Each mark drawn once: a list has hundreds of them."""
    part = "design/components/state.html"
    return {s: mark_safe(render_to_string(part, {"state": state_of(s), "short": True})) for s in State}  # noqa: S308


@requires(Policy.SEE_PUPILS)
@require_safe
def pupil(request: HttpRequest, reference: str) -> HttpResponse:
    """A pupil's file: where they stand and why, and their journey. That it was opened is written in the audit."""
    request = cast(SchoolRequest, request)
    one = get_object_or_404(pupils_visible_to(request.membership), reference=reference)
    record("opened a pupil's file", by=request.user, school=request.school, subject=one, changes=False)
    asked = Asked(request)
    found = asked.found
    person = found.by_pk.get(one.pk)
    sensitive = asked.reader.sensitive
    encounters, held = (
        [each for each in encounters_of(one) if sensitive or each.activity.type not in TYPES],
        list(one.years.all()),
    )
    journey = steps(encounters, asked.as_at)
    return render(
        request,
        "evaluation/pupil.html",
        {
            "pupil": one,
            "person": person,
            "where": _where(one, person),
            "traits": _traits(person, sensitive),
            "roll": _roll(one, request.membership.reach),
            "file": pupil_file(found, person, log_as_at(found, person, log_rows(encounters)), sensitive)
            if person
            else None,
            "frameworks": found.frameworks,
            "timeline": timeline(f"{one.full_name}: the journey so far", journey, held, asked.as_at),
            "years": by_year(journey, held, asked.as_at),
            **_asked(asked),
            **_guidance(request, one),
            **_conversations(request, one),
            "protect_url": address("protection:pupil", one.reference)
            if Policy.PROTECT in request.membership.policies
            else "",
            "lookers": deeds_about(one, request.school) if Policy.SEE_AUDIT in request.membership.policies else None,
        },
        status=asked.status,
    )


def _conversations(request: SchoolRequest, one: Pupil) -> dict[str, Any]:
    """What staff noted of conversations, for staff who record; nothing for others who see pupils by name."""
    if Policy.RECORD not in request.membership.policies:
        return {}
    return {"conversations": conversations_of(one)}


def _guidance(request: SchoolRequest, one: Pupil) -> dict[str, Any]:
    """The notes of guidance this reader may read; nothing for a reader of none. Read with the file, and on record with it."""
    if Policy.SEE_GUIDANCE not in request.membership.policies:
        return {}
    notes = notes_visible_to(request.membership).filter(pupil=one)
    people = ("written_by", "corrected_by", "encounter__activity")
    return {"notes": notes.select_related(*people).prefetch_related("earlier__written_by")}


def _traits(person: Person | None, sensitive: bool) -> list[str]:
    return [words for key, words in TRAITS.items() if key in person.characteristics] if person and sensitive else []


def _where(one: Pupil, person: Person | None) -> str:
    """ "Year 10, 10F": the year group and form on the day asked about, or when the pupil left."""
    if person is None:
        return ""
    year = f"Year {person.year_group}" if person.year_group else "Year group not known"
    if not person.on_roll:
        return f"Left on {_day(one.left_on)} from {year}"
    return f"{year}, {person.form}" if person.form else year


def _roll(one: Pupil, reach: Reach) -> list[Row]:
    return [
        Row("UPN", upn_shown(one.upn, reach)),
        Row("Sex", SEXES.get(one.sex, "Not recorded")),
        Row("Joined", _day(one.joined_on)),
    ]


def upn_shown(upn: str, reach: Reach) -> str:
    """The whole number to those who answer for every pupil; its last three characters to the rest, to tell pupils apart."""
    if not upn:
        return "Not recorded"
    return upn if reach is Reach.ALL else f"Ends in {upn[-3:]}"


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else "a day not recorded"
