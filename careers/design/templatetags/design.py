"""{% load design %}: the components a page is made of. docs/reference/components.md lists every tag with an example."""

from collections.abc import Iterable, Sequence

from django import template
from django.core.paginator import Page
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.template import Context
from django.utils.html import format_html

from careers.design import charts, components
from careers.design.components import Column, Row
from careers.design.states import state_of

register = template.Library()
PARTIAL = "design/components/{}.html".format


def _query(context: Context) -> QueryDict:
    request = context.get("request")
    return request.GET if request else QueryDict()


@register.inclusion_tag(PARTIAL("button"))
def button(
    text: str, href: str = "", kind: str = "", name: str = "", value: object = None, form: str = "", once: bool = True
) -> dict:
    """A button, or a link that looks like one when `href` is given. `kind`: "", secondary, warning, inverse."""
    return {"text": text, "href": href, "kind": kind, "name": name, "value": value, "form": form, "once": once}


@register.simple_tag
def back_link(url: str, text: str = "Back") -> str:
    return format_html('<nav aria-label="Back"><a href="{}" class="govuk-back-link">{}</a></nav>', url, text)


@register.inclusion_tag(PARTIAL("breadcrumbs"))
def breadcrumbs(*parts: str) -> dict:
    """Words and addresses in turn; a last word without an address is the page itself."""
    padded = [*parts, ""] if len(parts) % 2 else parts
    return {"items": list(zip(padded[::2], padded[1::2], strict=True))}


@register.inclusion_tag(PARTIAL("summary_list"))
def summary_list(rows: Iterable[Row | dict]) -> dict:
    """`rows`: components.Row, or anything with key, value and actions."""
    rows = list(rows)
    any_actions = any((row.get("actions") if isinstance(row, dict) else row.actions) for row in rows)
    return {"rows": rows, "any_actions": any_actions}


@register.inclusion_tag(PARTIAL("table_head"), takes_context=True)
def table_head(context: Context, columns: Iterable[Column], default: str = "") -> dict:
    """The <thead> of a table whose rows the page writes itself. `default`: the order when the address names none."""
    return {"columns": components.headings(columns, _query(context), default)}


@register.inclusion_tag(PARTIAL("table"), takes_context=True)
def data_table(
    context: Context,
    caption: str,
    columns: Iterable[Column],
    rows: Iterable[Sequence[object]],
    default: str = "",
    empty: str = "Nothing to show.",
    dense: bool = False,
    stack: bool = False,
    hide_caption: bool = False,
) -> dict:
    """A whole table: `rows` are lists of cells (text or safe HTML), as many as `columns`; the first heads its row."""
    heads = components.headings(columns, _query(context), default)
    lines = [list(zip(heads, row, strict=True)) for row in rows]
    look = {"dense": dense, "stack": stack, "hide_caption": hide_caption}
    return {"caption": caption, "columns": heads, "rows": lines, "empty": empty, **look}


@register.inclusion_tag(PARTIAL("pagination"), takes_context=True)
def pagination(context: Context, page: Page) -> dict:
    return components.page_links(page, _query(context))


@register.inclusion_tag(PARTIAL("filter_panel"), takes_context=True)
def filter_panel(context: Context, form: BaseForm, title: str = "Filter", submit: str = "Apply filters") -> dict:
    """A GET form with the filters that are on below it. The order (?sort) is kept; the page number is not."""
    form.mark_optional = False  # type: ignore[attr-defined]
    query = _query(context)
    names = {field.html_name for field in form}
    kept = [(name, value) for name in query for value in query.getlist(name) if name not in names and name != "page"]
    clear = components.changed_query(query, page=None, **dict.fromkeys(names))
    chosen = components.chosen_filters(form, query)
    return {"form": form, "title": title, "submit": submit, "kept": kept, "chosen": chosen, "clear": clear}


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: object) -> str:
    """This page's query string with some parameters changed: <a href="{% query sort='-name' page=None %}">."""
    return components.changed_query(_query(context), **changes)


@register.inclusion_tag(PARTIAL("state"))
def state(value: object, short: bool = False) -> dict:
    """A standing as word, shape and colour. `short` keeps the word for screen readers only."""
    return {"state": state_of(value), "short": short}


@register.simple_tag
def figure_link(number: object, url: str, text: str = "", large: bool = False) -> str:
    """A number that opens the list behind it. `text` says what is counted: read out, and shown after the number."""
    size = " tp-figure--large" if large else ""
    words = format_html(" {}", text) if text else ""
    return format_html(
        '<a class="govuk-link" href="{}"><span class="tp-figure{}">{}</span>{}</a>', url, size, number, words
    )


@register.simple_tag
def draw(chart: object) -> str:
    """Draws any of the charts of careers.design.charts."""
    return charts.draw(chart)


@register.inclusion_tag("design/error_summary.html")
def error_summary(form: BaseForm) -> dict:
    return {"form": form}


@register.inclusion_tag(PARTIAL("form_body"), takes_context=True)
def form_body(
    context: Context, form: BaseForm, submit: str = "", cancel: str = "", action: str = "", warning: bool = False
) -> dict:
    """The form itself with its button: <form>, CSRF, questions, button, "Cancel" when an address is given."""
    return {
        "form": form,
        "submit": submit or "Save",
        "cancel": cancel,
        "action": action,
        "warning": warning,
        "csrf_token": context.get("csrf_token", ""),
    }


@register.simple_tag
def reword(field: BoundField, label: str, hint: str = "") -> str:
    """Gives a question of somebody else's form our words. Place it above the error summary, which says them too."""
    field.label, field.help_text = label, hint
    return ""


@register.simple_tag
def question(field: BoundField) -> str:
    """One question of a form, for forms laid out by hand."""
    return field.as_field_group()


@register.simple_block_tag
def details(content: str, summary: str) -> str:
    """{% details "What counts?" %} ... {% enddetails %}"""
    return format_html(
        '<details class="govuk-details"><summary class="govuk-details__summary">'
        '<span class="govuk-details__summary-text">{}</span></summary>'
        '<div class="govuk-details__text">{}</div></details>',
        summary,
        content,
    )


@register.simple_block_tag
def inset(content: str) -> str:
    return format_html('<div class="govuk-inset-text">{}</div>', content)


@register.simple_block_tag
def warning(content: str) -> str:
    return format_html(
        '<div class="govuk-warning-text"><span class="govuk-warning-text__icon" aria-hidden="true">!</span>'
        '<strong class="govuk-warning-text__text"><span class="govuk-visually-hidden">Warning</span> {}</strong></div>',
        content,
    )


@register.simple_tag
def tag(text: object, colour: str = "") -> str:
    """A short label that is not a standing. `colour`: grey, green, blue, red, orange, purple, yellow..."""
    return format_html('<strong class="govuk-tag{}">{}</strong>', f" govuk-tag--{colour}" if colour else "", text)
