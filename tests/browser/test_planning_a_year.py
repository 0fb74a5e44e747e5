"""A card of the year planner dragged with a mouse, moved without one, and printed with the rest of the year."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from playwright.sync_api import Page
from pypdf import PdfReader

SignIn = Callable[[Page, str], None]


def test_a_card_is_dragged_to_another_half_term_and_put_back(
    page: Page, site: str, sign_in: SignIn, barriers: Callable[[], list[str]]
) -> None:
    sign_in(page, "leader")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{site}/planner/?year_group=7")
    page.locator(".tp-planner__hint").wait_for()  # the script has begun
    card = page.locator("[data-drop='spring_1'] > ul > [data-move]").first
    name, where = card.get_attribute("id"), "[data-drop='summer_1']"
    card.drag_to(page.locator(where), target_position={"x": 50, "y": 20})
    page.wait_for_url(lambda address: "#card" in address)
    assert page.locator(f"{where} #{name}").count() == 1
    assert "The day it had is taken away" in page.get_by_role("alert").inner_text()
    assert barriers() == []
    page.get_by_role("button", name="Undo").click()
    assert page.locator(f"[data-drop='spring_1'] #{name}").count() == 1
    page.locator(f"#{name} .tp-plan__move").press("Enter")
    page.get_by_label("Half-term or week").select_option("summer_2")
    page.get_by_role("button", name="Move it").press("Enter")
    assert page.locator(f"[data-drop='summer_2'] #{name}").count() == 1
    page.get_by_role("button", name="Undo").press("Enter")
    sheet = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert len(sheet) == 1
    assert sheet[0].mediabox.width > sheet[0].mediabox.height
