"""Each school's events become a chain that the database guards.

All in one migration, which is one transaction: there is no moment at which a row can be changed, and if it is interrupted
nothing has happened. Rows there already are chained in the order they were written in.
"""

import hashlib
import json
from datetime import UTC

from django.db import migrations, models

NOTHING_BEFORE = "0" * 64
BATCH = 1_000

OLD_SQLITE = [
    """CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON audit_event
       BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END""",
    """CREATE TRIGGER audit_event_no_delete BEFORE DELETE ON audit_event
       BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END""",
    """CREATE TRIGGER audit_event_no_replace BEFORE INSERT ON audit_event
       WHEN EXISTS (SELECT 1 FROM audit_event WHERE id = NEW.id)
       BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END""",
]
OLD_SQLITE_AWAY = [f"DROP TRIGGER audit_event_no_{what}" for what in ("update", "delete", "replace")]
OLD_POSTGRESQL = [
    """CREATE TRIGGER audit_event_no_change BEFORE UPDATE OR DELETE ON audit_event
       FOR EACH ROW EXECUTE FUNCTION audit_event_refuse()""",
]
OLD_POSTGRESQL_AWAY = ["DROP TRIGGER audit_event_no_change ON audit_event"]

NEW_SQLITE = [
    """CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON audit_event
       BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END""",
    """CREATE TRIGGER audit_event_no_delete BEFORE DELETE ON audit_event
       WHEN NOT EXISTS (
           SELECT 1 FROM audit_seal WHERE chain = COALESCE(OLD.school_id, 0) AND number >= OLD.number)
       BEGIN SELECT RAISE(ABORT, 'the audit is append-only: no seal covers this event'); END""",
    # Before REPLACE takes anything away, and before the new row is written.
    """CREATE TRIGGER audit_event_follows BEFORE INSERT ON audit_event
       BEGIN
         SELECT RAISE(ABORT, 'the audit is append-only: an event follows the last of its chain')
          WHERE EXISTS (SELECT 1 FROM audit_event WHERE id = NEW.id)
             OR NOT EXISTS (
                SELECT 1 FROM audit_tail WHERE chain = COALESCE(NEW.school_id, 0)
                   AND number = NEW.number - 1 AND hash = NEW.previous);
         UPDATE audit_tail SET number = NEW.number, hash = NEW.hash, version = MAX(version, NEW.version)
          WHERE chain = COALESCE(NEW.school_id, 0);
       END""",
    """CREATE TRIGGER audit_tail_no_return BEFORE UPDATE ON audit_tail
       WHEN NEW.chain <> OLD.chain OR NEW.number < OLD.number OR NEW.version < OLD.version
       BEGIN SELECT RAISE(ABORT, 'the audit is append-only: a chain grows'); END""",
    """CREATE TRIGGER audit_tail_no_delete BEFORE DELETE ON audit_tail
       BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END""",
    """CREATE TRIGGER audit_tail_no_replace BEFORE INSERT ON audit_tail
       WHEN EXISTS (SELECT 1 FROM audit_tail WHERE chain = NEW.chain AND number > 0)
       BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END""",
    """CREATE TRIGGER audit_seal_no_update BEFORE UPDATE ON audit_seal
       BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END""",
    """CREATE TRIGGER audit_seal_no_delete BEFORE DELETE ON audit_seal
       BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END""",
    """CREATE TRIGGER audit_seal_in_its_time BEFORE INSERT ON audit_seal
       BEGIN
         SELECT RAISE(ABORT, 'the audit is append-only: a seal grows')
          WHERE EXISTS (SELECT 1 FROM audit_seal WHERE id = NEW.id OR (chain = NEW.chain AND number >= NEW.number));
         SELECT RAISE(ABORT, 'the audit is append-only: a seal is of an event that is there')
          WHERE NOT EXISTS (
                SELECT 1 FROM audit_event
                 WHERE COALESCE(school_id, 0) = NEW.chain AND number = NEW.number AND hash = NEW.hash);
         SELECT RAISE(ABORT, 'the audit is append-only: events are kept for six years')
          WHERE EXISTS (
                SELECT 1 FROM audit_event
                 WHERE COALESCE(school_id, 0) = NEW.chain AND number <= NEW.number
                   AND at > STRFTIME('%Y-%m-%d %H:%M:%f', 'now', '-6 years'));
       END""",
]
NEW_SQLITE_AWAY = [
    "DROP TRIGGER audit_event_no_update",
    "DROP TRIGGER audit_event_no_delete",
    "DROP TRIGGER audit_event_follows",
    "DROP TRIGGER audit_tail_no_return",
    "DROP TRIGGER audit_tail_no_delete",
    "DROP TRIGGER audit_tail_no_replace",
    "DROP TRIGGER audit_seal_no_update",
    "DROP TRIGGER audit_seal_no_delete",
    "DROP TRIGGER audit_seal_in_its_time",
]

