"""A time says where it is from: a source, sources that differ, or that it is a proposal of ours. And what of a source was read."""

from __future__ import annotations

import pytest
from django.test import Client

from careers.protection.holdings import grounds
from careers.protection.rules import rule, rules
from careers.schools import clock
from tests.makers import TODAY, make_person, make_school


def test_a_time_that_is_not_ours_has_a_source() -> None:
    assert [each.key for each in rules() if not each.ours and not (each.source or each.readings)] == []


def test_whoever_names_a_source_says_what_of_it_was_read() -> None:
    assert [each.key for each in rules() if (each.source or each.readings) and not each.read] == []
    assert [each.law for each in grounds().values() if not each.read] == []


def test_destinations_are_counted_from_leaving_and_the_school_may_choose_otherwise() -> None:
    assert rule("destinations").starts == ("leaving", "key stage 4 or leaving")


@pytest.mark.django_db
def test_the_page_of_destinations_says_that_the_sources_differ_and_what_each_says() -> None:
    school = make_school()
    client = Client()
    client.force_login(make_person(school, "careers_leader"))
    with clock.on(TODAY):
        page = client.get("/protection/rules/destinations/").content.decode()
    assert "They differ." in page
    for reading in rule("destinations").readings:
        assert reading.says in page
        assert reading.source in page
    assert "read on" not in page
