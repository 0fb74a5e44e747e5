"""Questions Django has no field for. Everything else in a form is a plain Django field and takes our look by itself."""

import datetime
from collections.abc import Iterable
from typing import Any, NoReturn

from django import forms
from django.core.exceptions import ValidationError

PARTS = ("day", "month", "year")
MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTHS = {name: number for number, name in enumerate(MONTH_NAMES, start=1)}


class DateBoxes(forms.MultiWidget):
    """Day, month and year in three boxes. Posts `name_day`, `name_month` and `name_year`."""

    template_name = "django/forms/widgets/date_boxes.html"
    use_fieldset = True

    def __init__(self, attrs: dict | None = None) -> None:
        boxes: dict[str, forms.Widget | type[forms.Widget]] = {
            part: forms.TextInput(attrs={"inputmode": "numeric"}) for part in PARTS
        }
        super().__init__(boxes, attrs)
        self.wrong: set[str] = set()

    def decompress(self, value: object) -> list:
        """A date, or the text 2026-11-22 that an address may carry, as three boxes."""
        if isinstance(value, datetime.date):
            return [value.day, value.month, value.year]
        if isinstance(value, str) and value.count("-") == 2:
            return list(reversed(value.split("-")))
        return [None, None, None]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for part, box in zip(PARTS, context["widget"]["subwidgets"], strict=True):
            error = " govuk-input--error" if part in self.wrong else ""
            width = 4 if part == "year" else 2
            box["label"] = part.capitalize()
            box["attrs"]["class"] = f"govuk-input govuk-date-input__input{error} govuk-input--width-{width}"
        return context


class DateField(forms.Field):
    """A date asked for in three boxes. Gives a `datetime.date`, or None when it is optional and empty.

    Errors name the part that is missing or not a date, and only its box is marked. `what` is the date's name in those
    sentences; it is the label in lower case when not given.
    """

    widget = DateBoxes

    def __init__(self, *, what: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.what = what

    def to_python(self, value: Any) -> datetime.date | None:
        self.widget.wrong = set()
        if value in self.empty_values or isinstance(value, datetime.date):
            return value or None
        parts = dict(zip(PARTS, (str(part or "").strip() for part in value), strict=True))
        missing = [part for part in PARTS if not parts[part]]
        if len(missing) == len(PARTS):
            return None
        if missing:
            self._refuse(missing, f"must include a {' and '.join(missing)}")
        return self._real_date(parts)

    def validate(self, value: Any) -> None:
        if value is None and self.required:
            self.widget.wrong = set(PARTS)
        super().validate(value)

    def _real_date(self, parts: dict[str, str]) -> datetime.date:
        month = MONTHS.get(parts["month"][:3].lower(), parts["month"])
        if len(parts["year"]) != 4:
            self._refuse(["year"], "must have a year of 4 numbers, like 2026")
        try:
            return datetime.date(int(parts["year"]), int(month), int(parts["day"]))
        except (ValueError, OverflowError):
            self._refuse(PARTS, "must be a real date, like 27 3 2026")

    def _refuse(self, wrong: Iterable[str], remedy: str) -> NoReturn:
        self.widget.wrong = set(wrong)
        name = self.what or str(self.label or "date")
        raise ValidationError(f"{name[:1].upper()}{name[1:]} {remedy}", code="invalid")


class _WithHints(forms.widgets.ChoiceWidget):
    """Choices with a hint under each: `hints` maps a choice's value to its hint. `inline` and `small` set the look."""

    def __init__(
        self, *args: Any, hints: dict | None = None, inline: bool = False, small: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.hints = {str(value): hint for value, hint in (hints or {}).items()}
        self.inline, self.small = inline, small

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"].update(inline=self.inline, small=self.small)
        return context

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(*args, **kwargs)
        option["hint"] = self.hints.get(str(option["value"]), "")
        return option


class Radios(_WithHints, forms.RadioSelect):
    """Radios(choices=..., hints={value: text}, inline=False, small=False)."""


class Checkboxes(_WithHints, forms.CheckboxSelectMultiple):
    """Checkboxes(choices=..., hints={value: text}, small=False)."""


YES, NO = "yes", "no"
NOT_RECORDED = ("", "Not recorded")


class ThreeWays(forms.TypedChoiceField):
    """Yes, no or not recorded: True, False or None. Blank is not no."""

    def __init__(self, **kwargs: Any) -> None:
        choices = kwargs.pop("choices", [(YES, "Yes"), (NO, "No"), NOT_RECORDED])
        super().__init__(
            choices=choices,
            coerce=lambda value: value == YES,
            empty_value=None,
            required=False,
            widget=Radios(inline=True, small=True),
            **kwargs,
        )

    def prepare_value(self, value: Any) -> Any:
        return {True: YES, False: NO, None: ""}.get(value, value) if not isinstance(value, str) else value