NEW_POSTGRESQL = [
    """CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON audit_event
       FOR EACH ROW EXECUTE FUNCTION audit_event_refuse()""",
    """CREATE FUNCTION audit_event_kept() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN
         IF NOT EXISTS (
            SELECT 1 FROM audit_seal WHERE chain = COALESCE(OLD.school_id, 0) AND number >= OLD.number) THEN
           RAISE EXCEPTION 'the audit is append-only: no seal covers this event';
         END IF;
         RETURN OLD;
       END $$""",
    """CREATE TRIGGER audit_event_no_delete BEFORE DELETE ON audit_event
       FOR EACH ROW EXECUTE FUNCTION audit_event_kept()""",
    """CREATE FUNCTION audit_event_follow() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN
         UPDATE audit_tail SET number = NEW.number, hash = NEW.hash, version = GREATEST(version, NEW.version)
          WHERE chain = COALESCE(NEW.school_id, 0) AND number = NEW.number - 1 AND hash = NEW.previous;
         IF NOT FOUND THEN
           RAISE EXCEPTION 'the audit is append-only: an event follows the last of its chain';
         END IF;
         RETURN NEW;
       END $$""",
    """CREATE TRIGGER audit_event_follows BEFORE INSERT ON audit_event
       FOR EACH ROW EXECUTE FUNCTION audit_event_follow()""",
    """CREATE TRIGGER audit_tail_no_return BEFORE UPDATE ON audit_tail FOR EACH ROW
       WHEN (NEW.chain <> OLD.chain OR NEW.number < OLD.number OR NEW.version < OLD.version)
       EXECUTE FUNCTION audit_event_refuse()""",
    """CREATE TRIGGER audit_tail_no_delete BEFORE DELETE ON audit_tail
       FOR EACH ROW EXECUTE FUNCTION audit_event_refuse()""",
    """CREATE TRIGGER audit_tail_no_truncate BEFORE TRUNCATE ON audit_tail
       FOR EACH STATEMENT EXECUTE FUNCTION audit_event_refuse()""",
    """CREATE TRIGGER audit_seal_no_change BEFORE UPDATE OR DELETE ON audit_seal
       FOR EACH ROW EXECUTE FUNCTION audit_event_refuse()""",
    """CREATE TRIGGER audit_seal_no_truncate BEFORE TRUNCATE ON audit_seal
       FOR EACH STATEMENT EXECUTE FUNCTION audit_event_refuse()""",
    """CREATE FUNCTION audit_seal_check() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN
         IF EXISTS (SELECT 1 FROM audit_seal WHERE chain = NEW.chain AND number >= NEW.number) THEN
           RAISE EXCEPTION 'the audit is append-only: a seal grows';
         END IF;
         IF NOT EXISTS (
            SELECT 1 FROM audit_event
             WHERE COALESCE(school_id, 0) = NEW.chain AND number = NEW.number AND hash = NEW.hash) THEN
           RAISE EXCEPTION 'the audit is append-only: a seal is of an event that is there';
         END IF;
         IF EXISTS (
            SELECT 1 FROM audit_event
             WHERE COALESCE(school_id, 0) = NEW.chain AND number <= NEW.number
               AND at > CURRENT_TIMESTAMP - INTERVAL '6 years') THEN
           RAISE EXCEPTION 'the audit is append-only: events are kept for six years';
         END IF;
         RETURN NEW;
       END $$""",
    """CREATE TRIGGER audit_seal_in_its_time BEFORE INSERT ON audit_seal
       FOR EACH ROW EXECUTE FUNCTION audit_seal_check()""",
]
NEW_POSTGRESQL_AWAY = [
    "DROP TRIGGER audit_event_no_update ON audit_event",
    "DROP TRIGGER audit_event_no_delete ON audit_event",
    "DROP TRIGGER audit_event_follows ON audit_event",
    "DROP TRIGGER audit_tail_no_return ON audit_tail",
    "DROP TRIGGER audit_tail_no_delete ON audit_tail",
    "DROP TRIGGER audit_tail_no_truncate ON audit_tail",
    "DROP TRIGGER audit_seal_no_change ON audit_seal",
    "DROP TRIGGER audit_seal_no_truncate ON audit_seal",
    "DROP TRIGGER audit_seal_in_its_time ON audit_seal",
    "DROP FUNCTION audit_event_kept()",
    "DROP FUNCTION audit_event_follow()",
    "DROP FUNCTION audit_seal_check()",
]

