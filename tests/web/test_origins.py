"""Where else a record is kept is said on its page, kept in the chain and found by its number."""

from __future__ import annotations

from django.urls import reverse

from jixiao.ledger import audit
from jixiao.ledger.models import Event, Record


def say(client, row, **given):
    where = reverse("web:origin", args=[row.id])
    posted = {"source_system": "示例云平台", "outside_number": "ZX-2020-17", "seen": row.version} | given
    return client.post(where, posted, follow=True)


def test_an_origin_is_shown_found_and_chained(browse, clerk, org, case):
    client = browse(clerk)
    assert "示例云平台" in say(client, case).content.decode()
    assert "路灯不亮" in client.get("/search/", {"q": "ZX-2020-17"}).content.decode()
    listed = client.get(reverse("web:register", args=["trial", "case"]), {"q": "ZX-2020-17"})
    assert "共 1 条" in listed.content.decode()
    assert "外部编号" in client.get(reverse("web:record", args=[case.id])).content.decode()
    assert all(finding.verdict == "kept" for finding in audit.check(org.pk))


def test_saying_the_same_again_leaves_no_trace(browse, clerk, case):
    client = browse(clerk)
    say(client, case)
    case.refresh_from_db()
    say(client, case)
    assert Event.objects.filter(chain="office").count() == 2


def test_an_overlong_number_is_refused_and_stays_in_its_box(browse, clerk, case):
    refused = say(browse(clerk), case, outside_number="长" * 101)
    assert refused.status_code == 422
    assert "最多 100 个字" in refused.content.decode()
    assert Record.objects.get().outside_number == ""


def test_who_may_not_edit_may_not_say(browse, head, stranger, case):
    assert say(browse(head), case).status_code == 403
    assert say(browse(stranger), case).status_code == 404


def test_a_past_case_may_bring_its_origin(browse, clerk, org):
    posted = {
        "title": "路灯",
        "received_on": "2020-03-02",
        "source_system": "示例云平台",
        "outside_number": "A-1",
    }
    browse(clerk).post(reverse("web:backfill", args=["trial", "case"]), posted | {"do": "save"})
    assert Record.objects.get().outside_number == "A-1"
