"""The same answers as a data manager would get them: tables into data frames, a few merges, and a groupby for each rule."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
from django.db import connection

from careers.schools.models import School

Frame = Any
States = dict[int, dict[str, str]]

FLAGS = (
    "information_used", "informed_choice", "records_aspiration", "records_intention", "career_relevance",
    "purpose_shared_with_partner", "purpose_shared_with_pupils", "learning_outcomes_set", "reflection_after",
    "met_range_of_people", "employer_set_task", "employer_feedback", "about_learning_there", "met_staff", "met_learners", "visit",
    "one_to_one", "in_school_day", "about_provider", "about_careers", "questions_answered",
)  # fmt: skip
KINDS = {
    "sixth form": ["school_sixth_form", "sixth_form_college", "utc", "studio_school"],
    "college": ["fe_college", "specialist_post16"],
    "university": ["he_provider"],
    "independent training provider": ["itp_apprenticeship"],
}


def read(sql: str) -> Frame:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return pd.DataFrame(cursor.fetchall(), columns=[column[0] for column in cursor.description])


def evaluate(school: School, today: date) -> States:
    """pupil's key -> criterion -> state."""
    year, now = today.year if today.month >= 9 else today.year - 1, pd.Timestamp(today)
    pupils = read_pupils(school, year, now)
    activities, takes_part = read_activities(school)
    log = read(f"SELECT pupil_id, activity_id, status FROM encounters_encounter WHERE school_id = {int(school.pk)}")
    log = log.merge(activities[["activity_id", "starts_on"]], on="activity_id")
    log["past"] = log.starts_on <= now
    log["attended"] = log.status == "attended"
    log["perhaps"] = log.status.isin(["attended", "booked"])
    studied = read_subjects(school, year, now)
    pupils["subjects"] = studied.groupby("pupil_id").size().reindex(pupils.pupil_id).to_numpy()
    rules = Rules(pupils, log, activities, takes_part, studied, now)
    answers = rules.answer_all()
    answers.index = pupils.pupil_id
    return answers.to_dict("index")


def read_pupils(school: School, year: int, now: Any) -> Frame:
    pupils = read(
        "SELECT id AS pupil_id, joined_on, left_on, considering_he, in_benchmark_cohort FROM pupils_pupil "
        f"WHERE school_id = {int(school.pk)}"
    )
    pupils["joined_on"], pupils["left_on"] = pd.to_datetime(pupils.joined_on), pd.to_datetime(pupils.left_on)
    pupils = pupils[pupils.joined_on.isna() | (pupils.joined_on <= now)].copy()
    pupils["on_roll"] = pupils.left_on.isna() | (pupils.left_on >= now)
    pupils["considering_he"] = pupils.considering_he.astype("boolean")
    special = school.kind == School.Kind.SPECIAL
    pupils["suitable"] = (
        pupils.in_benchmark_cohort.astype("boolean") if special else pd.array([True] * len(pupils), "boolean")
    )
    held = read(f"SELECT pupil_id, academic_year, year_group FROM pupils_yearheld WHERE school_id = {int(school.pk)}")
    held = held[held.academic_year <= year].sort_values(["pupil_id", "academic_year"])
    held["repeated"] = held.year_group.where(held.year_group == held.groupby("pupil_id").year_group.shift(), 0)
    pupils = pupils.merge(held[held.academic_year == year][["pupil_id", "year_group"]], on="pupil_id", how="left")
    pupils = pupils.merge(held.groupby("pupil_id").repeated.max().rename("repeated"), on="pupil_id", how="left")
    pupils["repeated"] = pupils.repeated.fillna(0)
    pupils["entry"] = year - pupils.year_group
    pupils["year"] = year
    return pupils


def read_subjects(school: School, year: int, now: Any) -> Frame:
    taken = read(
        "SELECT m.pupil_id, g.subject, m.ends_on FROM pupils_groupmembership m JOIN pupils_group g ON g.id = m.group_id "
        f"WHERE m.school_id = {int(school.pk)} AND g.kind = 'class' AND g.academic_year = {year} AND g.subject <> ''"
    )
    ends = pd.to_datetime(taken.ends_on)
    return taken[ends.isna() | (ends >= now)][["pupil_id", "subject"]].drop_duplicates()


