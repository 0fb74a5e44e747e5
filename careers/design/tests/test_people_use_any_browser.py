"""The gallery in Chromium under the strict policy: nothing blocked, nothing for axe to find, nothing too wide."""

import functools
import http.server
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory, override_settings

from careers.design.gallery import gallery

ROOT = Path(__file__).parents[3]
BUILD = ROOT / "build/static"
AXE = ROOT / "node_modules/axe-core/axe.min.js"
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")
POLICY = "default-src 'none'; form-action 'self'; " + "; ".join(
    f"{kind}-src 'self'" for kind in ("script", "style", "img", "font", "connect")
)
PLAIN = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}

pytestmark = pytest.mark.skipif(
    not (BUILD.is_dir() and AXE.exists() and CHROMIUM), reason="needs npm ci, npm run build and Chromium"
)


class StrictHandler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder with the policy the site has."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *args: object) -> None:
        """Nothing: a test's output is its own."""


def page_of(address: str) -> str:
    request = RequestFactory().get(address)
    request.user = AnonymousUser()
    with override_settings(STORAGES=PLAIN):
        return gallery(request).content.decode()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree(BUILD, folder / "static")
    shutil.copytree(ROOT / "careers/design/static/design", folder / "static/design")
    (folder / "gallery.html").write_text(page_of("/"))
    (folder / "errors.html").write_text(page_of("/?errors=1&year=9&search=holt"))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(StrictHandler, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[object]:
    api = pytest.importorskip("playwright.sync_api")
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def opened(chromium, site: str) -> Iterator[object]:
    pages = []

    def open_page(name: str, width: int = 1280, **options: object):
        page = chromium.new_page(viewport={"width": width, "height": 900}, **options)
        pages.append(page)
        page.complaints = []
        page.on("console", lambda message: message.type == "error" and page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(f"{site}/{name}.html")
        return page

    yield open_page
    for page in pages:
        page.close()


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("name", ["gallery", "errors"])
def test_everybody_can_use_every_component(opened, name: str, width: int) -> None:
    page = opened(name, width)
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run()")
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found["violations"]] == []
    assert page.complaints == []


@pytest.mark.parametrize("name", ["gallery", "errors"])
def test_nobody_scrolls_sideways_on_the_smallest_phone(opened, name: str) -> None:
    assert opened(name, 320).evaluate("document.documentElement.scrollWidth") == 320


def test_someone_with_scripts_off_sees_everything(opened) -> None:
    page = opened("gallery", java_script_enabled=False)
    assert page.locator("details.tp-filter[open]").count() == 1
    assert page.locator("form[method=post] button[type=submit]").last.is_visible()


def test_what_is_wrong_takes_the_focus_and_leads_to_its_box(opened) -> None:
    page = opened("errors")
    assert page.evaluate("document.activeElement.className") == "govuk-error-summary"
    page.get_by_role("link", name="Choose year groups").click()
    assert page.evaluate("document.activeElement.id") == "id_years_0"


def test_a_page_weighs_less_than_150_kilobytes_as_it_travels() -> None:
    import gzip

    files = [*BUILD.glob("*.css"), *BUILD.glob("*.js"), *BUILD.glob("fonts/*.ttf")]
    assert (
        sum(len(gzip.compress(file.read_bytes())) for file in files) + len(gzip.compress(page_of("/").encode()))
        < 150_000
    )


def test_nothing_of_the_crown_is_served() -> None:
    for file in [*BUILD.glob("*.css"), *BUILD.glob("*.js")]:
        text = file.read_text()
        assert not [word for word in ("GDS Transport", "crest", "sourceMappingURL") if word in text]
