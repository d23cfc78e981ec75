from django.db import migrations, models

SHARED = (
    ("opened", "开年"),
    ("closed", "关账"),
    ("reopened", "重新开账"),
    ("became", "单位变更"),
    ("handed", "交接"),
    ("calendar", "日历"),
)
EVENTS = (
    ("create", "登记"),
    ("edit", "修改"),
    ("step", "办理"),
    ("imported", "补录"),
    ("link", "关联"),
    ("unlink", "取消关联"),
    ("evidence", "附佐证"),
    ("void", "作废"),
    ("restore", "恢复"),
    ("undo", "撤销"),
    ("filed", "填报"),
    ("issued", "签发"),
    ("rewritten", "改写"),
    ("noted", "说明"),
    ("recomputed", "重算期限"),
    *SHARED,
    ("decided", "汇总处理"),
    ("drawn", "抽样"),
)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0013_templates_take")]

    operations = [
        migrations.AddField(
            model_name="deskdecision",
            name="grade",
            field=models.CharField(blank=True, default="", max_length=20, verbose_name="等级"),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="event",
            name="act",
            field=models.CharField(choices=list(EVENTS), max_length=10, verbose_name="动作"),
        ),
        migrations.AlterField(
            model_name="officeact",
            name="act",
            field=models.CharField(choices=[*SHARED, ("drawn", "抽样")], max_length=10, verbose_name="动作"),
        ),
    ]
