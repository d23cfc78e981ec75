"""The evidence of a year: graded, indexed, packed into the same bytes each time, and only what one may read."""

from __future__ import annotations

import csv
import io
import zipfile

import pytest
from tests.ledger.conftest import make_case, make_person

from jixiao.errors import NotFound
from jixiao.ledger import evidence_archive, evidence_store
from jixiao.ledger.actions import evidence, records
from jixiao.ledger.queries.proofs import evidence_of

PDF = b"%PDF-1.4 example"
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 64


def attach(clerk, row, grade="official", content=PDF, name="来函.pdf", **values):
    return evidence.attach(by=clerk, record=row, grade=grade, title=name, file=content, name=name, **values)


def packed(user, org):
    file = io.BytesIO()
    evidence_archive.write(evidence_of(user, org, 2020), file)
    return file.getvalue()


def table(content, name):
    text = zipfile.ZipFile(io.BytesIO(content)).read(name).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture
def year(clerk, org):
    """One case with two papers, one with a number alone, one bare, one of another year."""
    cases = {
        title: make_case(clerk, org, title=title, received_on=on)
        for title, on in (
            ("有两份", "2020-03-02"), ("只有文号", "2020-04-02"), ("什么也没有", "2020-05-02"), ("去年的", "2019-05-02"),
        )
    }  # fmt: skip
    attach(clerk, cases["有两份"], grade="internal", content=JPEG, name="照片.jpg")
    attach(clerk, cases["有两份"])
    evidence.attach(
        by=clerk,
        record=cases["只有文号"],
        grade="third_party",
        title="批复",
        document_number="示发〔2020〕1号",
    )
    return cases


def test_a_record_counts_with_its_strongest_paper(clerk, org, year):
    found = evidence_of(clerk, org, 2020)
    assert {one.label: one.grade for one in found.records.values()} == {
        "有两份": "official", "只有文号": "third_party", "什么也没有": "",
    }  # fmt: skip
    assert found.by_grade() == {"third_party": 1, "official": 1, "internal": 0, "none": 0, "": 1}
    assert [one.label for one in found.lacking] == ["什么也没有"]


def test_figures_rest_on_their_records_and_records_know_their_figures(clerk, org, year):
    found = evidence_of(clerk, org, 2020)
    rests = {one.figure.indicator: one for one in found.rests}
    assert set(rests["trial/cases"].records) == set(found.records)
    assert rests["trial/cases"].figure.title in found.records[year["有两份"].pk].figures


def test_the_archive_is_sent_while_it_is_written(clerk, org, year, monkeypatch):
    read, real = [], evidence_store.read
    monkeypatch.setattr(evidence_store, "read", lambda name: read.append(name) or real(name))
    parts = evidence_archive.stream(evidence_of(clerk, org, 2020))
    first = next(parts)
    assert len(read) == 1  # of two files
    sent = zipfile.ZipFile(io.BytesIO(first + b"".join(parts)))
    kept = zipfile.ZipFile(io.BytesIO(packed(clerk, org)))
    assert sent.testzip() is None
    assert sent.namelist() == kept.namelist()
    assert [sent.read(name) for name in sent.namelist()] == [kept.read(name) for name in kept.namelist()]


def test_the_archive_has_numbered_folders_and_contents(clerk, org, year):
    content = packed(clerk, org)
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert names == [
        "10 来件/0001 有两份/01 照片.jpg", "10 来件/0001 有两份/02 来函.pdf",
        "00 目录.html", "00 目录.csv", "01 数据与佐证.csv", "02 缺佐证的记录.csv",
    ]  # fmt: skip
    lines = table(content, "00 目录.csv")
    assert [(one["材料"], one["所在位置"]) for one in lines] == [
        ("照片.jpg", names[0]), ("来函.pdf", names[1]), ("批复", "只登记了文号"),
    ]  # fmt: skip
    assert [one["名称"] for one in table(content, "02 缺佐证的记录.csv")] == ["什么也没有"]
    assert zipfile.ZipFile(io.BytesIO(content)).read(names[1]) == PDF