OLD = {"sqlite": (OLD_SQLITE, OLD_SQLITE_AWAY), "postgresql": (OLD_POSTGRESQL, OLD_POSTGRESQL_AWAY)}
NEW = {"sqlite": (NEW_SQLITE, NEW_SQLITE_AWAY), "postgresql": (NEW_POSTGRESQL, NEW_POSTGRESQL_AWAY)}


def guards(which, up):
    """An operation's function: put guards up, or take them away."""

    def do(apps, schema_editor):
        for statement in which[schema_editor.connection.vendor][0 if up else 1]:
            schema_editor.execute(statement, params=None)

    return do


def digest(event):
    """As careers.audit.chain has it on the day of this migration, which must hash alike for ever."""
    said = {
        "number": event.number,
        "previous": event.previous,
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "school": event.school_id,
        "actor": event.actor_id,
        "verb": event.verb,
        "subject": [event.subject_kind, event.subject_id],
        "changes": event.changes,
        "version": event.version,
        "since": event.since.isoformat() if event.since else None,
        "detail": event.detail,
    }
    written = json.dumps(said, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(written.encode()).hexdigest()


def chain_what_is_there(apps, schema_editor):
    events, tails = (apps.get_model("audit", name).objects for name in ("Event", "Tail"))
    ends, done = {}, 0
    while batch := list(events.filter(pk__gt=done).order_by("pk")[:BATCH]):
        rows = []
        for event in batch:
            number, event.previous = ends.get(event.school_id or 0, (0, NOTHING_BEFORE))
            event.number = number + 1
            event.hash = digest(event)
            ends[event.school_id or 0] = (event.number, event.hash)
            rows.append((event.number, event.previous, event.hash, event.pk))
        with schema_editor.connection.cursor() as cursor:
            cursor.executemany("UPDATE audit_event SET number = %s, previous = %s, hash = %s WHERE id = %s", rows)
        done = batch[-1].pk
    for chain, (number, last) in ends.items():
        tails.update_or_create(pk=chain, defaults={"number": number, "hash": last})


def leave(apps, schema_editor):
    """Going back, the installation's own chain has no version to keep."""
    apps.get_model("audit", "Tail").objects.filter(pk=0).delete()


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_never_replaced")]
    operations = [
        migrations.RunPython(guards(OLD, up=False), guards(OLD, up=True)),
        migrations.RenameModel("Version", "Tail"),
        migrations.RenameField("Tail", "number", "version"),
        migrations.RenameField("Tail", "school_id", "chain"),
        migrations.AddField("Tail", "number", models.BigIntegerField(default=0)),
        migrations.AddField("Tail", "hash", models.CharField(max_length=64, default=NOTHING_BEFORE)),
        migrations.AddField("Tail", "checked_at", models.DateTimeField(null=True)),
        migrations.AddField("Tail", "checked_to", models.BigIntegerField(default=0)),
        migrations.AddField("Tail", "fault", models.TextField(blank=True, default=""), preserve_default=False),
        migrations.AlterField("Event", "at", models.DateTimeField()),
        migrations.AddField("Event", "number", models.BigIntegerField(default=0), preserve_default=False),
        migrations.AddField("Event", "previous", models.CharField(max_length=64, default=""), preserve_default=False),
        migrations.AddField("Event", "hash", models.CharField(max_length=64, default=""), preserve_default=False),
        migrations.RunPython(chain_what_is_there, leave),
        migrations.AddConstraint(
            "Event", models.UniqueConstraint(fields=["school_id", "number"], name="audit_one_of_a_number")
        ),
        migrations.AddConstraint(
            "Event",
            models.UniqueConstraint(
                fields=["number"],
                condition=models.Q(school_id=None),
                name="audit_one_of_a_number_of_no_school",
            ),
        ),
        migrations.CreateModel(
            "Seal",
            [
                ("id", models.BigAutoField(primary_key=True, serialize=False, auto_created=True, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("chain", models.BigIntegerField()),
                ("number", models.BigIntegerField()),
                ("hash", models.CharField(max_length=64)),
                ("events", models.BigIntegerField()),
                ("version", models.BigIntegerField(default=0)),
                ("actor_id", models.BigIntegerField(null=True)),
                ("why", models.CharField(max_length=200)),
            ],
            options={
                "ordering": ["chain", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=["chain", "number"], name="audit_one_seal_of_a_number")
                ],
            },
        ),
        migrations.RunPython(guards(NEW, up=True), guards(NEW, up=False)),
    ]
