"""Links, evidence, filed values and drafts: what each leaves behind and what each refuses."""

from __future__ import annotations

import io
import zipfile

import pytest
from tests.ledger.conftest import day, make_case, rows_of

from jixiao.errors import BadInput, FieldErrors, NotAllowed, NotFound
from jixiao.ledger import evidence_store, queries
from jixiao.ledger.actions import drafts, evidence, filed, links, records
from jixiao.ledger.models import ChainHead, Draft, Event, Evidence, EvidenceUse, FiledValue, Link, Record

PDF = b"%PDF-1.7 sample"


def word(member="word/document.xml"):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(member, "<x/>")
    return buffer.getvalue()


def test_a_link_has_a_role_and_never_changes_a_state(clerk, org, case):
    other = make_case(clerk, org, title="主件")
    made = links.link(by=clerk, record=case, role="main", target=other, linked_on=day("2020-04-01"))
    assert links.link(by=clerk, record=case, role="main", target=other).pk == made.pk
    row = Record.objects.get(pk=case.pk)
    assert (row.state, row.version) == ("received", 2)
    assert Event.objects.get(record=case.pk, act="link").happened_on == day("2020-04-01")
    [out] = queries.links(clerk, case)
    [back] = queries.links(clerk, other)
    assert (out.title, out.other, out.outgoing) == ("主件", other, True)
    assert (back.title, back.other, back.outgoing) == ("附件", case, False)


def test_a_role_for_one_takes_one(clerk, org, case):
    first, second = make_case(clerk, org, title="一"), make_case(clerk, org, title="二")
    made = links.link(by=clerk, record=case, role="main", target=first)
    with pytest.raises(BadInput, match="只能有一个，现在是“一”"):
        links.link(by=clerk, record=case, role="main", target=second)
    with pytest.raises(FieldErrors, match="请写明取消关联的理由"):
        links.unlink(by=clerk, record=case, link=made, reason="")
    links.unlink(by=clerk, record=case, link=made, reason="选错了")
    links.link(by=clerk, record=case, role="main", target=second)
    assert [row["target_id"] for row in rows_of("p_link")] == [second.pk]
    assert Link.objects.count() == 1


def test_a_link_goes_where_its_role_says(clerk, org, case):
    firm = records.create(by=clerk, org=org, kind="firm", values={"name": "示例企业"})
    with pytest.raises(BadInput, match="应指向“来件”，选中的是“企业”"):
        links.link(by=clerk, record=case, role="main", target=firm)
    with pytest.raises(BadInput, match="没有关联“boss”"):
        links.link(by=clerk, record=case, role="boss", target=firm)
    with pytest.raises(BadInput, match="不能与自己关联"):
        links.link(by=clerk, record=case, role="main", target=case)


def test_links_and_evidence_do_not_disturb_an_editor(clerk, org, case):
    links.link(by=clerk, record=case, role="similar", target=make_case(clerk, org))
    evidence.attach(by=clerk, record=case, grade="official", title="来函", document_number="示函1号")
    assert records.edit(by=clerk, record=case, values={"title": "改"}, seen=1).data["title"] == "改"


def test_a_file_is_kept_once_by_the_hash_of_its_content(clerk, org, case):
    for title in ("来函", "来函复印件"):
        evidence.attach(by=clerk, record=case, file=PDF, name="来函.pdf", grade="official", title=title)
    kept = Evidence.objects.get()
    assert evidence_store.path_of(kept.content).read_bytes() == PDF
    assert kept.media_type == "application/pdf"
    assert EvidenceUse.objects.count() == 2
    found, content = queries.evidence_file(clerk, kept.content)
    assert (found.evidence, content) == (kept, PDF)
    assert not list(evidence_store.path_of(kept.content).parent.glob(".new-*"))


def test_the_same_file_keeps_the_name_each_office_gave_it(clerk, people, case):
    stranger = people["stranger"]
    theirs = make_case(stranger, "elsewhere", title="别处的来件")
    for by, record, name in ((clerk, case, "本办的来函.pdf"), (stranger, theirs, "别处的扫描件.pdf")):
        evidence.attach(by=by, record=record, file=PDF, name=name, grade="official", title="来函")
    content = Evidence.objects.get().content
    for by, record, name in ((clerk, case, "本办的来函.pdf"), (stranger, theirs, "别处的扫描件.pdf")):
        assert queries.evidence_file(by, content)[0].file_name == name
        assert [use.file_name for use in queries.evidence(by, record)] == [name]


def test_a_file_name_that_cannot_be_shown_is_refused(clerk, case):
    with pytest.raises(FieldErrors) as refused:
        evidence.attach(
            by=clerk, record=case, file=PDF, name="来\u202e函.pdf", grade="official", title="来函"
        )
    assert set(refused.value.errors) == {"file"}


