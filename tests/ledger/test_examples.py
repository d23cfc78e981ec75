"""Example offices of packs: installed whole, idempotent, and their mistakes told with file and line."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import pytest

from jixiao.errors import BadInput
from jixiao.ledger import audit, examples, queries
from jixiao.ledger.actions import people
from jixiao.ledger.models import Event, EvidenceUse, Link, Membership, Record
from jixiao.ledger.permissions import SYSTEM
from jixiao.values import Verdict

FOLDER = Path(__file__).parent / "pack" / "trial" / "examples" / "demo-trial"


def test_an_example_office_is_installed_with_everything():
    told = []
    installed = examples.install(FOLDER, progress=lambda *news: told.append(news))
    assert (installed.org.id, installed.records, told[-1]) == ("demo-trial", 4, ("台账记录", 4, 4))
    assert installed.org.is_example
    assert installed.logins == (("demo-clerk", "示例经办人", "demo-clerk-2020"),)
    case = Record.objects.get(label="路灯不亮")
    assert (case.state, case.number, case.data["amount"]) == ("answered", "示2020-001", 73000000)
    assert Record.objects.get(pk=case.data["sender"]).data["site"] == "demo-street"
    assert Link.objects.get().target == case
    assert set(EvidenceUse.objects.values_list("grade", "title", "document_number")) == {
        ("official", "答复函", "示函〔2020〕1号"), ("internal", "照片", ""),
    }  # fmt: skip
    view = queries.year(SYSTEM, "demo-trial", 2020)
    texts = {figure.indicator: figure.text for figure in view.figures}
    assert (texts["trial/cases"], texts["trial/talks"], texts["trial/roll"]) == ("2件", "1次", "142人")
    assert [score.reason for score in view.scores[0].scores] == ["", "没有紧急来件"]
    assert {finding.verdict for finding in audit.check("demo-trial")} == {Verdict.KEPT}


def test_installing_again_changes_nothing():
    examples.install(FOLDER)
    before = Event.objects.count()
    examples.install(FOLDER)
    assert Event.objects.count() == before


def test_installing_again_leaves_roles_as_they_were_given_and_ended_since():
    org = examples.install(FOLDER).org
    term = Membership.objects.get(org=org)
    people.leave(by=SYSTEM, membership=term, on=datetime.date(2021, 1, 31))
    people.join(by=SYSTEM, user=term.user, org=org, role="clerk", from_on=datetime.date(2021, 2, 1))
    before = list(Membership.objects.values_list("role", "from_on", "to_on"))
    examples.install(FOLDER)
    assert list(Membership.objects.values_list("role", "from_on", "to_on")) == before


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("records/case.csv", "2020-04-02,,", "四月,,", "case.csv 第3行：收到日期"),
        ("records/case.csv", "c2,道路", "c1,道路", "case.csv 第3行：key 重复"),
        ("records/case.csv", "key,title", "key,titel", "case.csv 第2行：没有“titel”这一列"),
        ("records/case.csv", "key,title", "key,mark,mark", "case.csv 第1行：列“mark”写了两次"),
        ("records/case.csv", ",f1,", ",f9,", "case.csv 第2行：sender 所写的“f9”不在 firm.csv 中"),
        ("records/case.csv", ",c1,", ",c1；c9,", "case.csv 第3行：similar 所写的“c9”不在 case.csv 中"),
        ("records/talk.csv", "t1,c1", "t1,c9", "talk.csv 第2行：parent 所写的“c9”不在上级表中"),
        ("records/case.csv", "official:答复函", "答复函", "case.csv 第2行：佐证等级“答复函”不认得"),
        ("records/case.csv", "2020-03-05,", "3月5日,", "case.csv 第2行：“3月5日”没有写年份"),
        ("org.yaml", "valid_from: 2016-01-01\n", "", "org.yaml 缺少 valid_from"),
        ("org.yaml", "valid_from: 2016-01-01\n", "valid_from: 去年\n", "org.yaml：“去年”不是日期"),
        ("filed.yaml", "stated_on: 2020-01-02", "stated_on: 年底", "filed.yaml：“年底”不是日期"),
        ("filed.yaml", "2020年度", "2019年度", "filed.yaml：roll：没有期间"),
        ("reasons.yaml", "quality", "speed", "reasons.yaml：没有一个评价方案有评分项“speed”"),
    ],
)
def test_a_mistake_in_the_files_is_told_where_it_is(tmp_path, file, old, new, said):
    folder = tmp_path / "demo-trial"
    shutil.copytree(FOLDER, folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(BadInput, match=said):
        examples.install(folder)
    assert not Record.objects.exists()


def test_a_table_in_another_encoding_is_told(tmp_path):
    folder = tmp_path / "demo-trial"
    shutil.copytree(FOLDER, folder)
    table = folder / "records" / "case.csv"
    table.write_text(table.read_text(encoding="utf-8"), encoding="gb18030")
    with pytest.raises(BadInput, match=r"case\.csv 不是 UTF-8 编码"):
        examples.install(folder)


def test_a_file_named_after_no_kind_is_told(tmp_path):
    folder = tmp_path / "demo-trial"
    shutil.copytree(FOLDER, folder)
    (folder / "records" / "talk.csv").rename(folder / "records" / "talks.csv")
    with pytest.raises(BadInput, match=r"talks\.csv：没有事项类型“talks”；是否要找：trial/talk"):
        examples.install(folder)


@pytest.mark.parametrize("shelf", ["pack", "pack/trial"])  # a folder that holds packs, or is one
def test_the_examples_of_the_offices_own_packs_are_found(settings, shelf):
    settings.JIXIAO_PACK_FOLDERS = [str(Path(__file__).parent / shelf)]
    assert examples.available()["demo-trial"] == FOLDER


def test_an_unknown_example_names_those_there_are():
    with pytest.raises(BadInput, match="没有示例单位“nowhere”；现有："):
        examples.install("nowhere")
