"""The logical tables a criterion may ask about: pupils and their encounters, schools and their milestones.

Whoever wants answers lends rows of this shape: a school's own database, CSV files, a nation's Parquet. Blank always means
"not known", never "no". `docs/reference/tables.md` is written from here by `python -m criteria tables`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    TEXT = "text"
    INTEGER = "whole number"
    NUMBER = "number"
    DATE = "date, as 2026-11-22"
    FLAG = "true, false or blank"
    CODE = "one of the codes"
    CODES = "codes with a bar between, such as he_provider|fe_college"


@dataclass(frozen=True)
class Column:
    """One column. For a flag, `yes` and `no` are the words an explanation uses: "the purpose was not shared with pupils"."""

    name: str
    kind: Kind
    meaning: str
    allowed: tuple[str, ...] = ()
    required: bool = False
    yes: str = ""
    no: str = ""


@dataclass(frozen=True)
class Table:
    name: str
    meaning: str
    columns: tuple[Column, ...]

    def column(self, name: str) -> Column:
        """The column of that name; KeyError lists the names there are."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{name} is not a column of {self.name}; it has {', '.join(c.name for c in self.columns)}")

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


ENCOUNTER_TYPES = (
    "employer_encounter", "workplace_experience", "provider_encounter", "careers_event", "guidance_meeting", "lmi_use",
    "curriculum_link", "careers_lesson", "parent_event", "staff_development", "survey", "review", "offer", "destination",
)  # fmt: skip
SETTINGS = ("school", "special", "college", "itp")
"""Kinds of place the benchmarks are written for; alternative provision answers as a school does."""
MILESTONE_TYPES = (
    "careers_leader_named", "careers_leader_trained", "programme_backed", "programme_planned", "programme_published",
    "feedback_gathered", "programme_evaluated", "guidance_scheduled", "guidance_explained", "parents_supported",
    "staff_development", "access_policy_published", "destinations_used", "alumni_involved", "information_published",
    "information_reviewed",
)  # fmt: skip
MILESTONE_STATUSES = ("done", "planned")
PARTIES = (
    "pupils", "parents", "teachers", "support_staff", "careers_advisers", "employers", "governors", "headteacher",
    "senior_leaders",
)  # fmt: skip
FEATURES = (
    "tailored", "sequenced", "learning_outcomes", "development_plan", "parents_engaged", "challenges_misconceptions",
    "role_models", "raises_aspirations", "equality_throughout", "procedure", "grounds", "premises_and_times", "compliance_plan",
    "leader_contact", "programme_summary", "impact",
)  # fmt: skip
STATUSES = ("booked", "attended", "absent", "excused", "declined", "offered")
PROVIDER_KINDS = (
    "school_sixth_form", "sixth_form_college", "fe_college", "utc", "studio_school", "itp_apprenticeship", "he_provider",
    "specialist_post16",
)  # fmt: skip


def _flag(name: str, yes: str, no: str) -> Column:
    return Column(name, Kind.FLAG, yes[0].upper() + yes[1:], yes=yes, no=no)


