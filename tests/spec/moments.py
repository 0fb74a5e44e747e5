"""When a rule opens, closes and falls due."""

from datetime import date

from criteria.model import Reading
from tests.spec.pictures import AS_AT, Spec

MOMENTS = [
    Spec(
        "Academic years",
        "An academic year starts on 1 September, closes on 31 July, when what it asks is due, and ends on 31 August.",
        "window: {opens: start of academic year, closes: end of academic year}\ndue: close of academic year",
        "pupil | year_group\nAda | 9\nBen | 9\nCy | 9",
        "pupil | date | status\nAda | 2026-09-01 | attended\nBen | 2026-08-31 | attended\nCy | 2027-08-01 | booked",
        "pupil | standing | count\nAda | met | 1\nBen | due | 0\nCy | due | 0",
    ),
    Spec(
        "Key stages",
        "Key stage 3 is Years 7 to 9, 4 is Years 10 and 11, 5 is Years 12 and 13.",
        "window: {opens: start of key stage, closes: end of key stage}\ndue: close of key stage",
        "pupil | year_group\nAda | 9\nBen | 9\nCy | 10",
        "pupil | date\nAda | 2024-09-01\nBen | 2024-08-31\nCy | 2026-08-31",
        "pupil | standing | count\nAda | met | 1\nBen | due | 0\nCy | due | 0",
    ),
    Spec(
        "Year groups and days of a year",
        "A window goes with the year group held, and a day with its academic year. What is missing after the due date was missed.",
        "window: {opens: start of year 8, closes: 28 February of year 9}",
        "pupil | year_group\nAda | 9\nBen | 9\nCy | 10",
        "pupil | date\nAda | 2025-09-01\nBen | 2025-08-31\nCy | 2026-03-01",
        "pupil | standing | count\nAda | met | 1\nBen | due | 0\nCy | missed | 0",
    ),
    Spec(
        "Close and end of a year group",
        "The close is 31 July, the end 31 August.",
        "window: {opens: start of year 7, closes: end of year 9}\ndue: close of year 9",
        "pupil | year_group\nAda | 10\nBen | 10",
        "pupil | date\nAda | 2026-08-31\nBen | 2026-09-01",
        "pupil | standing | count\nAda | met | 1\nBen | missed | 0",
    ),
    Spec(
        "A day of the academic year",
        "30 September of the year the pupil is in.",
        "window: {opens: start of academic year, closes: 30 September of academic year}",
        "pupil | year_group\nAda | 9\nBen | 9",
        "pupil | date\nAda | 2026-09-30\nBen | 2026-10-01",
        "pupil | standing | count\nAda | met | 1\nBen | missed | 0",
    ),
    Spec(
        "A repeated year",
        "A pupil who did Year 9 twice entered Year 8 a year before their present class did, so their window opened then.",
        "window: {opens: start of year 8, closes: 28 February of year 9}",
        "pupil | year_group | repeated_year\nAda | 9 | 9\nBen | 9 | 0",
        "pupil | date\nAda | 2024-09-02\nBen | 2024-09-02",
        "pupil | standing | count\nAda | met | 1\nBen | due | 0",
    ),
    Spec(
        "Leaving",
        "The end of the last academic year, and years after it.",
        "population: {on_roll: false}\nwindow: {opens: leaving, closes: 1 year after leaving}",
        "pupil | year_group | academic_year | left_on\nAda | 13 | 2025 | 2026-08-31\nBen | 13 | 2024 | 2025-08-31",
        "pupil | date\nAda | 2026-09-15\nBen | 2026-09-15",
        "pupil | standing | count\nAda | met | 1\nBen | missed | 0",
    ),
    Spec(
        "Ever",
        "However long ago.",
        "window: {opens: ever, closes: close of academic year}",
        "pupil | year_group\nAda | 9",
        "pupil | date\nAda | 2011-03-01",
        "pupil | standing | count\nAda | met | 1",
    ),
    Spec(
        "Dates of the pupil's own",
        "A window may hang on a date of the pupil's own, or on years or months before or after it. Where it is not known, "
        "neither is the window.",
        "window: {opens: programme_starts_on, closes: 16 years after born}\ndue: 1 month before programme_ends_on",
        "pupil | year_group | born | programme_starts_on | programme_ends_on\nAda | 12 | 2010-11-01 | 2026-09-01 | 2027-07-31\n"
        "Ben | 12 | 2010-09-01 | 2026-09-01 | 2027-07-31\nCy | 12 | | 2026-09-01 | 2027-07-31",
        "pupil | date\nAda | 2026-10-06\nBen | 2026-10-06\nCy | 2026-10-06",
        "pupil | standing | count\nAda | met | 1\nBen | due | 0\nCy | cannot tell | 0",
    ),
    Spec(
        "Dates of joining and leaving",
        "Among the pupil's own dates are the first and the last day on roll.",
        "window: {opens: joined_on, closes: 6 months after joined_on}\ndue: left_on",
        "pupil | year_group | joined_on | left_on\nAda | 9 | 2026-09-07 | 2027-07-31\nBen | 9 | 2026-01-05 | 2027-07-31",
        "pupil | date\nAda | 2026-10-06\nBen | 2026-10-06",
        "pupil | standing | count\nAda | met | 1\nBen | due | 0",
    ),
    Spec(
        "A month with no such day",
        "A month after 31 January is the last of February.",
        "window: {opens: start of academic year, closes: 1 month after programme_ends_on}",
        "pupil | year_group | programme_ends_on\nAda | 12 | 2026-01-31\nBen | 12 | 2026-08-31",
        "pupil | date\nAda | 2026-09-30\nBen | 2026-09-30",
        "pupil | standing | count\nAda | missed | 0\nBen | met | 1",
    ),
    *[
        Spec(
            f"Those who joined late: {said}",
            "Somebody who joined more than thirty days after the window opened may have done it before. The rule says what is "
            "made of that once the due date has passed; what is on record always counts.",
            f"window: {{opens: start of year 7, closes: close of year 9}}\njoiners: {said}",
            "pupil | year_group | joined_on\nAda | 10 | 2026-01-05\nBen | 10 | 2026-01-05\nCy | 10 | 2023-09-15",
            "pupil | date\nBen | 2026-03-01",
            f"pupil | standing | count\nAda | {standing} | 0\nBen | met | 1\nCy | missed | 0",
        )
        for said, standing in [
            ("cannot tell", "cannot tell"),
            ("missed", "missed"),
            ("does not apply", "does not apply"),
        ]
    ],
]

