"""The people of the tests of careers/protection; here are those tests that look at imports and the demonstration as well."""

from careers.protection.tests.conftest import _on_a_day_in_november as _on_a_day_in_november
from careers.protection.tests.conftest import leader as leader
from careers.protection.tests.conftest import school as school
from careers.protection.tests.conftest import signed_in as signed_in
from careers.protection.tests.conftest import somebody as somebody
