"""关联: one record points to another in a role. A link never changes a state."""

from __future__ import annotations

from django.db import models

from jixiao.ledger.models.records import Record


class Link(models.Model):
    id = models.CharField(primary_key=True, max_length=36)
    role = models.CharField("关联", max_length=150)  # pack/kind.role
    source = models.ForeignKey(Record, models.PROTECT, related_name="links_out")
    target = models.ForeignKey(Record, models.PROTECT, related_name="links_in")
    linked_on = models.DateField("关联日期", null=True, blank=True)
    linked_by = models.CharField(max_length=64)
    linked_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("role", "source", "target"), name="link_once"),
            models.CheckConstraint(
                condition=~models.Q(source=models.F("target")), name="link_joins_two_records"
            ),
        )
