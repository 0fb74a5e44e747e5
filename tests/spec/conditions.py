"""What can be asked of an encounter or of the subject."""

from tests.spec.pictures import Spec

CONDITIONS = [
    Spec(
        "Is this",
        "A value is asked for by name. What is not known may count, so nobody can tell; it is never taken for no.",
        "qualifying: {about_work: true}",
        "pupil | year_group\nAda | 9\nBen | 9\nCy | 9",
        "pupil | about_work\nAda | yes\nBen | no\nCy |",
        "pupil | standing | count\nAda | met | 1\nBen | due | 0\nCy | cannot tell | 0",
    ),
    Spec(
        "Is one of these",
        "Several values make a list, of codes, of words or of numbers.",
        "qualifying: {two_way: [some, extensive], destination_point: [1, 2]}",
        "pupil | year_group\nAda | 9\nBen | 9\nCy | 9",
        "pupil | two_way | destination_point\nAda | some | 2\nBen | none |\nCy | extensive |",
        "pupil | standing | count\nAda | met | 1\nBen | due | 0\nCy | cannot tell | 0",
    ),
    Spec(
        "Is this number or these words",
        "Numbers and words are compared whole.",
        "qualifying: {hours: 2.5, subject: Mathematics}",
        "pupil | year_group\nAda | 9\nBen | 9",
        "pupil | hours | subject\nAda | 2.5 | Mathematics\nBen | 2.5 | Maths",
        "pupil | standing | count\nAda | met | 1\nBen | due | 0",
    ),
    Spec(
        "Is at least",
        "A number may have to reach something: a whole number, such as a level, or any number, such as days.",
        "qualifying: {adviser_level: {at least: 6}, days: {at least: 0.5}}",
        "pupil | year_group\nAda | 9\nBen | 9\nCy | 9",
        "pupil | adviser_level | days\nAda | 6 | 0.5\nBen | 5 | 3\nCy | 7 |",
        "pupil | standing | count\nAda | met | 1\nBen | due | 0\nCy | cannot tell | 0",
    ),
    Spec(
        "Includes one of these",
        "A list has at least one of the codes named. `none` is a list known to be empty; blank is a list nobody knows.",
        "qualifying: {provider_kinds: {includes: [fe_college, utc]}}",
        "pupil | year_group\nAda | 9\nBen | 9\nCy | 9\nDee | 9",
        "pupil | provider_kinds\nAda | utc, he_provider\nBen | he_provider\nCy | none\nDee |",
        "pupil | standing | count\nAda | met | 1\nBen | due | 0\nCy | due | 0\nDee | cannot tell | 0",
    ),
    Spec(
        "Includes anything at all",
        "A list has something in it, whatever that is.",
        "qualifying: {eligible_providers: {some: true}}",
        "pupil | year_group\nAda | 9\nBen | 9\nCy | 9",
        "pupil | eligible_providers\nAda | northfield\nBen | none\nCy |",
        "pupil | standing | count\nAda | met | 1\nBen | due | 0\nCy | cannot tell | 0",
    ),
    Spec(
        "All of these",
        "Lines together mean all of them. One that is surely not so settles it, whatever else is blank.",
        "qualifying: {all: [{about_work: true}, {visit: true}]}",
        "pupil | year_group\nAda | 9\nBen | 9\nCy | 9",
        "pupil | about_work | visit\nAda | yes | yes\nBen | no |\nCy | yes |",
        "pupil | standing | count\nAda | met | 1\nBen | due | 0\nCy | cannot tell | 0",
    ),
    Spec(
        "Any of these",
        "One that is surely so settles it, whatever else is blank.",
        "qualifying: {any: [{about_work: true}, {visit: true}]}",
        "pupil | year_group\nAda | 9\nBen | 9\nCy | 9",
        "pupil | about_work | visit\nAda | yes |\nBen | no | no\nCy | no |",
        "pupil | standing | count\nAda | met | 1\nBen | due | 0\nCy | cannot tell | 0",
    ),
    Spec(
        "Not this",
        "Not is true only of what is known: not of a blank is still not known.",
        "qualifying: {not: {part_time_job: true}}",
        "pupil | year_group\nAda | 9\nBen | 9\nCy | 9",
        "pupil | part_time_job\nAda | no\nBen | yes\nCy |",
        "pupil | standing | count\nAda | met | 1\nBen | due | 0\nCy | cannot tell | 0",
    ),
    Spec(
        "Whom it is asked of",
        "A population is a condition on the pupil. Who is surely outside it has nothing to do; of whom it is not known, nobody "
        "can tell. Only pupils on roll are asked about, unless the population says otherwise.",
        "population: {year_group: [12, 13], considering_he: true}",
        "pupil | year_group | considering_he | left_on\nAda | 12 | yes |\nBen | 9 | yes |\nCy | 12 | |\nDee | 12 | no |\n"
        "Eve | 13 | yes | 2026-09-30",
        "pupil | status\nAda | attended",
        "pupil | standing | count\nAda | met | 1\nBen | does not apply | 0\nCy | cannot tell | 0\nDee | does not apply | 0\n"
        "Eve | does not apply | 0",
    ),
    Spec(
        "Whether the place was used",
        "A pupil has to have attended. A place still booked after the day is a register nobody took, so it may count. A place "
        "booked for a day to come is expected to.",
        "measure: count",
        "pupil | year_group\nAda | 9\nBen | 9\nCy | 9\nDee | 9\nEve | 9",
        "pupil | date | status\nAda | 2026-10-06 | attended\nBen | 2026-10-06 | absent\nCy | 2026-10-06 | booked\n"
        "Dee | 2027-02-02 | booked\nEve | 2026-10-06 | excused",
        "pupil | standing | count\nAda | met | 1\nBen | due | 0\nCy | cannot tell | 0\nDee | booked | 0\nEve | due | 0",
    ),
    Spec(
        "The chance is what counts",
        "Where a rule asks only that the chance was given, it counts whether it was taken or not.",
        "participation: offered",
        "pupil | year_group\nAda | 9\nBen | 9\nCy | 9",
        "pupil | date | status\nAda | 2026-10-06 | declined\nBen | 2027-02-02 | offered",
        "pupil | standing | count\nAda | met | 1\nBen | booked | 0\nCy | due | 0",
    ),
]
