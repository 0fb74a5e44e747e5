"""What a form makes of what a person typed, and what it says when it cannot."""

import datetime

import pytest
from django import forms
from django.template import engines

from careers.design.forms import DateField
from careers.design.renderer import Renderer


class VisitForm(forms.Form):
    default_renderer = Renderer
    name = forms.CharField(label="Name of the visit")
    upn = forms.CharField(label="UPN")
    day = DateField(label="Date of the visit")
    year = forms.ChoiceField(label="Year group", choices=[("", "Choose"), ("7", "Year 7")])
    notes = forms.CharField(label="Notes", required=False)


def sent(**answers: str) -> VisitForm:
    form = VisitForm(answers)
    form.is_valid()
    return form


def on(day: str, month: str, year: str) -> VisitForm:
    return sent(day_day=day, day_month=month, day_year=year)


def test_an_empty_answer_is_told_what_to_do_in_the_questions_own_words() -> None:
    problems = [problem for field in sent() for problem in field.problems]
    assert problems == ["Enter name of the visit", "Enter UPN", "Enter date of the visit", "Choose year group"]


def test_a_question_left_empty_is_asked_again_as_it_stands() -> None:
    class WhoForm(forms.Form):
        default_renderer = Renderer
        who = forms.CharField(label="Who asked there?")

    form = WhoForm({})
    assert not form.is_valid()
    assert form["who"].problems == ["Answer: Who asked there?"]


def test_every_problem_in_the_summary_leads_to_its_box() -> None:
    form = sent()
    page = engines["django"].from_string("{% load design %}{% error_summary form %}{{ form }}").render({"form": form})
    for field in form:
        if field.errors:
            assert f'href="#{field.first_id}"' in page
            assert f'id="{field.first_id}"' in page


def test_what_was_typed_is_kept_when_something_else_is_wrong() -> None:
    page = str(sent(name="Bridge <building>", day_day="31", day_month="2", day_year="2026"))
    assert 'value="Bridge &lt;building&gt;"' in page
    assert 'value="31"' in page


def test_a_question_that_may_be_left_says_so() -> None:
    assert "Notes <span" in str(VisitForm()["notes"].as_field_group())
    assert VisitForm()["notes"].optional
    assert not VisitForm()["name"].optional


@pytest.mark.parametrize("month", ["3", "03", "March", "mar"])
def test_a_date_is_read_in_the_ways_people_write_months(month: str) -> None:
    assert on("27", month, "2026").cleaned_data["day"] == datetime.date(2026, 3, 27)


@pytest.mark.parametrize(
    ("answer", "problem", "marked"),
    [
        (("27", "", "2026"), "Date of the visit must include a month", {"month"}),
        (("27", "", ""), "Date of the visit must include a month and year", {"month", "year"}),
        (("31", "2", "2026"), "Date of the visit must be a real date, like 27 3 2026", {"day", "month", "year"}),
        (("27", "x", "2026"), "Date of the visit must be a real date, like 27 3 2026", {"day", "month", "year"}),
        (("27", "3", "26"), "Date of the visit must have a year of 4 numbers, like 2026", {"year"}),
        (("²", "3", "2026"), "Date of the visit must be a real date, like 27 3 2026", {"day", "month", "year"}),
    ],
)
def test_a_date_that_is_not_one_says_which_part_is_wrong(answer: tuple, problem: str, marked: set) -> None:
    form = on(*answer)
    assert form["day"].problems == [problem]
    assert form.fields["day"].widget.wrong == marked


def test_a_date_from_the_record_is_shown_in_its_boxes() -> None:
    shown = str(VisitForm(initial={"day": datetime.date(2026, 3, 27)})["day"])
    assert [f'value="{part}"' in shown for part in (27, 3, 2026)] == [True, True, True]


def test_a_date_that_was_not_changed_counts_as_unchanged() -> None:
    form = VisitForm(
        {"day_day": "27", "day_month": "3", "day_year": "2026"}, initial={"day": datetime.date(2026, 3, 27)}
    )
    assert "day" not in form.changed_data


def test_a_long_answer_with_a_limit_counts_what_is_left() -> None:
    class Notes(forms.Form):
        default_renderer = Renderer
        notes = forms.CharField(widget=forms.Textarea, max_length=200)

    page = str(Notes())
    assert 'data-maxlength="200"' in page
    assert 'id="id_notes-info"' in page
    assert " maxlength=" not in page  # the browser would cut a pasted text short without a word
