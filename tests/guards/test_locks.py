"""The lock files fit the project and tie nobody to one package registry."""

import re
import tomllib

from tests.guards.checkout import ROOT, files

# Taken apart, or this file would be the one that names them.
HOSTS = ["pypi" + ".org", "pythonhos" + "ted.org", "npmjs" + ".org", "npmjs" + ".com", "deb.deb" + "ian.org"]
PINNED = re.compile(r"^([a-z0-9.-]+)==([^\s;]+)", re.MULTILINE | re.IGNORECASE)
WANTED = re.compile(r"^([A-Za-z0-9.-]+)(?:\[[a-z,]+\])?==(\S+)$")


def test_no_file_names_a_package_registry() -> None:
    named = [
        f"{path.relative_to(ROOT)}: {host}"
        for path in files()
        for host in HOSTS
        if host in path.read_bytes().decode("utf-8", "ignore")
    ]
    assert named == []


def test_every_locked_package_has_a_digest() -> None:
    for lock in (ROOT / "locks").glob("*.txt"):
        # A package's lines run on with a backslash, its digests among them.
        packages = lock.read_text().replace("\\\n", " ").splitlines()
        assert [line for line in packages if "--hash=sha256:" not in line] == [], lock.name


def test_every_package_the_project_asks_for_is_locked_at_the_version_it_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups, extras = project["dependency-groups"], project["project"]["optional-dependencies"]
    asked = {
        "run": [*project["project"]["dependencies"], *extras["postgres"]],
        "dev": [*project["project"]["dependencies"], *extras["postgres"], *extras["files"], *groups["dev"]],
        "bench": [*project["project"]["dependencies"], *extras["postgres"], *extras["files"], *groups["bench"]],
        "spark": [*project["project"]["dependencies"], *extras["spark"], *groups["spark-build"]],
        "bootstrap": groups["bootstrap"],
        "node": groups["node"],
    }
    for lock, wanted in asked.items():
        locked = {name.lower(): version for name, version in PINNED.findall((ROOT / f"locks/{lock}.txt").read_text())}
        for requirement in wanted:
            name, version = WANTED.fullmatch(requirement).groups()  # type: ignore[union-attr]
            assert locked.get(name.lower()) == version, f"{requirement}: run python3 run.py lock"


def test_a_package_in_several_locks_has_one_version() -> None:
    run, dev, *others = (
        dict(PINNED.findall((ROOT / f"locks/{lock}.txt").read_text())) for lock in ("run", "dev", "bench", "spark")
    )
    assert {name: version for name, version in run.items() if dev.get(name) != version} == {}
    for other in others:
        assert {name: version for name, version in other.items() if dev.get(name, version) != version} == {}


def test_spark_is_installed_only_where_it_is_asked_for() -> None:
    for lock in ("run", "dev"):
        assert "pyspark" not in (ROOT / f"locks/{lock}.txt").read_text()
