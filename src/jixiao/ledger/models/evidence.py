"""佐证材料: files by the hash of their content, and their use (or a document number's) behind a record."""

from __future__ import annotations

from django.db import models

from jixiao.ledger.models.records import Record


class Evidence(models.Model):
    content = models.CharField(primary_key=True, max_length=64)  # SM3 of the bytes
    size = models.PositiveBigIntegerField("字节数")
    media_type = models.CharField("类型", max_length=100)
    added_by = models.CharField(max_length=64)
    added_at = models.DateTimeField()


class EvidenceUse(models.Model):
    class Grade(models.TextChoices):
        NONE = "none", "未分级"
        INTERNAL = "internal", "内部材料"
        OFFICIAL = "official", "正式文件"
        THIRD_PARTY = "third_party", "第三方材料"

    id = models.CharField(primary_key=True, max_length=36)
    record = models.ForeignKey(Record, models.PROTECT, related_name="evidence_uses")
    event = models.CharField(max_length=36)
    evidence = models.ForeignKey(Evidence, models.PROTECT, null=True, blank=True, related_name="uses")
    file_name = models.CharField("文件名", max_length=255, blank=True)  # each office names its own copy
    document_number = models.CharField("文号", max_length=120, blank=True)
    grade = models.CharField("等级", max_length=12, choices=Grade.choices)
    title = models.CharField("名称", max_length=300)
    added_by = models.CharField(max_length=64)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ("added_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(evidence__isnull=False) | ~models.Q(title=""),
                name="evidence_is_a_file_or_names_a_document",
            ),
        )
