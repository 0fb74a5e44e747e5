"""Every kind of page there is for somebody: one address of each, found by following links as a person would."""

from __future__ import annotations

from collections import deque
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve
from lxml import html

NOT_A_PAGE = {"account_logout", "design:gallery"}
"""Left out: signing out ends the walk, and the gallery is walked by a test of its own in every state."""


def pages_of(request: Any, site: str) -> dict[str, str]:
    """A page's name in urls.py to an address of it, for whoever is signed in by `request` (Playwright's, of a browser's context).

    It begins at every address that names no record and goes on along the links of each page; of each kind of page one is opened.
    What is not a page (a file, a leading on, a refusal) is left out.
    """
    waiting, seen, found = deque(_beginnings()), set(NOT_A_PAGE), {}
    while waiting:
        name, address = waiting.popleft()
        if name in seen:
            continue
        seen.add(name)
        answer = request.get(site + address)
        if not answer.ok or "text/html" not in answer.headers.get("content-type", ""):
            continue
        if urlsplit(answer.url).path == urlsplit(address).path:
            found[name] = address
        waiting.extend(_led_to(site, answer.url, answer.text(), seen))
    return found


def _beginnings() -> list[tuple[str, str]]:
    return sorted(_without_parts(get_resolver(), "", "/"))


def _without_parts(resolver: URLResolver, namespace: str, before: str) -> list[tuple[str, str]]:
    found = []
    for pattern in resolver.url_patterns:
        here = before + str(pattern.pattern).lstrip("^")
        if isinstance(pattern, URLPattern):
            if "<" not in here and "(" not in here:
                found.append((f"{namespace}{pattern.name}", here))
        else:
            found += _without_parts(
                pattern, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace, here
            )
    return found


def _led_to(site: str, here: str, text: str, seen: set[str]) -> list[tuple[str, str]]:
    """The kinds of page this one leads to that were not opened yet."""
    found = {}
    for link in html.fromstring(text).xpath("//a/@href"):
        whole = urljoin(here, str(link))
        if not whole.startswith(site + "/"):
            continue
        parts = urlsplit(whole)
        try:
            name = resolve(parts.path).view_name
        except Resolver404:
            continue
        if name not in seen:
            found.setdefault(name, parts.path + (f"?{parts.query}" if parts.query else ""))
    return list(found.items())
