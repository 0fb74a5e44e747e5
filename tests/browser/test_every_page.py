"""Every page, as the people who open it see it: no barrier, nothing too wide, no script needed, a way through by keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.every_page import pages_of

SIZES = {"a laptop": (1280, 900), "a phone": (360, 740)}
WHO = ("leader", "governor", "tutor", "operator", "pupil", "parent", "trust")
MORE = {"leader": ["/criteria/pal.meet.1/?state=missed", "/criteria/gb5.2025.school.1/query/"]}
"""Addresses besides one of each kind of page."""
MANY = 60
"""The careers leader alone opens more kinds of page than this."""
STOPS = 12
"""How many places of each page are gone to by keyboard: past the menu, into the page."""

Barriers = Callable[[], list[str]]
SignIn = Callable[[Page, str], None]
Pages = dict[str, dict[str, str]]


@pytest.fixture(scope="session")
def pages(browser: Browser, site: str, sign_in: SignIn) -> Pages:
    """By person: each kind of page they may open, and an address of it."""
    found: Pages = {}
    for who in WHO:
        with browser.new_context(locale="en-GB") as context:
            sign_in(context.new_page(), who)
            found[who] = pages_of(context.request, site) | {address: address for address in MORE.get(who, ())}
    return found


def own(pages: Pages, who: str) -> dict[str, str]:
    """The pages to look at as somebody: of the leader's all, of anybody else's those the leader has not, and Today."""
    return {n: a for n, a in pages[who].items() if who == "leader" or n not in pages["leader"] or a == "/"}


def wider_than_the_screen(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


@pytest.mark.parametrize("who", WHO)
def test_no_page_puts_up_a_barrier(
    page: Page, site: str, sign_in: SignIn, barriers: Barriers, pages: Pages, who: str
) -> None:
    """At the width of a laptop and of a phone. What axe finds is asked at one of the two, by turns."""
    sign_in(page, who)
    wrong = []
    for turn, (name, address) in enumerate(own(pages, who).items()):
        page.goto(site + address)
        if page.locator("h1").count() != 1:
            wrong.append(f"{name} ({address}) has {page.locator('h1').count()} main headings")
        for number, (size, (width, height)) in enumerate(SIZES.items()):
            page.set_viewport_size({"width": width, "height": height})
            if wider_than_the_screen(page):
                wrong.append(f"{name} ({address}) is wider than {size}")
            if turn % 2 == number:
                wrong += [f"{name} ({address}), on {size}: {barrier}" for barrier in barriers()]
    assert wrong == []


@pytest.mark.parametrize("who", WHO)
def test_every_page_works_without_scripts(browser: Browser, site: str, sign_in: SignIn, pages: Pages, who: str) -> None:
    with browser.new_context(java_script_enabled=False, locale="en-GB") as context:
        page = context.new_page()
        sign_in(page, who)
        wrong = []
        for name, address in own(pages, who).items():
            answer = page.goto(site + address)
            if answer is None or answer.status != 200 or page.locator("main h1").count() != 1:
                wrong.append(f"{name} ({address})")
        assert wrong == []


def test_nobody_is_lost_who_goes_through_a_page_by_keyboard(
    page: Page, site: str, sign_in: SignIn, pages: Pages, request: pytest.FixtureRequest
) -> None:
    """First comes the way past the menu; then, wherever the keyboard goes, it can be seen where it is."""
    assert len(pages["leader"]) >= MANY
    request.node.user_properties.append(("kinds of page", len(set().union(*pages.values()))))
    sign_in(page, "leader")
    wrong = []
    for name, address in pages["leader"].items():
        page.goto(site + address)
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").strip() != "Skip to main content":
            wrong.append(f"{name} ({address}) does not begin with the way past the menu")
            continue
        page.keyboard.press("Enter")
        for _ in range(STOPS):
            page.keyboard.press("Tab")
            if lost := page.evaluate(LOST):
                wrong.append(f"{name} ({address}): {lost}")
    assert wrong == []


LOST = """() => {
    const here = document.activeElement;
    if (!here || here === document.body) return '';
    const style = getComputedStyle(here);
    const seen = style.outlineStyle !== 'none' || style.boxShadow !== 'none' || style.backgroundColor !== 'rgba(0, 0, 0, 0)';
    const label = here.parentElement && getComputedStyle(here.parentElement).boxShadow !== 'none';
    return seen || label ? '' : here.outerHTML.slice(0, 200);
}"""


def test_the_sign_in_page_puts_up_no_barrier_and_says_whom_to_sign_in_as(
    page: Page, site: str, barriers: Barriers
) -> None:
    page.goto(site)
    assert "leader@example.org" in page.content()
    assert barriers() == []


def test_a_pupils_page_puts_up_no_barrier(page: Page, site: str, sign_in: SignIn, barriers: Barriers) -> None:
    sign_in(page, "leader")
    page.goto(f"{site}/criteria/gb5.2025.school.1/")
    page.locator("a[href^='/pupils/']:not([href='/pupils/'])").first.click()
    assert page.locator("h1").count() == 1
    assert barriers() == []
    page.set_viewport_size({"width": 360, "height": 740})
    assert not wider_than_the_screen(page)


def test_the_folded_part_of_the_menu_opens_by_keyboard_and_puts_up_no_barrier(
    page: Page, site: str, sign_in: SignIn, barriers: Barriers
) -> None:
    sign_in(page, "leader")
    folded = page.locator("nav summary", has_text="School")
    folded.press("Enter")
    assert page.get_by_role("link", name="Imports", exact=True).is_visible()
    assert barriers() == []
    page.keyboard.press("Escape")
    assert not page.get_by_role("link", name="Imports", exact=True).is_visible()
