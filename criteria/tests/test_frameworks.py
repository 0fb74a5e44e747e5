"""What every framework shipped with Trigpoint promises its readers."""

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from criteria.loading import in_force, load, load_all
from criteria.model import About, Criterion, Framework
from criteria.yaml_lines import FrameworkError

FRAMEWORKS = load_all()
EVERY = [
    pytest.param(framework, criterion, id=criterion.id) for framework in FRAMEWORKS for criterion in framework.criteria
]
OF_PUPILS = [
    pytest.param(framework, criterion, id=criterion.id)
    for framework in FRAMEWORKS
    for criterion in framework.criteria
    if criterion.about is About.PUPIL
]
RULES = Path(__file__).resolve().parents[3] / "shared" / "domain" / "rules.md"

WORDS_FOR = {
    1: ("one", "once", "another"), 2: ("two", "twice", "both"), 3: ("three",), 4: ("four",), 5: ("five",), 6: ("six",),
    50: ("fifty",),
}  # fmt: skip
LONGEST_SHARED_PHRASE = 12


def shown_to_readers(framework: Framework) -> list[str]:
    """Every passage of a framework that a person reads, but for titles of sources."""
    passages = [text for heading in framework.headings for text in (heading.title, heading.summary)]
    for criterion in framework.criteria:
        passages += [
            criterion.title,
            criterion.rule,
            criterion.remedy,
            criterion.unit,
            criterion.note,
            criterion.unconfirmed,
        ]
        passages += [example.name for example in criterion.examples]
    for reading in framework.readings:
        passages += [reading.question, reading.note, *(words for _, words in reading.choices)]
    return passages


def test_every_edition_of_the_benchmarks_and_the_duties_beside_them_are_shipped() -> None:
    editions = ["gatsby-2014", "gatsby-2018-college", "gatsby-2025"]
    assert [framework.id for framework in FRAMEWORKS] == [
        *editions, "provider-access", "wider-duties", "work-experience",
    ]  # fmt: skip


@pytest.mark.parametrize("edition", ["gatsby-2014", "gatsby-2018-college", "gatsby-2025"])
def test_all_eight_benchmarks_have_a_heading_even_those_with_nothing_to_ask_of_a_pupil(edition: str) -> None:
    headings = load(edition).headings
    assert [(heading.key, heading.number) for heading in headings] == [(str(n), n) for n in range(1, 9)]
    assert all(heading.title and heading.summary.endswith(".") for heading in headings)


@pytest.mark.parametrize("name", ["provider-access", "wider-duties", "work-experience"])
def test_what_is_no_benchmark_stands_under_one_heading_without_a_number(name: str) -> None:
    assert [(heading.key, heading.number) for heading in load(name).headings] == [(name, None)]


def test_the_second_edition_follows_the_first_without_a_gap() -> None:
    assert load("gatsby-2014").ends == load("gatsby-2018-college").ends == date(2025, 8, 31)
    assert load("gatsby-2025").starts == date(2025, 9, 1)


def test_each_day_has_its_edition_so_that_an_old_year_can_be_answered_again_as_it_was() -> None:
    assert in_force("gatsby", date(2025, 7, 31)).id == "gatsby-2014"
    assert in_force("gatsby", date(2025, 9, 1)).id == "gatsby-2025"
    assert in_force("provider-access", date(2026, 11, 22)).id == "provider-access"


@pytest.mark.parametrize(
    ("setting", "day", "edition"),
    [
        ("school", date(2024, 11, 22), "gatsby-2014"),
        ("special", date(2024, 11, 22), "gatsby-2014"),
        ("college", date(2024, 11, 22), "gatsby-2018-college"),
        ("college", date(2017, 11, 22), "gatsby-2018-college"),
        ("itp", date(2024, 11, 22), "gatsby-2025"),
        *((setting, date(2026, 11, 22), "gatsby-2025") for setting in ("school", "special", "college", "itp")),
    ],
)
def test_each_kind_of_place_has_its_own_edition(setting: str, day: date, edition: str) -> None:
    assert in_force("gatsby", day, setting=setting).id == edition


def test_a_college_owes_no_provider_access_and_is_told_who_does() -> None:
    with pytest.raises(FrameworkError, match="asks nothing of the setting 'college'; use one of school, special"):
        in_force("provider-access", date(2026, 11, 22), setting="college")


