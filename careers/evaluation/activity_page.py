"""One activity as its page shows it: what is recorded, who has a place, and what the rules make of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import format_html_join

from careers.accounts.models import Membership
from careers.accounts.roles import Policy, Reach
from careers.design.components import Row
from careers.encounters.models import Encounter
from careers.evaluation import coverage_words
from careers.evaluation.coverage_claims import Claim, Judging
from careers.evaluation.coverage_facts import in_short
from careers.evaluation.coverage_judging import Judgement
from careers.evaluation.coverage_rows import IN_A_PLAN, Planned
from careers.evaluation.coverage_words import year_groups
from careers.evaluation.sensitive import TYPES
from careers.evaluation.small_numbers import say
from careers.programme import facts
from careers.programme.models import Activity
from careers.programme.sessions import lines_of
from careers.pupils.models import Pupil
from careers.pupils.visibility import pupils_visible_to
from criteria.loading import load_all
from criteria.model import Criterion
from criteria.periods import AcademicYear

COUNTS, MAY, DOES_NOT = "counts", "may", "does_not"


@dataclass(frozen=True)
class Verdict:
    """One criterion and what it makes of the activity: `words` are the facts to record, or what is lacking."""

    criterion: Criterion
    year_groups: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Judged:
    """Criteria by what they make of the activity, and what its source claims."""

    counts: tuple[Verdict, ...]
    may: tuple[Verdict, ...]
    does_not: tuple[Verdict, ...]
    claims: tuple[Claim, ...]
    unclaimed: tuple[Claim, ...]
    hints: tuple[str, ...]


def judged(planned: Planned, judging: Judging) -> Judged:
    activity = planned.activity
    claims = tuple(judging.claim(planned, benchmark) for benchmark in activity.claimed_benchmarks)
    unclaimed = tuple(judging.unclaimed(planned)) if claims else ()
    placed: dict[str, list[Verdict]] = {COUNTS: [], MAY: [], DOES_NOT: []}
    if activity.status in IN_A_PLAN:
        for criterion in judging.criteria:
            for where, verdict in _verdicts(criterion, judging.by(criterion, planned)):
                placed[where].append(verdict)
    return Judged(
        tuple(placed[COUNTS]), tuple(placed[MAY]), tuple(placed[DOES_NOT]), claims, unclaimed, judging.hints(planned)
    )


def _verdicts(criterion: Criterion, found: Iterable[Judgement]) -> Iterable[tuple[str, Verdict]]:
    """The same verdict for the same reasons is said once for all its year groups."""
    together: dict[tuple[str, tuple[str, ...]], list[int]] = {}
    for judgement in found:
        where = {True: COUNTS, None: MAY, False: DOES_NOT}[judgement.truth]
        words = tuple(in_short(said) for said in judgement.unknown) or judgement.lacks
        together.setdefault((where, words), []).append(judgement.concern.year_group)
    for (where, words), groups in together.items():
        yield where, Verdict(criterion, year_groups(groups), words)


def places(activity: Activity, membership: Membership) -> list[Row]:
    """How many pupils have a place and what became of it; exactly, for whoever may see each of them."""
    exact = membership.reach is Reach.ALL
    counted = Counter(Encounter.objects.filter(activity=activity).values_list("status", flat=True))
    return [Row(status.label, say(counted[status], exact)) for status in Encounter.Status if counted[status]]


def names(activity: Activity, membership: Membership) -> tuple[list[tuple[str, str, str]], list[int]]:
    """(list name, reference, status) of the pupils with a place whom this person may see by name, and their numbers."""
    if Policy.SEE_PUPILS not in membership.policies or is_telling(activity, membership):
        return [], []
    held = dict(Encounter.objects.filter(activity=activity).values_list("pupil_id", "status"))
    found = pupils_visible_to(membership).filter(encounters__activity=activity).order_by("surname", "forename", "pk")
    shown = _once(found)
    lines = [(pupil.list_name, pupil.reference, Encounter.Status(held[pupil.pk]).label) for pupil in shown]
    return lines, [pupil.pk for pupil in shown]


def is_telling(activity: Activity, membership: Membership) -> bool:
    """Whether to be named here says something of a pupil that this reader may not know, such as having a plan that is reviewed."""
    return activity.type in TYPES and Policy.SEE_SENSITIVE not in membership.policies


def may_read_note(activity: Activity, membership: Membership) -> bool:
    """A note may name a pupil, so it is for those who see pupils by name; of a one-to-one meeting, for those who read guidance."""
    wanted = Policy.SEE_GUIDANCE if activity.one_to_one else Policy.SEE_PUPILS
    return wanted in membership.policies


def _once(found: Iterable[Pupil]) -> list[Pupil]:
    return list(dict.fromkeys(found))


def about(activity: Activity, membership: Membership) -> list[Row]:
    """What it is, for whom and when."""
    whole = {True: "every pupil of those year groups", False: "some pupils only", None: "not recorded"}[
        activity.whole_cohort
    ]
    rows = [
        Row("Type", activity.get_type_display()),
        Row("For", year_groups(activity.year_groups) if activity.year_groups else "year groups not recorded"),
        Row("For every pupil", whole),
        Row("With", partner_links(activity) or "not recorded"),
    ]
    return rows + [Row(name, text) for name, text in planned_in_words(activity, membership).items() if text]


def planned_in_words(activity: Activity, membership: Membership) -> dict[str, str]:
    """The rest of the plan by name, empty where nothing is said. What may name a pupil is for those who may read it."""
    private = may_read_note(activity, membership)
    named = Policy.SEE_PUPILS in membership.policies
    return {
        "Reason": activity.status_reason if private else "",
        "For those of": coverage_words.joined([group.name for group in activity.groups.order_by("name")])
        if named
        else "",
        "For those who lack": lacking_words(activity),
        "Sessions": "; ".join(lines_of(activity)),
        "Where": activity.location,
        "Looked after by": activity.owner.name if activity.owner else "",
        "Cost": f"£{activity.cost:,.2f}" if activity.cost is not None else "",
        "Who pays": activity.funding,
        "What it is for": activity.purpose,
        "What pupils should learn": activity.learning_outcomes,
        "Agreed with partners": activity.agreed_with_partner if private else "",
        "Adjustments for pupils with SEND": activity.send_adjustments if private else "",
        "How parents and carers are involved": activity.parents_involved if private else "",
        "Begun from": _begun_from(activity),
        "Note": activity.note if private else "",
    }


def lacking_words(activity: Activity) -> str:
    """The rule that those it is for lack, by number and title."""
    if not activity.lacking:
        return ""
    found = [c for framework in load_all() for c in framework.criteria if c.id == activity.lacking]
    return f"{found[0].number} {found[0].title}" if found else activity.lacking


def _begun_from(activity: Activity) -> str:
    before = activity.copied_from
    return f"{before.title}, {AcademicYear(before.academic_year)}" if before else ""


def partner_links(activity: Activity) -> str:
    """Who takes part, each leading to its own page."""
    partners = sorted(activity.partners.all(), key=lambda partner: partner.name)
    found = [(reverse("partners:partner", args=[partner.reference]), partner.name) for partner in partners]
    return format_html_join(", ", '<a class="govuk-link" href="{}">{}</a>', found)


def recorded(activity: Activity) -> list[tuple[str, list[Row]]]:
    """The facts that matter for its type by group, and any others that are recorded."""
    now, later = facts.groups_for(activity.type)
    shown = [(group.title, [_fact(activity, fact) for fact in names]) for group, names in now]
    others = [row for _, names in later for fact in names if (row := _fact(activity, fact)).value != "not recorded"]
    return [*shown, ("Also recorded", others)] if others else shown


def _fact(activity: Activity, fact: str) -> Row:
    return Row(facts.label(fact), facts.shown(activity, fact))
