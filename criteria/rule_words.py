"""A rule's conditions, moments and measure in words, for the reference pages and anywhere else a rule is read by people."""

from __future__ import annotations

from collections.abc import Iterable

from criteria.conditions import All, Any_, AtLeast, Condition, Includes, Is, Leaf, Not
from criteria.model import About, Count, Cover, Distinct, EachSubject, Every, Measure, Total
from criteria.moments import MONTHS, Moment
from criteria.tables import ENCOUNTERS, PUPILS, Kind, Table, log_column

TYPES = {
    "employer_encounter": "an encounter with an employer",
    "workplace_experience": "an experience of a workplace",
    "provider_encounter": "an encounter with a provider",
    "careers_event": "a careers fair or event",
    "guidance_meeting": "a personal guidance meeting",
    "lmi_use": "use of careers and labour market information",
    "curriculum_link": "a curriculum link",
    "careers_lesson": "a careers lesson",
    "parent_event": "an event for parents and carers",
    "staff_development": "staff development",
    "survey": "a survey",
    "review": "a review meeting",
    "offer": "an offer of a place",
    "destination": "a destination check",
}
MILESTONES = {
    "careers_leader_named": "the naming of a careers leader",
    "careers_leader_trained": "training of the careers leader",
    "programme_backed": "backing for the programme",
    "programme_planned": "a written programme",
    "programme_published": "publication of the programme",
    "feedback_gathered": "a gathering of feedback",
    "programme_evaluated": "an evaluation of the programme",
    "guidance_scheduled": "the scheduling of guidance meetings",
    "guidance_explained": "information on personal guidance",
    "parents_supported": "support for parents and carers with careers information",
    "staff_development": "staff development on careers",
    "access_policy_published": "publication of the provider access policy",
    "destinations_used": "use of destination data in evaluation",
    "alumni_involved": "involvement of alumni",
    "information_published": "publication of careers information",
    "information_reviewed": "a review of the published careers information",
}
PLACES = {
    "school": "a mainstream school",
    "special": "a special school",
    "college": "a college",
    "itp": "an independent training provider",
}
PROVIDERS = {
    "school_sixth_form": "school sixth form",
    "sixth_form_college": "sixth-form college",
    "fe_college": "further education college",
    "utc": "university technical college",
    "studio_school": "studio school",
    "itp_apprenticeship": "independent training provider or apprenticeship",
    "he_provider": "higher education provider",
    "specialist_post16": "specialist post-16 provider",
}
MANY = {
    "eligible_providers": "sets of providers of approved technical education or apprenticeships",
    "destination_point": "years after leaving",
    "subject": "subjects",
    "employers": "numbers of employers",
}

Lines = list[str]
"""Markdown list items, an inner list indented by two spaces."""


def listed(words: Iterable[str], last: str = "or") -> str:
    """ "a, b or c"."""
    *most, final = words
    return f"{', '.join(most)} {last} {final}" if most else final


def years(groups: Iterable[int]) -> str:
    """Year groups as people say them: "Years 7 to 9", "Year 11", "Years 8, 10 and 12"."""
    found = sorted(groups)
    if len(found) == 1:
        return f"Year {found[0]}"
    if found == list(range(found[0], found[-1] + 1)):
        return f"Years {found[0]} to {found[-1]}"
    return f"Years {listed(map(str, found), 'and')}"


def leaf_words(condition: Leaf, table: Table) -> str:
    """One test, as a clause that is true when the test holds."""
    name = _name(condition.attribute)
    column = log_column(condition.attribute) if table is ENCOUNTERS else table.column(condition.attribute)
    if said := _in_its_own_words(condition):
        return said
    match condition:
        case Is(values=values) if column.kind is Kind.FLAG:
            return column.yes if values == (True,) else column.no
        case Is(values=values):
            return f"{name} was {listed(_name(str(value)) for value in values)}"
        case AtLeast(value=value):
            return f"{name} was {value:g} or more"
        case Includes(values=()):
            return f"{name} is not empty"
        case Includes(values=values):
            return f"one of these took part: {listed(PROVIDERS.get(value, value) for value in values)}"
    raise TypeError(condition)


def _in_its_own_words(condition: Leaf) -> str:
    """Attributes whose name does not make a clause by itself; empty for the rest."""
    match condition:
        case Is("year_group", values):
            return f"the pupil is in {years(map(int, values))}"
        case Is("type", values):
            return f"it was {listed((TYPES | MILESTONES)[value] for value in values)}"
        case Is("setting", values):
            return f"it is {listed(PLACES[value] for value in values)}"
        case Includes("parties", values) if values:
            return f"one of these took part or was told: {listed(_name(value) for value in values)}"
        case Includes("features", values) if values:
            return f"it contains one of these: {listed(_name(value) for value in values)}"
        case Is("two_way", values):
            return f"there was {listed(values)} two-way interaction"
        case AtLeast("adviser_level", value):
            return f"the adviser was qualified to level {value:g} or above"
        case AtLeast("employers", value):
            return "at least one employer took part" if value == 1 else f"at least {value:g} employers took part"
        case Includes("eligible_providers", ()):
            return "a provider of approved technical education or apprenticeships took part"
    return ""


