"""What people do: bring a file in, confirm it, cancel it, undo it. Each is one transaction with its audit inside."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from careers.accounts.models import User
from careers.audit.record import record, version_of
from careers.imports import applying, sources, undoing
from careers.imports.kinds import registry
from careers.imports.kinds.options import Options
from careers.imports.kinds.registry import KINDS
from careers.imports.models import OPEN, Import
from careers.imports.plan import Plan
from careers.imports.reading.files import File
from careers.jobs import later, school_job
from careers.schools.models import School

NAME_ROOM = 200
KEPT_DAYS = 30


class NotNow(Exception):
    """The deed does not fit what has happened since. Its text says what and what to do."""


def upload(*, school: School, kind: str, file: File, options: Options, by: User | None) -> Import:
    """Keep the file with its preview. Nothing of the school's record changes. Raises FileRefused for a file that cannot be used."""
    made = registry.plan(kind, school, file, options, by)
    put_away_old(school)
    started = Import(
        school=school, kind=kind, filename=file.name[-NAME_ROOM:], sha256=file.sha256, content=file.content,
        academic_year=options.academic_year, options=options.as_json(), uploaded_by=by,
    )  # fmt: skip
    describe(started, made)
    with transaction.atomic():
        started.save()
        record("uploaded a file to bring in", by=by, school=school, subject=started, changes=False, kind=kind)
    return started


def put_away_old(school: School) -> None:
    """Files that nobody confirmed or corrected do not lie about for ever: they hold names."""
    long_ago = timezone.now() - timedelta(days=KEPT_DAYS)
    old = Import.objects.filter(school=school, content__isnull=False, uploaded_at__lt=long_ago)
    with transaction.atomic():
        put_away = old.update(status=Import.Status.CANCELLED, content=None, preview={}, answers={})
        if put_away:
            record("put away files nobody confirmed", by=None, school=school, changes=False, files=put_away)


@school_job
def put_away_files(school: School) -> None:
    """`put_away_old`, as a job. Done twice, it finds nothing the second time."""
    put_away_old(school)


def ask_to_put_away_files() -> str:
    """What the night asks for at every school: one that fails is tried again by itself and holds up no other."""
    schools = list(School.objects.all())
    for school in schools:
        later(put_away_files, school=school)
    return f"Asked for at {len(schools)} schools."


def describe(started: Import, made: Plan) -> None:
    """Set the import's preview, counts and state from a plan. Without anything to do or to correct, the file is not kept."""
    report = made.report
    started.preview, started.counts = report.as_json(), dict(report.counts)
    if report.asks:
        started.status = Import.Status.COLUMNS
    elif started.kind == Import.Kind.ANYTHING and (report.faults or report.has_questions):
        started.status = Import.Status.FIX
    elif report.choices:
        started.status = Import.Status.CHOOSE
    elif report.faults:
        started.status = Import.Status.BLOCKED
    elif report.has_effect or report.leavers:
        started.status = Import.Status.READY
    else:
        started.status, started.content = Import.Status.NOTHING, None


def options_of(started: Import) -> Options:
    return Options(started.academic_year, **started.options, answers=started.answers)


def plan_of(started: Import, options: Options, by: User | None) -> Plan:
    if started.content is None:
        raise NotNow("The file of this import is no longer kept. Upload it again.")
    return registry.plan(started.kind, started.school, File(started.filename, bytes(started.content)), options, by)


def choose_programme(*, started: Import, programme: str, by: User | None) -> None:
    """Take one of the programmes in the file. Raises FileRefused when the file does not have it."""
    if started.status != Import.Status.CHOOSE:
        raise NotNow("The programme was chosen already.")
    started.options = started.options | {"programme": programme}
    describe(started, plan_of(started, options_of(started), by))
    with transaction.atomic():
        started.save()
        record("chose a programme to bring in", by=by, school=started.school, subject=started, changes=False)