def test_a_strangers_file_is_not_found_and_a_changed_one_is_not_given(clerk, people, case):
    use = evidence.attach(by=clerk, record=case, file=PDF, name="来函.pdf", grade="official", title="来函")
    with pytest.raises(NotFound):
        queries.evidence_file(people["stranger"], use.evidence_id)
    evidence_store.path_of(use.evidence_id).write_bytes(b"%PDF-1.7 other")
    with pytest.raises(BadInput, match="与登记时不一致"):
        queries.evidence_file(clerk, use.evidence_id)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("关于某事（机密）.pdf", PDF, "不得存储、处理任何涉密信息"),
        ("程序.exe", b"MZ", "只接受"),
        ("无扩展名", b"x", "只接受"),
        ("来函.pdf", b"MZ not a pdf", "内容不是 pdf 文件"),
        ("来函.docx", word("xl/workbook.xml"), "内容不是 docx 文件"),
        ("来函.docx", b"PK\x03\x04 broken", "内容不是 docx 文件"),
        ("说明.txt", b"a\x00b", "内容不是 txt 文件"),
        ("来函.pdf", b"", "空文件"),
    ],
)
def test_a_file_that_may_not_be_evidence_is_refused_and_nothing_is_kept(
    clerk, case, name, content, said, tmp_path
):
    with pytest.raises(BadInput, match=said):
        evidence.attach(by=clerk, record=case, file=content, name=name, grade="official", title="来函")
    assert not Evidence.objects.exists()
    assert not (tmp_path / "evidence").exists()


def test_good_files_pass():
    for name, content in (
        ("a.docx", word()),
        ("a.XLSX", word("xl/x")),
        ("a.ofd", word("OFD.xml")),
        ("a.txt", "字".encode()),
    ):
        assert evidence_store.check(name, content)


def test_evidence_names_what_it_is(clerk, head, case):
    with pytest.raises(FieldErrors) as refused:
        evidence.attach(by=clerk, record=case, grade="gold", title=" ")
    assert set(refused.value.errors) == {"grade", "file"}
    with pytest.raises(FieldErrors, match="密级字样"):
        evidence.attach(by=clerk, record=case, grade="official", title="绝密文件")
    with pytest.raises(NotAllowed):
        evidence.attach(by=head, record=case, grade="official", title="来函")


def test_a_filed_value_names_source_and_day_and_a_correction_keeps_the_old_one(clerk, org):
    period = org.periods.get(year=2020)
    about = {"by": clerk, "org": org, "item": "budget", "stated_on": day("2020-02-01"), "period": period}
    first = filed.file(**about, value="73万", source="预算批复")
    second = filed.file(**about, value="75.5万元", source="预算批复（更正）")
    first.refresh_from_db()
    assert (first.value, second.value, first.superseded_by) == (73000000, 75500000, second)
    [row] = rows_of("p_filed")
    assert (row["value"], row["item"], row["label"]) == (75500000, "trial/budget", "2020年度")
    assert ChainHead.objects.get(chain=org.pk).sequence == 2
    filed_for = {row.item.id: row for row in queries.filed_values(clerk, org, 2020)}
    assert (filed_for["budget"].text, len(filed_for["budget"].versions)) == ("75.5万元", 2)
    assert filed_for["roll"].text == "未填报"


def test_a_filed_value_that_cannot_be_taken_is_refused_by_field(clerk, head, org):
    period = org.periods.get(year=2020)
    about = {"by": clerk, "org": org, "period": period}
    with pytest.raises(FieldErrors) as refused:
        filed.file(
            **about, item="roll", value="142", stated_on=day("2022-01-01"), source=" ", qualifier="maybe"
        )
    assert set(refused.value.errors) == {"source", "stated_on", "qualifier"}
    with pytest.raises(FieldErrors, match="读不成数"):
        filed.file(**about, item="roll", value="很多", stated_on=day("2020-01-01"), source="名册")
    with pytest.raises(FieldErrors, match="不能小于 0"):
        filed.file(**about, item="budget", value="-73万", stated_on=day("2020-01-01"), source="预算批复")
    with pytest.raises(FieldErrors, match="最多 0 位小数"):
        filed.file(**about, item="roll", value="1.5", stated_on=day("2020-01-01"), source="名册")
    with pytest.raises(NotFound, match="填报项"):
        filed.file(**about, item="rolls", value="1", stated_on=day("2020-01-01"), source="名册")
    with pytest.raises(NotAllowed):
        filed.file(
            **(about | {"by": head}), item="roll", value="1", stated_on=day("2020-01-01"), source="名册"
        )
    assert not FiledValue.objects.exists()


def test_a_nil_return_is_a_zero_for_a_register(clerk, org):
    about = {
        "by": clerk, "org": org, "period": org.periods.get(year=2020), "stated_on": day("2020-12-31"),
        "source": "零报告",
    }  # fmt: skip
    assert filed.file(**about, item="trial/case", value=0).value == 0
    with pytest.raises(FieldErrors, match="只能作零报告"):
        filed.file(**about, item="trial/case", value=3)
    with pytest.raises(FieldErrors, match="应以“来件”填报"):
        filed.file(**about, item="trial/talk", value=0)


def test_drafts_stand_apart(clerk, head, people, org):
    draft = drafts.save(by=clerk, org=org, kind="case", data={"title": "没写完", "amount": "很多"})
    drafts.save(by=clerk, org=org, kind="case", data={"title": "写了一点"}, draft=draft)
    assert list(queries.drafts(clerk)) == [draft]
    assert Draft.objects.get().data == {"title": "写了一点"}
    assert not Event.objects.filter(chain="office").exists()
    assert rows_of("p_trial_case") == []
    with pytest.raises(NotFound, match="没有找到这份草稿"):
        drafts.discard(by=head, draft=draft)
    with pytest.raises(NotFound):
        drafts.save(by=people["stranger"], org=org, kind="case", data={})
    drafts.discard(by=clerk, draft=draft)
    assert not Draft.objects.exists()