PUPILS = Table(
    "pupils",
    "One row for each pupil on roll on the day asked about, and for each leaver of the last three years.",
    (
        Column("pupil", Kind.TEXT, "Whatever identifies the pupil; the same in both tables", required=True),
        Column("school", Kind.TEXT, "The school's URN"),
        Column("setting", Kind.CODE, "What kind of place the pupil's school is", SETTINGS),
        Column("academic_year", Kind.INTEGER, "The year the year group was held, by its first calendar year; blank is the year of the day asked about"),
        Column("year_group", Kind.INTEGER, "National Curriculum year actually held; for a leaver, the last one"),
        Column("repeated_year", Kind.INTEGER, "A year group held twice, if any"),
        Column("joined_on", Kind.DATE, "First day on roll"),
        Column("left_on", Kind.DATE, "Last day on roll"),
        Column("born", Kind.DATE, "Date of birth; asked only where a school reads 'by the age of 16' as the birthday"),
        Column("programme_starts_on", Kind.DATE, "First day of a college learner's programme of study"),
        Column("programme_ends_on", Kind.DATE, "Last planned day of a college learner's programme of study"),
        _flag("considering_he", "the pupil is considering higher education", "the pupil is not considering higher education"),
        Column("in_benchmark_cohort", Kind.FLAG, "Whether the benchmarks are suitable for the pupil. Only special schools name a cohort, so blank in a file is taken as true", yes="the benchmarks are suitable for the pupil", no="the benchmarks are not suitable for the pupil"),
        Column("subjects", Kind.CODES, "Subjects the pupil studies this academic year"),
        Column("sex", Kind.CODE, "As the school's system holds it", ("F", "M")),
        Column("sen_provision", Kind.CODE, "N none, K SEN support, E education, health and care plan", ("N", "K", "E")),
        _flag("fsm", "the pupil has free school meals", "the pupil does not have free school meals"),
        _flag("looked_after", "the pupil is looked after", "the pupil is not looked after"),
        Column("form", Kind.TEXT, "Form or tutor group"),
        _flag("on_roll", "the pupil is on roll", "the pupil has left"),
    ),
)  # fmt: skip

ENCOUNTERS = Table(
    "encounters",
    "One row for each pupil and occasion: the log, and what is planned.",
    (
        Column("pupil", Kind.TEXT, "As in the pupils table", required=True),
        Column("encounter", Kind.TEXT, "Identifies the occasion, so that a row given twice counts once"),
        Column("date", Kind.DATE, "The first day of it", required=True),
        Column("type", Kind.CODE, "What kind of occasion it was", ENCOUNTER_TYPES, required=True),
        Column("status", Kind.CODE, "What became of the pupil's place", STATUSES, required=True),
        Column("title", Kind.TEXT, "What people call it"),
        Column("hours", Kind.NUMBER, "Hours for the pupil"),
        Column("days", Kind.NUMBER, "Days for the pupil"),
        Column("mode", Kind.CODE, "How it was held", ("in_person", "virtual", "hybrid")),
        _flag("in_school_day", "it was in the standard school day", "it was outside the standard school day"),
        _flag("in_workplace", "it was in a workplace", "it was not in a workplace"),
        _flag("purpose_shared_with_partner", "the purpose was shared with the employer or provider", "the purpose was not shared with the employer or provider"),
        _flag("purpose_shared_with_pupils", "the purpose was shared with pupils", "the purpose was not shared with pupils"),
        _flag("learning_outcomes_set", "learning outcomes were set", "no learning outcomes were set"),
        Column("two_way", Kind.CODE, "How much two-way interaction there was", ("none", "some", "extensive")),
        _flag("reflection_after", "there was time to reflect afterwards", "there was no time to reflect afterwards"),
        _flag("about_work", "it showed what work is like or what it takes to succeed", "it did not show what work is like or what it takes to succeed"),
        _flag("met_range_of_people", "pupils met a range of people", "pupils did not meet a range of people"),
        _flag("employer_set_task", "pupils did a task the employer set", "there was no task set by the employer"),
        _flag("employer_feedback", "the employer gave feedback on the work", "the employer gave no feedback on the work"),
        _flag("part_time_job", "it was the pupil's own part-time job", "it was not the pupil's own part-time job"),
        _flag("met_staff", "pupils met the provider's staff", "pupils did not meet the provider's staff"),
        _flag("met_learners", "pupils met people who learn there", "pupils did not meet people who learn there"),
        _flag("visit", "pupils went there", "pupils did not go there"),
        _flag("about_provider", "it covered the provider and its qualifications or apprenticeships", "it did not cover the provider and its qualifications or apprenticeships"),
        _flag("about_careers", "it covered the careers these lead to", "it did not cover the careers these lead to"),
        _flag("about_learning_there", "it covered what learning or training there is like", "it did not cover what learning or training there is like"),
        _flag("questions_answered", "pupils' questions were answered", "pupils' questions were not answered"),
        _flag("one_to_one", "it was one to one", "it was not one to one"),
        Column("adviser_level", Kind.INTEGER, "The level of the adviser's qualification; 6 is a degree"),
        _flag("advice_recorded", "the advice and agreed decisions were recorded", "the advice and agreed decisions were not recorded"),
        _flag("information_used", "pupils used the information themselves", "pupils did not use the information themselves"),
        _flag("informed_choice", "it informed options or next steps", "it did not inform options or next steps"),
        Column("subject", Kind.TEXT, "The subject the lesson or occasion belonged to"),
        _flag("career_relevance", "the subject was linked to careers", "the subject was not linked to careers"),
        _flag("stem", "it was about science, technology, engineering or mathematics", "it was not about science, technology, engineering or mathematics"),
        _flag("records_aspiration", "the pupil's aspiration was recorded", "the pupil's aspiration was not recorded"),
        _flag("records_intention", "the pupil's intended destination was recorded", "the pupil's intended destination was not recorded"),
        Column("destination_point", Kind.INTEGER, "Which year after leaving a destination check belongs to: 1, 2 or 3"),
        _flag("destination_known", "the destination is known", "the destination is not known"),
        _flag("curriculum_area_linked", "it belonged to the pupil's own curriculum area", "it did not belong to the pupil's own curriculum area"),
        _flag("employment_focus", "the review looked at preparing for adulthood and employment", "the review did not look at preparing for adulthood and employment"),
        _flag("suitable_offer", "a suitable offer of education or training was held", "no suitable offer of education or training was held"),
        Column("employers", Kind.INTEGER, "How many employers took part"),
        Column("provider_kinds", Kind.CODES, "Kinds of provider that took part", PROVIDER_KINDS),
        Column("eligible_providers", Kind.CODES, "Providers of approved technical education or apprenticeships that took part; blank when it is not known whether any was"),
    ),
)  # fmt: skip

