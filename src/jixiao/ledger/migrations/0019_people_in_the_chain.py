"""Roles and accounts come into a chain of their own; that of a standing home begins with how things stand now."""

import uuid

from django.db import migrations, models
from django.utils import timezone

from jixiao.ledger import chain

CHAIN = "@people"
NOTE = "升级时补记：此前的任职和账号没有入链，从现状开始"
SHARED = (
    ("opened", "开年"),
    ("closed", "关账"),
    ("reopened", "重新开账"),
    ("became", "单位变更"),
    ("handed", "交接"),
    ("unmade", "撤销变更"),
    ("calendar", "日历"),
    ("confirmed", "核实"),
    ("revoked", "撤回核实"),
)
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
    *SHARED,
    ("decided", "汇总处理"),
    ("drawn", "抽样"),
    ("appointed", "任职"),
    ("account", "账号"),
)


def accounts(apps):
    for user in apps.get_model("ledger", "User").objects.order_by("pk"):
        facts = {
            "username": user.username,
            "display_name": user.display_name,
            "is_active": user.is_active,
            "password": chain.digest(user.password),
        }
        yield "account", f"account:{user.pk}", facts


def roles(apps):
    held = apps.get_model("ledger", "Membership").objects.select_related("user").order_by("pk")
    for one in held:
        facts = {
            "user": one.user.username,
            "org": one.org_id,
            "role": one.role,
            "from": one.from_on.isoformat(),
            "to": one.to_on.isoformat() if one.to_on else None,
            "subject": one.subject_id,
        }
        yield "appointed", f"membership:{one.pk}", {key: value for key, value in facts.items() if value}


def begin(apps, schema_editor):
    Event, ChainHead = apps.get_model("ledger", "Event"), apps.get_model("ledger", "ChainHead")
    previous, events, now = chain.START, [], timezone.now()
    for act, name, facts in (*accounts(apps), *roles(apps)):
        event = Event(
            id=str(uuid.uuid4()), chain=CHAIN, sequence=len(events) + 1, record=name, root=name, version=1, act=act,
            changes={key: [None, value] for key, value in facts.items()}, happened_on=timezone.localdate(now),
            entered_at=now, by="system", note=NOTE, digest=chain.digest(facts), previous=previous,
        )  # fmt: skip
        event.hash = previous = chain.event_hash(event)
        events.append(event)
    if events:
        Event.objects.bulk_create(events, batch_size=500)
        ChainHead.objects.create(chain=CHAIN, sequence=len(events), hash=previous)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0018_changes_taken_back")]

    operations = [
        migrations.AlterField(
            model_name="event",
            name="act",
            field=models.CharField(choices=list(EVENTS), max_length=10, verbose_name="动作"),
        ),
        migrations.RunPython(begin, migrations.RunPython.noop),
    ]
