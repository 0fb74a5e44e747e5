"""A careers leader asks what pupils took from a visit, and a pupil answers on a phone, without an account and without scripts."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Browser, Page, expect

TESTS = "/quality/"
"""What has been held comes first: before it is, nobody is asked what they took from it."""


def test_a_pupil_answers_from_the_wall_and_the_leader_reads_it(
    page: Page, browser: Browser, site: str, sign_in: Callable[[Page, str], None], barriers: Callable[[], list[str]]
) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    sign_in(page, "leader")
    page.goto(site + TESTS)
    page.locator("tbody a").first.click()
    tests = page.url
    page.get_by_role("button", name="Ask pupils").click()
    page.get_by_role("link", name="The poster").click()
    assert barriers() == []
    address = "http://" + page.locator(".tp-poster__address").inner_text().replace("\n", "") + "/"
    phone = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False).new_page()
    phone.goto(address)
    asked = phone.locator("html")
    assert asked.evaluate("page => page.scrollWidth <= page.clientWidth")
    phone.get_by_label("What did you learn about work?").fill("That welders <b>plan</b> all morning.")
    phone.get_by_label("4", exact=True).check()
    phone.get_by_role("button", name="Send").click()
    expect(phone.get_by_role("heading", name="Thank you")).to_be_visible()
    phone.context.close()
    page.goto(address)
    assert barriers() == []
    page.goto(tests.replace("/quality/", "/reflections/"))
    expect(page.get_by_text("That welders <b>plan</b> all morning.")).to_be_visible()
