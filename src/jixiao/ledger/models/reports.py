"""What clerks rewrote in a report, and the records of issue (定稿存证)."""

from __future__ import annotations

from django.db import models

from jixiao.ledger.models.orgs import Org


class ClauseEdit(models.Model):
    """One version of a rewritten clause; the highest version counts, an empty text restores the outline's."""

    org = models.ForeignKey(Org, models.PROTECT)
    outline = models.CharField("提纲", max_length=100)
    year = models.PositiveSmallIntegerField("年度")
    clause = models.CharField("条款", max_length=100)
    version = models.PositiveIntegerField("版本")
    text = models.TextField("文字", blank=True)
    reason = models.TextField("理由")
    edited_by = models.CharField(max_length=64)
    edited_at = models.DateTimeField()

    class Meta:
        ordering = ("clause", "version")
        constraints = (
            models.UniqueConstraint(
                fields=("org", "outline", "year", "clause", "version"), name="clause_version_once"
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="clause_edit_has_a_reason"),
        )

    def __str__(self) -> str:
        return f"{self.year} 年 {self.clause} 的第 {self.version} 次改写"


class Issue(models.Model):
    """What an issued report was, under one SM3 root. `files` maps a format to the content hash of its
    bytes.
    """

    root = models.CharField(primary_key=True, max_length=64)
    org = models.ForeignKey(Org, models.PROTECT, related_name="issues")
    outline = models.CharField("提纲", max_length=100)
    year = models.PositiveSmallIntegerField("年度")
    as_of = models.DateField("截止日期")
    manifest = models.JSONField()
    files = models.JSONField(default=dict)
    issued_by = models.CharField(max_length=64)
    issued_at = models.DateTimeField()

    class Meta:
        verbose_name = "定稿存证"
        ordering = ("-issued_at",)

    def __str__(self) -> str:
        return f"{self.year} 年定稿 {self.root[:12]}"
