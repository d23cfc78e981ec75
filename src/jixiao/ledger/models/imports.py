"""导入: a file on its way into the ledger, its rows as they were judged, and what its headings were said to mean."""

from __future__ import annotations

from django.db import models

from jixiao.ledger.models.orgs import Org


class Import(models.Model):
    """The staged file lies in the home under the id. `headings` maps a heading to what was said of it; `told` holds
    what the reading found (unknown and banned columns, counts). `runner` works on it until `touched_at` grows old.
    """

    class State(models.TextChoices):
        HEADINGS = "headings", "待认列"
        CHECKING = "checking", "检查中"
        READY = "ready", "待确认"
        COMMITTING = "committing", "导入中"
        DONE = "done", "已导入"
        CANCELLED = "cancelled", "已取消"

    id = models.CharField(primary_key=True, max_length=36)
    org = models.ForeignKey(Org, models.CASCADE)
    kind = models.CharField("事项类型", max_length=100)
    file_name = models.CharField("文件名", max_length=255)
    by = models.CharField("经办人", max_length=64)
    state = models.CharField("状态", max_length=10, choices=State.choices)
    headings = models.JSONField(default=dict)
    told = models.JSONField(default=dict)
    total = models.PositiveIntegerField(default=0)
    checked = models.PositiveIntegerField(default=0)
    message = models.TextField(blank=True)
    runner = models.CharField(max_length=36, blank=True)
    touched_at = models.DateTimeField()
    begun_at = models.DateTimeField()

    class Meta:
        verbose_name = "导入"
        ordering = ("-begun_at",)

    def __str__(self) -> str:
        return self.file_name


class ImportRow(models.Model):
    """`cells` are texts by column id, `meant` what they come to; `theirs` is what stands here where both changed."""

    class Outcome(models.TextChoices):
        NEW = "new", "新增"
        CHANGED = "changed", "有改动"
        SAME = "same", "无变化"
        CONFLICT = "conflict", "两边都改过"
        WRONG = "wrong", "有问题"

    staged = models.ForeignKey(Import, models.CASCADE, related_name="rows")
    place = models.PositiveIntegerField()
    kind = models.CharField(max_length=100)
    number = models.PositiveIntegerField("行号")
    cells = models.JSONField(default=dict)
    meant = models.JSONField(default=dict)
    problems = models.JSONField(default=dict)
    warnings = models.JSONField(default=list)
    changes = models.JSONField(default=dict)
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    record = models.CharField(max_length=36, blank=True)
    keep = models.CharField(max_length=6, blank=True)  # of a conflict: "file" or "ledger"

    class Meta:
        verbose_name = "导入行"
        ordering = ("place",)
        constraints = (models.UniqueConstraint(fields=("staged", "place"), name="import_row_once"),)
        indexes = (models.Index(fields=("staged", "outcome", "place"), name="import_row_outcome"),)


class ImportHeading(models.Model):
    """What an org once said a heading of its own tables means; "-" leaves it out."""

    org = models.ForeignKey(Org, models.CASCADE)
    kind = models.CharField(max_length=100)
    heading = models.CharField(max_length=200)
    column = models.CharField(max_length=60)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("org", "kind", "heading"), name="import_heading_once"),
        )
