"""How what counts is counted."""

from tests.spec.pictures import Spec

TWO = "threshold: [{from: 2014-09-01, value: 2, source: S}]"

COUNTING = [
    Spec(
        "Count",
        "How many encounters there are that count. One given twice, by the same name, counts once.",
        f"measure: count\n{TWO}",
        "pupil | year_group\nAda | 9\nBen | 9",
        "pupil | encounter\nAda | fair\nAda | talk\nBen | fair\nBen | fair",
        "pupil | standing | count\nAda | met | 2\nBen | due | 1",
    ),
    Spec(
        "Count, of which",
        "Some of those that count must be special: here two in all, of which one was a visit.",
        f"measure: count\n{TWO}\nof which: {{at least: 1, test: {{visit: true}}}}",
        "pupil | year_group\nAda | 9\nBen | 9\nCy | 9",
        "pupil | encounter | visit\nAda | a | yes\nAda | b | no\nBen | a | no\nBen | b | no\nCy | a | no\nCy | b |",
        "pupil | standing | count\nAda | met | 2\nBen | due | 2\nCy | cannot tell | 2",
    ),
    Spec(
        "Different values",
        "How many different values there are. A list is one value: the same two providers twice are one, in any order. Two "
        "whose value nobody knows may be two.",
        f"measure: {{distinct: eligible_providers}}\n{TWO}",
        "pupil | year_group\nAda | 9\nBen | 9\nCy | 9",
        "pupil | encounter | eligible_providers\nAda | a | northfield\nAda | b | northfield, ridgeway\n"
        "Ben | a | northfield, ridgeway\nBen | b | ridgeway, northfield\nCy | a | northfield\nCy | b |",
        "pupil | standing | count\nAda | met | 2\nBen | due | 1\nCy | cannot tell | 1",
    ),
    *[
        Spec(
            f"Different values of {said}",
            "The same, of another kind of column.",
            f"measure: {{distinct: {name}}}\n{TWO}",
            "pupil | year_group\nAda | 9\nBen | 9",
            f"pupil | encounter | {name}\nAda | a | {one}\nAda | b | {other}\nBen | a | {one}\nBen | b | {one}",
            "pupil | standing | count\nAda | met | 2\nBen | due | 1",
        )
        for said, name, one, other in [
            ("words", "subject", "Art", "Physics"),
            ("a code", "two_way", "some", "extensive"),
            ("a whole number", "destination_point", "1", "2"),
            ("a number", "days", "0.5", "1"),
            ("a flag", "visit", "yes", "no"),
            ("the date", "date", "2026-10-06", "2026-10-07"),
        ]
    ],
    Spec(
        "Cover named kinds",
        "How many of the named groups of codes the encounters show between them.",
        "measure: {cover: provider_kinds, groups: {college: [fe_college, utc], university: [he_provider]}}\n" + TWO,
        "pupil | year_group\nAda | 9\nBen | 9\nCy | 9",
        "pupil | encounter | provider_kinds\nAda | fair | utc, he_provider\nBen | a | utc\nBen | b | fe_college\n"
        "Cy | a | utc\nCy | b |",
        "pupil | standing | count\nAda | met | 2\nBen | due | 1\nCy | cannot tell | 1",
    ),
    Spec(
        "Cover named values",
        "The same, of a column that holds one value.",
        "measure: {cover: subject, groups: {science: [Physics, Biology], arts: [Art]}}\n" + TWO,
        "pupil | year_group\nAda | 9\nBen | 9",
        "pupil | encounter | subject\nAda | a | Physics\nAda | b | Art\nBen | a | Physics\nBen | b | Biology",
        "pupil | standing | count\nAda | met | 2\nBen | due | 1",
    ),
    Spec(
        "Cover named facts",
        "How many of the named conditions the encounters show between them; one may show several.",
        "measure: {cover: {aspiration: {records_aspiration: true}, in person: {all: [{mode: in_person}, {visit: true}]}}}\n"
        + TWO,
        "pupil | year_group\nAda | 9\nBen | 9\nCy | 9",
        "pupil | encounter | records_aspiration | mode | visit\nAda | a | yes | in_person | yes\nBen | a | yes | virtual | yes\n"
        "Cy | a | yes | in_person |",
        "pupil | standing | count\nAda | met | 2\nBen | due | 1\nCy | cannot tell | 1",
    ),
    Spec(
        "Total of a number",
        "The sum over what counts. One whose number nobody knows may be all that is missing.",
        f"measure: {{total: days}}\n{TWO}",
        "pupil | year_group\nAda | 9\nBen | 9\nCy | 9",
        "pupil | encounter | days\nAda | a | 1.5\nAda | b | 0.5\nBen | a | 1.5\nCy | a | 0.5\nCy | b |",
        "pupil | standing | count\nAda | met | 2\nBen | due | 1.5\nCy | cannot tell | 0.5",
    ),
    Spec(
        "Total, of which",
        "A whole number can be added up too, and some of what is added up may have to be special.",
        f"measure: {{total: employers}}\n{TWO}\nof which: {{at least: 1, test: {{mode: in_person}}}}",
        "pupil | year_group\nAda | 9\nBen | 9",
        "pupil | encounter | employers | mode\nAda | a | 2 | in_person\nBen | a | 3 | virtual",
        "pupil | standing | count\nAda | met | 2\nBen | due | 3",
    ),
    Spec(
        "Every one of them",
        "All that qualify must also pass a test; the pupil's own record sets how many that is. Without any, it does not apply.",
        "qualifying: {type: review}\nmeasure: {every: {employment_focus: true}}",
        "pupil | year_group\nAda | 9\nBen | 9\nCy | 9\nDee | 9",
        "pupil | encounter | type | employment_focus\nAda | a | review | yes\nAda | b | review | yes\nBen | a | review | yes\n"
        "Ben | b | review | no\nCy | a | review |",
        "pupil | standing | count\nAda | met | 2\nBen | due | 1\nCy | cannot tell | 0\nDee | does not apply | 0",
    ),
    Spec(
        "Each subject studied",
        "Every subject the pupil studies needs one; of a pupil whose subjects nobody knows, nobody can tell.",
        "qualifying: {career_relevance: true}\nmeasure: each subject studied",
        "pupil | year_group | subjects\nAda | 9 | Art, Physics\nBen | 9 | Art, Physics\nCy | 9 |",
        "pupil | encounter | subject | career_relevance\nAda | a | Art | yes\nAda | b | Physics | yes\nBen | a | Art | yes\n"
        "Ben | b | Music | yes\nCy | a | Art | yes",
        "pupil | standing | count\nAda | met | 2\nBen | due | 1\nCy | cannot tell | 0",
    ),
]
