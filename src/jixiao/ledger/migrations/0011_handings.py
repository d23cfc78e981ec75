from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("ledger", "0010_deviations"),)

    operations = (
        migrations.CreateModel(
            name="Handing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("field", models.CharField(max_length=48)),
                ("is_current", models.BooleanField(default=True)),
                ("leads", models.BooleanField(default=False)),
                (
                    "org",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handings",
                        to="ledger.org",
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="handings",
                        to="ledger.record",
                    ),
                ),
            ],
            options={
                "verbose_name": "交办",
                "constraints": (
                    models.UniqueConstraint(fields=("record", "field", "org"), name="handing_once"),
                ),
            },
        ),
    )
