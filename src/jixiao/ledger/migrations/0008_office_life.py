"""Acts on an office itself, and what was entered after a period was closed."""

import django.db.models.deletion
from django.db import migrations, models

ACTS = [
    ("create", "登记"), ("edit", "修改"), ("step", "办理"), ("imported", "补录"), ("link", "关联"),
    ("unlink", "取消关联"), ("evidence", "附佐证"), ("void", "作废"), ("restore", "恢复"), ("undo", "撤销"),
    ("filed", "填报"), ("issued", "签发"), ("rewritten", "改写"), ("noted", "说明"), ("recomputed", "重算期限"),
    ("opened", "开年"), ("closed", "关账"), ("reopened", "重新开账"), ("became", "单位变更"), ("handed", "交接"),
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("ledger", "0007_bureau_templates")]

    operations = [
        migrations.AlterField(
            model_name="event",
            name="act",
            field=models.CharField(choices=ACTS, max_length=10, verbose_name="动作"),
        ),
        migrations.CreateModel(
            name="LateEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("event", models.CharField(max_length=36)),
                ("subject", models.CharField(db_index=True, max_length=36)),
                ("title", models.CharField(max_length=200, verbose_name="名称")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("day", models.DateField(verbose_name="日期")),
                ("is_correction", models.BooleanField(default=False, verbose_name="更正")),
                ("entered_by", models.CharField(max_length=64, verbose_name="经办人")),
                ("entered_at", models.DateTimeField(verbose_name="录入时间")),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="late_entries",
                        to="ledger.period",
                    ),
                ),
            ],
            options={
                "verbose_name": "关账后的补录",
                "ordering": ("-entered_at", "-id"),
                "constraints": [
                    models.UniqueConstraint(fields=("event", "year"), name="late_entry_once_a_year")
                ],
            },
        ),
        migrations.CreateModel(
            name="OfficeAct",
            fields=[
                ("id", models.CharField(max_length=36, primary_key=True, serialize=False)),
                (
                    "act",
                    models.CharField(choices=ACTS[-5:], max_length=10, verbose_name="动作"),
                ),
                ("facts", models.JSONField(default=dict)),
                ("reason", models.TextField(blank=True, verbose_name="理由")),
                ("done_by", models.CharField(max_length=64, verbose_name="经办人")),
                ("done_at", models.DateTimeField(verbose_name="时间")),
                (
                    "org",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="office_acts",
                        to="ledger.org",
                    ),
                ),
            ],
            options={
                "verbose_name": "内务",
                "ordering": ("-done_at", "-id"),
                "indexes": [models.Index(fields=["org", "act"], name="office_act_org_act")],
                "constraints": [
                    models.CheckConstraint(
                        condition=~models.Q(act__in=("closed", "reopened")) | ~models.Q(reason=""),
                        name="office_act_closing_has_a_reason",
                    )
                ],
            },
        ),
    ]
