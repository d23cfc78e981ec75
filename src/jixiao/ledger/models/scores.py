"""What people say about a leaf of a scheme: a judgement, why points were lost, why the leaf does not
apply.
"""

from __future__ import annotations

from django.db import models

from jixiao.ledger.models.orgs import Org


class LeafNote(models.Model):
    """One version of what an office says about a leaf; the highest version counts."""

    org = models.ForeignKey(Org, models.PROTECT)
    scheme = models.CharField("评价方案", max_length=100)
    year = models.PositiveSmallIntegerField("年度")
    leaf = models.CharField("评分项", max_length=100)
    version = models.PositiveIntegerField("版本")
    judgement = models.JSONField("评定", default=dict)
    reason = models.TextField("失分原因", blank=True)
    not_applicable = models.TextField("不适用的理由", blank=True)
    noted_by = models.CharField(max_length=64)
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ("leaf", "version")
        constraints = (
            models.UniqueConstraint(
                fields=("org", "scheme", "year", "leaf", "version"), name="leaf_note_version_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.year} 年 {self.leaf} 的第 {self.version} 次说明"
