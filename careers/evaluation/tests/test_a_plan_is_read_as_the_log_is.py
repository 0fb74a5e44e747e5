"""The rows a plan is judged by are the rows the engine is lent, so that a plan delivered as planned counts as foretold."""

from datetime import date

import pytest
from django.db import connection
from django_scopes import scope, scopes_disabled

from careers.evaluation.coverage_rows import DERIVED_FACTS, plan_of
from careers.evaluation.lending import Lending
from careers.partners.models import Partner
from careers.programme.models import ActivityPartner
from tests.makers import TODAY, YEAR, make_activity, make_school

pytestmark = pytest.mark.django_db

PARTNERS: dict[str, list[dict[str, object]]] = {
    "nobody": [],
    "an employer": [{"kind": "employer"}],
    "two employers": [{"kind": "employer"}, {"kind": "employer"}],
    "a college": [{"kind": "provider", "provider_kind": "fe_college", "pal_eligible": True}],
    "a provider of whom nothing is known": [{"kind": "provider"}],
    "a known and an unknown provider": [{"kind": "provider", "provider_kind": "utc", "pal_eligible": False}, {"kind": "provider"}],
    "an ineligible provider": [{"kind": "provider", "provider_kind": "school_sixth_form", "pal_eligible": False}],
    "an adviser": [{"kind": "adviser"}],
}  # fmt: skip


@pytest.mark.parametrize("who", PARTNERS)
def test_partners_say_the_same_to_both(who: str) -> None:
    school = make_school()
    activity = make_activity(school, "careers_event", date(2026, 10, 6), two_way="some", stem=True, year_groups=[9])
    with scopes_disabled():
        for number, facts in enumerate(PARTNERS[who]):
            partner = Partner.objects.create(school=school, name=f"Partner {number}", **facts)
            ActivityPartner.objects.create(school=school, activity=activity, partner=partner)
    asked = sorted({*DERIVED_FACTS, "type", "two_way", "mode", "stem", "subject", "adviser_level"})
    with scope(school=school):
        [planned] = plan_of(school, YEAR)
        with connection.cursor() as cursor:
            cursor.execute(Lending(school, TODAY).occasions(asked))
            lent = dict(zip([column[0] for column in cursor.description], cursor.fetchall()[0], strict=True))
    for name in asked:
        theirs = tuple(filter(None, lent[name].split("|"))) if _is_list(name) and lent[name] is not None else lent[name]
        assert planned.row[name] == theirs, name


def _is_list(name: str) -> bool:
    return name in ("provider_kinds", "eligible_providers")
