"""Settings that would be dangerous together are refused when Trigpoint starts."""

import os
import subprocess
import sys

import pytest

from careers.website.settings import ROOT

PRODUCTION = {
    "TRIGPOINT_PRODUCTION": "yes",
    "TRIGPOINT_SECRET_KEY": "k" * 60,
    "TRIGPOINT_HOSTS": "careers.school.example.org",
}


def starting(asked: str, **variables: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("TRIGPOINT_")}
    return subprocess.run(
        [sys.executable, "-c", f"from careers.website import settings; print({asked})"],
        cwd=ROOT,
        env={**clean, **variables},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("TRIGPOINT_DEBUG", "yes", "Remove TRIGPOINT_DEBUG"),
        ("TRIGPOINT_DEMONSTRATION", "yes", "cannot be on in production"),
        ("TRIGPOINT_TODAY", "2026-09-01", "cannot be set in production"),
        ("TRIGPOINT_HOSTS", "", "Give the names this site is reached by"),
        ("TRIGPOINT_SECRET_KEY", "", "Make one with"),
    ],
)
def test_production_refuses_what_is_for_trying_things_out(name: str, value: str, said: str) -> None:
    started = starting("1", **{**PRODUCTION, name: value})
    assert started.returncode != 0
    assert said in started.stderr


def test_production_sends_cookies_over_https_only_and_loads_no_demonstration() -> None:
    for name in ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT"):
        assert starting(f"settings.{name}", **PRODUCTION).stdout.strip() == "True", name
    assert starting("settings.DEMONSTRATION", **PRODUCTION).stdout.strip() == "False"


def test_a_proxy_is_not_believed_unless_it_is_said_to_be_there() -> None:
    assert starting("settings.SECURE_PROXY_SSL_HEADER", **PRODUCTION).stdout.strip() == "None"
    trusting = starting("settings.SECURE_PROXY_SSL_HEADER", **PRODUCTION, TRIGPOINT_TRUSTED_PROXIES="1")
    assert "HTTP_X_FORWARDED_PROTO" in trusting.stdout