def test_the_same_evidence_gives_the_same_bytes(clerk, org, year):
    before = packed(clerk, org)
    assert packed(clerk, org) == before
    attach(clerk, year["什么也没有"], name="补的.pdf", content=PDF + b"2")
    assert packed(clerk, org) != before


def test_a_file_behind_two_records_lies_there_once(clerk, org, year):
    attach(clerk, year["什么也没有"], name="同一份.pdf")
    content = packed(clerk, org)
    where = {one["名称"]: one["所在位置"] for one in table(content, "00 目录.csv") if "pdf" in one["材料"]}
    assert where["什么也没有"] == where["有两份"]
    assert sum(name.endswith(".pdf") for name in zipfile.ZipFile(io.BytesIO(content)).namelist()) == 1


def test_a_stored_file_that_is_gone_is_told_and_stops_nothing(clerk, org, year):
    evidence_store.path_of(attach(clerk, year["什么也没有"], content=PDF + b"3").evidence_id).unlink()
    lines = table(packed(clerk, org), "00 目录.csv")
    [gone] = [one for one in lines if one["名称"] == "什么也没有"]
    assert gone["所在位置"].startswith("没有放入")


def test_names_cannot_lead_out_of_the_archive_or_run(clerk, org):
    row = make_case(clerk, org, title='../../=HYPERLINK("x")')
    attach(clerk, row, name="..\\..\\恶意.pdf")
    content = packed(clerk, org)
    [name] = [one for one in zipfile.ZipFile(io.BytesIO(content)).namelist() if one.endswith(".pdf")]
    assert ".." not in name.split("/")
    assert len(name.split("/")) == 3
    row_title = make_case(clerk, org, title="=1+1", received_on="2020-06-01")
    attach(clerk, row_title, name="a.pdf", content=PDF + b"4")
    assert "'=1+1" in {one["名称"] for one in table(packed(clerk, org), "00 目录.csv")}


def test_what_one_may_not_read_is_not_packed_and_told_as_a_number(clerk, org, year):
    lister = make_person("lister", org, "lister")
    firm = records.create(by=clerk, org=org, kind="firm", values={"name": "示例企业"})
    found = evidence_of(lister, org, 2020)
    assert {one.label for one in found.records.values()} <= {firm.label}
    [rests] = [one for one in found.rests if one.figure.indicator == "trial/cases"]
    assert (rests.records, rests.withheld) == ((), 3)
    content = packed(lister, org)
    assert table(content, "00 目录.csv") == []
    assert not [name for name in zipfile.ZipFile(io.BytesIO(content)).namelist() if name.startswith("10")]


def test_a_strangers_office_and_an_unset_year_are_not_there(people, clerk, org, year):
    with pytest.raises(NotFound):
        evidence_of(people["stranger"], org, 2020)
    with pytest.raises(NotFound):
        evidence_of(clerk, org, 1999)


def test_voided_records_are_no_evidence(clerk, head, org, year):
    records.void(by=head, record=year["有两份"], reason="误登")
    assert "有两份" not in {one.label for one in evidence_of(clerk, org, 2020).records.values()}


def test_the_command_writes_the_same_archive(clerk, org, year, tmp_path, monkeypatch, capsys):
    from jixiao.cli import django_setup
    from jixiao.cli.evidence import evidence as command
    from jixiao.errors import BadInput
    from jixiao.ledger.permissions import SYSTEM

    monkeypatch.setattr(django_setup, "ready", lambda: None)
    command(org=org.pk, period="2020", out=tmp_path / "f.zip")
    assert (tmp_path / "f.zip").read_bytes() == packed(SYSTEM, org)
    assert "3 条记录，2 份文件，1 条缺佐证" in capsys.readouterr().out
    with pytest.raises(BadInput, match="写不了"):
        command(org=org.pk, period="2020", out=tmp_path / "没有" / "f.zip")
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".new")] == []
