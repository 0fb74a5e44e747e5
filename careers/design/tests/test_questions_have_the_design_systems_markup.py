"""Our templates against the examples that come with govuk-frontend: the same elements, classes and references."""

import pytest
from django import forms
from django.template import loader

from careers.design.forms import Checkboxes, DateField, Radios
from careers.design.renderer import Renderer
from careers.design.tests.design_system import examples, shape


class Plain(forms.Form):
    default_renderer = Renderer
    mark_optional = False


def asked(field: forms.Field, options: dict, value: object = None) -> str:
    """The one question of a form as HTML, with the example's words, value and error."""
    legend = options.get("fieldset", {}).get("legend", {})
    field.label = options.get("label", legend).get("text")
    field.help_text = options.get("hint", {}).get("text", "")
    field.required = False
    form = type("Example", (Plain,), {"question": field})({} if value is None else {"question": value})
    form.full_clean()
    form.errors.clear()
    if "errorMessage" in options:
        form.add_error("question", options["errorMessage"]["text"])
    return form["question"].as_field_group()


def choices(options: dict) -> dict:
    items = options["items"]
    hints = {item["value"]: item["hint"]["text"] for item in items if "hint" in item}
    return {"pairs": [(item["value"], item["text"]) for item in items], "hints": hints}


@pytest.mark.parametrize(
    ("options", "expected"),
    examples(
        "input",
        "default",
        "with hint text",
        "with error message",
        "with error and hint",
        "with width-2 class",
        "with prefix",
        "with suffix",
        "with prefix and suffix",
        "with prefix and suffix and error",
        "value",
    ),
)
def test_a_short_answer(options: dict, expected: str) -> None:
    attrs = {"class": options.get("classes", "")}
    attrs |= {end: options[end]["text"] for end in ("prefix", "suffix") if end in options}
    field = forms.CharField(widget=forms.TextInput(attrs=attrs))
    assert shape(asked(field, options, options.get("value"))) == shape(expected)


@pytest.mark.parametrize(
    ("options", "expected"),
    examples("textarea", "default", "with hint", "with error message", "with hint and error message"),
)
def test_a_long_answer(options: dict, expected: str) -> None:
    assert shape(asked(forms.CharField(widget=forms.Textarea), options)) == shape(expected)


@pytest.mark.parametrize(
    ("options", "expected"), examples("select", "with hint text and error message", "error", "hint")
)
def test_a_choice_from_a_list(options: dict, expected: str) -> None:
    items = [(item["value"], item["text"]) for item in options.get("items", [])]
    assert shape(asked(forms.ChoiceField(choices=items), options)) == shape(expected)


@pytest.mark.parametrize(
    ("options", "expected"),
    examples(
        "radios", "default", "with hint", "inline", "with hints on parent and items", "with fieldset and error message"
    ),
)
def test_one_of_a_few(options: dict, expected: str) -> None:
    given = choices(options)
    inline = "inline" in options.get("classes", "")
    field = forms.ChoiceField(choices=given["pairs"], widget=Radios(hints=given["hints"], inline=inline))
    ticked = next((item["value"] for item in options["items"] if item.get("checked")), None)
    assert shape(asked(field, options, ticked)) == shape(plain_legend(expected))


@pytest.mark.parametrize(
    ("options", "expected"),
    examples("checkboxes", "default", "with hint", "with hints on items", "with error message and hint", "small"),
)
def test_any_of_a_few(options: dict, expected: str) -> None:
    given = choices(options)
    look = {"small": "small" in options.get("classes", "")}
    field = forms.MultipleChoiceField(choices=given["pairs"], widget=Checkboxes(hints=given["hints"], **look))
    assert shape(asked(field, options, options.get("values"))) == shape(plain_legend(expected))


@pytest.mark.parametrize(
    ("options", "expected"),
    examples("file-upload", "default", "with hint text", "with error message and hint", "error"),
)
def test_a_file(options: dict, expected: str) -> None:
    assert shape(asked(forms.FileField(), options)) == shape(expected)


@pytest.mark.parametrize(
    ("options", "expected"), examples("date-input", "default", "with error message and hint", "with error on day input")
)
def test_a_date(options: dict, expected: str) -> None:
    field = DateField()
    one = [part for part in ("day", "month", "year") if options.get(part, {}).get("error")]
    field.widget.wrong = set(one or ["day", "month", "year"]) if "errorMessage" in options else set()

    class Remembering(type(field.widget)):  # the example marks boxes that a real answer would have marked
        def get_context(self, *args) -> dict:
            self.wrong = field.widget.wrong
            return super().get_context(*args)

    marked = DateField(widget=Remembering())
    assert shape(asked(marked, options)) == shape(expected)


@pytest.mark.parametrize(
    ("options", "expected"), examples("error-summary", "default", "mixed with and without links", "without links")
)
def test_the_summary_of_what_went_wrong(options: dict, expected: str) -> None:
    errors = options["errorList"]
    linked = {f"question{number}": error["text"] for number, error in enumerate(errors) if "href" in error}
    form = type("Example", (Plain,), {name: forms.CharField(required=False) for name in linked})({})
    form.full_clean()
    for error in errors:
        if "href" not in error:
            form.add_error(None, error["text"])
    for name, text in linked.items():
        form.add_error(name, text)
    assert shape(loader.render_to_string("design/error_summary.html", {"form": form})) == shape(expected)


def plain_legend(expected: str) -> str:
    """Some examples make their legend bigger or a heading; how big ours are is the style sheet's business."""
    for size in ("s", "m", "l", "xl"):
        expected = expected.replace(f" govuk-fieldset__legend--{size}", "")
    opening, heading = '<h1 class="govuk-fieldset__heading">', "</h1>"
    return expected.replace(opening, "").replace(heading, "")
