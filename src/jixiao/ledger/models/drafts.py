"""草稿: what someone has typed and not yet recorded. Outside chain and projection, seen by its author alone."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from jixiao.ledger.models.orgs import Org
from jixiao.ledger.models.records import Record


class Draft(models.Model):
    id = models.CharField(primary_key=True, max_length=36)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts")
    kind = models.CharField("事项类型", max_length=100)
    org = models.ForeignKey(Org, models.CASCADE)
    record = models.ForeignKey(Record, models.CASCADE, null=True, blank=True)
    data = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name = "草稿"
        ordering = ("-saved_at",)
