"""`jixiao compare` and `jixiao draft` as their user meets them: against the demonstration, across files, without a ledger."""

from __future__ import annotations

import json

import pytest

ORG = ("--org", "demo-cppcc", "--period", "2020")
REPORT = """示例区政协办公室2020年度工作总结
五届五次会议以来征集提案20件，审查立案{}件。共联系企业35家，其中帮扶6家，调研走访29家。办理微建议8条。另有志愿者30名。
"""


@pytest.fixture
def report(tmp_path):
    def written(filed=20, name="总结.txt"):
        path = tmp_path / name
        path.write_text(REPORT.format(filed), encoding="utf-8")
        return str(path)

    return written


def rows(done):
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_an_office_s_own_report_agrees_with_its_ledger(jixiao, demo):
    done = jixiao("compare", str(demo[1] / "demo-cppcc-2020.docx"), *ORG, "--format", "jsonl")
    groups = [row["group"] for row in rows(done)]
    assert (done.returncode, groups.count("differs")) == (0, 0)
    assert groups.count("agrees") > 250


def test_a_difference_is_told_with_its_place_and_both_numbers(jixiao, report):
    done = jixiao("compare", report(19), *ORG)
    assert done.returncode == 1
    assert "不一致 1，待确认 0，一致 5" in done.stdout
    assert "审查立案：台账为20件" in done.stdout
    (row,) = [
        row
        for row in rows(jixiao("compare", report(19), *ORG, "--format", "jsonl"))
        if row["group"] == "differs"
    ]
    assert (row["text"], row["figures"]) == (
        "19件",
        [{"id": "cppcc/proposals_filed", "title": "审查立案", "text": "20件"}],
    )


def test_files_are_held_against_each_other_without_a_ledger(jixiao_in, tmp_path, report):
    one, other = report(20, "总结.txt"), tmp_path / "自评.txt"
    other.write_text("示例区政协2020年度自评\n五届五次会议以来征集提案20件，审查立案18件。", encoding="utf-8")
    done = jixiao_in(tmp_path / "nowhere", "compare", one, str(other))
    assert done.returncode == 1
    assert "20件" in done.stdout
    assert "18件" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "只有一份文件"),
        (("--org", "demo-cppcc"), "要一起写"),
        (("--org", "demo-nobody", "--period", "2020"), "没有单位"),
        ((*ORG, "--format", "csv"), "没有格式"),
        (("--org", "demo-cppcc", "--period", "1999"), "1999"),
    ],
)
def test_what_cannot_be_compared_is_refused_in_words(jixiao, report, arguments, message):
    done = jixiao("compare", report(), *arguments)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_a_draft_needs_no_ledger_and_overwrites_nothing(jixiao_in, tmp_path, report):
    out = tmp_path / "草稿"
    asked = ("draft", report(), "--year", "2021", "--out", str(out))
    done = jixiao_in(tmp_path / "nowhere", *asked)
    assert (done.returncode, "由台账算出 6，由单位填报 0，待分类 1" in done.stdout) == (0, True)
    assert (out / "2021年度待填表.xlsx").exists()
    again = jixiao_in(tmp_path / "nowhere", *asked)
    assert again.returncode == 2
    assert "没有覆盖" in again.stderr


def test_the_draft_s_registers_come_in_through_the_import(jixiao, tmp_path, report):
    done = jixiao("draft", report(), "--year", "2021", "--out", str(tmp_path / "草稿"), "--org", "demo-cppcc")
    assert done.returncode == 0, done.stderr
    book = tmp_path / "草稿" / "2021年度待填表.xlsx"
    tried = jixiao("import", str(book), "--org", "demo-cppcc", "--kind", "micro_suggestion", "--dry-run")
    assert "Traceback" not in tried.stderr
    assert "认不出是哪一列" not in tried.stdout + tried.stderr
