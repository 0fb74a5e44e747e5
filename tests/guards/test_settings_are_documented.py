"""Every setting is documented, in the words it is read with."""

from django.conf import settings

from careers.website.management.commands.write_settings_reference import WHERE, reference
from tests.guards.checkout import ROOT, files


def test_the_page_of_settings_is_what_the_settings_say() -> None:
    assert WHERE.read_text() == reference(settings.ENVIRONMENT.settings), "Run: manage.py write_settings_reference"


def test_every_setting_has_a_sentence() -> None:
    for setting in settings.ENVIRONMENT.settings:
        assert setting.sentence.endswith("."), setting.name
        assert len(setting.sentence) > 20, setting.name


def test_no_other_file_of_the_site_reads_the_environment() -> None:
    site = [path.relative_to(ROOT) for path in files(".py") if path.is_relative_to(ROOT / "careers")]
    readers = [str(path) for path in site if "tests" not in path.parts]
    # The last two hand it on to a program they start.
    allowed = {"careers/website/settings.py", "careers/website/wsgi.py"}
    allowed |= {"careers/backup/checking.py", "careers/backup/postgresql.py"}
    assert [path for path in readers if path not in allowed and "os.environ" in (ROOT / path).read_text()] == []
