"""Every page, as the people who open it see it: no barrier, nothing too wide, no script needed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page

SIZES = {"a laptop": (1280, 900), "a phone": (360, 740)}
LEADER = [
    "/", "/benchmarks/", "/benchmarks/gatsby-2025/5/", "/benchmarks/provider-access/provider-access/",
    "/criteria/gb5.2025.school.1/", "/criteria/gb5.2025.school.1/query/", "/criteria/pal.meet.1/?state=missed", "/forecast/",
    "/pupils/", "/programme/", "/programme/coverage/", "/imports/", "/imports/new/roll/", "/audit/",
    "/people/", "/people/families/", "/people/invite/", "/people/invite/tutor/", "/people/invite/parent/",
    "/people/sign-in-service/set-up/", "/demonstration/messages/", "/roles/", "/design/gallery/",
    "/protection/", "/protection/requests/", "/protection/sharing/", "/protection/sharing/new/", "/protection/consent/",
    "/protection/notices/", "/protection/notices/pupils/", "/own-data/",
]  # fmt: skip
GOVERNOR = [
    "/",
    "/benchmarks/",
    "/forecast/",
    "/benchmarks/gatsby-2025/5/",
    "/criteria/gb5.2025.school.1/",
    "/programme/",
]
OPERATOR = [
    "/installation/",
    "/installation/schools/add/",
    "/installation/operators/",
    "/operating/jobs/",
    "/operating/health/",
]
TUTOR = ["/", "/criteria/gb5.2025.school.1/", "/pupils/"]
OWN = ["/own-record/"]
BY_PERSON = {
    "leader": LEADER, "governor": GOVERNOR, "tutor": TUTOR, "operator": OPERATOR, "pupil": OWN, "parent": OWN,
    "trust": ["/trust/"],
}  # fmt: skip
PAGES = [(who, address) for who, addresses in BY_PERSON.items() for address in addresses]

Barriers = Callable[[], list[str]]
SignIn = Callable[[Page, str], None]


@pytest.fixture
def sized(page: Page) -> Callable[[str], None]:
    def to(size: str) -> None:
        width, height = SIZES[size]
        page.set_viewport_size({"width": width, "height": height})

    return to


def wider_than_the_screen(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


@pytest.mark.parametrize("who", BY_PERSON)
@pytest.mark.parametrize("size", SIZES)
def test_no_page_puts_up_a_barrier(
    page: Page, site: str, sign_in: SignIn, barriers: Barriers, sized: Callable[[str], None], who: str, size: str
) -> None:
    sized(size)
    sign_in(page, who)
    for person, address in PAGES:
        if person == who:
            page.goto(site + address)
            assert page.locator("h1").count() == 1, address
            assert barriers() == [], address
            assert not wider_than_the_screen(page), f"{address} is wider than {size}"


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


def test_every_page_works_without_scripts(browser: Browser, site: str, sign_in: SignIn) -> None:
    with browser.new_context(java_script_enabled=False, locale="en-GB") as context:
        page = context.new_page()
        sign_in(page, "leader")
        for address in LEADER:
            answer = page.goto(site + address)
            assert answer is not None
            assert answer.status == 200, address
            assert page.locator("main h1").count() == 1, address


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


def test_a_careers_leader_finds_who_is_missing_by_keyboard_alone(page: Page, site: str, sign_in: SignIn) -> None:
    sign_in(page, "leader")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").strip() == "Skip to main content"
    page.keyboard.press("Enter")
    page.goto(f"{site}/criteria/gb5.2025.school.1/")
    focus_is_seen = """() => {
        const style = getComputedStyle(document.activeElement);
        return style.outlineStyle !== 'none' || style.boxShadow !== 'none' || style.backgroundColor !== 'rgba(0, 0, 0, 0)';
    }"""
    for _ in range(25):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement !== document.body")
        assert page.evaluate(focus_is_seen), page.evaluate("document.activeElement.outerHTML")
