"""What people said of the words of documents."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0004_finding_opinions")]
    operations = [
        migrations.CreateModel(
            name="StatementMatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fingerprint", models.CharField(max_length=64)),
                ("words", models.CharField(max_length=300, verbose_name="表述")),
                ("unit", models.CharField(blank=True, max_length=20, verbose_name="单位")),
                ("indicator", models.CharField(blank=True, max_length=100, verbose_name="指标")),
                ("said_by", models.CharField(max_length=64, verbose_name="认定人")),
                ("said_at", models.DateTimeField(verbose_name="认定时间")),
                (
                    "org",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="ledger.org"),
                ),
            ],
            options={"verbose_name": "表述认定", "ordering": ("words",)},
        ),
        migrations.AddConstraint(
            model_name="statementmatch",
            constraint=models.UniqueConstraint(
                fields=("org", "fingerprint"), name="statement_match_words_once"
            ),
        ),
    ]
