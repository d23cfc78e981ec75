"""Chat pasted, put right and confirmed: one line one record, nothing twice, nobody's name kept."""

from __future__ import annotations

from dataclasses import replace

from django.urls import reverse

from jixiao.ledger import rules
from jixiao.ledger.actions import records
from jixiao.ledger.models import Event, Paste, Record

PASTE = reverse("web:paste")
CHAT = """张小示 2020/3/6 10:12
昨天收到来件，反映路灯不亮
李小例：3月5日来件反映井盖缺失，涉及金额1.2万元
好的
"""


def read(client, text=CHAT, on="2020-03-10", **more):
    return client.post(PASTE, {"text": text, "on": on, **more}, follow=True)


def boxes(**changed):
    """What the page of the pasted lines posts for its first three lines."""
    posted = {}
    for place, line in enumerate(Paste.objects.get().lines):
        posted[f"{place}.kind"] = posted[f"{place}.as"] = line["kind"]
        posted |= {f"{place}.{name}": text for name, text in line["values"].items()}
    return posted | changed


def post(client, do="confirm", **changed):
    return client.post(
        reverse("web:pasted", args=[Paste.objects.get().pk]), boxes(**changed) | {"do": do}, follow=True
    )


def test_chat_becomes_records(browse, clerk):
    client = browse(clerk)
    page = read(client).content.decode()
    assert "2 行要登记" in page
    assert "未采用" in page
    assert not Record.objects.exists()
    done = post(client).content.decode()
    assert "已登记 2 条" in done
    found = {row.data["received_on"]: row for row in Record.objects.all()}
    assert set(found) == {"2020-03-05"} or set(found) == {"2020-03-05"}
    assert {row.data.get("amount") for row in Record.objects.all()} == {None, 1200000}
    assert "好的" in done


def test_nobodys_name_is_kept(browse, clerk):
    read(browse(clerk))
    assert "张小示" not in str(Paste.objects.get().lines)
    assert "李小例" not in str(Paste.objects.get().lines)


def test_confirming_twice_records_once(browse, clerk):
    client = browse(clerk)
    read(client)
    posted = boxes() | {"do": "confirm"}
    url = reverse("web:pasted", args=[Paste.objects.get().pk])
    client.post(url, posted)
    client.post(url, posted)
    assert Event.objects.filter(chain="office").count() == 2


def test_wrong_lines_are_told_and_nothing_is_recorded(browse, clerk):
    client = browse(clerk)
    read(client)
    page = post(client, **{"0.received_on": "没有这一天"})
    assert page.status_code == 422
    assert "第 2 行" in page.content.decode()
    assert not Record.objects.exists()
    assert Paste.objects.get().lines[0]["values"]["received_on"] == "没有这一天"


def test_what_was_put_right_is_kept_until_confirmed(browse, clerk):
    client = browse(clerk)
    read(client)
    post(client, "save", **{"0.title": "路灯整夜不亮"})
    assert Paste.objects.get().lines[0]["values"]["title"] == "路灯整夜不亮"
    assert not Record.objects.exists()


def test_a_line_left_out_may_be_adopted_and_the_other_way_round(browse, clerk):
    client = browse(clerk)
    read(client)
    post(client, "save", **{"2.kind": "trial/firm", "0.kind": ""})
    lines = Paste.objects.get().lines
    assert lines[2]["values"] == {"name": "好的"}
    post(client)
    assert sorted(row.kind for row in Record.objects.all()) == ["trial/case", "trial/firm"]


def test_what_the_first_line_has_goes_to_the_others_of_its_kind(browse, clerk):
    from tests.ledger.conftest import TRIAL

    fields = {**TRIAL.kind("case").fields}
    fields["class"] = fields["class"].model_copy(update={"required": True})
    kinds = {**TRIAL.kinds, "trial/case": TRIAL.kind("case").model_copy(update={"fields": fields})}
    with rules.working_under(replace(TRIAL, kinds=kinds)):
        client = browse(clerk)
        read(client)
        assert "请填写类别" in post(client).content.decode()
        post(client, "spread", **{"0.class": "farm"})
        assert [line["values"].get("class") for line in Paste.objects.get().lines] == ["farm", "farm", None]
        assert "已登记 2 条" in post(client).content.decode()


