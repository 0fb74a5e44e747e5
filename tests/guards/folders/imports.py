"""What the guards need of the pages for lists of any kind (the other pages of imports are in the guards' own files)."""

from __future__ import annotations

from django_scopes import scopes_disabled

from careers.imports.models import Import, ListSource
from tests.guards.tried import Form, Posted
from tests.guards.two_schools import TheSchool
from tests.makers import YEAR

HEADINGS = ["Student", "Activity", "Date"]


def a_list(school: TheSchool) -> Import:
    """A list that waits to be understood, of one row about somebody who is not quite anybody here."""
    row = f"{school.pupil.surname}x,Talk,06/10/2026"
    fields = {
        "filename": "talks.csv",
        "sha256": "0" * 64,
        "status": Import.Status.FIX,
        "content": f"{','.join(HEADINGS)}\n{row}\n".encode(),
        "academic_year": YEAR.start_year,
        "answers": {"mapping": the_mapping()},
    }
    with scopes_disabled():
        found = Import.objects.filter(school=school.school, kind=Import.Kind.ANYTHING).first()
        return found or Import.objects.create(school=school.school, kind=Import.Kind.ANYTHING, **fields)


def the_mapping() -> dict[str, object]:
    return {
        "header": 1,
        "headings": HEADINGS,
        "means": ["name", "title", "starts_on"],
        "types": {"talk": "careers_lesson"},
    }


def a_source(school: TheSchool) -> ListSource:
    with scopes_disabled():
        found = ListSource.objects.filter(school=school.school).first()
        fields = {"name": "Talks", "fingerprint": "0" * 64, "mapping": the_mapping()}
        return found or ListSource.objects.create(school=school.school, **fields)


def the_columns(school: TheSchool) -> dict[str, str]:
    return {"header": "1", "means-0": "name", "means-1": "title", "means-2": "starts_on"}


def the_words(school: TheSchool) -> dict[str, str]:
    return {"type-0": "careers_lesson", "listed": "attended", "day_first": "yes", "name": "Talks"}


def the_source(school: TheSchool) -> dict[str, str]:
    return {"name": "Talks", "means-0": "name", "means-1": "title", "means-2": "note", "type-0": "careers_lesson"}


SAMPLES = {
    **{f"imports:{page}.reference": lambda school: a_list(school).reference for page in ("columns", "answers", "fix")},
    **{f"imports:{page}.reference": lambda school: a_source(school).reference for page in ("source", "source-forget")},
}
POSTS = {
    "imports:columns": Posted(200, the_columns, others=302),
    "imports:answers": Posted(200, the_words, others=302),
    "imports:fix": Posted(302),
    "imports:source": Posted(200, the_source, others=302),
    "imports:source-forget": Posted(302),
}
FORMS = {
    "imports:columns": Form(the_columns, lambda school: a_list(school) and None),
    "imports:answers": Form(the_words, lambda school: a_list(school) and None),
    "imports:fix": Form(lambda school: {"skip-2": "yes"}, lambda school: a_list(school) and None),
    "imports:source": Form(the_source, lambda school: a_source(school) and None),
    "imports:source-forget": Form(first=lambda school: a_source(school) and None),
}
WITHOUT = {
    "imports:columns": "refused where somebody else has said something about the file since the page began to be answered",
    "imports:answers": "likewise",
    "imports:fix": "answers are added to those there are; each is about one row or one pupil of the file",
    "imports:source": "whoever changes it last is on record; what was brought in is not touched",
}
