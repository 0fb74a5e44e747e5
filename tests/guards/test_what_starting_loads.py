"""A process that has answered nothing yet has read no more of the engine than its words: not the builder of SQL, not YAML."""

import json
import os
import subprocess
import sys

import pytest

from tests.guards.checkout import ROOT

NOT_YET = (
    "criteria.engines.sql",
    "criteria.engines.columns",
    "criteria.engines.setwise",
    "yaml",
    "duckdb",
    "icalendar",
)
START = {
    "the application a server loads": "import careers.website.wsgi",
    "its addresses and pages": "import careers.website.wsgi, careers.website.urls",
}


@pytest.mark.parametrize("what", START)
def test_starting_does_not_load_what_only_an_answer_needs(what: str) -> None:
    code = f"{START[what]}; import json, sys; print(json.dumps(sorted(sys.modules)))"
    clean = {key: value for key, value in os.environ.items() if not key.startswith("TRIGPOINT_")}
    env = {**clean, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    loaded = set(json.loads(done.stdout.splitlines()[-1]))
    assert "careers.website.wsgi" in loaded
    assert loaded.isdisjoint(NOT_YET), (
        f"{what} loads {sorted(loaded.intersection(NOT_YET))}: import it where it is used"
    )
