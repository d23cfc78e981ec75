"""What people said of the words of documents: which figure such words speak of, or none."""

from __future__ import annotations

from django.db import models

from jixiao.ledger.models.orgs import Org


class StatementMatch(models.Model):
    """An aid to reading, kept for the next document: the words are known by their fingerprint, without numbers.

    An empty `indicator` says that these words speak of no figure. It states nothing about the work and is no
    part of the chain.
    """

    org = models.ForeignKey(Org, models.PROTECT)
    fingerprint = models.CharField(max_length=64)
    words = models.CharField("表述", max_length=300)
    unit = models.CharField("单位", max_length=20, blank=True)
    indicator = models.CharField("指标", max_length=100, blank=True)
    said_by = models.CharField("认定人", max_length=64)
    said_at = models.DateTimeField("认定时间")

    class Meta:
        verbose_name = "表述认定"
        ordering = ("words",)
        constraints = (
            models.UniqueConstraint(fields=("org", "fingerprint"), name="statement_match_words_once"),
        )

    def __str__(self) -> str:
        return self.words