def read_activities(school: School) -> tuple[Frame, Frame]:
    """Activities with their judgeable columns, and which kinds of provider took part in which."""
    activities = read(
        f"SELECT id AS activity_id, type, starts_on, two_way, adviser_level, subject, {', '.join(FLAGS)} FROM programme_activity "
        f"WHERE school_id = {int(school.pk)} AND starts_on IS NOT NULL AND status IN ('planned', 'delivered')"
    )
    activities["starts_on"] = pd.to_datetime(activities.starts_on)
    activities[list(FLAGS)] = activities[list(FLAGS)].astype("boolean")
    activities["two_way"] = activities.two_way.replace("", pd.NA).astype("string")
    activities["adviser_level"] = activities.adviser_level.astype("Int64")
    partners = read(
        "SELECT t.activity_id, p.id, p.kind, p.provider_kind, p.pal_eligible FROM programme_activitypartner t "
        f"JOIN partners_partner p ON p.id = t.partner_id WHERE t.school_id = {int(school.pk)} ORDER BY t.activity_id, p.id"
    )
    partners["pal_eligible"] = partners.pal_eligible.astype("boolean")
    providers = partners[partners.kind == "provider"]
    together = pd.DataFrame(
        {"employers": partners.kind.eq("employer").groupby(partners.activity_id).sum().astype("Int64")}
    )
    named = providers[providers.provider_kind != ""]
    together["kinds_known"] = True
    together.loc[providers.activity_id.unique(), "kinds_known"] = False
    together.loc[named.activity_id.unique(), "kinds_known"] = True
    eligible = providers[providers.pal_eligible.fillna(False)]
    together["eligible"] = eligible.id.astype(str).groupby(eligible.activity_id).agg("|".join)
    doubtful = set(providers[providers.pal_eligible.isna()].activity_id)
    together.loc[together.eligible.isna() & ~together.index.isin(doubtful), "eligible"] = ""
    activities = activities.merge(together, left_on="activity_id", right_index=True, how="left")
    activities["kinds_known"] = activities.kinds_known.eq(True)
    activities["eligible"] = activities.eligible.astype("string")
    return activities, named[["activity_id", "provider_kind"]]


