"""Named pupils whose record shows one thing clearly, for tests and for people learning: each with a sentence, found by UPN."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from careers.demonstration.calendar import school_day
from careers.demonstration.plan import Now, Plan
from careers.demonstration.roll import Child, Story, usual
from careers.demonstration.stories import (
    Extras,
    Stage,
    Type,
    access,
    all_of_it,
    everything,
    interview,
    interview_to_come,
    job_figures,
    last_leap_day,
    nothing,
    on_leap_day,
    told,
    without,
    without_subject,
    work,
)
from careers.demonstration.upn import upn
from criteria.periods import AcademicYear

PROVIDER, WORKPLACE, GUIDANCE = Type.PROVIDER_ENCOUNTER, Type.WORKPLACE_EXPERIENCE, Type.GUIDANCE_MEETING
Prepare = Callable[[Child, Now], None]


@dataclass(frozen=True)
class Scenario:
    """`year_group` is the one held this year: 0 for nobody knows, negative for those who left from that year three years ago."""

    name: str
    sentence: str
    upn: str
    year_group: int
    school: str
    story: Story
    extras: Extras | None
    prepare: Prepare | None


SCENARIOS: dict[str, Scenario] = {}


def scenario(
    name: str, year_group: int, sentence: str, *, story: Story = usual, extras: Extras | None = None,
    prepare: Prepare | None = None, school: str = "main",
) -> None:  # fmt: skip
    number = upn(2999, 19, len(SCENARIOS) + 1)
    SCENARIOS[name] = Scenario(name, sentence, number, year_group, school, story, extras, prepare)


def held(child: Child, now: Now, *groups: int) -> None:
    """Give the child these year groups, the last of them this year, and a first day to suit."""
    child.years = {now.year - back: group for back, group in enumerate(reversed(groups))}
    child.pupil.joined_on = date(now.year - len(groups) + 1, 9, 1)


def retained(child: Child, now: Now) -> None:
    held(child, now, 7, 8, 9, 9)
    child.grow_older(1)


def accelerated(child: Child, now: Now) -> None:
    held(child, now, 7, 9, 10)
    child.grow_older(-1)


def joined_in_spring(child: Child, now: Now) -> None:
    held(child, now, 9, 10)
    child.pupil.joined_on = school_day(now.year - 1, 2, 2)


def from_elsewhere(child: Child, now: Now) -> None:
    held(child, now, 12)


def long_name(child: Child, now: Now) -> None:
    child.pupil.forename, child.pupil.surname = "Maximiliana-Joséphine", "Featherstonehaugh-Wolstenholme"
    child.pupil.preferred_forename, child.pupil.sex = "", "F"


def higher_education(answer: bool | None) -> Prepare:
    def prepare(child: Child, now: Now) -> None:
        child.pupil.considering_he = answer

    return prepare


def cohort(answer: bool | None) -> Prepare:
    def prepare(child: Child, now: Now) -> None:
        child.pupil.in_benchmark_cohort = answer

    return prepare


def absent_twice(stage: Stage, child: Child) -> None:
    stage.provider(child, stage.day(1, 2, 10), "Ashmere College", "absent")
    stage.provider(child, stage.day(1, 6, 10), "Vale Engineering Apprentices", "absent")


def never_marked(stage: Stage, child: Child) -> None:
    stage.employer(child, stage.day(1, 5, 12), "Vale Buses", status="booked")


def unknown_quality(stage: Stage, child: Child) -> None:
    facts: dict[str, Any] = dict.fromkeys(
        ("purpose_shared_with_partner", "purpose_shared_with_pupils", "learning_outcomes_set")
    )
    for back in (1, 0):
        stage.employer(
            child, stage.day(back, 9, 14), "Fenwick Motors", reflection_after=None, two_way="", purpose="", **facts
        )


scenario(
    "everything_done",
    11,
    "Has had every experience that any edition asks for by now.",
    story=everything,
    extras=all_of_it,
)
scenario("nothing_done", 11, "Is on roll since Year 7 and on no register at all.", story=nothing)
scenario("the_retained_year_9", 9, "Holds Year 9 for the second time, at the age of Year 10.", prepare=retained)
scenario(
    "the_accelerated_pupil",
    10,
    "Went from Year 7 to Year 9, and is a year younger than the class.",
    prepare=accelerated,
)
scenario("the_joiner_in_year_9_spring", 10, "Came in February of Year 9 with no record: both provider encounters were due that month.",
         prepare=joined_in_spring, story=without(PROVIDER, 9))  # fmt: skip
scenario("met_two_providers", 10, "Met two different providers in the first key phase.", story=without(PROVIDER, 7, 8, 9),
         extras=access((2, 5, 12, "Ashmere College"), (1, 11, 10, "Vale Engineering Apprentices")))  # fmt: skip
scenario("met_same_provider_twice", 10, "Met Ashmere College on both occasions of the first key phase, and nobody else.",
         story=without(PROVIDER, 7, 8, 9), extras=access((2, 5, 12, "Ashmere College"), (1, 11, 10, "Ashmere College")))  # fmt: skip
scenario("same_fair_with_one_provider_changed", 10, "Met two providers, then one of them with another: the sets differ.",
         story=without(PROVIDER, 7, 8, 9),
         extras=access((2, 5, 12, "Ashmere College; Calderside UTC"), (1, 11, 10, "Ashmere College; Wharf Studio School")))  # fmt: skip
scenario("after_school_provider_only", 10, "Met two providers, both after school.", story=without(PROVIDER, 7, 8, 9), extras=access(
         (2, 5, 12, "Ashmere College"), (1, 11, 10, "Vale Engineering Apprentices"), in_school_day=False))  # fmt: skip
scenario("content_not_covered", 10, "Met two providers who said nothing of the careers that follow.", story=without(PROVIDER, 7, 8, 9),
         extras=access((2, 5, 12, "Ashmere College"), (1, 11, 10, "Vale Engineering Apprentices"), about_careers=False))  # fmt: skip
scenario("content_never_judged", 10, "Met two providers; what they covered was not written down.", story=without(PROVIDER, 7, 8, 9),
         extras=access((2, 5, 12, "Ashmere College"), (1, 11, 10, "Vale Engineering Apprentices"), about_careers=None,
                       questions_answered=None))  # fmt: skip
scenario("providers_not_eligible", 10, "Met two sixth forms with no technical courses or apprenticeships.",
         story=without(PROVIDER, 7, 8, 9),
         extras=access((2, 5, 12, "Beacon Hill Sixth Form College"), (1, 11, 10, "St Wilfred's Sixth Form")))  # fmt: skip
scenario("providers_of_unknown_eligibility", 10, "Met two providers, and nobody knows what they are approved for.",
         story=without(PROVIDER, 7, 8, 9),
         extras=access((2, 5, 12, "Digital Futures Academy"), (1, 11, 10, "University of North Ashmere")))  # fmt: skip
scenario("after_28_february", 10, "Met the second provider in the March of Year 9, which is too late for any key phase.",
         story=without(PROVIDER, 7, 8, 9),
         extras=access((2, 5, 12, "Ashmere College"), (1, 3, 1, "Vale Engineering Apprentices")))  # fmt: skip
scenario("leap_day", -1, "Met the second provider on 29 February of Year 9, a day after the key phase ended.",
         story=without(PROVIDER, 7, 8, 9), extras=on_leap_day)  # fmt: skip
scenario("offered_but_absent", 13, "Was away both times a provider came in the third key phase: offered, which is enough.",
         story=without(PROVIDER, 12, 13), extras=absent_twice)  # fmt: skip
scenario("part_time_job_only", 12, "Has a Saturday job and no other experience of a workplace.", story=without(WORKPLACE),
         extras=work((1, 10, 9, "Pennyfold Stores", 5), part_time_job=True, in_school_day=False))  # fmt: skip
scenario("virtual_only_workplace", 10, "Spent five days of Years 7 to 9 with employers, all of them on a screen.", story=without(WORKPLACE),
         extras=work((1, 3, 9, "Insight at a Distance", 5), mode="virtual", in_workplace=False))  # fmt: skip
scenario("two_good_placements", 11, "Had two experiences of workplaces that pass every test.", story=without(WORKPLACE),
         extras=work((2, 5, 18, "Larch House Care", 3), (1, 5, 18, "Beckwater", 3)))  # fmt: skip
scenario("no_lmi_in_key_stage_4", 12, "Used job figures three times in Years 7 to 9 and never in Years 10 and 11.",
         story=without(Type.LMI_USE, 10, 11),
         extras=job_figures(5, 4, 3))  # fmt: skip
scenario(
    "considering_he_unknown",
    13,
    "Nobody has asked whether higher education is in mind.",
    prepare=higher_education(None),
)
scenario("not_considering_he", 13, "Is going to work, not to university.", prepare=higher_education(False))
scenario("two_university_visits", 13, "Is thinking of university and has visited two.", prepare=higher_education(True),
         extras=access((1, 4, 17, "Thornley University"), (1, 6, 17, "Calder Metropolitan University"), visit=True))  # fmt: skip
scenario("no_university_visit", 13, "Is thinking of university and has visited none.", prepare=higher_education(True),
         story=without(PROVIDER))  # fmt: skip
scenario(
    "absent_on_every_fair", 11, "Was away on the day of every careers fair.", story=told(Type.CAREERS_EVENT, "absent")
)
scenario(
    "absent_from_employers",
    9,
    "Was away whenever employers came last year.",
    story=told(Type.EMPLOYER_ENCOUNTER, "absent", 8),
)
scenario("sixth_form_joiner_from_elsewhere", 12, "Came from another school in September of Year 12, with no record of before.",
         prepare=from_elsewhere)  # fmt: skip
scenario("register_never_taken", 10, "Was down for an employer last year, and nobody took the register.",
         story=without(Type.EMPLOYER_ENCOUNTER, 9),
         extras=never_marked)  # fmt: skip
scenario("never_judged", 9, "Met employers last year and this; how good the encounters were was never written down.",
         story=without(Type.EMPLOYER_ENCOUNTER), extras=unknown_quality)  # fmt: skip
scenario("adviser_level_unknown", 12, "Was interviewed by somebody whose qualification nobody wrote down.", story=without(GUIDANCE),
         extras=interview(1, adviser_level=None))  # fmt: skip
scenario("adviser_not_qualified", 12, "Was interviewed by somebody qualified to Level 4.", story=without(GUIDANCE),
         extras=interview(1, adviser_level=4))  # fmt: skip
scenario("advice_not_recorded", 12, "Was interviewed, and the advice was not kept.", story=without(GUIDANCE),
         extras=interview(1, advice_recorded=False))  # fmt: skip
scenario(
    "guidance_booked",
    11,
    "Has an interview booked in the coming weeks.",
    story=without(GUIDANCE),
    extras=interview_to_come,
)
scenario("declined_guidance", 13, "Was offered an interview in Year 12 and said no.", story=without(GUIDANCE, 12, 13),
         extras=interview(1, status="declined", advice_recorded=None))  # fmt: skip
scenario("subject_without_a_link", 9, "Has had careers in every subject but history.", story=without_subject("History"))
scenario(
    "followed_for_three_years", -11, "Left from Year 11 and was found each of three years after.", story=everything
)
scenario(
    "lost_after_leaving", -11, "Left from Year 11, and nobody has asked since.", story=told(Type.DESTINATION, None)
)
scenario("the_third_year_of_sixth_form", 14, "Is in a third year of sixth form, thinking of university, and met no provider in the first two.",
         prepare=higher_education(True), story=without(PROVIDER, 12, 13, 14))  # fmt: skip
scenario("year_group_unknown", 0, "Is on roll, and nobody has entered a year group.")
scenario("the_long_name", 8, "Has a name that no column is wide enough for.", prepare=long_name)
scenario(
    "in_the_benchmark_cohort",
    10,
    "Is at a special school, and the benchmarks suit.",
    prepare=cohort(True),
    school="special",
)
scenario("outside_the_benchmark_cohort", 10, "Is at a special school, and the benchmarks do not suit.", prepare=cohort(False),
         school="special")  # fmt: skip
scenario("benchmark_cohort_unknown", 10, "Is at a special school, and nobody has said whether the benchmarks suit.",
         prepare=cohort(None), school="special")  # fmt: skip


def cast(plan: Plan, now: Now, children: list[Child]) -> list[tuple[Scenario, Child]]:
    """Give each scenario of the school to a child of the right year group, here from the start and hardly ever away."""
    chosen: list[tuple[Scenario, Child]] = []
    for part in SCENARIOS.values():
        if part.school != plan.key:
            continue
        child = next(child for child in children if not child.scenario and suits(part, child, now))
        child.scenario, child.story = part.name, part.story
        child.pupil.upn = part.upn
        child.absence = min(child.absence, 0.02)
        if part.prepare:
            part.prepare(child, now)
        chosen.append((part, child))
    return chosen


def suits(part: Scenario, child: Child, now: Now) -> bool:
    left = child.pupil.left_on
    if part.year_group < -1:
        return bool(
            left and left.year == now.year - 3 and left.month == 8 and max(child.years.values()) == -part.year_group
        )
    if left:
        return False
    if part.year_group == 0:
        return not child.years
    group = part.year_group
    if part.name == "leap_day":
        group = 9 + now.year - AcademicYear.containing(last_leap_day(now.today)).start_year
    groups = list(child.years.values())
    return child.years.get(now.year) == group and groups[0] == 7 and len(set(groups)) == len(groups)