def test_a_framework_says_which_kinds_of_place_it_asks() -> None:
    assert load("gatsby-2014").settings == ("school", "special")
    assert load("gatsby-2018-college").settings == ("college",)
    assert load("gatsby-2025").settings == ("school", "special", "college", "itp")


def test_no_two_criteria_of_any_framework_have_the_same_id() -> None:
    counted = Counter(criterion.id for framework in FRAMEWORKS for criterion in framework.criteria)
    assert [id for id, times in counted.items() if times > 1] == []


@pytest.mark.parametrize("framework", FRAMEWORKS, ids=lambda framework: framework.id)
def test_every_criterion_has_a_number_of_its_own_to_be_called_by(framework: Framework) -> None:
    numbers = [criterion.number for criterion in framework.criteria]
    assert len(set(numbers)) == len(numbers)


@pytest.mark.parametrize("framework", FRAMEWORKS, ids=lambda framework: framework.id)
def test_every_source_has_an_address_to_follow_and_is_cited(framework: Framework) -> None:
    cited = {code for criterion in framework.criteria for code in criterion.sources}
    cited |= {reading.source for reading in framework.readings}
    assert {source.code for source in framework.sources} == cited
    assert all(source.address.startswith(("https://", "http://")) for source in framework.sources)


@pytest.mark.parametrize(("framework", "criterion"), EVERY)
def test_every_criterion_has_a_source_and_the_day_it_was_checked(framework: Framework, criterion: Criterion) -> None:
    assert criterion.sources
    assert criterion.checked_on >= date(2026, 11, 22)


@pytest.mark.parametrize(("framework", "criterion"), EVERY)
def test_every_criterion_reads_well_where_it_is_shown(framework: Framework, criterion: Criterion) -> None:
    assert criterion.rule.endswith(".")
    assert criterion.remedy[0].islower(), "it follows 'What would meet it:'"
    assert not criterion.remedy.endswith(".")
    assert not criterion.title.endswith(".")
    assert "_" not in criterion.rule + criterion.remedy + criterion.unit + criterion.note


@pytest.mark.parametrize(("framework", "criterion"), EVERY)
def test_how_many_are_needed_is_said_to_the_reader_in_words(framework: Framework, criterion: Criterion) -> None:
    said = re.findall(r"[a-z]+", f"{criterion.rule} {criterion.remedy} {criterion.note}".lower())
    for needed in criterion.threshold:
        assert set(WORDS_FOR[int(needed.value)]) & set(said)


@pytest.mark.parametrize(("framework", "criterion"), EVERY)
def test_every_example_is_named_by_a_sentence_of_its_own(framework: Framework, criterion: Criterion) -> None:
    names = [example.name for example in criterion.examples]
    assert len(set(names)) == len(names)
    for name in names:
        assert name[0].isupper()
        assert len(name.split()) >= 6
        assert not name.endswith(".")


@pytest.mark.parametrize(("framework", "criterion"), EVERY)
def test_every_example_is_asked_on_a_day_its_framework_is_in_force(framework: Framework, criterion: Criterion) -> None:
    assert [example.name for example in criterion.examples if not framework.in_force(example.as_at)] == []


@pytest.mark.parametrize(("framework", "criterion"), EVERY)
def test_nobody_in_an_example_has_attended_what_is_still_to_come(framework: Framework, criterion: Criterion) -> None:
    for example in criterion.examples:
        to_come = [encounter for encounter in example.encounters if encounter["date"] > example.as_at]
        assert all(encounter["status"] in ("booked", "offered") for encounter in to_come), example.name


@pytest.mark.parametrize(("framework", "criterion"), OF_PUPILS)
def test_a_pupil_past_the_date_still_has_the_criterion_on_record(framework: Framework, criterion: Criterion) -> None:
    """Whoever is asked in one year group is asked in all later ones, or a miss would vanish with the summer holidays."""
    if criterion.about is About.SCHOOL or criterion.id.startswith("sg.offer."):
        return  # a place is offered for the year to come; when that year is over, another offer is what counts
    known = {
        "on_roll": True, "setting": criterion.settings[0], "in_benchmark_cohort": True, "considering_he": True,
        "sen_provision": "E",
    }  # fmt: skip
    asked = [bool(criterion.population.truth(known | {"year_group": year})) for year in range(7, 15)]
    assert asked == sorted(asked)


