"""A figure that a report states otherwise than the ledger: who ordered it, who approved it, and why."""

from __future__ import annotations

from django.db import models

from jixiao.ledger.models.orgs import Org


class FigureDeviation(models.Model):
    """One version. Only an approved one counts; an approved one without a value goes back to the ledger's.

    `ledger_text` is what the ledger said when it was entered. Nobody approves what they entered themselves.
    """

    org = models.ForeignKey(Org, models.PROTECT)
    year = models.PositiveSmallIntegerField("年度")
    figure = models.CharField("数据", max_length=100)
    version = models.PositiveIntegerField("版本")
    value = models.CharField("报告写作", max_length=40, blank=True)
    ledger_text = models.CharField("台账为", max_length=60)
    reason = models.TextField("理由")
    ordered_by = models.CharField("提出人", max_length=64)
    approved_by = models.CharField("批准人", max_length=64, blank=True)
    entered_by = models.CharField("录入人", max_length=64)
    entered_at = models.DateTimeField()
    stated_by = models.CharField(
        max_length=64
    )  # whose act made this version: the enterer's or the approver's
    stated_at = models.DateTimeField()

    class Meta:
        ordering = ("figure", "version")
        constraints = (
            models.UniqueConstraint(
                fields=("org", "year", "figure", "version"), name="deviation_version_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(reason="") & ~models.Q(ordered_by=""), name="deviation_says_why_and_who"
            ),
            models.CheckConstraint(
                condition=models.Q(value="") | ~models.Q(approved_by=models.F("entered_by")),
                name="deviation_needs_a_second_person",
            ),
        )

    def __str__(self) -> str:
        return f"{self.year} 年 {self.figure} 的第 {self.version} 次不取台账数"