SCHOOLS = Table(
    "schools",
    "One row for each school or college.",
    (
        Column("school", Kind.TEXT, "The school's URN", required=True),
        Column("setting", Kind.CODE, "What kind of place it is", SETTINGS),
        Column("area", Kind.TEXT, "The local authority or other area it is counted under"),
        _flag("has_sixth_form", "the school teaches Years 12 and 13", "the school does not teach Years 12 and 13"),
        Column("next_review_on", Kind.DATE, "The day by which the school's published careers information says it will be reviewed"),
    ),
)  # fmt: skip

MILESTONES = Table(
    "milestones",
    "One row for each thing a school itself did, decided or plans: what no pupil's log can hold.",
    (
        Column("school", Kind.TEXT, "As in the schools table", required=True),
        Column("milestone", Kind.TEXT, "Identifies it, so that a row given twice counts once"),
        Column("date", Kind.DATE, "The day of it", required=True),
        Column("type", Kind.CODE, "What it was", MILESTONE_TYPES, required=True),
        Column("status", Kind.CODE, "Whether it has happened", MILESTONE_STATUSES, required=True),
        Column("title", Kind.TEXT, "What people call it"),
        Column("parties", Kind.CODES, "Who gave feedback, was told, took part or gave their backing", PARTIES),
        Column("features", Kind.CODES, "What the programme or policy is recorded to contain", FEATURES),
        _flag("on_website", "it is on the website", "it is not on the website"),
        _flag("informed_changes", "it led to changes in the programme", "it led to no change in the programme"),
    ),
)  # fmt: skip

NO_CODES = "none"
"""How a file says that a list is known to be empty, which is different from blank."""

_WHOSE = {"pupil", "school", "encounter", "milestone", "status", "title"}
OCCASION_COLUMNS = tuple(c for c in ENCOUNTERS.columns if c.name not in _WHOSE)
"""What a criterion may ask about an encounter: everything but whose it was and what became of the pupil's place."""
MILESTONE_COLUMNS = tuple(c for c in MILESTONES.columns if c.name not in _WHOSE)
"""What a criterion may ask about a milestone."""


def log_column(name: str) -> Column:
    """A column of what is counted, encounters or milestones: their columns of one name are of one kind."""
    return (ENCOUNTERS if name in ENCOUNTERS.names else MILESTONES).column(name)