def test_a_registered_firm_is_chosen_where_a_line_names_it(browse, clerk, org):
    firm = records.create(by=clerk, org=org, kind="firm", values={"name": "示例建材"})
    client = browse(clerk)
    page = read(client, "3月5日来件，示例建材反映路灯不亮").content.decode()
    assert f'<option value="{firm.id}" selected>示例建材</option>' in page
    post(client)
    assert Record.objects.get(kind="trial/case").data["sender"] == firm.id


def test_secrets_are_refused_with_the_notice(browse, clerk):
    page = read(browse(clerk), "3月5日来件\n机密：来件一份\n")
    assert page.status_code == 422
    assert "第 2 行带有密级字样" in page.content.decode()
    assert not Paste.objects.exists()


def test_rows_of_a_spreadsheet_are_read_by_their_heading(browse, clerk):
    client = browse(clerk)
    read(client, "标题\t收到日期\t涉及金额\n路灯\t2020.3.5\t73万元\n井盖\t2020年3月6日\t\n")
    page = post(client).content.decode()
    assert "已登记 2 条" in page
    assert Record.objects.get(label="路灯").data["amount"] == 73000000


def test_anothers_paste_is_not_there(browse, clerk, head, stranger):
    read(browse(clerk))
    url = reverse("web:pasted", args=[Paste.objects.get().pk])
    for other in (head, stranger):
        assert browse(other).get(url).status_code == 404
    assert browse(head).get(PASTE).status_code == 403


def test_thirty_lines_are_confirmed_at_once(browse, clerk):
    client = browse(clerk)
    read(client, "\n".join(f"3月{day}日来件，反映第{day}号路灯" for day in range(1, 31)), "2020-04-01")
    assert "已登记 30 条" in post(client).content.decode()
    assert sorted(row.data["received_on"] for row in Record.objects.all())[-1] == "2020-03-30"


SEVERAL = "3月5日收到来件，反映路灯不亮，3月8日收到来件，反映井盖缺失\n3月9日来件反映水管漏水"


def keyed(**changed):
    """What the page posts for the rows there are now."""
    posted = {}
    for line in Paste.objects.get().lines:
        key = line["key"]
        posted[f"{key}.kind"] = posted[f"{key}.as"] = line["kind"]
        posted |= {f"{key}.{name}": text for name, text in line["values"].items()}
    return posted | changed


def act(client, do, **changed):
    url = reverse("web:pasted", args=[Paste.objects.get().pk])
    return client.post(url, keyed(**changed) | {"do": do}, follow=True)


def texts():
    return [line["text"] for line in Paste.objects.get().lines]


def test_a_line_of_two_facts_becomes_two_records(browse, clerk):
    client = browse(clerk)
    page = read(client, SEVERAL).content.decode()
    assert "第 1 行之 2" in page
    assert "这一行分成了 2 行" in page
    assert "已登记 3 条" in act(client, "confirm").content.decode()
    days = sorted(row.data["received_on"] for row in Record.objects.all())
    assert days == ["2020-03-05", "2020-03-08", "2020-03-09"]


def test_parts_are_joined_back_to_the_line(browse, clerk):
    client = browse(clerk)
    read(client, SEVERAL)
    page = act(client, "whole:1", **{"0.amount": "3元"})
    assert "已并成一行" in page.content.decode()
    assert texts()[0] == SEVERAL.splitlines()[0]
    assert len(texts()) == 2
    assert Paste.objects.get().lines[0]["key"] == 3
    act(client, "confirm")
    assert Record.objects.count() == 2


