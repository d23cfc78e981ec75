"""What people of an office said of findings in reports."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_imports")]
    operations = [
        migrations.CreateModel(
            name="FindingOpinion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fingerprint", models.CharField(max_length=16, verbose_name="标识")),
                ("version", models.PositiveIntegerField(verbose_name="版本")),
                ("verdict", models.CharField(blank=True, max_length=10, verbose_name="意见")),
                ("note", models.TextField(blank=True, verbose_name="附注")),
                ("said_by", models.CharField(max_length=64)),
                ("said_at", models.DateTimeField()),
                (
                    "org",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="ledger.org"),
                ),
            ],
            options={"ordering": ("fingerprint", "version")},
        ),
        migrations.AddConstraint(
            model_name="findingopinion",
            constraint=models.UniqueConstraint(
                fields=("org", "fingerprint", "version"), name="finding_opinion_version_once"
            ),
        ),
    ]
