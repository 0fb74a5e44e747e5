"""Careers in subject lessons, this year and last: some departments every class, some nearly none."""

from __future__ import annotations

from careers.demonstration.calendar import school_day
from careers.demonstration.groups import STEM, GroupMaker
from careers.demonstration.log import Log
from careers.programme.models import Activity

COVERAGE = {
    "Spanish": 0.35,
    "French": 0.6,
    "Music": 0.55,
    "Religious studies": 0.5,
    "Physical education": 0.7,
    "Drama": 0.75,
}
USUAL_COVERAGE = 0.82
BY_FORM = {"A": 1.0, "B": 0.98, "C": 0.9, "D": 0.85, "E": 0.8, "F": 0.55, "G": 0.4}
"""Years 7 to 9 are taught in forms, and some forms have teachers who do it more."""
MONTHS = (9, 10, 11, 11, 12, 1, 2, 3, 4, 6)
TITLES = ("People who use {}", "{}: where it leads", "A working day with {}", "{} and the jobs around us")


def link_subjects(log: Log, groups: GroupMaker) -> None:
    """One activity for each subject and year group; the classes whose teacher took part are on its register."""
    for year, group, subject in sorted(groups.classes):
        offset = year - log.now.year
        rng = log.plan.dice("link", offset, group, subject)
        title = rng.choice(TITLES).format(subject)
        day = school_day(year, rng.choice(MONTHS), rng.randint(3, 27))
        covered = COVERAGE.get(subject, USUAL_COVERAGE)
        unsure = rng.random() < 0.05
        entry = log.activity(
            Activity.Type.CURRICULUM_LINK,
            f"{title} (Year {group})",
            day,
            year_groups=[group],
            whole_cohort=covered == USUAL_COVERAGE,
            subject=subject,
            stem=subject in STEM,
            career_relevance=None if unsure else True,
            hours=1,
            in_school_day=True,
            mode="in_person",
        )
        for name, children in sorted(groups.classes[year, group, subject].items()):
            form = name.split()[0][-1]
            takes_part, taken = rng.random() < BY_FORM.get(form, covered) * min(1, covered + 0.2), rng.random() > 0.02
            if takes_part:
                log.invite(entry, children, rng, taken=taken)
