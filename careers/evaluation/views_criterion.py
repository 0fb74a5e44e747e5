"""A criterion: its rule, its figures, what to do next, and its pupils."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from careers.accounts.policy import requires
from careers.accounts.roles import Policy
from careers.evaluation import pictures
from careers.evaluation.asking import Asked
from careers.evaluation.doors import activity_address, address
from careers.evaluation.example_words import shown_examples
from careers.evaluation.groups import doors_to_groups, group_gaps
from careers.evaluation.next_actions import Gap, Way, gaps_in, ways
from careers.evaluation.next_band import next_band
from careers.evaluation.overview import Overview, change
from careers.evaluation.pupil_table import answer, list_of_pupils
from careers.evaluation.readings import unusual
from careers.evaluation.small_numbers import say, shown
from careers.evaluation.views_school import of_the_school
from careers.evaluation.wording import SEVERITY_WORDS, due_words, own_due_words
from criteria.model import About, Criterion, Framework
from criteria.standing import Reason, State


@requires(Policy.SEE_FIGURES)
@require_safe
def criterion(request: HttpRequest, id: str) -> HttpResponse:
    asked = Asked(request)
    found = asked.find_criterion(id)
    if found is None:
        raise Http404("There is no such criterion.")
    framework, heading, which = found
    rule = {
        "asked": asked,
        "form": asked.form,
        "overview": Overview(asked, framework, heading, ()),
        "criterion": which,
        "severity": SEVERITY_WORDS[which.severity],
        "sources": _sources(framework, which),
        "examples": shown_examples(which),
        "otherwise": unusual(asked.school, framework, which),
    }
    if which.about is About.SCHOOL:
        return answer(request, "evaluation/criterion_school.html", rule | of_the_school(asked, which))
    now, then = pictures.criterion_breakdown(asked, which)
    figures = shown(now.whole, asked.reader.everybody)
    groups = doors_to_groups(asked, group_gaps(now, asked.reader.exact_groups), which)
    context = {
        **rule,
        "due": due_words(asked, which),
        "own_due": own_due_words(which),
        "query_url": asked.address("evaluation:criterion_query", which.id),
        "band": next_band(asked, framework, heading, now.whole, which),
        "figures": figures,
        "whole": pictures.whole_words(asked, now.whole),
        "bar": pictures.criterion_bar(asked, which, figures, then),
        "change": change(asked, now.whole, then),
        "when": pictures.when(asked),
        "groups": groups,
        "plot": pictures.gaps_plot(groups, "pupils who have met it"),
        "gaps": [_gap(asked, gap) for gap in gaps_in(asked.found, which)],
        "plan_url": address("programme:add") if asked.reader.may_plan else "",
        **list_of_pupils(asked, "exports:criterion", (which.id,), which),
    }
    return answer(request, "evaluation/criterion.html", context)


@requires(Policy.SEE_FIGURES)
@require_safe
def query(request: HttpRequest, id: str) -> HttpResponse:
    """The SQL of one criterion, for whoever wants to check what is counted. It has nobody in it."""
    from careers.evaluation.querying import database, query_text  # it reads the SQL builder: see standings.count

    asked = Asked(request)
    found = asked.find_criterion(id)
    if found is None or found[2].about is About.SCHOOL:  # the school itself is asked of no database in place
        raise Http404("There is no such criterion.")
    framework, heading, which = found
    context = {
        "asked": asked,
        "form": asked.form,
        "overview": Overview(asked, framework, heading, ()),
        "criterion": which,
        "criterion_url": asked.criterion_address(which),
        "database": database(asked.school, asked.as_at),
        "sql": query_text(asked.school, which, asked.as_at),
    }
    return answer(request, "evaluation/criterion_query.html", context)


def _sources(framework: Framework, criterion: Criterion) -> list[Any]:
    codes = {*criterion.sources, *(value.source for value in criterion.threshold)}
    return [source for source in framework.sources if source.code in codes]


def way_shown(asked: Asked, way: Way) -> dict[str, Any]:
    """What would close a gap: its page, and for who may plan the page that says whom to invite."""
    return {
        "coming": way.coming,
        "reach": say(way.reach, asked.reader.everybody),
        "address": activity_address(way.coming.reference),
        "invite": address("programme:invite", way.coming.reference) if asked.reader.may_plan and way.reach else "",
    }


def _gap(asked: Asked, gap: Gap) -> dict[str, Any]:
    found = (
        [way for way in ways(asked.found, gap) if not asked.unseen.issuperset(way.coming.keys)] if gap.coming else []
    )
    query = {"state": gap.state.value, "year": gap.year_group}
    return {
        "gap": gap,
        "pupils": say(gap.pupils, asked.reader.everybody),
        "address": asked.criterion_address(gap.criterion, **query) + "#pupils" if asked.reader.names else "",
        "ways": [way_shown(asked, way) for way in found[:3]],
        "more": max(0, len(gap.coming) - len(found[:3])),
        "open": gap.state is State.DUE,
        "facts": gap.reason is Reason.JUDGEMENT and asked.reader.names,
    }