class Rules:
    """Each rule as a column of states, a row a pupil."""

    def __init__(self, pupils: Frame, log: Frame, activities: Frame, kinds: Frame, studied: Frame, now: Any) -> None:
        self.pupils, self.log, self.activities, self.kinds, self.studied, self.now = (
            pupils,
            log,
            activities,
            kinds,
            studied,
            now,
        )

    def answer_all(self) -> Frame:
        a, every = self.activities, (7, 14)
        provider = a.type.isin(["provider_encounter", "careers_event"])
        quality = (
            a.purpose_shared_with_partner & a.purpose_shared_with_pupils & a.learning_outcomes_set & a.reflection_after
        )
        workplace = (
            (a.type == "workplace_experience") & quality & (a.two_way == "extensive") & a.met_range_of_people
            & a.employer_set_task & a.employer_feedback
        )  # fmt: skip
        employer = (
            ((a.type == "employer_encounter") | ((a.type == "careers_event") & (a.employers >= 1)))
            & quality & a.two_way.isin(["some", "extensive"]).astype("boolean").where(a.two_way.notna())
        )  # fmt: skip
        hopes = a.type.isin(["guidance_meeting", "review", "survey"]) & a.records_aspiration & a.records_intention
        guidance = (a.type == "guidance_meeting") & a.one_to_one & (a.adviser_level >= 6)
        met = provider & a.about_learning_there & a.met_staff & a.met_learners
        visits = provider & self.touched(KINDS["university"]) & a.visit & a.met_staff & a.met_learners
        access = (
            provider & a.in_school_day & (a.eligible != "") & a.about_provider & a.about_careers & a.about_learning_there
            & a.questions_answered
        )  # fmt: skip
        link = (a.type == "curriculum_link") & a.career_relevance
        stage, this_year = self.key_stage(), self.this_year()
        to_16, after_16, to_18 = self.between(7, 11), self.between(12, 13), self.between(7, 13)
        kinds = pd.concat([self.rows(met & self.touched(codes)).assign(part=name) for name, codes in KINDS.items()])
        return pd.DataFrame(
            {
                "gb2.2025.school.1": self.states(
                    every, stage, self.rows((a.type == "lmi_use") & a.information_used & a.informed_choice), 1
                ),
                "gb3.2025.school.4": self.states(every, this_year, self.rows(hopes), 1),
                "gb4.2025.school.1": self.states(
                    every, this_year, self.own_subjects(link), self.pupils.subjects, offered=True
                ),
                "gb5.2025.school.1": self.states(every, this_year, self.rows(employer), 1),
                "gb6.2025.school.1": self.states(every, to_16, self.rows(workplace), 2),
                "gb6.2025.school.2": self.states((12, 14), after_16, self.rows(workplace), 1),
                "gb7.2025.school.1": self.states(every, to_16, kinds, 4),
                "gb7.2025.school.2": self.states((12, 14), to_18, self.rows(visits), 2, who=self.pupils.considering_he),
                "gb8.2025.school.1": self.states(every, to_16, self.rows(guidance), 1),
                "gb8.2025.school.2": self.states((12, 14), after_16, self.rows(guidance), 1),
                "pal.meet.1": self.states((8, 14), self.phase(8, 9), self.providers(access), 2, benchmark=False),
                "pal.meet.2": self.states((10, 14), self.phase(10, 11), self.providers(access), 2, benchmark=False),
                "pal.offer.3": self.states(
                    (12, 14), self.phase(12, 13), self.rows(access), 2, offered=True, benchmark=False
                ),
            }
        )

    def touched(self, codes: list[str]) -> Frame:
        """Whether a provider of one of these kinds took part; not known where no kind is."""
        yes = self.activities.activity_id.isin(self.kinds[self.kinds.provider_kind.isin(codes)].activity_id)
        return yes.astype("boolean").where(self.activities.kinds_known)

    def rows(self, counts: Frame) -> Frame:
        """The log of the activities that count or may count; each is a part of its own."""
        keep = counts.fillna(True)
        mine = self.activities.loc[keep, ["activity_id", "subject", "eligible"]].assign(
            sure=counts[keep].fillna(False), part=None
        )
        mine["part"] = mine.activity_id.astype(str)
        return self.log.merge(mine, on="activity_id")

    def providers(self, counts: Frame) -> Frame:
        """The same, where meeting the same providers again is nothing new."""
        rows = self.rows(counts)
        rows["part"] = rows.eligible.fillna("not known, activity " + rows.part)
        return rows

    def own_subjects(self, counts: Frame) -> Frame:
        rows = self.rows(counts).merge(self.studied, on=["pupil_id", "subject"])
        return rows.assign(part=rows.subject)

    # Windows: three columns of dates, a row a pupil.

    def day(self, year: Frame, month: int, day: int) -> Frame:
        return pd.to_datetime({"year": year, "month": month, "day": day})

    def entered(self, group: Any) -> Frame:
        p = self.pupils
        earlier = (p.repeated >= group) & (p.repeated <= p.year_group)
        return self.day(p.entry + group - earlier, 9, 1)

    def this_year(self) -> Frame:
        year = self.pupils.year
        return pd.DataFrame(
            {"opens": self.day(year, 9, 1), "closes": self.day(year + 1, 8, 31), "due": self.day(year + 1, 7, 31)}
        )

    def between(self, first: Any, last: Any) -> Frame:
        end = self.pupils.entry + last + 1
        return pd.DataFrame({"opens": self.entered(first), "closes": self.day(end, 8, 31), "due": self.day(end, 7, 31)})

    def phase(self, first: int, last: int) -> Frame:
        end = self.day(self.pupils.entry + last + 1, 2, 28)
        return pd.DataFrame({"opens": self.entered(first), "closes": end, "due": end})

    def key_stage(self) -> Frame:
        group = self.pupils.year_group
        first = group.where(group.isna(), 12).mask(group <= 11, 10).mask(group <= 9, 7)
        last = group.where(group.isna(), 14).mask(group <= 13, 13).mask(group <= 11, 11).mask(group <= 9, 9)
        return self.between(first, last)

    def counted(self, window: Frame, rows: Frame, offered: bool) -> Frame:
        """How many different parts each pupil surely has, may have, and will have if all goes to plan."""
        own = window.assign(pupil_id=self.pupils.pupil_id.to_numpy())
        rows = rows.merge(own, on="pupil_id")
        rows = rows[(rows.starts_on >= rows.opens) & (rows.starts_on <= rows.closes)]
        there, perhaps = (True, True) if offered else (rows.attended, rows.perhaps)
        sure = rows.past & rows.sure & there
        ahead = ~rows.past & rows.sure & perhaps & (rows.starts_on <= rows.due)
        of = {"sure": rows[sure], "possible": rows[rows.past & perhaps], "expected": rows[sure | ahead]}
        counts = {name: each.groupby("pupil_id").part.nunique() for name, each in of.items()}
        return pd.DataFrame(
            {name: each.reindex(self.pupils.pupil_id).fillna(0).to_numpy() for name, each in counts.items()}
        )

    def states(
        self, years: tuple[int, int], window: Frame, rows: Frame, needed: Any, *, offered: bool = False, benchmark: bool = True,
        who: Any = None,
    ) -> Frame:  # fmt: skip
        p = self.pupils
        found = self.counted(window, rows, offered)
        applies = p.year_group.between(*years).astype("boolean").where(p.year_group.notna()) & p.on_roll
        if benchmark:
            applies = applies & p.suitable
        if who is not None:
            applies = applies & who
        in_time = self.now <= window.due
        state = pd.Series("missed", index=p.index)
        state = state.mask(p.joined_on > window.opens + pd.Timedelta(days=30), "cannot_tell")
        state = state.mask(in_time, "due")
        state = state.mask(found.possible >= needed, "cannot_tell")
        state = state.mask(in_time & (found.expected >= needed), "booked")
        state = state.mask(found.sure >= needed, "met")
        if not isinstance(needed, int):
            state = state.mask(needed.isna(), "cannot_tell")
        return state.mask(applies.isna(), "cannot_tell").mask(applies.eq(False).fillna(False), "does_not_apply")