@pytest.mark.parametrize(("framework", "criterion"), OF_PUPILS)
def test_only_the_benchmarks_leave_out_special_school_pupils_they_do_not_suit(
    framework: Framework, criterion: Criterion
) -> None:
    if "special" not in criterion.settings or criterion.about is About.SCHOOL:
        return  # nobody else names a cohort
    outside = {
        "on_roll": True,
        "setting": criterion.settings[0],
        "in_benchmark_cohort": False,
        "considering_he": True,
        "sen_provision": "E",
        "year_group": 14,
    }
    asked = [
        criterion.population.truth(outside | {"year_group": year, "on_roll": roll})
        for year in range(7, 15)
        for roll in (True, False)
    ]
    assert (True in asked) is not framework.id.startswith("gatsby-")


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9']+", text.lower().replace("\u2019", "'"))


def phrases(text: str, length: int) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[i : i + length]) for i in range(len(found) - length + 1)}


@pytest.fixture(scope="module")
def rules() -> str:
    if not RULES.exists():
        pytest.skip("the rules document does not stand beside this checkout")
    return RULES.read_text(encoding="utf-8")


def test_what_the_rules_document_could_not_confirm_is_not_given_as_certain(rules: str) -> None:
    doubtful = {line for line in rules.splitlines() if "[unconfirmed]" in line}
    for framework in FRAMEWORKS:
        for criterion in framework.criteria:
            if any(re.search(rf"{re.escape(criterion.id)}(?![.\d])", line) for line in doubtful):
                assert criterion.unconfirmed, criterion.id


def test_the_number_of_workplaces_by_16_is_not_given_as_certain() -> None:
    """The rules document leaves open how many are meant by the plural (its section 13, point 11)."""
    assert "two" in load("gatsby-2025").criterion("gb6.2025.school.1").unconfirmed


@pytest.mark.parametrize("framework", FRAMEWORKS, ids=lambda framework: framework.id)
def test_the_wording_is_our_own(framework: Framework, rules: str) -> None:
    length = LONGEST_SHARED_PHRASE + 1
    theirs = phrases(rules, length)
    shared = {" ".join(phrase) for text in shown_to_readers(framework) for phrase in phrases(text, length) & theirs}
    assert shared == set()


def test_every_row_of_the_rules_table_is_answered_by_a_criterion(rules: str) -> None:
    """The table of pupil-level rules (its section 1.9) is the least a framework's folder must hold."""
    table = rules[rules.index("### 1.9") : rules.index("## 2. Provider Access")]
    rows = re.findall(r"^\| ([a-z0-9_.]+\.[a-z0-9_.]+) \|", table, re.MULTILINE)
    assert len(rows) > 30
    ids = {criterion.id for framework in FRAMEWORKS for criterion in framework.criteria}
    assert [row for row in rows if not any(id == row or id.startswith(f"{row}.") for id in ids)] == []


@pytest.mark.parametrize("framework", FRAMEWORKS, ids=lambda framework: framework.id)
def test_every_open_reading_is_used_and_says_where_it_comes_from(framework: Framework) -> None:
    used = {key for criterion in framework.criteria for key in criterion.readings}
    assert {reading.key for reading in framework.readings} == used
    for reading in framework.readings:
        assert reading.question.endswith("?")
        assert reading.note.endswith(".")
        assert len(reading.choices) > 1


def test_the_same_reading_has_the_same_choices_in_every_framework() -> None:
    """A school answers once, whichever frameworks ask."""
    choices: dict[str, set[tuple[str, ...]]] = {}
    for framework in FRAMEWORKS:
        for reading in framework.readings:
            choices.setdefault(reading.key, set()).add((reading.default, *(key for key, _ in reading.choices)))
    assert {key for key, found in choices.items() if len(found) > 1} == set()


def test_an_age_is_read_as_the_end_of_the_year_group_unless_a_school_chooses_the_birthday() -> None:
    for name in ("gatsby-2014", "gatsby-2025"):
        asked = [c for c in load(name).criteria if "by-age" in c.readings]
        assert len(asked) > 5
        assert all(c.due.text.startswith("close of year") for c in asked)
        for criterion in load(name, readings={"by-age": "birthday"}).criteria:
            if "by-age" in criterion.readings:
                assert criterion.due.column == criterion.closes.column == "born"
