"""Organisations in a tree, what became of them, and the packs they work under."""

from __future__ import annotations

from django.db import models


class Org(models.Model):
    id = models.CharField(primary_key=True, max_length=64)
    title = models.CharField("名称", max_length=120)
    short_title = models.CharField("简称", max_length=60, blank=True)
    region_code = models.CharField("行政区划代码", max_length=12, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    valid_from = models.DateField("成立日期")
    valid_to = models.DateField("撤销日期", null=True, blank=True)
    is_example = models.BooleanField("示例", default=False)
    notice = models.TextField("说明", blank=True)

    class Meta:
        verbose_name = "单位"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
                name="org_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
                name="org_is_not_its_own_parent",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def existed_on(self, day) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class OrgChange(models.Model):
    """One org became another."""

    class How(models.TextChoices):
        RENAME = "rename", "更名"
        MERGE = "merge", "合并"
        SPLIT = "split", "分设"

    predecessor = models.ForeignKey(Org, models.PROTECT, related_name="became")
    successor = models.ForeignKey(Org, models.PROTECT, related_name="came_from")
    on = models.DateField("日期")
    kind = models.CharField("方式", max_length=8, choices=How.choices)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(predecessor=models.F("successor")), name="org_change_joins_two_orgs"
            ),
            models.UniqueConstraint(fields=("predecessor", "successor"), name="org_change_once"),
        )


class PackBinding(models.Model):
    """The org works under this pack from a day on."""

    org = models.ForeignKey(Org, models.CASCADE, related_name="packs")
    pack = models.CharField("规则包", max_length=48)
    from_on = models.DateField("启用日期")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("org", "pack"), name="pack_bound_once_per_org"),)