def test_a_row_is_divided_by_hand(browse, clerk):
    client = browse(clerk)
    read(client, "3月5日城市来件两桩，路灯和井盖\n3月9日来件反映水管漏水")
    parts = "3月5日来件，路灯\r\n\r\n井盖缺失"
    page = act(client, "divide:0", **{"0.parts": parts, "1.title": "水管"})
    assert "已分成 2 行" in page.content.decode()
    one, other, last = Paste.objects.get().lines
    assert (one["text"], other["text"]) == ("3月5日来件，路灯", "井盖缺失")
    assert other["kind"] == "trial/case"
    assert other["values"] == {"received_on": "2020-03-05", "title": "井盖缺失", "class": "city"}
    assert last["values"]["title"] == "水管"
    act(client, "whole:3")
    assert texts()[0] == "3月5日城市来件两桩，路灯和井盖"


def test_a_row_goes_to_the_one_above(browse, clerk):
    client = browse(clerk)
    read(client, "3月5日城市来件反映路灯不亮\n涉及金额1.2万元")
    act(client, "join:1", **{"0.title": "路灯整夜不亮", "0.received_on": "2020-03-04"})
    [row] = Paste.objects.get().lines
    assert row["text"] == "3月5日城市来件反映路灯不亮，涉及金额1.2万元"
    assert row["values"]["amount"] == "1.2万元"
    assert (row["values"]["class"], row["values"]["received_on"]) == ("city", "2020-03-04")


def test_refused_divisions_are_told_and_lose_nothing(browse, clerk):
    client = browse(clerk)
    read(client, SEVERAL)
    page = act(client, "divide:2", **{"2.parts": "一整行", "0.title": "改过的"})
    assert page.status_code == 422
    assert "还是一行" in page.content.decode()
    assert "一整行</textarea>" in page.content.decode()
    assert Paste.objects.get().lines[0]["values"]["title"] == "改过的"
    assert act(client, "divide:2", **{"2.parts": "来件\n机密：来件"}).status_code == 422
    assert act(client, "join:0").status_code == 422
    assert act(client, "whole:2").status_code == 422
    for gone in ("join:77", "divide:x", "join:"):
        assert "已经分过或并过" in act(client, gone).content.decode()
    assert len(texts()) == 3


def test_a_page_from_before_a_division_records_nothing_unseen(browse, clerk):
    client = browse(clerk)
    read(client, SEVERAL)
    old = keyed(**{"2.title": "旧页上改的"})
    act(client, "whole:0")
    url = reverse("web:pasted", args=[Paste.objects.get().pk])
    page = client.post(url, old | {"do": "confirm"})
    assert page.status_code == 422
    assert "在别的页面上分过或并过行" in page.content.decode()
    assert not Record.objects.exists()
    assert Paste.objects.get().lines[1]["values"]["title"] == "旧页上改的"


def test_rows_from_before_there_were_keys_are_known_by_their_place(browse, clerk):
    client = browse(clerk)
    read(client)
    row = Paste.objects.get()
    for line in row.lines:
        for name in ("key", "whole", "said_on", "until"):
            del line[name]
    row.save()
    assert "已登记 2 条" in post(client).content.decode()


def test_enter_in_a_box_keeps_and_registers_nothing(browse, clerk):
    page = read(browse(clerk)).content.decode()
    assert page.index('value="save"') < page.index('value="join:1"')


def test_where_to_register_what_the_list_lacks_is_told(browse, clerk):
    from tests.ledger.conftest import TRIAL

    fields = {**TRIAL.kind("case").fields}
    fields["sender"] = fields["sender"].model_copy(update={"required": True})
    kinds = {**TRIAL.kinds, "trial/case": TRIAL.kind("case").model_copy(update={"fields": fields})}
    with rules.working_under(replace(TRIAL, kinds=kinds)):
        page = read(browse(clerk)).content.decode()
    assert page.count(reverse("web:create", args=["trial", "firm"])) == 2


def test_the_rows_keep_themselves_while_they_are_put_right(browse, clerk):
    client = browse(clerk)
    page = read(client).content.decode()
    assert "data-keep" in page
    assert "keep.js" in page
    answer = act(client, "keep", **{"0.title": "路灯整夜不亮"})
    assert "已自动保存" in answer.json()["told"]
    assert Paste.objects.get().lines[0]["values"]["title"] == "路灯整夜不亮"
    client.logout()
    assert act(client, "keep").redirect_chain[0][0].startswith("/login/")
