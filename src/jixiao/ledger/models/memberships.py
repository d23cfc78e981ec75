"""Who holds which pack role in which org, and when; in a role that speaks for a register, for which of its subjects."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from jixiao.ledger.models.orgs import Org
from jixiao.ledger.models.records import Record


class Membership(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    org = models.ForeignKey(Org, models.CASCADE, related_name="memberships")
    role = models.CharField("角色", max_length=100)  # full id, pack/role
    from_on = models.DateField("起")
    to_on = models.DateField("止", null=True, blank=True)
    subject = models.ForeignKey(
        Record, models.PROTECT, null=True, blank=True, related_name="spoken_for", verbose_name="对应"
    )

    class Meta:
        verbose_name = "任职"
        constraints = (
            models.UniqueConstraint(fields=("user", "org", "role", "from_on"), name="membership_once"),
            models.CheckConstraint(
                condition=models.Q(to_on__isnull=True) | models.Q(to_on__gte=models.F("from_on")),
                name="membership_ends_after_it_begins",
            ),
        )
