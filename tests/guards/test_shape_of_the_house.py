"""Files stay small, and are named for what they hold."""

from tests.guards.checkout import ROOT, files

LONGEST = 400
SAYS_NOTHING = {"utils", "util", "common", "helpers", "helper", "core", "misc"}


def test_no_python_file_is_longer_than_400_lines() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in files(".py")}
    assert {path: length for path, length in lengths.items() if length > LONGEST} == {}


def test_no_file_or_folder_has_a_name_that_says_nothing() -> None:
    named = {part.partition(".")[0] for path in files() for part in path.relative_to(ROOT).parts}
    assert named & SAYS_NOTHING == set()


def test_every_tests_folder_is_a_package_so_that_two_may_hold_a_file_of_the_same_name() -> None:
    folders = {path.parent for path in files(".py") if path.name.startswith("test_")}
    assert [str(folder) for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []
