"""The benchmarks and the provider-access duty, all together and one by one."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from careers.accounts.policy import requires
from careers.accounts.roles import Policy
from careers.evaluation import pictures
from careers.evaluation.asking import Asked
from careers.evaluation.breakdown import asked_under
from careers.evaluation.groups import doors_to_groups, group_gaps
from careers.evaluation.next_band import next_band
from careers.evaluation.overview import Overview, change, overviews, overviews_beyond
from careers.evaluation.people import setting_of
from careers.evaluation.pupil_table import answer, list_of_pupils
from careers.evaluation.small_numbers import shown
from careers.evaluation.views_school import own_lines
from careers.evaluation.wording import SEVERITY_WORDS, due_words, own_due_words
from criteria.loading import load, names
from criteria.model import Criterion


@requires(Policy.SEE_FIGURES)
@require_safe
def benchmarks(request: HttpRequest) -> HttpResponse:
    asked = Asked(request)
    every = overviews(asked)
    context = {
        "asked": asked,
        "form": asked.form,
        "overviews": [(each, pictures.overview_bar(each) if each.criteria else None) for each in every],
        "beyond": [(each, pictures.overview_bar(each)) for each in overviews_beyond(asked)],
        "groups_map": pictures.groups_map(asked, every),
        "years_map": pictures.years_map(
            asked, "Pupils who have met each benchmark, by year group",
            [(each.title, each.address, each.now, _alone(each)) for each in every if each.criteria],
        ),
    }  # fmt: skip
    return answer(request, "evaluation/benchmarks.html", context)


def _alone(overview: Overview) -> Criterion | None:
    """The criterion of a benchmark that has one: the benchmark's pupils are then its pupils."""
    return overview.criteria[0] if len(overview.criteria) == 1 else None


@requires(Policy.SEE_FIGURES)
@require_safe
def benchmark(request: HttpRequest, framework: str, key: str) -> HttpResponse:
    asked = Asked(request)
    found = asked.find_heading(framework, key)
    if found is None:
        raise Http404("There is no such benchmark.")
    overview = Overview(asked, *found, asked_under(asked.found, *found))
    several = overview.criteria if len(overview.criteria) > 1 else ()
    lines, rows = [], []
    for criterion in overview.criteria:
        now, then = pictures.criterion_breakdown(asked, criterion)
        figures = shown(now.whole, asked.reader.everybody)
        address = asked.criterion_address(criterion)
        lines.append(
            {
                "criterion": criterion,
                "severity": SEVERITY_WORDS[criterion.severity],
                "due": due_words(asked, criterion),
                "own_due": own_due_words(criterion),
                "figures": figures,
                "whole": pictures.whole_words(asked, now.whole),
                "bar": pictures.criterion_bar(asked, criterion, figures, then),
                "change": change(asked, now.whole, then),
                "address": address,
                "band": next_band(asked, *found, now.whole, criterion),
            }
        )
        rows.append((criterion.number, address, now, criterion))
    groups = group_gaps(overview.now, asked.reader.exact_groups)
    if len(overview.criteria) == 1:
        groups = doors_to_groups(asked, groups, overview.criteria[0])
    context = {
        "asked": asked,
        "form": asked.form,
        "overview": overview,
        "band": next_band(asked, *found, overview.now.whole, *overview.criteria),
        "groups": groups,
        "bar": pictures.overview_bar(overview),
        "lines": lines,
        **own_lines(asked, overview.own.answers),
        "years_map": pictures.years_map(asked, "Pupils who have met it, by year group", rows, "Criterion"),
        "plot": pictures.gaps_plot(groups, f"pupils who have met {overview.name.lower()}"),
        **(list_of_pupils(asked, "exports:benchmark", (framework, key), *several) if several else {}),
        "others": _other_editions(asked, framework, key),
    }
    return answer(request, "evaluation/benchmark.html", context)


def _other_editions(asked: Asked, framework: str, key: str) -> list[tuple[str, str]]:
    """The same benchmark in other editions: (words, address)."""
    editions = [load(name) for name in names() if name.startswith("gatsby-") and framework.startswith("gatsby-")]
    others = [edition for edition in editions if setting_of(asked.school) in edition.settings]
    return [
        (f"{other.edition} edition", asked.heading_address(other, heading))
        for other in others
        for heading in other.headings
        if other.id != framework and heading.key == key
    ]
