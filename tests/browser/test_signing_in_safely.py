"""Second steps as people meet them: a passkey on a device (one that Chromium pretends to have), an app with its codes,
recovery codes, and a session that has lain unused."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from careers.demonstration.people import PASSWORD
from tests.journeys.visitor import code_now

Barriers = Callable[[], list[str]]
SignIn = Callable[[Page, str], None]
STEP = "/account/second-step/"


@pytest.fixture
def named(site: str) -> str:
    """The site by a name: browsers give passkeys to no number."""
    return site.replace("127.0.0.1", "localhost")


@pytest.fixture
def with_a_passkey_device(page: Page) -> Iterator[Page]:
    """A device that knows its owner by a finger, always the right one."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield page
    devtools.detach()


def give_password(page: Page, where: str, who: str) -> None:
    page.goto(f"{where}/account/login/")
    page.get_by_label("Email").fill(f"{who}@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out", exact=True).click()


def fits(page: Page, barriers: Barriers) -> None:
    """No barrier, and nothing wider than a phone."""
    assert page.locator("h1").count() == 1
    assert barriers() == []
    page.set_viewport_size({"width": 360, "height": 740})
    assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"), page.url
    page.set_viewport_size({"width": 1280, "height": 900})


def set_up_an_app(page: Page, where: str) -> tuple[str, list[str]]:
    """Gives the app's key and the recovery codes."""
    page.goto(f"{where}{STEP}app/")
    key = page.locator(".tp-secret").inner_text().replace(" ", "")
    page.get_by_label("Code the app shows").fill(code_now(key))
    page.get_by_role("button", name="Finish").click()
    page.wait_for_url(f"{where}{STEP}codes/")
    return key, page.locator(".tp-codes li").all_inner_texts()


def remove_the_app(page: Page, where: str) -> None:
    """So that the next test finds its people as they were."""
    page.goto(f"{where}{STEP}app/remove/")
    page.get_by_role("button", name="Remove the app").click()
    assert "Set up an app" in page.inner_text("main")


def test_somebody_adds_a_passkey_and_signs_in_with_it_alone(
    with_a_passkey_device: Page, named: str, barriers: Barriers
) -> None:
    page = with_a_passkey_device
    give_password(page, named, "head")
    page.wait_for_url(f"{named}/")
    page.goto(f"{named}{STEP}passkeys/add/")
    fits(page, barriers)
    page.get_by_label("Name of this passkey").fill("School laptop")
    page.get_by_role("button", name="Add a passkey").press("Enter")
    page.wait_for_url(f"{named}{STEP}codes/")
    fits(page, barriers)
    page.goto(f"{named}{STEP}")
    assert "School laptop" in page.inner_text("main")
    fits(page, barriers)
    sign_out(page)

    page.goto(f"{named}/account/login/?next=/roles/")
    page.get_by_role("button", name="Sign in with a passkey").press("Enter")
    page.wait_for_url(f"{named}/roles/")
    sign_out(page)

    give_password(page, named, "head")
    page.wait_for_url(f"{named}{STEP}sign-in/")
    fits(page, barriers)
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(f"{named}/")

    page.goto(f"{named}{STEP}")
    page.get_by_role("link", name="Remove School laptop").click()
    fits(page, barriers)
    page.get_by_role("button", name="Remove the passkey").click()
    page.wait_for_url(f"{named}{STEP}")
    assert "School laptop" not in page.inner_text("main")


def test_a_browser_at_an_address_without_a_name_says_why_there_is_no_passkey(page: Page, site: str) -> None:
    give_password(page, site, "adviser")
    page.wait_for_url(f"{site}/")
    page.goto(f"{site}{STEP}passkeys/add/")
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_role("alert").filter(has_text="Passkeys do not work at this address").wait_for()


def test_an_app_is_set_up_and_used_without_scripts(browser: Browser, site: str) -> None:
    with browser.new_context(java_script_enabled=False, locale="en-GB") as context:
        page = context.new_page()
        give_password(page, site, "senco")
        assert page.url == f"{site}/"
        page.goto(f"{site}{STEP}")
        _, codes = set_up_an_app(page, site)
        assert page.goto(f"{site}{STEP}app/") is not None
        sign_out(page)
        give_password(page, site, "senco")
        assert page.url == f"{site}{STEP}sign-in/"
        assert not page.get_by_role("button", name="Use a passkey").is_visible()
        # The code that set it up works once more at most; a recovery code always does.
        page.get_by_label("Code").fill(codes[0])
        page.get_by_role("button", name="Sign in", exact=True).click()
        assert page.url == f"{site}/"
        assert "You have 9 recovery codes left" in page.inner_text("main")
        remove_the_app(page, site)


def test_the_pages_of_an_app_put_up_no_barrier(page: Page, site: str, barriers: Barriers) -> None:
    give_password(page, site, "administrator")
    page.wait_for_url(f"{site}/")
    page.goto(f"{site}{STEP}app/")
    drawn = page.locator("img.tp-qr")
    assert drawn.evaluate("image => image.complete && image.naturalWidth > 0")
    fits(page, barriers)
    _, codes = set_up_an_app(page, site)
    assert len(codes) == 10
    fits(page, barriers)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the codes").click()
    assert codes[3] in Path(download.value.path()).read_text()
    for address in (STEP, f"{STEP}codes/new/", f"{STEP}app/remove/", "/account/", "/account/sessions/"):
        page.goto(site + address)
        fits(page, barriers)
    sign_out(page)
    give_password(page, site, "administrator")
    page.get_by_label("Code").fill("123")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("alert").get_by_text("That did not work").wait_for()
    fits(page, barriers)
    page.get_by_label("Code").fill(codes[0])
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"{site}/")
    remove_the_app(page, site)


def test_a_session_that_lay_unused_ends_and_gives_back_what_was_typed(
    page: Page, site: str, database: Path, barriers: Barriers
) -> None:
    give_password(page, site, "leader")
    page.wait_for_url(f"{site}/")
    page.goto(f"{site}/school-record/add/feedback_gathered/")
    page.get_by_label("What do you call it?").fill("What Year 9 said of the fair")
    leave_all_unused(database)
    page.get_by_role("button", name="Record it").click()
    page.wait_for_url(re.compile("/account/login/"))
    assert "nothing was done here for 30 minutes" in page.inner_text("main")
    fits(page, barriers)
    page.get_by_label("Email").fill("leader@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"{site}/account/kept-answers/")
    fits(page, barriers)
    page.get_by_role("button", name="Send it now").click()
    page.wait_for_url(re.compile("/school-record/"))
    assert "What Year 9 said of the fair" in page.content()


def leave_all_unused(database: Path) -> None:
    """As if nothing had been done in any session for a day."""
    with sqlite3.connect(database, timeout=30) as connection:
        connection.execute("UPDATE accounts_signedin SET last_used_at = datetime(last_used_at, '-1 day')")
    connection.close()
