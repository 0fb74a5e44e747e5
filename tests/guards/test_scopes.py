"""One school's records never reach another: by the ORM's scope, and by the school written into SQL of our own."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models
from django_scopes import scope
from django_scopes.exceptions import ScopeError

from careers.evaluation.counting import counts_query
from careers.evaluation.lending import Lending
from careers.evaluation.people import people
from careers.evaluation.standings import beyond, criteria_for, editions
from careers.evaluation.supposing import Supposing
from criteria.engines.needs import attributes_asked
from tests.agreement.compiled import ROW_STORES, as_if_on
from tests.guards.checkout import ROOT, files
from tests.guards.lent_sql import unscoped
from tests.guards.two_schools import make_the_school
from tests.makers import TODAY

pytestmark = pytest.mark.django_db

OF_NO_SCHOOL = {
    "schools.school": "is the school",
    "accounts.user": "a person may belong to several; what they may see hangs on a membership",
    "accounts.signedin": "a person signs in once, for all their schools; each sees only their own",
    "audit.event": "holds the school's number itself, because the audit must not point up",
    "audit.tail": "the end of each school's chain, by its number",
    "audit.seal": "up to where a chain was sealed, by the school's number",
}
RAW_SQL = {
    "careers/evaluation/lending.py": "lends tables, held to the school below",
    "careers/evaluation/occasions.py": "runs what Lending lends, held to the school below",
    "careers/evaluation/people.py": "runs what Lending lends, held to the school below",
    "careers/evaluation/counting.py": "asks of what Lending lends, held to the school below",
    "careers/demonstration/writing.py": "writes rows of a school just made",
    "careers/protection/overwriting.py": "tells SQLite to empty its journal; reads and writes no row",
}


def our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("careers.")]


def test_every_record_belongs_to_a_school_or_says_why_not() -> None:
    without = {m._meta.label_lower for m in our_models() if "school" not in {field.name for field in m._meta.fields}}
    assert without == set(OF_NO_SCHOOL)


def test_no_record_of_a_school_can_be_asked_for_without_saying_which_school() -> None:
    for model in our_models():
        if model._meta.label_lower not in OF_NO_SCHOOL:
            with pytest.raises(ScopeError):
                list(model._default_manager.all())


def test_sql_of_our_own_stands_only_where_it_is_looked_at() -> None:
    python = [path for path in files(".py") if path.is_relative_to(ROOT / "careers")]
    running = {
        str(path.relative_to(ROOT))
        for path in python
        if not {"tests", "migrations"} & set(path.parts)
        and any(words in path.read_text() for words in (".cursor(", ".raw(", "RawSQL("))
    }
    assert running <= set(RAW_SQL)


@pytest.mark.parametrize("database", ROW_STORES)
def test_every_table_lent_to_criteria_is_read_for_one_school(database: str) -> None:
    the = make_the_school("Beacon School")
    make_the_school("Another School")
    with scope(school=the.school):
        everybody = people(the.school, TODAY)
    with scope(school=the.school), as_if_on(database):
        for chosen in ("", "gatsby-2014"):
            criteria = criteria_for(the.school, editions(TODAY, chosen) + beyond(TODAY))
            supposed = Supposing(TODAY, ((the.activity.pk, 9),), {the.activity.pk: TODAY})
            facts = [person.facts for person in everybody]
            for what in (None, supposed):
                lending = Lending(the.school, TODAY, what)
                relations = [*lending.relations(attributes_asked(criteria)).values(), lending.attendances(facts)]
                query = counts_query(the.school, criteria, everybody, TODAY, what)
                assert [unscoped(sql, the.school.pk) for sql in (*relations, query)] == [[]] * 5


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT id FROM pupils_pupil",
        "SELECT id FROM pupils_pupil WHERE school_id = 12",
        "SELECT id FROM pupils_pupil p JOIN (SELECT pupil_id FROM pupils_yearheld) y ON y.pupil_id = p.id WHERE p.school_id = 1",
        "SELECT p.id FROM pupils_pupil p JOIN pupils_yearheld y ON y.academic_year = 2026 WHERE p.school_id = 1",
        "SELECT id FROM pupils_pupil WHERE school_id = 1 UNION ALL SELECT id FROM pupils_pupil",
    ],
)
def test_a_table_read_for_every_school_would_be_noticed(sql: str) -> None:
    assert unscoped(sql, 1) != []
