"""One school's records never reach another: by the ORM's scope, and by the school written into SQL of our own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django import forms
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
from tests.guards.folders import said
from tests.guards.lent_sql import unscoped
from tests.guards.two_schools import make_the_school
from tests.makers import TODAY

pytestmark = pytest.mark.django_db

OF_NO_SCHOOL = {
    "schools.school": "is the school",
    "accounts.user": "a person may belong to several; what they may see hangs on a membership",
    "accounts.signedin": "a person signs in once, for all their schools; each sees only their own",
    "jobs.worker": "a process of the machine",
    "jobs.sign": "when the machine last did something",
    "audit.event": "holds the school's number itself, because the audit must not point up",
    "audit.tail": "the end of each school's chain, by its number",
    "audit.seal": "up to where a chain was sealed, by the school's number",
}
PAST_THE_SCOPE = {
    "careers/accounts/deeds.py": "the kind of thing is known only by name; the school is named in the query",
    "careers/accounts/memberships.py": "asks of which schools somebody is, and only ever of oneself",
    "careers/demonstration/mailbox.py": "asks whether a real school has any pupil at all",
    "careers/operating/listing.py": "counts who may sign in at each school, for an operator; reads nobody's name",
    "careers/operating/views.py": "invitations of first careers leaders, for the operator who asked them",
    "careers/people/joining.py": "the invitation of one address at one school named in the query, for somebody not let in yet",
    "careers/people/links.py": "an invitation by its reference and secret, for somebody not let in yet",
    "careers/single_sign_on/offered.py": "a school's sign-in service, by reference, school or domain, for somebody not let in yet",
    "careers/demonstration/loading.py": "makes schools of invented people in an empty database",
    "careers/demonstration/writing.py": "writes rows of a school just made",
    "careers/imports/applying.py": "kinds of record are known only by name; what is written was planned in the school's scope",
    "careers/imports/management/commands/undo_import.py": "finds the school of an import by its reference, then keeps to it",
    "careers/imports/undoing.py": "what an import of the school wrote, by the keys it kept, gone rows too",
    "careers/protection/traces.py": "what imports of the school kept about a pupil; the school is in the query",
    "careers/schools/once.py": "a record of the school it is given, by the reference its form brought",
    "careers/protection/actions.py": "what retention does, one school after the other",
    "careers/protection/holdings.py": "kinds of record are known only by name; asked in the school's scope",
    "careers/protection/retention.py": "kinds of record are known only by name; the school is in the query",
    "careers/protection/ways_in.py": "whether somebody is anything at another school, before their account is closed",
    "careers/website/management/commands/setup.py": "asks whether there is any school at all",
    "careers/website/walls.py": "looks for records that point across, and counts",
    **said("PAST_THE_SCOPE"),
}
"""Where a query can reach past django-scopes, and why it may."""

PAST = re.compile(r"\b(scopes_disabled\(|_base_manager\b|_default_manager\b|\.extra\(|disable_scopes\b|\.unscoped\b)")

OF_NO_SCHOOLS_OWN = {
    "careers/accounts/actions.py": "finds a person by an address that somebody typed, to give them a role at the school",
    "careers/accounts/deeds.py": "events of the school named; names of the people who did them",
    "careers/accounts/views.py": "events of the school the reader is at",
    "careers/accounts/management/commands/verify_audit.py": "an operator has every school's chain followed",
    "careers/audit/chain.py": "the chain of the school it is given",
    "careers/audit/record.py": "writes events and versions of the school it is given",
    "careers/audit/sealing.py": "lets go of old events of the school it is given",
    "careers/audit/verifying.py": "follows the chain it is given, and names no record",
    "careers/demonstration/mailbox.py": "asks whether a real school has any pupil at all",
    "careers/operating/actions.py": "operators, who belong to no school",
    "careers/operating/listing.py": "the installation's schools, for an operator",
    "careers/operating/views.py": "the installation's schools and operators, for an operator",
    "careers/people/joining.py": "the account with the address that was invited, for whoever holds the link",
    "careers/demonstration/loading.py": "asks whether the database holds a real school",
    "careers/demonstration/signing_in.py": "asks whether only invented schools are here",
    "careers/demonstration/writing.py": "writes the invented people",
    "careers/evaluation/management/commands/coverage.py": "an operator names the school",
    "careers/evaluation/school_criteria.py": "reads again the school that was asked about",
    "careers/accounts/management/commands/reset_second_step.py": "an operator names the account",
    "careers/leadership/actions.py": "the school it is given, locked while its record is changed",
    "careers/protection/views_notice.py": "a school by its reference, for what it has published to everybody",
    "careers/protection/traces.py": "events about a pupil, of the pupil's school",
    "careers/protection/own_data.py": "what somebody did themselves, at the school they stand at",
    "careers/encounters/registers.py": "events of the school named, to see which pupils they are about",
    "careers/imports/actions.py": "by night, the uploads of every school, each in its own scope",
    "careers/jobs/kinds.py": "the school a job was given the number of, to put it in its scope",
    "careers/website/operating.py": "names of schools beside jobs, for an operator",
    "careers/protection/accounts_kept.py": "accounts nobody has used for long, of any school",
    "careers/protection/actions.py": "every school in turn, each in its own scope",
    "careers/protection/sealing.py": "every school's chain in turn",
    "careers/protection/ways_in.py": "whether somebody is anything at another school, before their account is closed",
    "careers/schools/actions.py": "refuses a second school of one number",
    "careers/schools/command_line.py": "an operator names the school",
    "careers/website/management/commands/serve.py": "asks whether there is any school yet",
    **said("OF_NO_SCHOOLS_OWN"),
}
"""Where people, schools or the audit are asked for, which no scope holds to one school, and what holds them."""

UNSCOPED = re.compile(r"\b(User|School|Event|Tail|Seal)\.objects\b|get_object_or_404\((User|School|Event)\b")

RAW_SQL = {
    "careers/evaluation/lending.py": "lends tables, held to the school below",
    "careers/evaluation/occasions.py": "runs what Lending lends, held to the school below",
    "careers/evaluation/people.py": "runs what Lending lends, held to the school below",
    "careers/evaluation/counting.py": "asks of what Lending lends, held to the school below",
    "careers/website/readiness.py": "asks the database whether it answers",
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


def matching(pattern: re.Pattern[str]) -> set[str]:
    """The files of ours with a line that matches, tests and migrations left out."""
    python = [path for path in files(".py") if path.is_relative_to(ROOT / "careers")]
    return {str(p.relative_to(ROOT)) for p in python if is_ours(p) and pattern.search(p.read_text())}


def is_ours(path: Path) -> bool:
    return not {"tests", "migrations"} & set(path.parts)


def test_the_scope_is_passed_only_where_it_is_said_why() -> None:
    new = matching(PAST) - set(PAST_THE_SCOPE)
    assert new == set(), (
        "These reach past the school's scope. Ask within `scope(school=...)` instead; if that cannot be, name the school in "
        "the query and add the file to PAST_THE_SCOPE (tests/guards/test_scopes.py) with the reason."
    )
    assert set(PAST_THE_SCOPE) <= matching(PAST), (
        "Take out of PAST_THE_SCOPE the files that no longer need to be there."
    )


def test_people_schools_and_the_audit_are_asked_for_only_where_it_is_said_how_they_are_held_to_a_school() -> None:
    new = matching(UNSCOPED) - set(OF_NO_SCHOOLS_OWN)
    assert new == set(), (
        "User, School and the audit's tables belong to no one school, so no scope guards these queries. Say in OF_NO_SCHOOLS_OWN "
        "(tests/guards/test_scopes.py) what holds each to the school of whoever asks."
    )


def our_forms() -> list[type[forms.BaseForm]]:
    found, waiting = [], [forms.BaseForm]
    while waiting:
        waiting += (below := waiting.pop().__subclasses__())
        found += [form for form in below if form.__module__.startswith("careers.")]
    return found


def test_no_form_offers_a_database_number_to_choose() -> None:
    """A number in a form could be guessed: records are offered by their reference, or by a key that cannot be turned back."""
    for form in our_forms():
        if issubclass(form, forms.ModelForm):
            named = form._meta.fields
            assert isinstance(named, (tuple, list)), f"{form.__name__}: name its fields."
        for name, field in form.base_fields.items():
            if isinstance(field, forms.ModelChoiceField):
                assert field.to_field_name == "reference", f"{form.__name__}.{name} offers primary keys."


def test_no_template_writes_a_database_number() -> None:
    public = re.compile(r"\b(criterion|framework|attrs)\.id\b|\b(field|form|widget)\.\w+_id\b")
    written = re.compile(r"\{[{%][^}]*\.(pk|id|[a-z]+_id)\b[^}]*\}")
    found = {
        f"{path.relative_to(ROOT)}: {match.group(0)}"
        for path in files(".html")
        for match in written.finditer(public.sub("", path.read_text()))
    }
    assert found == set(), "Write a record's reference: a primary key can be guessed."


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