def apply(*, started: Import, leavers: Iterable[str] = (), by: User | None) -> None:
    """Do what the preview said, all or nothing, once. `leavers` are references of proposed leavers, or EVERYONE.

    What takes long is worked out before the database is locked for writing, and again inside if the record has changed meanwhile.

    Raises NotNow when it was applied or cancelled already, has errors, or would now do something else than the preview said.
    """
    stale, options = False, options_of(started).with_leavers(list(leavers))
    version = version_of(started.school)
    made = plan_of(started, options, by) if started.status == Import.Status.READY and started.content else None
    with transaction.atomic():
        taken = Import.objects.filter(pk=started.pk, status=Import.Status.READY).update(
            status=Import.Status.APPLIED, applied_at=timezone.now()
        )
        if not taken:
            raise NotNow(why_not_ready(started))
        if made is None or version_of(started.school) != version:
            made = plan_of(started, options, by)
        stale = bool(made.report.faults) or made.report.fingerprint != started.preview.get("fingerprint")
        if not stale:
            write(made, started)
            started.refresh_from_db(fields=["status", "applied_at"])
            started.counts = dict(made.report.counts)
            forget_file(started)
            started.save()
            record(KINDS[started.kind].deed, by=by, school=started.school, subject=started, counts=started.counts)
        else:
            transaction.set_rollback(True)
    if stale:
        describe(started, plan_of(started, options_of(started), by))
        started.save()
        raise NotNow(
            "The school's record has changed since this preview was made, so nothing was brought in. "
            "Here is what the file would do now: look again and confirm."
        )


def write(made: Plan, started: Import) -> None:
    try:
        applying.write(made, started, started.school_id)
    except IntegrityError:
        raise NotNow("Somebody changed the same records a moment ago, so nothing was brought in. Try again.") from None


def why_not_ready(started: Import) -> str:
    state = Import.objects.values_list("status", flat=True).get(pk=started.pk)
    reasons = {
        Import.Status.APPLIED: "This import was already brought in.",
        Import.Status.BLOCKED: "This file has errors. Correct them and upload it again; nothing was brought in.",
        Import.Status.CHOOSE: "Choose a programme first.",
        Import.Status.COLUMNS: "Say first what the columns mean.",
        Import.Status.FIX: "Some rows are still to be put right.",
        Import.Status.NOTHING: "There is nothing to change.",
    }
    return reasons.get(Import.Status(state), "This import was cancelled or undone. Upload the file again.")


def forget_file(started: Import) -> None:
    """The bytes go, and the names with them; counts and what is needed to undo stay."""
    started.content = None
    started.preview = {key: started.preview.get(key) for key in ("encoding", "header_row", "ignored")}
    started.answers = {key: started.answers[key] for key in ("mapping", "before") if key in started.answers}


def cancel(*, started: Import, by: User | None) -> None:
    with transaction.atomic():
        if not Import.objects.filter(pk=started.pk, status__in=OPEN).update(status=Import.Status.CANCELLED):
            raise NotNow(why_not_ready(started))
        started.status = Import.Status.CANCELLED
        forget_file(started)
        started.save()
        record("cancelled an import", by=by, school=started.school, subject=started, changes=False)


def undo(*, done: Import, by: User | None) -> None:
    """Put everything back as it was before the import. Raises NotNow with the reasons when something depends on it."""
    with transaction.atomic():
        if not Import.objects.filter(pk=done.pk, status=Import.Status.APPLIED).update(status=Import.Status.UNDONE):
            raise NotNow("This import was not brought in, or was undone already.")
        trail = undoing.trail_of(done)
        if reasons := undoing.reasons_against(done, trail):
            raise NotNow("This import cannot be undone. " + " ".join(reasons))
        try:
            undoing.put_back(trail)
        except IntegrityError:
            raise NotNow("This import cannot be undone. What it took away has been made again since.") from None
        done.changes.all().delete()
        sources.unlearn(done)
        done.status = Import.Status.UNDONE
        record("undid an import", by=by, school=done.school, subject=done, counts=done.counts)
