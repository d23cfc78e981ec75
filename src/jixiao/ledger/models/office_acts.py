"""内务: acts on an office itself, not on a record: a year opened, a period closed, an org that became another, a hand-over,
a sample drawn.
"""

from __future__ import annotations

from django.db import models

from jixiao.ledger.models.orgs import Org
from jixiao.ledger.models.periods import Period


class OfficeAct(models.Model):
    """One act with its reason. `facts` is all it says, and what the chain knows of it; it never changes."""

    class Act(models.TextChoices):
        OPENED = "opened", "开年"
        CLOSED = "closed", "关账"
        REOPENED = "reopened", "重新开账"
        BECAME = "became", "单位变更"
        HANDED = "handed", "交接"
        UNMADE = "unmade", "撤销变更"
        CALENDAR = "calendar", "日历"
        CONFIRMED = "confirmed", "核实"
        REVOKED = "revoked", "撤回核实"
        DRAWN = "drawn", "抽样"

    id = models.CharField(primary_key=True, max_length=36)
    org = models.ForeignKey(Org, models.PROTECT, related_name="office_acts")
    act = models.CharField("动作", max_length=10, choices=Act.choices)
    facts = models.JSONField(default=dict)
    reason = models.TextField("理由", blank=True)
    done_by = models.CharField("经办人", max_length=64)
    done_at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "内务"
        ordering = ("-done_at", "-id")
        indexes = (models.Index(fields=("org", "act"), name="office_act_org_act"),)
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(act__in=("closed", "reopened")) | ~models.Q(reason=""),
                name="office_act_closing_has_a_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_act_display()}（{self.done_at:%Y-%m-%d}）"


class LateEntry(models.Model):
    """补录（关账后）: an event whose day lay in a closed period when it was entered. `subject` is the record or the
    filed value; an index over the chain, which shows the same to who holds entry times against closings.
    """

    event = models.CharField(max_length=36)
    subject = models.CharField(max_length=36, db_index=True)
    title = models.CharField("名称", max_length=200)
    period = models.ForeignKey(Period, models.CASCADE, related_name="late_entries")
    year = models.PositiveSmallIntegerField("年度")
    day = models.DateField("日期")
    is_correction = models.BooleanField("更正", default=False)
    entered_by = models.CharField("经办人", max_length=64)
    entered_at = models.DateTimeField("录入时间")

    class Meta:
        verbose_name = "关账后的补录"
        ordering = ("-entered_at", "-id")
        constraints = (models.UniqueConstraint(fields=("event", "year"), name="late_entry_once_a_year"),)
