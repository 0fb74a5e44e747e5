"""What the server writes while people work is read by people who may see no pupil, so no person is in it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from playwright.sync_api import APIResponse, Page

ROLL = "UPN,Surname,Forename,DOB,Year\nA0,Quillfeather,Ottoline,31/02/2012,9\n"
"""A file whose errors name a pupil nobody else is called like."""


def people_in(database: Path) -> set[str]:
    """Every surname, UPN and e-mail address there is, of pupils and of staff."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as opened:
        found = opened.execute(
            "SELECT upn FROM pupils_pupil UNION SELECT email FROM accounts_user UNION SELECT surname FROM pupils_pupil"
        )
        return {said for (said,) in found if len(said) > 3}


def test_no_person_is_in_what_the_server_writes(site: str, place: Path, page: Page) -> None:
    ask = page.request

    def token(path: str) -> str:
        ask.get(f"{site}{path}")
        return next(c["value"] for c in page.context.cookies() if c["name"] == "csrftoken")

    def post(path: str, at: str, **sent: str) -> APIResponse:
        return ask.post(
            f"{site}{path}", form={"csrfmiddlewaretoken": token(at), **sent}, headers={"Referer": f"{site}{at}"}
        )

    login, new = "/account/login/", "/imports/new/roll/"
    for password in ("wrong-on-purpose", "every-pupil-every-year"):
        post(login, login, login="leader@example.org", password=password)
    assert ask.get(f"{site}/pupils/").ok
    with closing(sqlite3.connect(place / "demonstration.sqlite3")) as opened:
        ((surname, reference),) = opened.execute(
            "SELECT surname, reference FROM pupils_pupil WHERE left_on IS NULL LIMIT 1"
        )
    assert post("/pupils/", "/pupils/", words=surname).ok
    assert ask.get(f"{site}/pupils/{reference}/").ok
    file = {"name": "Quillfeather.csv", "mimeType": "text/csv", "buffer": ROLL.encode()}
    sent = {"csrfmiddlewaretoken": token(new), "academic_year": "2026", "file": file}
    assert "Quillfeather" in ask.post(f"{site}{new}", multipart=sent, headers={"Referer": f"{site}{new}"}).text()  # type: ignore[arg-type]
    assert ask.get(f"{site}/nothing-like-this/").status == 404
    assert ask.post(f"{site}/schools/choose/", form={"school": "x"}).status == 403
    assert ask.get(f"{site}/health", headers={"Host": "elsewhere.example.org"}).status == 400
    written = (place / "server.log").read_text()
    assert "elsewhere.example.org" in written, "the log was not the server's"
    named = {*people_in(place / "demonstration.sqlite3"), "Quillfeather", "Ottoline"}
    assert len(named) > 500
    assert sorted(one for one in named if one in written) == []
