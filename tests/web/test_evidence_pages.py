"""The evidence of a year on its page: grades, samples with their seed shown, what is lacking, one .zip."""

from __future__ import annotations

import io
import zipfile

import pytest
from tests.ledger.conftest import make_case

from jixiao.ledger.actions import evidence

HERE = "/year/office/2020/evidence"


@pytest.fixture
def year(clerk, org):
    cases = [make_case(clerk, org, title=f"第{number}件", amount=f"{number}万元") for number in range(1, 31)]
    for case in cases[:3]:
        evidence.attach(
            by=clerk, record=case, grade="official", title="来函", file=b"%PDF-1.4", name=f"{case.label}.pdf"
        )
    return cases


def page_of(client, where=f"{HERE}/"):
    answer = client.get(where)
    assert answer.status_code == 200
    return answer.content.decode()


def test_grades_index_and_what_is_lacking(browse, clerk, org, year):
    page = page_of(browse(clerk))
    assert "年度内的记录 30 条" in page
    assert "缺佐证 <small>27 条" in page
    assert page.index("正式文件") < page.index("没有材料")
    assert "/year/office/2020/figures/trial/cases/" in page
    assert HERE in page_of(browse(clerk), "/year/office/2020/")


@pytest.mark.parametrize(
    ("asked", "told", "count"),
    [
        ("how=random&count=5&seed=甲", "随机 5 条，种子 甲", 5),
        ("how=every&step=10&start=3", "从第 3 条起每 10 条抽一条", 3),
        ("how=value&count=2", "金额最大的 2 条", 2),
        ("how=random&count=x&seed=", "随机 20 条，种子 1", 20),
    ],
)
def test_samples_say_how_they_were_drawn_and_are_drawn_the_same_again(
    browse, clerk, org, year, asked, told, count
):
    client = browse(clerk)
    page = page_of(client, f"{HERE}/?{asked}")
    assert f"{told}" in page
    assert f"抽出 {count} 条" in page
    rows = client.get(f"{HERE}/sample.csv?{asked}").content.decode("utf-8-sig").splitlines()
    assert len(rows) == count + 1
    assert rows == client.get(f"{HERE}/sample.csv?{asked}").content.decode("utf-8-sig").splitlines()
    assert all(row.split(",")[-1] in page for row in rows[1:])


def test_the_most_money_comes_first(browse, clerk, org, year):
    rows = browse(clerk).get(f"{HERE}/sample.csv?how=value&count=2").content.decode("utf-8-sig").splitlines()
    assert ["第30件" in rows[1], "第29件" in rows[2]] == [True, True]


def test_lists_and_the_archive_come_as_files(browse, clerk, org, year):
    client = browse(clerk)
    assert "第4件" in client.get(f"{HERE}/lacking.csv").content.decode("utf-8-sig")
    assert "trial/cases" in client.get(f"{HERE}/figures.csv").content.decode("utf-8-sig")
    assert client.get(f"{HERE}/sample.csv").status_code == 404
    answer = client.get(f"{HERE}.zip")
    names = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))).namelist()
    assert sum(name.endswith(".pdf") for name in names) == 1  # the same content three times
    assert answer["Content-Type"] == "application/zip"
    assert "attachment" in answer["Content-Disposition"]
