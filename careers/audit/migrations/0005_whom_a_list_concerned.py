"""An event says which pupils a list showed. Adds a column and an index: no row is written, and the guards stay up."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_a_chain")]
    operations = [
        migrations.AddField("Event", "concerns", models.TextField(null=True)),
        migrations.AddIndex(
            "Event",
            models.Index(
                fields=["school_id", "id"], condition=models.Q(concerns__isnull=False), name="audit_concerns"
            ),
        ),
    ]
