"""全区汇总: whom a bureau expects packages from, what came in (every version kept), and what was decided on it."""

from __future__ import annotations

from django.db import models

from jixiao.ledger.models.orgs import Org


class Expected(models.Model):
    """A department a bureau expects a package from in a year. `org` where the ledger knows it; others have a title."""

    id = models.CharField(max_length=36, primary_key=True)
    bureau = models.ForeignKey(Org, models.PROTECT, related_name="expected")
    year = models.PositiveSmallIntegerField("年度")
    title = models.CharField("单位", max_length=120)
    short_title = models.CharField("简称", max_length=60, blank=True)
    org = models.ForeignKey(Org, models.PROTECT, null=True, blank=True, related_name="expected_by")
    due_on = models.DateField("报送期限", null=True, blank=True)
    is_secret = models.BooleanField("涉密，不公开", default=False)
    place = models.PositiveSmallIntegerField("顺序", default=0)
    added_by = models.CharField(max_length=64)
    added_at = models.DateTimeField()

    class Meta:
        verbose_name = "应报单位"
        ordering = ("place", "title")
        constraints = (
            models.UniqueConstraint(fields=("bureau", "year", "title"), name="department_expected_once"),
        )

    def __str__(self) -> str:
        return self.title


class Submission(models.Model):
    """What came in at once from one department: its files, and what they say, computed when they came.

    `summary` is what the overview reads (score, leaves, counts), `forms` the printed cells, `findings` every defect.
    `expected` is empty while nobody knows whose it is; `trouble` says why nothing of it counts.
    """

    class State(models.TextChoices):
        UNPLACED = "unplaced", "待认领"
        REFUSED = "refused", "未收下"
        REPORTED = "reported", "已报"
        RETURNED = "returned", "已退回"
        REVIEWED = "reviewed", "已复核"
        PUBLISHED = "published", "已公开"

    id = models.CharField(max_length=36, primary_key=True)
    bureau = models.ForeignKey(Org, models.PROTECT, related_name="submissions")
    year = models.PositiveSmallIntegerField("年度")
    expected = models.ForeignKey(Expected, models.PROTECT, null=True, blank=True, related_name="submissions")
    version = models.PositiveSmallIntegerField("版次", default=0)
    content = models.CharField("内容", max_length=64)  # SM3 over the hashes of its files
    file_name = models.CharField("文件名", max_length=255)
    files = models.JSONField("文件", default=list)
    state = models.CharField("状态", max_length=10, choices=State.choices)
    trouble = models.TextField("未收下的原因", blank=True)
    is_late = models.BooleanField("迟报", default=False)
    summary = models.JSONField(default=dict)
    forms = models.JSONField(default=list)
    findings = models.JSONField(default=list)
    received_by = models.CharField(max_length=64)
    received_at = models.DateTimeField("收到时间")

    class Meta:
        verbose_name = "报送件"
        ordering = ("-received_at", "-version", "id")
        indexes = (models.Index(fields=("bureau", "year"), name="submission_bureau_year"),)
        constraints = (
            models.UniqueConstraint(fields=("bureau", "year", "content"), name="submission_taken_once"),
            models.UniqueConstraint(
                fields=("expected", "version"),
                condition=models.Q(expected__isnull=False, version__gt=0),
                name="submission_version_once",
            ),
        )

    def __str__(self) -> str:
        return self.file_name


class DeskDecision(models.Model):
    """One decision on a submission, kept for good and in the bureau's chain: returned with chosen findings, reviewed with a
    score, published.
    """

    id = models.CharField(max_length=36, primary_key=True)
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="decisions")
    state = models.CharField("结果", max_length=10, choices=Submission.State.choices)
    score = models.CharField("复核得分", max_length=20, blank=True)
    grade = models.CharField("等级", max_length=20, blank=True)
    reason = models.TextField("意见")
    rows = models.JSONField("所列各处", default=list)
    record = models.CharField(max_length=36, blank=True)
    decided_by = models.CharField(max_length=64)
    decided_at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "汇总处理"
        ordering = ("-decided_at", "-id")

    def __str__(self) -> str:
        return f"{self.submission.expected or self.submission}的{self.get_state_display()}处理"
