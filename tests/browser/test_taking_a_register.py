"""A tutor takes the register of a class of thirty with a thumb, and keeps the marks when the connection goes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.journeys.served import environment, say, serving

Read = Callable[[str], dict[str, int]]


@dataclass
class Phone:
    """A phone in a tutor's hand, signed in. `taps` counts what the thumb does."""

    context: BrowserContext
    page: Page
    site: str
    made: dict[str, Any]
    taps: int = 0

    def tap(self, what: Locator) -> None:
        box = what.bounding_box()
        assert box is not None
        assert box["height"] >= 44, "too small for a thumb"
        what.tap()
        self.taps += 1

    def line(self, number: int, page: Page | None = None) -> Locator:
        return (page or self.page).locator(".tp-register__line").nth(number)

    def open_register(self, title: str, page: Page | None = None) -> None:
        (page or self.page).goto(f"{self.site}/programme/{self.made['activities'][title]}/register/")

    @property
    def save(self) -> Locator:
        return self.page.get_by_role("button", name="Save the register")

    @property
    def says(self) -> Locator:
        return self.page.get_by_role("status")

    def sign_in(self) -> None:
        self.context.add_cookies([{"name": "sessionid", "value": self.made["session"], "url": self.site}])


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, Any], Read]]:
    env = environment(f"sqlite:///{tmp_path_factory.mktemp('class') / 'class.sqlite3'}")
    made = say(env, "tests.browser.a_class", "make")
    with serving(env) as port:
        yield f"http://127.0.0.1:{port}", made, lambda title: say(env, "tests.browser.a_class", "read")[title]


@pytest.fixture
def read(school: tuple[str, dict[str, Any], Read]) -> Read:
    return school[2]


@pytest.fixture
def phone(browser: Browser, school: tuple[str, dict[str, Any], Read]) -> Iterator[Phone]:
    site, made, _ = school
    with browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True) as context:
        phone = Phone(context, context.new_page(), site, made)
        phone.sign_in()
        yield phone


@pytest.mark.parametrize("home", ["/", "/record/"])
def test_thirty_with_three_absent_are_five_taps(phone: Phone, read: Read, home: str) -> None:
    title = {"/": "Assembly", "/record/": "Quiz"}[home]
    page = phone.page
    page.goto(phone.site + home)
    phone.tap(page.locator("a[href$='/register/']", has_text=title))
    for number in (2, 3, 29):
        phone.tap(phone.line(number))
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    expect(phone.save).to_be_in_viewport()
    expect(page.get_by_text("30 pupils:")).to_be_in_viewport()
    phone.tap(phone.save)
    expect(page.get_by_text("27 attended, 3 absent")).to_be_visible()
    assert phone.taps <= 5
    assert read(title) == {"attended": 27, "absent": 3, "saved": 1}


def test_a_tap_too_many_is_taken_back_and_absent_may_be_excused(phone: Phone) -> None:
    phone.open_register("Talk")
    one = phone.line(0)
    one.tap()
    expect(one.get_by_label("Absent")).to_be_checked()
    one.get_by_text("Excused").tap()
    expect(one.get_by_label("Excused")).to_be_checked()
    one.locator("legend").tap()
    expect(one.get_by_label("Attended")).to_be_checked()
    assert phone.page.evaluate("Object.keys(localStorage)") == []


def test_marks_made_without_a_connection_are_saved_once_it_is_back(phone: Phone, read: Read) -> None:
    phone.open_register("Talk")
    other = phone.context.new_page()
    phone.open_register("Talk", other)
    phone.context.set_offline(True)
    for number in (0, 7, 9):
        phone.line(number).tap()
    expect(phone.line(7, other).get_by_label("Absent")).to_be_checked()
    phone.save.tap()
    expect(phone.says).to_contain_text("No connection: your 3 marks are kept on this phone")
    kept = phone.page.evaluate("JSON.stringify(localStorage)")
    assert "Featherstone" not in kept
    assert read("Talk") == {}
    phone.context.set_offline(False)
    expect(phone.page.get_by_text("27 attended, 3 absent")).to_be_visible()
    expect(other.get_by_role("status")).to_contain_text("saved in another tab")
    other.locator("h1").tap()
    expect(other.get_by_text("Taken, by Terry Tutor")).to_be_visible()
    assert read("Talk") == {"attended": 27, "absent": 3, "saved": 1}
    assert phone.page.evaluate("localStorage.length") == 0


def test_a_server_that_fails_and_a_session_that_ended_lose_no_mark(phone: Phone, read: Read) -> None:
    phone.open_register("Fair")
    phone.page.route("**/register/", lambda route: route.fulfill(status=503), times=1)
    phone.line(4).tap()
    phone.save.tap()
    expect(phone.says).to_contain_text("Trigpoint cannot save at the moment: your 1 mark is kept")
    phone.context.clear_cookies(name="sessionid")
    phone.page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(phone.says).to_contain_text("You have been signed out")
    assert read("Fair") == {}
    phone.sign_in()
    phone.open_register("Fair")
    expect(phone.page.get_by_text("29 attended, 1 absent")).to_be_visible()
    assert read("Fair") == {"attended": 29, "absent": 1, "saved": 1}
