"""Every test: on SQLite, on PostgreSQL, on Spark where there is a Java, and in a browser."""

import secrets
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from tooling import auditing, browser, checking, deploying, environment, frontend, java, postgres
from tooling.checking import Outcome
from tooling.places import PYTHON, ROOT, VAR, Stop, call, say

RESULTS = VAR / "test-results"
BROWSER = "tests/browser"
SPARK = "tests/spark"
# What is run again on PostgreSQL: everything that asks a database something.
ON_BOTH_DATABASES = ("careers", "tests/agreement", "tests/journeys")
# What says nothing new there: how pages look, and what is invented before any database is asked.
NOT_AGAIN = ("careers/design", "careers/demonstration")
NOTHING_COLLECTED = 5


def run_tests(arguments: list[str]) -> int:
    """Run everything, or with other arguments only what they name (on SQLite). Ends with one line of totals.

    `--deployment` runs the guide for Debian on a bare machine, and nothing else.
    `--long` asks thousands of new random questions, `--seed=N` those of an earlier long run again.
    """
    if "--deployment" in arguments:
        return _report([deploying.run()])
    environment.install("dev")
    frontend.build(for_tests=True)
    words = [word for word in arguments if word != "--long" and not word.startswith("--seed=")]
    env = {"LONG_TESTS": _seed(arguments)} if "--long" in arguments else {}
    extra = [f"--hypothesis-seed={seed}" for seed in env.values()]
    outcomes = _selected([*words, *extra], env) if words else _everything(extra, env)
    return _report(outcomes)


def _seed(arguments: list[str]) -> str:
    """What the random questions of a long run come from: new each time unless it is named, and said."""
    named = [word.removeprefix("--seed=") for word in arguments if word.startswith("--seed=")]
    seed = named[-1] if named else str(secrets.randbelow(2**32))
    say(f"The seed of this long run is {seed}. To ask the same again: python3 run.py test --long --seed={seed}")
    return seed


def run_checks() -> int:
    environment.install("dev")
    frontend.build(for_tests=True)
    return _report([*checking.run_checks(), *auditing.audit()])


def _selected(words: list[str], env: dict[str, str]) -> list[Outcome]:
    if any(BROWSER in word for word in words):
        env = {**env, "CHROMIUM": browser.find()}
    if any(SPARK in word for word in words):
        environment.install("spark")
    return [_pytest("selected tests", words, env)]


def _everything(extra: list[str], env: dict[str, str]) -> list[Outcome]:
    # Asked for first, so that a missing browser or server is known before ten minutes have gone.
    chromium = browser.find()
    env = {**env, "TURN": str(_commits())}
    with postgres.cluster() as address:
        outcomes = [*checking.run_checks(), *auditing.audit()]
        apart = [f"--ignore={folder}" for folder in (BROWSER, SPARK)]
        outcomes.append(_pytest("tests on SQLite", ["-n", "2", *apart, *extra], env))
        both = [folder for folder in ON_BOTH_DATABASES if (ROOT / folder).exists()]
        both += [f"--ignore={name}" for name in (*NOT_AGAIN, *_not_their_turn(env))]
        on_postgres = {**env, "TRIGPOINT_DATABASE": address}
        outcomes.append(_pytest("tests on PostgreSQL", ["-n", "2", *both, *extra], on_postgres))
    return [*outcomes, *_spark_beside_the_browser(extra, env, chromium)]


def _not_their_turn(env: dict[str, str]) -> list[str]:
    """Of the folders' own tests, every second file: PostgreSQL is asked one half at one commit and the other at the next.

    Everything that crosses folders, and so holds the databases against each other, is asked at each; a long run asks it all.
    """
    if "LONG_TESTS" in env:
        return []
    files = sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("careers/*/**/tests/test_*.py"))
    return files[_commits() % 2 :: 2]


def _commits() -> int:
    """How many there are up to this one; 0 in a copy that is no checkout."""
    counted = subprocess.run(
        ["git", "rev-list", "--count", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return int(counted.stdout) if counted.returncode == 0 else 0


def _spark_beside_the_browser(extra: list[str], env: dict[str, str], chromium: str) -> list[Outcome]:
    """Both wait much of their time, one for a cluster and one for pages, so they are run at once. Spark's words come after."""

    def in_browser() -> Outcome:
        return _pytest("tests in a browser", [BROWSER], {**env, "CHROMIUM": chromium})

    name = "tests on Spark"
    if missing := _without_spark():
        return [Outcome(name, not_run=missing), in_browser()]
    with ThreadPoolExecutor(1) as beside, TemporaryFile("w+") as words:
        spark = beside.submit(_pytest, name, [SPARK, *extra], env, words)
        outcomes = [in_browser(), spark.result()]
        words.seek(0)
        say(words.read().rstrip())
    return outcomes


def _without_spark() -> str:
    """Why there are no tests on Spark, or nothing: Spark is optional, and its silence must not look like success."""
    if missing := java.missing():
        return missing
    try:
        environment.install("spark")
    except Stop as stop:
        return f"the package pyspark could not be installed. {stop}"
    return ""


def _pytest(name: str, words: list[str], env: dict[str, str], into: IO[str] | None = None) -> Outcome:
    print(f"\n== {name}", file=into or sys.stderr, flush=True)
    result = RESULTS / f"{name.replace(' ', '-')}.xml"
    result.parent.mkdir(parents=True, exist_ok=True)
    result.unlink(missing_ok=True)
    return _read(name, result, call([PYTHON, "-m", "pytest", "-q", f"--junitxml={result}", *words], env, into))


def _read(name: str, result: Path, code: int) -> Outcome:
    outcome = Outcome(name)
    if result.exists():
        # Our own pytest wrote this file a moment ago.
        for suite in ElementTree.parse(result).getroot().iter("testsuite"):  # noqa: S314
            counts = {key: int(suite.get(key, "0")) for key in ("tests", "failures", "errors", "skipped")}
            bad = counts["failures"] + counts["errors"]
            outcome.failed += bad
            outcome.skipped += counts["skipped"]
            outcome.passed += max(counts["tests"] - bad - counts["skipped"], 0)
    if code and not outcome.failed:
        outcome.failed = 1
        outcome.notes.append("nothing was collected" if code == NOTHING_COLLECTED else f"pytest ended with code {code}")
    return outcome


def _report(outcomes: list[Outcome]) -> int:
    say("")
    for outcome in outcomes:
        if outcome.not_run:
            say(f"{outcome.name}: NOT RUN, because {outcome.not_run}")
            continue
        skipped = f", {outcome.skipped} skipped" if outcome.skipped else ""
        notes = f" ({'; '.join(outcome.notes)})" if outcome.notes else ""
        say(f"{outcome.name}: {outcome.passed} passed, {outcome.failed} failed{skipped}{notes}")
    passed, failed = (sum(getattr(outcome, key) for outcome in outcomes) for key in ("passed", "failed"))
    print(f"{passed} passed, {failed} failed", flush=True)
    return 1 if failed else 0
