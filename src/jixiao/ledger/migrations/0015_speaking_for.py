"""For which subject of a register a person speaks in a role."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0014_desk_decisions_in_the_chain"),
    ]

    operations = [
        migrations.AddField(
            model_name="membership",
            name="subject",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="spoken_for",
                to="ledger.record",
                verbose_name="对应",
            ),
        ),
    ]
