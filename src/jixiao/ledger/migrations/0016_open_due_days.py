from __future__ import annotations

from django.db import migrations, models

BATCH = 500


def fill(apps, editor):
    """What was due first of each record that was there, from the deadlines it holds."""
    records = apps.get_model("ledger", "Record")
    part = []
    for row in records.objects.exclude(dues={}).only("id", "dues").iterator(chunk_size=BATCH):
        open_ones = [(due["on"], name, due["stopped"]) for name, due in row.dues.items() if not due["met_on"]]
        if open_ones:
            row.open_due_on, row.open_deadline, row.open_due_stands = min(open_ones, key=lambda one: one[0])
            part.append(row)
        if len(part) >= BATCH:
            _keep(records, part)
            part = []
    _keep(records, part)


def _keep(records, rows):
    records.objects.bulk_update(rows, ["open_due_on", "open_deadline", "open_due_stands"])


class Migration(migrations.Migration):
    dependencies = (("ledger", "0015_speaking_for"),)

    operations = (
        migrations.AddField(
            "record", "open_deadline", models.CharField(blank=True, default="", max_length=48), False
        ),
        migrations.AddField("record", "open_due_on", models.DateField(blank=True, null=True)),
        migrations.AddField("record", "open_due_stands", models.BooleanField(default=False)),
        migrations.RunPython(fill, migrations.RunPython.noop),
    )
