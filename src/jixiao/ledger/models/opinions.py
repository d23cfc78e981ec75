"""What people of an office said of findings in reports: under the fingerprint alone, no word of the report."""

from __future__ import annotations

from django.db import models

from jixiao.ledger.models.orgs import Org


class FindingOpinion(models.Model):
    """One version of an opinion; the highest version counts, an empty verdict takes it back."""

    org = models.ForeignKey(Org, models.PROTECT)
    fingerprint = models.CharField("标识", max_length=16)
    version = models.PositiveIntegerField("版本")
    verdict = models.CharField("意见", max_length=10, blank=True)
    note = models.TextField("附注", blank=True)
    said_by = models.CharField(max_length=64)
    said_at = models.DateTimeField()

    class Meta:
        ordering = ("fingerprint", "version")
        constraints = (
            models.UniqueConstraint(
                fields=("org", "fingerprint", "version"), name="finding_opinion_version_once"
            ),
        )

    def __str__(self) -> str:
        return f"对核查结果 {self.fingerprint} 的第 {self.version} 次意见"