THRESHOLDS = "threshold: [{from: 2014-09-01, value: 1, source: S}, {from: 2026-09-01, value: 2, source: S}]"
CHANGES = "changes: [{from: 2026-09-01, source: S, checked on: 2026-11-22, qualifying: {type: employer_encounter, visit: true}}]"
CHANGING = [
    *[
        Spec(
            f"A number that changes: {said}",
            "The number in force on the day asked about is what is needed.",
            f"window: {{opens: start of year 7, closes: close of year 9}}\n{THRESHOLDS}",
            "pupil | year_group | academic_year\nAda | 8 | 2025",
            "pupil | date\nAda | 2025-10-06",
            f"pupil | standing | count\nAda | {standing} | 1",
            as_at=day,
        )
        for said, standing, day in [("the day before", "met", date(2026, 8, 31)), ("from the day", "due", AS_AT)]
    ],
    *[
        Spec(
            f"Wording that changes: {said}",
            "From a day on a criterion may ask something else; the day asked about decides which is meant.",
            f"window: {{opens: start of year 7, closes: close of year 9}}\n{CHANGES}",
            "pupil | year_group | academic_year\nAda | 8 | 2025",
            "pupil | date | visit\nAda | 2025-10-06 | no",
            f"pupil | standing | count\nAda | {standing} | {count}",
            as_at=day,
        )
        for said, standing, count, day in [
            ("the day before", "met", 1, date(2026, 8, 31)),
            ("from the day", "due", 0, AS_AT),
        ]
    ],
    Spec(
        "A question left open",
        "Where the law leaves a question open the framework names it, with choices and a default; a school may choose. Here the "
        "default, the end of the year group, is in force.",
        "window:\n  opens: start of year 7\n  closes: {reading: by_sixteen, birthday: 16 years after born, class: end of year 11}",
        "pupil | year_group | born\nAda | 11 | 2010-10-01",
        "pupil | date\nAda | 2026-10-06",
        "pupil | standing | count\nAda | met | 1",
        readings=(
            Reading(
                "by_sixteen", "By when?", "class", (("class", "the year"), ("birthday", "the day")), "", "S", AS_AT
            ),
        ),
    ),
    Spec(
        "Asked of a school",
        "Some facts are a school's own. Its milestones are the log; one planned for a day to come is booked.",
        "about: school\nwindow: {opens: 12 months before next_review_on, closes: next_review_on}",
        "school | next_review_on\nAshdown | 2027-03-01\nBirch | 2027-03-01\nCedar | 2027-03-01\nDale |",
        "school | milestone | date | status\nAshdown | m | 2026-03-01 | done\nBirch | m | 2026-02-28 | done\n"
        "Cedar | m | 2027-01-04 | planned\nDale | m | 2026-03-01 | done",
        "school | standing | count\nAshdown | met | 1\nBirch | due | 0\nCedar | booked | 0\nDale | cannot tell | 0",
    ),
]
