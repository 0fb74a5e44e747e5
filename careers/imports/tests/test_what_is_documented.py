"""The reference page says what the code accepts, and the code accepts what school systems call their columns."""

import csv
from pathlib import Path

import pytest

from careers.imports import headings
from careers.imports.management.commands.write_imports_reference import WHERE
from careers.imports.reading.table import recognised
from careers.imports.reference_page import render
from careers.programme.models import Activity

SEEN = Path(__file__).parents[4] / "shared" / "data" / "mis" / "mis_column_headers_seen.csv"
NOT_NEEDED = {"Tutor", "Leaving Reason", "Title", "Year of Entry", "APPLICATION_ID", "group type"}


def test_the_page_is_what_the_code_says() -> None:
    assert WHERE.read_text(encoding="utf-8") == render(), "Run: manage.py write_imports_reference"


@pytest.mark.skipif(not SEEN.exists(), reason="the columns seen in school systems are not beside this checkout")
def test_every_column_seen_in_a_school_system_is_known_or_deliberately_passed_over() -> None:
    with SEEN.open(newline="") as lines:
        seen = [row["column"] for row in csv.DictReader(lines) if row["export_or_import"] != "behaviour"]
    assert {name for name in seen if not recognised([name], headings.ROLL)} == NOT_NEEDED


def test_no_heading_means_two_things() -> None:
    for columns in (headings.ROLL, headings.for_log(), headings.PROGRAMME):
        keys = [
            headings.key_of(alias) for aliases in columns.values() for alias in {headings.key_of(a) for a in aliases}
        ]
        assert len(keys) == len(set(keys))


def test_every_field_of_an_activity_can_be_given_by_a_log_or_is_left_out_on_purpose() -> None:
    fields = {field.name for field in Activity._meta.concrete_fields}
    asked = set(headings.ATTRIBUTES) | {"title", "type", "starts_on", "ends_on", "year_groups"}
    assert fields - asked == (headings.NOT_ASKED - {"partners"}) | {"status"}