def condition_lines(condition: Condition, table: Table = ENCOUNTERS, depth: int = 0) -> Lines:
    """A condition as list items; all of the outermost ones must hold."""
    indent = "  " * depth
    match condition:
        case All(parts=parts) if depth == 0 or len(parts) == 1:
            return [line for part in parts for line in condition_lines(part, table, depth)]
        case All(parts=parts):
            inner = [line for part in parts for line in condition_lines(part, table, depth + 1)]
            return [f"{indent}- all of these:", *inner]
        case Any_(parts=parts):
            inner = [line for part in parts for line in condition_lines(part, table, depth + 1)]
            return [f"{indent}- any of these:", *inner]
        case Not(part=part):
            return [f"{indent}- none of this:", *condition_lines(part, table, depth + 1)]
        case Is() | AtLeast() | Includes():
            return [f"{indent}- {leaf_words(condition, table)}"]
    raise TypeError(condition)


def population_lines(condition: Condition, about: About = About.PUPIL) -> Lines:
    """Whom a rule is about. The engine asks everyone whether the benchmarks are suitable; only special schools can say no."""
    suitable = PUPILS.column("in_benchmark_cohort").yes
    said = dict.fromkeys(condition_lines(condition, about.subjects))  # a setting named twice is said once
    return [f"{line} (only a special school can say otherwise)" if line.endswith(suitable) else line for line in said]


def moment_words(moment: Moment) -> str:
    """A dated point of a rule, with the day it falls on."""
    if moment.of == "own":
        return own_words(moment)
    if moment.of == "ever":
        return "any day before"
    if moment.of == "leaving":
        after = "" if not moment.plus else f"{moment.plus} year{'s' * (moment.plus != 1)} after "
        return f"31 August {after or 'at the end of '}the pupil's last academic year"
    of = f"Year {moment.of}" if isinstance(moment.of, int) else f"the {moment.of}"
    if isinstance(moment.edge, tuple):
        month, day = moment.edge
        return f"{day} {MONTHS[month - 1]} of {of}"
    day_of = {"start": "1 September at the start", "close": "31 July at the end", "end": "31 August at the end"}
    return f"{day_of[moment.edge]} of {of}"


OWN_WORDS = {
    "born": "birthday",
    "programme_starts_on": "the first day of the programme of study",
    "programme_ends_on": "the last planned day of the programme of study",
    "next_review_on": "the day by which the school says it will review its information",
    "joined_on": "the pupil's first day on roll",
    "left_on": "the pupil's last day on roll",
}


def own_words(moment: Moment) -> str:
    """A moment that hangs on a date of the subject's own."""
    if moment.column == "born" and moment.plus > 0 and moment.plus % 12 == 0:
        return f"the pupil's {moment.plus // 12}th birthday"
    unit, number = ("years", moment.plus // 12) if moment.plus % 12 == 0 else ("months", moment.plus)
    shift = "" if not moment.plus else f"{abs(number)} {unit} {'after' if moment.plus > 0 else 'before'} "
    return f"{shift}{OWN_WORDS[moment.column]}"


def measure_words(measure: Measure) -> Lines:
    """How what counts is counted: a sentence, and inner list items where the measure has parts."""
    match measure:
        case Count():
            return ["How many such encounters there are."]
        case Distinct(attribute=attribute):
            return [f"How many different {MANY.get(attribute, _name(attribute))} there are among them."]
        case Total(attribute=attribute):
            return [f"The total of {_name(attribute)}."]
        case EachSubject():
            return ["How many of the subjects the pupil studies have one; every subject needs one."]
        case Cover(groups=groups):
            named = [f"  - {name}: {_shown(condition)}" for name, condition in groups]
            return ["How many of these they show between them:", *named]
        case Every(test=test):
            return ["Each of them must also satisfy:", *condition_lines(All((test,)), ENCOUNTERS, 1)]
    raise TypeError(measure)


def _shown(condition: Condition) -> str:
    """One named thing to cover, in words: the codes that show it, or the facts."""
    match condition:
        case Includes(values=values) if values:
            return listed(PROVIDERS.get(value, _name(value)) for value in values)
        case Is(attribute="subject", values=values):
            return listed(map(str, values))
    return listed((line.strip("- ") for line in condition_lines(condition)), "and")


def _name(attribute: str) -> str:
    return attribute.replace("_", " ")
