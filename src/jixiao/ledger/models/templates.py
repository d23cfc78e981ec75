"""A bureau's own form (套表) as an office keeps it, or a workbook of others that numbers are taken from: the file, and what
goes with which cell.
"""

from __future__ import annotations

from django.db import models

from jixiao.ledger.models.orgs import Org


class BureauTemplate(models.Model):
    """`content` names the file in the evidence store; `bindings` are those of `forms.templates.Binding`, kept from
    year to year while the file may change.
    """

    id = models.CharField(max_length=36, primary_key=True)
    org = models.ForeignKey(Org, models.PROTECT)
    title = models.CharField("名称", max_length=200)
    file_name = models.CharField("文件名", max_length=200)
    content = models.CharField("文件", max_length=64)
    takes = models.BooleanField("由此取数", default=False)  # else it is filled and given back
    bindings = models.JSONField("填法", default=list)
    changed_by = models.CharField(max_length=64)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ("title",)
        constraints = (models.UniqueConstraint(fields=("org", "title"), name="bureau_template_title_once"),)

    def __str__(self) -> str:
        return self.title
