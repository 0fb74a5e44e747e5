"""Small shapes that pages hand to the tags: a summary row, a table's column, a page of a list, a filter that is on."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Page
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.http import QueryDict


@dataclass(frozen=True)
class Action:
    """A link beside a row: "Change", with `hidden` words for a screen reader (the row's key when empty)."""

    text: str
    href: str
    hidden: str = ""


@dataclass(frozen=True)
class Row:
    """A line of a summary list. `value` may be safe HTML."""

    key: str
    value: object
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True)
class Column:
    """A table's column. `key` is the name it sorts by in the address (?sort=key or ?sort=-key); empty: not sortable."""

    text: str
    key: str = ""
    numeric: bool = False


@dataclass(frozen=True)
class Heading:
    """A column as drawn: where its link goes and how it is sorted now ("ascending", "descending", "none" or "")."""

    text: str
    numeric: bool
    href: str
    sorted: str


def changed_query(query: QueryDict, **changes: object) -> str:
    """The query string with some parameters changed; None or "" takes one out. Always starts with "?"."""
    fresh = query.copy()
    for name, value in changes.items():
        if value is None or value == "":
            fresh.pop(name, None)
        elif isinstance(value, (list, tuple)):
            fresh.setlist(name, [str(part) for part in value])
        else:
            fresh[name] = str(value)
    return f"?{fresh.urlencode()}"


def headings(columns: Iterable[Column], query: QueryDict, default: str = "") -> list[Heading]:
    """Columns with their links. `default` is the order used when the address names none."""
    now = query.get("sort") or default
    return [_heading(column, now, query) for column in columns]


def _heading(column: Column, now: str, query: QueryDict) -> Heading:
    if not column.key:
        return Heading(column.text, column.numeric, "", "")
    order = {column.key: "ascending", f"-{column.key}": "descending"}.get(now, "none")
    target = f"-{column.key}" if order == "ascending" else column.key
    return Heading(column.text, column.numeric, changed_query(query, sort=target, page=None), order)


def page_links(page: Page, query: QueryDict) -> dict:
    """What the pagination partial draws for `page`, keeping the rest of the address."""

    def link(number: int) -> str:
        return changed_query(query, page=number)

    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    items = [
        {"number": number, "href": link(number), "current": number == page.number} if isinstance(number, int) else {}
        for number in numbers
    ]
    return {
        "page": page,
        "items": items,
        "previous": link(page.previous_page_number()) if page.has_previous() else "",
        "next": link(page.next_page_number()) if page.has_next() else "",
    }


def chosen_filters(form: BaseForm, query: QueryDict) -> list[dict]:
    """The filters that are on, each with the address that turns it off. Words come from the form's choices."""
    chips = []
    for field in form:
        values = [value for value in query.getlist(field.html_name) if value]
        words = _words(field)
        for value in values:
            rest = [other for other in values if other != value]
            href = changed_query(query, **{field.html_name: rest or None, "page": None})
            chips.append({"text": f"{field.label}: {words.get(value, value)}", "href": href})
    return chips


def _words(field: BoundField) -> dict[str, str]:
    flat = {}
    for value, label in getattr(field.field, "choices", ()):
        nested = label if isinstance(label, (list, tuple)) else [(value, label)]
        flat.update({str(inner): str(words) for inner, words in nested})
    return flat
