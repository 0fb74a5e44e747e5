"""Somebody installing Trigpoint is told what is wrong with a setting and what to write."""

from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from careers.website.environment import Environment
from careers.website.secrecy import secret_key

SENTENCE = "What it is for."
ROOT = Path("/srv/trigpoint")


def reading(**variables: str) -> Environment:
    return Environment({f"TRIGPOINT_{name}": value for name, value in variables.items()})


@pytest.mark.parametrize("word", ["yes", "True", "ON", "1", " yes "])
def test_a_flag_may_be_written_in_several_ways(word: str) -> None:
    assert reading(DEBUG=word).flag("DEBUG", SENTENCE, default=False) is True


def test_a_flag_that_is_neither_yes_nor_no_is_refused_with_the_remedy() -> None:
    with pytest.raises(ImproperlyConfigured, match="TRIGPOINT_DEBUG is neither yes nor no. Write yes or no"):
        reading(DEBUG="perhaps").flag("DEBUG", SENTENCE, default=False)


@pytest.mark.parametrize("word", ["0", "25", "-1", "ten", "1.5", "²"])
def test_a_number_outside_its_limits_is_refused(word: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="Write a whole number from 1 to 24"):
        reading(SESSION_HOURS=word).number("SESSION_HOURS", SENTENCE, default=10, least=1, most=24)


def test_a_choice_not_offered_is_refused_with_the_choices() -> None:
    with pytest.raises(ImproperlyConfigured, match="Write one of `tls`, `none`"):
        reading(SECURITY="ssl").choice("SECURITY", SENTENCE, default="tls", choices=["tls", "none"])


def test_a_day_is_read_and_a_day_that_is_not_one_is_refused() -> None:
    assert reading(TODAY="2026-09-01").day("TODAY", SENTENCE) == date(2026, 9, 1)
    with pytest.raises(ImproperlyConfigured, match="Write it as 2026-09-01"):
        reading(TODAY="1 September").day("TODAY", SENTENCE)


def test_host_names_are_separated_by_commas_and_a_web_address_is_refused() -> None:
    assert reading(HOSTS="a.example.org, b.example.org").names("HOSTS", SENTENCE) == ["a.example.org", "b.example.org"]
    for wrong in ("https://a.example.org/", "*"):
        with pytest.raises(ImproperlyConfigured, match="not a host name"):
            reading(HOSTS=wrong).names("HOSTS", SENTENCE)


def test_a_relative_sqlite_file_starts_at_the_checkout_and_an_absolute_one_does_not() -> None:
    kept = {"default": "sqlite:///var/x.sqlite3", "root": ROOT}
    assert reading().database("DATABASE", SENTENCE, **kept)["NAME"] == ROOT / "var/x.sqlite3"
    elsewhere = reading(DATABASE="sqlite:////data/x.sqlite3").database("DATABASE", SENTENCE, **kept)
    assert elsewhere["NAME"] == Path("/data/x.sqlite3")


def test_a_postgresql_address_may_hold_a_password_with_odd_letters() -> None:
    address = reading(DATABASE="postgresql://carol:p%40ss%2F@db.example.org:5433/careers")
    read = address.database("DATABASE", SENTENCE, default="", root=ROOT)
    assert (read["USER"], read["PASSWORD"], read["HOST"], read["PORT"], read["NAME"]) == (
        "carol",
        "p@ss/",
        "db.example.org",
        5433,
        "careers",
    )


@pytest.mark.parametrize(
    "word", ["mysql://a@b/c", "postgresql://host", "sqlite://x", "x.sqlite3", "postgresql://u:secretive@h:port/n"]
)
def test_an_odd_database_is_refused_without_repeating_its_password(word: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="TRIGPOINT_DATABASE") as refused:
        reading(DATABASE=word).database("DATABASE", SENTENCE, default="", root=ROOT)
    assert "secretive" not in str(refused.value)


def test_a_misspelt_setting_is_refused_with_the_names_there_are() -> None:
    environment = reading(DEBUGG="yes")
    environment.flag("DEBUG", SENTENCE, default=False)
    with pytest.raises(ImproperlyConfigured, match="DEBUGG is not a setting. The settings are: TRIGPOINT_DEBUG"):
        environment.refuse_unknown()


def test_the_random_secret_key_is_kept_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    kept = tmp_path / "var" / "secret_key"
    first = secret_key("", production=False, kept_in=kept)
    assert secret_key("", production=False, kept_in=kept) == first == kept.read_text()
    assert kept.stat().st_mode & 0o777 == 0o600
    assert list(kept.parent.iterdir()) == [kept]


def test_production_makes_no_secret_key_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="Make one with"):
        secret_key("", production=True, kept_in=tmp_path / "secret_key")
    with pytest.raises(ImproperlyConfigured, match="too short"):
        secret_key("letmein", production=True, kept_in=tmp_path / "secret_key")
