"""台账记录: the row of a record, the fold of its events. Written by `jixiao.ledger.journal` alone."""

from __future__ import annotations

from django.db import models

from jixiao.ledger.models.orgs import Org


class Record(models.Model):
    """Ids are UUIDs as text: the same text as in the projection, in Parquet and in exchanged packages.

    `path` is [[state, day], …]; `attached` holds links and evidence as the chain knows them; `dues` maps a
    deadline to {on, trace, provisional, met_on}. `source_system` and `outside_number` say where else it is
    kept. `version` counts the record's events. `open_due_on` is the day of the deadline (`open_deadline`) that comes first of
    those not met, whose clock perhaps stands: so that lists are sorted and counted where they lie.
    """

    id = models.CharField(primary_key=True, max_length=36)
    kind = models.CharField("事项类型", max_length=100)
    org = models.ForeignKey(Org, models.PROTECT, related_name="records")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    root = models.ForeignKey("self", models.PROTECT, related_name="family")
    number = models.CharField("编号", max_length=60, blank=True)
    label = models.CharField("名称", max_length=500, blank=True)
    source_system = models.CharField("来源系统", max_length=60, blank=True)
    outside_number = models.CharField("外部编号", max_length=100, blank=True)
    state = models.CharField("状态", max_length=48, null=True, blank=True)
    path = models.JSONField(default=list)
    data = models.JSONField(default=dict)
    attached = models.JSONField(default=dict)
    dues = models.JSONField(default=dict)
    open_deadline = models.CharField(max_length=48, blank=True)
    open_due_on = models.DateField(null=True, blank=True)
    open_due_stands = models.BooleanField(default=False)
    voided = models.BooleanField("作废", default=False)
    version = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        verbose_name = "台账记录"
        indexes = (
            models.Index(fields=("kind", "org", "state"), name="record_kind_org_state"),
            models.Index(fields=("org", "voided"), name="record_org_voided"),
            models.Index(fields=("org", "outside_number"), name="record_outside_number"),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(parent__isnull=False) | models.Q(root=models.F("id")),
                name="record_without_parent_is_its_root",
            ),
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
                name="record_is_not_its_own_parent",
            ),
        )

    def __str__(self) -> str:
        return self.label or self.id


class NumberSequence(models.Model):
    """The last number given in an org to records of a kind in a year: no gaps, no repeats."""

    org = models.ForeignKey(Org, models.CASCADE)
    kind = models.CharField(max_length=100)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("org", "kind", "year"), name="number_sequence_once"),)
