"""Links that keep what the address bar holds; states in words; pages of a list; filters that can be taken off."""

import pytest
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template import engines
from django.test import RequestFactory

from careers.design.components import Column, changed_query, headings, page_links
from careers.design.gallery import PupilFilter
from careers.design.states import STATES, state_of


def shown(template: str, address: str = "/pupils", **context: object) -> str:
    request = RequestFactory().get(address)
    return engines["django"].from_string("{% load design %}" + template).render(context, request)


@pytest.mark.parametrize("key", STATES)
def test_a_state_has_a_word_and_a_shape_beside_its_colour(key: str) -> None:
    assert STATES[key].word in shown("{% state key %}", key=key)
    assert f'<span class="govuk-visually-hidden">{STATES[key].word}</span>' in shown(
        "{% state key short=True %}", key=key
    )


def test_a_state_nobody_defined_is_refused_with_the_ones_there_are() -> None:
    with pytest.raises(KeyError, match="use one of met, booked, due, missed, cannot_tell, does_not_apply"):
        state_of("overdue")


def test_changing_one_part_of_the_address_keeps_the_rest() -> None:
    query = QueryDict("year=9&group=a&group=b&page=3")
    assert changed_query(query, year=10, page=None) == "?year=10&group=a&group=b"
    assert query["year"] == "9"


def test_a_heading_says_how_the_table_is_sorted_and_offers_the_other_way() -> None:
    columns = [Column("Pupil", "name"), Column("Met", "met"), Column("Form")]
    pupil, met, form = headings(columns, QueryDict("sort=name&year=9&page=2"))
    assert (pupil.sorted, pupil.href) == ("ascending", "?sort=-name&year=9")
    assert (met.sorted, met.href) == ("none", "?sort=met&year=9")
    assert (form.sorted, form.href) == ("", "")


def test_the_order_used_when_the_address_names_none_is_shown() -> None:
    (pupil,) = headings([Column("Pupil", "name")], QueryDict(""), default="-name")
    assert pupil.sorted == "descending"


def test_a_page_of_a_list_keeps_the_filters() -> None:
    links = page_links(Paginator(range(100), 10).page(5), QueryDict("year=9&page=5"))
    assert links["next"] == "?year=9&page=6"
    assert [item.get("number") for item in links["items"]] == [1, None, 4, 5, 6, None, 10]


def test_a_list_of_one_page_has_no_page_links() -> None:
    assert shown("{% pagination page %}", page=Paginator(range(3), 10).page(1)).strip() == ""


def test_a_filter_that_is_on_can_be_taken_off_alone() -> None:
    page = shown(
        "{% filter_panel form %}",
        "/pupils?year=9&search=holt&sort=name&page=2",
        form=PupilFilter({"year": "9", "search": "holt"}),
    )
    assert "Year group: Year 9" in page
    assert 'href="?search=holt&amp;sort=name"' in page
    assert '<input type="hidden" name="sort" value="name">' in page
    assert 'name="page"' not in page
    assert "(optional)" not in page


def test_a_table_with_nothing_in_it_says_so() -> None:
    assert "No pupils match." in shown(
        '{% data_table "Pupils" columns rows empty="No pupils match." %}', columns=[Column("Pupil")], rows=[]
    )


def test_a_number_is_a_door() -> None:
    assert shown("{% figure_link 14 '/pupils?standing=due' 'pupils due' %}").startswith(
        '<a class="govuk-link" href="/pupils?standing=due">'
    )


def test_the_last_breadcrumb_is_the_page_itself() -> None:
    assert '<span aria-current="page">Year 9</span>' in shown('{% breadcrumbs "Today" "/" "Year 9" %}')
