"""填报数: numbers an org files because no record gives them. Versions are kept; a correction supersedes."""

from __future__ import annotations

from django.db import models

from jixiao.ledger.models.orgs import Org


class FiledValue(models.Model):
    """`value` is a whole number × 10^places of the item (money in 分). An item that is the full id of a
    root kind, with value 0, is a nil return (零报告) for that register."""

    id = models.CharField(primary_key=True, max_length=36)
    org = models.ForeignKey(Org, models.PROTECT, related_name="filed")
    item = models.CharField("填报项", max_length=100)
    basis = models.CharField("口径", max_length=32)
    label = models.CharField("期间", max_length=60)
    year = models.PositiveSmallIntegerField("年度")
    from_on = models.DateField("起")
    to_on = models.DateField("止")
    stated_on = models.DateField("数据日期")
    value = models.BigIntegerField("数值")
    qualifier = models.CharField("限定", max_length=10, default="exact")
    source = models.CharField("来源", max_length=300)
    invented = models.BooleanField("虚构的示例", default=False)
    superseded_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="supersedes"
    )
    filed_by = models.CharField(max_length=64)
    filed_at = models.DateTimeField()

    class Meta:
        verbose_name = "填报数"
        ordering = ("item", "-stated_on", "-filed_at")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(to_on__gte=models.F("from_on")), name="filed_period_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=~models.Q(source=""), name="filed_value_names_its_source"),
            models.UniqueConstraint(
                fields=("org", "item", "from_on", "to_on", "stated_on"),
                condition=models.Q(superseded_by__isnull=True),
                name="filed_value_current_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.item} {self.label}"
