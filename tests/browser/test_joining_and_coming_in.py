"""Somebody is invited, joins and comes in; and a school's own account, at a real provider, does as well as a password."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Browser, Page, expect

from tests.sign_in_service.running import SECRET, services

SignIn = Callable[[Page, str], None]
Barriers = Callable[[], list[str]]


def test_an_invited_tutor_follows_the_link_in_the_message_and_is_in(
    page: Page, browser: Browser, site: str, sign_in: SignIn, barriers: Barriers
) -> None:
    sign_in(page, "leader")
    page.goto(f"{site}/people/")
    page.get_by_role("button", name="Invite somebody").click()
    page.get_by_label("Tutor or head of year").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Full name").fill("Noor Haddad")
    page.get_by_label("Email address").fill("Noor.Haddad@example.org")
    page.get_by_label("9C", exact=True).check()
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.get_by_text("Noor Haddad is invited.")).to_be_visible()
    page.goto(f"{site}/demonstration/messages/")
    link = page.locator("article", has_text="noor.haddad@example.org").first.get_by_role("link").get_attribute("href")
    with browser.new_context(java_script_enabled=False, locale="en-GB") as context:
        theirs = context.new_page()
        theirs.goto(str(link))
        theirs.get_by_label("Choose a password").fill("three sparrows at noon")
        theirs.get_by_label("The same password again").fill("three sparrows at noon")
        theirs.get_by_role("button", name="Join").click()
        expect(theirs.get_by_text("Noor Haddad (Tutor or head of year)")).to_be_visible()
    page.goto(str(link))
    assert page.locator("h1").inner_text() == "This invitation has been used"
    assert barriers() == []


def test_a_school_sets_up_its_own_accounts_and_signs_in_with_them(
    page: Page, browser: Browser, site: str, sign_in: SignIn, barriers: Barriers
) -> None:
    sign_in(page, "leader")
    page.goto(f"{site}/people/sign-in-service/set-up/")
    redirect = page.locator("code").inner_text()
    assert re.fullmatch(re.escape(site) + r"/sign-in/school/[a-z0-9]+/back/", redirect)
    with services(redirect) as origin:
        page.get_by_label("Another service with OpenID Connect").check()
        page.get_by_label("Issuer").fill(f"{origin}/other")
        page.get_by_label("Client ID").fill("trigpoint-other")
        page.get_by_label("Client secret").fill(SECRET)
        page.get_by_label("E-mail domains of the school").fill("example.org")
        page.get_by_role("button", name="Save").click()
        page.get_by_role("button", name="Test it").click()
        page.get_by_label("Account").fill("priya")
        page.get_by_role("button", name="Continue").click()
        expect(page.get_by_text("would be signed in as Priya Sandhu")).to_be_visible()
        assert barriers() == []
        page.get_by_role("button", name="Sign out").click()
        page.goto(f"{site}/account/login/")
        assert barriers() == []
        page.get_by_role("button", name="Sign in with your school account").click()
        page.wait_for_url(f"{site}/")  # the service still knows her, so it asks nothing
        expect(page.get_by_text("Priya Sandhu (Careers leader)")).to_be_visible()
        with browser.new_context(java_script_enabled=False, locale="en-GB") as context:
            stranger = context.new_page()
            stranger.goto(f"{site}/account/login/")
            stranger.get_by_role("button", name="Sign in with your school account").click()
            stranger.get_by_label("Account").fill("stranger")
            stranger.get_by_role("button", name="Continue").click()
            assert stranger.locator("h1").inner_text() == "You are not signed in"
        page.goto(f"{site}/people/sign-in-service/set-up/")
        page.get_by_text("Take it away").first.click()
        page.get_by_role("button", name="Take it away").click()
    expect(page.get_by_text("The service is taken away.")).to_be_visible()
