"""A form's field as a question on a page: its classes, its ids, its words when it is wrong."""

from django import forms
from django.forms.boundfield import BoundField

# Django's own words for an empty answer, which say nothing of the question asked.
UNHELPFUL = {str(forms.Field.default_error_messages["required"])}

BLOCKS = (
    (forms.RadioSelect, "radios"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (forms.FileInput, "file-upload"),
    (forms.MultiWidget, "date-input"),
)
CLASSED = {"input", "select", "textarea", "file-upload"}
CHOSEN = {"radios", "checkboxes", "select", "checkbox", "file-upload"}


def block_of(widget: forms.Widget) -> str:
    """The design system's name for what `widget` draws; "input" when nothing closer fits."""
    return next((name for kind, name in BLOCKS if isinstance(widget, kind)), "input")


def lowered(label: str) -> str:
    """The label as it reads inside a sentence: "Date of birth" becomes "date of birth", "UPN" stays."""
    first, *_ = label.split(maxsplit=1) or [""]
    return label if first[1:] != first[1:].lower() else label[:1].lower() + label[1:]


class QuestionField(BoundField):
    """What the field templates ask for: ids, classes, problems as sentences, whether it may be left."""

    @property
    def block(self) -> str:
        return block_of(self.field.widget)

    @property
    def hint_id(self) -> str:
        return f"{self.auto_id or self.html_name}-hint"

    @property
    def error_id(self) -> str:
        return f"{self.auto_id or self.html_name}-error"

    @property
    def first_id(self) -> str:
        """The id a link in the error summary goes to: the first box of a group, or the box itself."""
        grouped = self.block in {"radios", "checkboxes", "date-input"}
        return f"{self.auto_id}_0" if grouped else self.id_for_label

    @property
    def aria_describedby(self) -> str | None:
        given = self.field.widget.attrs.get("aria-describedby", "")
        parts = [given, self.help_text and self.hint_id, self.errors and self.error_id]
        return " ".join(part for part in parts if part) or None

    @property
    def optional(self) -> bool:
        """True when "(optional)" belongs after the label. Filters set `mark_optional = False`."""
        wanted = getattr(self.form, "mark_optional", True)
        return bool(wanted and not self.field.required and self.block != "checkbox")

    @property
    def problems(self) -> list[str]:
        """The errors as sentences. Django's "This field is required." becomes what to do about it."""
        label = str(self.label)
        verb = "Choose" if self.block in CHOSEN else "Enter"
        remedy = f"Answer: {label}" if label.endswith("?") else f"{verb} {lowered(label)}"
        return [remedy if str(error) in UNHELPFUL else str(error) for error in self.errors]

    @property
    def prefix(self) -> str:
        return self.field.widget.attrs.get("prefix", "")

    @property
    def suffix(self) -> str:
        return self.field.widget.attrs.get("suffix", "")

    @property
    def counted(self) -> bool:
        """True for a long answer with a limit, which shows how much room is left."""
        return self.block == "textarea" and bool(getattr(self.field, "max_length", None))

    def build_widget_attrs(self, attrs: dict, widget: forms.Widget | None = None) -> dict:
        """Adds the classes; leaves out what the design system does without (required, aria-invalid, placeholder)."""
        widget = widget or self.field.widget
        attrs = {**super().build_widget_attrs(attrs, widget), "aria-describedby": self._describes_widget()}
        for name in ("required", "aria-invalid"):
            attrs.pop(name, None)
        for name in ("prefix", "suffix", "placeholder"):
            attrs[name] = False
        if self.counted:
            attrs["maxlength"] = False
        if not attrs["aria-describedby"]:
            attrs["aria-describedby"] = False
        if self.block in CLASSED:
            attrs["class"] = self._classes(widget)
        if isinstance(widget, forms.Textarea):
            attrs["cols"] = False
            if widget.attrs.get("rows") in (None, "10"):
                attrs["rows"] = 5
        return attrs

    def _describes_widget(self) -> str | None:
        if self.use_fieldset:
            return None
        info = f"{self.auto_id}-info" if self.counted else ""
        return " ".join(part for part in (info, self.aria_describedby) if part)

    def _classes(self, widget: forms.Widget) -> str:
        name = f"govuk-{self.block}"
        extra = [widget.attrs.get("class", ""), "govuk-js-character-count" if self.counted else ""]
        if getattr(widget, "input_type", "") == "password":
            extra.append("govuk-password-input__input govuk-js-password-input-input")
        return " ".join(part for part in (name, f"{name}--error" if self.errors else "", *extra) if part)
