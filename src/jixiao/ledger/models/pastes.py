"""粘贴: lines of chat or of a table on their way to be records, kept until they are confirmed. Seen by their author alone."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from jixiao.ledger.models.orgs import Org


class Paste(models.Model):
    """`lines` are {key, number, text, kind, values, warnings, whole, said_on, until, record}; who said a line is not kept.

    A key is never used again in a paste; `whole` is the line as it was said where the row is a part of it.
    """

    id = models.CharField(primary_key=True, max_length=36)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="pastes")
    org = models.ForeignKey(Org, models.CASCADE)
    usual = models.CharField(max_length=100, blank=True)
    lines = models.JSONField(default=list)
    is_done = models.BooleanField(default=False)
    saved_at = models.DateTimeField()

    def with_keys(self) -> Paste:
        """Itself; rows that were pasted before rows had keys are known by their place."""
        for place, line in enumerate(self.lines):
            line.setdefault("key", place)
        return self

    class Meta:
        verbose_name = "粘贴"
        ordering = ("-saved_at",)
