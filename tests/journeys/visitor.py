"""Somebody at a browser: opens, reads, follows links by their words and presses buttons, with no script."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from urllib.parse import urljoin

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.http import HttpResponse
from django.test import Client
from lxml import html

from tests.makers import APP_KEY

PASSWORD = "a passphrase nobody else has"


def code_now(key: str = APP_KEY) -> str:
    """What the app shows now."""
    return format_hotp_value(hotp_value(key, int(time.time()) // 30))


@dataclass
class Visitor:
    """Redirects are followed, as browsers do, and every form is sent with its own token."""

    client: Client = field(default_factory=lambda: Client(enforce_csrf_checks=True))
    at: str = ""
    answer: HttpResponse | None = None

    def open(self, address: str) -> Visitor:
        return self._arrive(self.client.get(address, follow=True), address)

    def follow(self, words: str) -> Visitor:
        """Follow the first link with these words in it, in the page's content before its frame."""
        links = self.page.xpath("//main//a[@href]") + self.page.xpath("//a[@href]")
        for link in links:
            if words in " ".join(link.text_content().split()):
                return self.open(urljoin(self.at, link.get("href")))
        raise AssertionError(
            f"No link says '{words}' at {self.at}. There are: {[a.text_content().strip() for a in links]}"
        )

    def send(self, button: str, **answers: str) -> Visitor:
        """Fill in the form that has this button, by the names of its questions, and press it."""
        form = next(form for form in self.page.forms if self._button(form, button) is not None)
        pressed = self._button(form, button)
        fields = dict(form.form_values()) | answers
        if pressed.get("name"):
            fields[pressed.get("name")] = pressed.get("value") or ""
        address = urljoin(self.at, form.get("action") or self.at)
        ask = self.client.post if form.method == "POST" else self.client.get
        return self._arrive(ask(address, fields, follow=True), address)

    def sign_in(self, email: str) -> Visitor:
        """With the code from the app, where it is asked for."""
        self.open("/account/login/")
        self.send("Sign in", login=email, password=PASSWORD)
        if self.at.endswith("/second-step/sign-in/"):
            self.send("Sign in", code=code_now())
        return self

    @property
    def status(self) -> int:
        assert self.answer is not None
        return self.answer.status_code

    @property
    def page(self) -> html.HtmlElement:
        assert self.answer is not None
        return html.fromstring(self.answer.content.decode())

    @property
    def words(self) -> str:
        """What the page says, in one line."""
        return " ".join(self.page.text_content().split())

    @property
    def heading(self) -> str:
        return " ".join(self.page.xpath("//main//h1")[0].text_content().split())

    def _button(self, form: html.FormElement, words: str) -> html.HtmlElement | None:
        return next((b for b in form.xpath(".//button") if words in b.text_content()), None)

    def _arrive(self, answer: HttpResponse, address: str) -> Visitor:
        came_by = getattr(answer, "redirect_chain", [])
        self.at = urljoin(address, came_by[-1][0]) if came_by else address
        self.answer = answer
        return self
