"""Which org a record was handed to. Derived from records and events by `jixiao.ledger.handings`, for quick lookups."""

from __future__ import annotations

from django.db import models

from jixiao.ledger.models.orgs import Org
from jixiao.ledger.models.records import Record


class Handing(models.Model):
    """`is_current`: the org may act; else it had the case once and may read it. `leads`: it acts on the case above too."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="handings")
    field = models.CharField(max_length=48)
    org = models.ForeignKey(Org, models.PROTECT, related_name="handings")
    is_current = models.BooleanField(default=True)
    leads = models.BooleanField(default=False)

    class Meta:
        verbose_name = "交办"
        constraints = (models.UniqueConstraint(fields=("record", "field", "org"), name="handing_once"),)
