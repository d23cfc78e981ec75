"""流转记录: one act on a record. Append-only (triggers in the database refuse the rest) and hash-chained per org.

Ids are text without foreign keys: what is audited may go, the audit stays.
"""

from __future__ import annotations

from django.db import models


class Event(models.Model):
    """`changes` maps a fact to [old, new]; a fact starting with @ is not a field (see
    `jixiao.ledger.fold`).
    """

    class Act(models.TextChoices):
        CREATE = "create", "登记"
        EDIT = "edit", "修改"
        STEP = "step", "办理"
        IMPORTED = "imported", "补录"
        LINK = "link", "关联"
        UNLINK = "unlink", "取消关联"
        EVIDENCE = "evidence", "附佐证"
        VOID = "void", "作废"
        RESTORE = "restore", "恢复"
        UNDO = "undo", "撤销"
        FILED = "filed", "填报"
        ISSUED = "issued", "签发"
        REWRITTEN = "rewritten", "改写"
        NOTED = "noted", "说明"
        RECOMPUTED = "recomputed", "重算期限"
        OPENED = "opened", "开年"
        CLOSED = "closed", "关账"
        REOPENED = "reopened", "重新开账"
        BECAME = "became", "单位变更"
        HANDED = "handed", "交接"
        UNMADE = "unmade", "撤销变更"
        CALENDAR = "calendar", "日历"
        CONFIRMED = "confirmed", "核实"
        REVOKED = "revoked", "撤回核实"
        DECIDED = "decided", "汇总处理"
        DRAWN = "drawn", "抽样"
        APPOINTED = "appointed", "任职"
        ACCOUNT = "account", "账号"
        ARRANGED = "arranged", "单位设置"

    id = models.CharField(primary_key=True, max_length=36)
    chain = models.CharField("链", max_length=64)
    sequence = models.PositiveBigIntegerField("序号")
    record = models.CharField(max_length=36, db_index=True)
    root = models.CharField(max_length=36, db_index=True)
    version = models.PositiveIntegerField("版本")
    act = models.CharField("动作", max_length=10, choices=Act.choices)
    step = models.CharField("步骤", max_length=48, blank=True)
    changes = models.JSONField(default=dict)
    undoes = models.CharField(max_length=36, blank=True)
    happened_on = models.DateField("发生日期")
    entered_at = models.DateTimeField("录入时间")
    by = models.CharField("经办人", max_length=64)
    note = models.TextField("说明", blank=True)
    digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = "流转记录"
        ordering = ("chain", "sequence")
        constraints = (
            models.UniqueConstraint(fields=("chain", "sequence"), name="event_sequence_once_per_chain"),
            models.UniqueConstraint(fields=("record", "version"), name="event_version_once_per_record"),
            models.CheckConstraint(
                condition=~models.Q(act__in=("void", "restore", "undo")) | ~models.Q(note=""),
                name="event_taking_back_has_a_reason",
            ),
        )


class ChainHead(models.Model):
    """The last event of a chain; locked while the next one is appended."""

    chain = models.CharField(primary_key=True, max_length=64)
    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64)
