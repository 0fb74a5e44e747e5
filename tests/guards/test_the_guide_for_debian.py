"""The guide for Debian holds together: its commands can be read, its units are sound, and what it names is there.

`python3 run.py test --deployment` runs it all; this is what can be said without a machine.
"""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands, load_command_class

from tooling import deploying, guide

UNITS = {path: text for path, text in guide.files().items() if path.startswith("/etc/systemd/")}
OURS = re.compile(r"(?:manage\.py|^trigpoint|^/usr/local/sbin/trigpoint) ([a-z][a-z_]*)((?: [^|&\n]*)?)", re.MULTILINE)


def section(text: str, name: str) -> dict[str, str]:
    parser = configparser.RawConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read_string(text)
    return dict(parser[name]) if parser.has_section(name) else {}


def test_every_block_of_commands_is_one_a_shell_can_read() -> None:
    assert len(guide.blocks()) > 10
    for block in guide.blocks():
        done = subprocess.run(["bash", "-n"], input=block.text, capture_output=True, text=True, check=False)
        assert done.stderr == "", block.text


def test_every_fenced_block_is_run() -> None:
    assert guide.GUIDE.read_text().count("\n```sh\n") == len(guide.blocks())


def test_every_setting_the_guide_writes_is_one() -> None:
    known = {setting.name for setting in settings.ENVIRONMENT.settings}
    written = re.findall(r"^TRIGPOINT_\w+(?==)", guide.files()["/etc/trigpoint.env"], re.MULTILINE)
    assert {"TRIGPOINT_PRODUCTION", "TRIGPOINT_SECRET_KEY", "TRIGPOINT_HOSTS"} <= set(written) <= known


def test_every_command_of_ours_takes_the_options_the_guide_gives_it() -> None:
    given = [match for block in guide.blocks() for match in OURS.findall(block.text.replace("\\\n", " "))]
    assert {"setup", "serve", "work", "nightly", "backup", "restore", "add_school"} <= {name for name, _ in given}
    for name, words in given:
        app = get_commands()[name]
        command = load_command_class(app, name) if isinstance(app, str) else app
        known = command.create_parser("manage.py", name).format_help()
        assert set(re.findall(r"(?<!\S)(--[a-z-]+)", words)) <= set(re.findall(r"--[a-z-]+", known)), f"{name}{words}"


def test_every_unit_that_is_started_is_written_and_nothing_may_gain_rights() -> None:
    started = set(re.findall(r"trigpoint-\w+\.(?:service|timer)", "".join(block.text for block in guide.blocks())))
    assert started <= {Path(path).name for path in UNITS}
    everywhere = section(UNITS["/etc/systemd/system/trigpoint-.service.d/all.conf"], "Service")
    for name, value in {
        "NoNewPrivileges": "yes",
        "ProtectSystem": "strict",
        "PrivateTmp": "yes",
        "User": "trigpoint",
    }.items():
        assert everywhere[name] == value
        assert not any(name in section(text, "Service") for path, text in UNITS.items() if path.endswith(".service"))
    for path in UNITS:
        if path.endswith(".timer"):
            assert path.replace(".timer", ".service") in UNITS


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd-analyze on this machine")
def test_systemd_finds_nothing_wrong_with_the_units(tmp_path: Path) -> None:
    for path, text in UNITS.items():
        target = tmp_path / path.removeprefix("/etc/systemd/system/")
        target.parent.mkdir(parents=True, exist_ok=True)
        # The program is not there on this machine; everything else is looked at as it is.
        target.write_text(text.replace("/opt/trigpoint/current/.venv/bin/python", "/bin/true"))
    units = sorted(str(path) for path in tmp_path.glob("trigpoint-*.*") if path.is_file())
    done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)
    assert [line for line in done.stderr.splitlines() if "trigpoint" in line] == []


def test_everything_that_is_looked_at_stands_under_a_heading_there_is() -> None:
    assert set(deploying.LOOKS) <= {block.heading for block in guide.blocks()}
