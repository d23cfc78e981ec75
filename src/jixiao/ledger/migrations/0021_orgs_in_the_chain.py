"""Orgs, their packs and periods come into a chain of their own; that of a standing home begins with how things stand now."""

import uuid

from django.db import migrations, models
from django.utils import timezone

from jixiao.ledger import chain

CHAIN = "@orgs"
NAMESPACE = uuid.UUID("5f2d7f4e-6f0f-5c37-9a55-0d5d3f6d2c11")
NOTE = "升级时补记：此前的单位设置没有入链，从现状开始"
EVENTS = (
    ("create", "登记"),
    ("edit", "修改"),
    ("step", "办理"),
    ("imported", "补录"),
    ("link", "关联"),
    ("unlink", "取消关联"),
    ("evidence", "附佐证"),
    ("void", "作废"),
    ("restore", "恢复"),
    ("undo", "撤销"),
    ("filed", "填报"),
    ("issued", "签发"),
    ("rewritten", "改写"),
    ("noted", "说明"),
    ("recomputed", "重算期限"),
    ("opened", "开年"),
    ("closed", "关账"),
    ("reopened", "重新开账"),
    ("became", "单位变更"),
    ("handed", "交接"),
    ("unmade", "撤销变更"),
    ("calendar", "日历"),
    ("confirmed", "核实"),
    ("revoked", "撤回核实"),
    ("decided", "汇总处理"),
    ("drawn", "抽样"),
    ("appointed", "任职"),
    ("account", "账号"),
    ("arranged", "单位设置"),
)


def facts_of(apps, row):
    facts = {
        "org": row.pk,
        "title": row.title,
        "short_title": row.short_title,
        "region_code": row.region_code,
        "parent": row.parent_id,
        "from": row.valid_from.isoformat(),
        "to": row.valid_to.isoformat() if row.valid_to else None,
        "is_example": row.is_example,
        "notice": row.notice,
    }
    for one in apps.get_model("ledger", "PackBinding").objects.filter(org=row.pk):
        facts[f"pack/{one.pack}"] = one.from_on.isoformat()
    for one in apps.get_model("ledger", "Period").objects.filter(org=row.pk):
        closed = one.closed_at.isoformat() if one.closed_at else None
        span = [one.year, one.from_on.isoformat(), one.to_on.isoformat(), closed, one.closed_by]
        facts[f"period/{one.basis}/{one.label}"] = span
    for one in apps.get_model("ledger", "OrgChange").objects.filter(predecessor=row.pk):
        facts[f"became/{one.successor_id}"] = [one.kind, one.on.isoformat()]
    return {name: value for name, value in facts.items() if value not in (None, "")}


def begin(apps, schema_editor):
    Event, ChainHead = apps.get_model("ledger", "Event"), apps.get_model("ledger", "ChainHead")
    previous, events, now = chain.START, [], timezone.now()
    for row in apps.get_model("ledger", "Org").objects.order_by("id"):
        facts, name = facts_of(apps, row), str(uuid.uuid5(NAMESPACE, row.pk))
        event = Event(
            id=str(uuid.uuid4()), chain=CHAIN, sequence=len(events) + 1, record=name, root=name, version=1,
            act="arranged", changes={key: [None, value] for key, value in facts.items()},
            happened_on=timezone.localdate(now), entered_at=now, by="system", note=NOTE,
            digest=chain.digest(facts), previous=previous,
        )  # fmt: skip
        event.hash = previous = chain.event_hash(event)
        events.append(event)
    if events:
        Event.objects.bulk_create(events, batch_size=500)
        ChainHead.objects.create(chain=CHAIN, sequence=len(events), hash=previous)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0020_given_passwords")]

    operations = [
        migrations.AlterField(
            model_name="event",
            name="act",
            field=models.CharField(choices=list(EVENTS), max_length=10, verbose_name="动作"),
        ),
        migrations.RunPython(begin, migrations.RunPython.noop),
    ]
