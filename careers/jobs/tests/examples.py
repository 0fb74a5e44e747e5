"""Jobs that tests have done, in this process and in others."""

from __future__ import annotations

import os
from pathlib import Path

from careers.jobs import job, school_job
from careers.schools.models import School, TermDates

SECRET = "Ada Abara, 4 Mill Lane"


@school_job
def name_a_term(school: School, name: str) -> None:
    TermDates.objects.get_or_create(
        school=school, academic_year=2026, name=name, defaults={"starts_on": "2026-09-01", "ends_on": "2026-12-18"}
    )


@school_job
def count_terms(school: School) -> None:
    """Counts what is in reach, and fails if that is another school's."""
    assert set(TermDates.objects.values_list("school", flat=True)) <= {school.pk}


@job
def fail() -> None:
    raise LookupError(f"Nobody of the name {SECRET}")


@job
def fail_once(number: int) -> None:
    if os.environ.pop("FAIL_ONCE", ""):
        raise LookupError(number)


@job
def write_down(number: int) -> None:
    """One line a job, in the folder that the test names."""
    with (Path(os.environ["JOBS_FOLDER"]) / "done").open("a") as done:
        done.write(f"{number}\n")


@job
def wait_at_the_gate() -> None:
    """Says that it began to whoever reads one pipe, and goes on when another is opened. Pipes, so that nobody waits in vain."""
    folder = Path(os.environ["JOBS_FOLDER"])
    (folder / "began").write_text("x")
    (folder / "gate").read_text()
    with (folder / "done").open("a") as done:
        done.write("through\n")
