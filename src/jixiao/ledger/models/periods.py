"""口径期间: what a reporting year of an org spans, on each basis."""

from __future__ import annotations

from django.db import models

from jixiao import values
from jixiao.ledger.models.orgs import Org


class Period(models.Model):
    org = models.ForeignKey(Org, models.CASCADE, related_name="periods")
    basis = models.CharField("口径", max_length=32)
    label = models.CharField("名称", max_length=60)
    year = models.PositiveSmallIntegerField("年度")
    from_on = models.DateField("起")
    to_on = models.DateField("止")
    closed_at = models.DateTimeField("关账时间", null=True, blank=True)
    closed_by = models.CharField("关账人", max_length=64, null=True, blank=True)

    class Meta:
        verbose_name = "口径期间"
        ordering = ("year", "basis", "from_on")
        constraints = (
            models.UniqueConstraint(fields=("org", "basis", "label"), name="period_named_once"),
            models.CheckConstraint(
                condition=models.Q(to_on__gte=models.F("from_on")), name="period_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=True, closed_by__isnull=True)
                | models.Q(closed_at__isnull=False, closed_by__isnull=False),
                name="period_closed_at_and_by",
            ),
        )

    def __str__(self) -> str:
        return self.span.text

    @property
    def span(self) -> values.Period:
        """The period as the floors below know it."""
        return values.Period(self.basis, self.label, self.from_on, self.to_on, self.year)
