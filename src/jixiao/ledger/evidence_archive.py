"""The evidence of a year as one .zip: numbered folders by register and record, and pages of contents.

The same evidence gives the same bytes: fixed order, fixed times. A file behind several records lies there once. A stored file
that is gone or altered is told on the contents page and stops nothing. Written piece by piece, so that size costs no memory.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import groupby
from typing import IO, Any, cast
from urllib.parse import quote

from jixiao.errors import BadInput, NotFound
from jixiao.formulas import harmless
from jixiao.ledger import evidence_store
from jixiao.ledger.file_names import safe, safe_file
from jixiao.ledger.queries.proofs import GRADES, NO_PAPER, Paper, Proven, YearEvidence

WHEN = (1980, 1, 1, 0, 0, 0)
GRADE_TITLES = {"none": "未分级", "internal": "内部材料", "official": "正式文件", "third_party": "第三方材料"}
CONTENTS = (
    "序号",
    "事项类型",
    "编号",
    "名称",
    "日期",
    "材料",
    "等级",
    "文号",
    "所在位置",
    "计入的数据",
    "记录标识",
)
FIGURES = (
    "数据",
    "写法",
    "记录数",
    *(GRADE_TITLES[grade] for grade in reversed(GRADES)),
    "没有材料",
    "填报数",
    "无权查看",
    "指标",
)
LACKING = ("事项类型", "编号", "名称", "日期", "通常需要", "记录标识")


@dataclass
class _Places:
    """Where each file lies; what could not be put in."""

    by_content: dict[str, str] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)


class _Sink(io.RawIOBase):
    """Where an archive is written that is sent on at once: what was written since it was last taken."""

    def __init__(self) -> None:
        self._waiting: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, part: Any) -> int:
        self._waiting.append(bytes(part))
        return len(part)

    def taken(self) -> bytes:
        part, self._waiting = b"".join(self._waiting), []
        return part


def write(evidence: YearEvidence, out: IO[bytes]) -> int:
    """Write the archive into an open binary file and give how many files it holds besides the contents."""
    places = _Places()
    for _ in _written(evidence, out, places):
        pass
    return len(places.by_content)


def stream(evidence: YearEvidence) -> Iterator[bytes]:
    """The archive piece by piece, each as soon as it is made: neither memory nor disk holds the whole."""
    sink = _Sink()
    for _ in _written(evidence, cast(IO[bytes], sink), _Places()):
        if part := sink.taken():
            yield part
    yield sink.taken()


def _written(evidence: YearEvidence, out: IO[bytes], places: _Places) -> Iterator[None]:
    """Write the archive, with a pause after each of its parts."""
    with zipfile.ZipFile(out, "w") as archive:
        for path, paper in _files(evidence):
            _put(archive, path, paper, places)
            yield
        _page(archive, "00 目录.html", _html(evidence, _lines(evidence, places)))
        yield
        _table(archive, "00 目录.csv", CONTENTS, _lines(evidence, places))
        _table(archive, "01 数据与佐证.csv", FIGURES, figures(evidence))
        _table(archive, "02 缺佐证的记录.csv", LACKING, lacking(evidence))
        yield


def _files(evidence: YearEvidence) -> Iterator[tuple[str, Paper]]:
    for folder, one in _folders(evidence).values():
        for place, paper in enumerate((paper for paper in one.papers if paper.content), 1):
            name = safe_file(paper.file_name or paper.title)
            yield f"{folder}/{place:02d} {name}", paper


def _folders(evidence: YearEvidence) -> dict[str, tuple[str, Proven]]:
    """The folder of each record that has a file: register and record, each numbered."""
    found: dict[str, tuple[str, Proven]] = {}
    with_files = [one for one in evidence.records.values() if any(paper.content for paper in one.papers)]
    for place, (kind, records) in enumerate(groupby(with_files, key=lambda one: one.kind), 10):
        register = f"{place:02d} {safe(kind.title)}"
        for number, one in enumerate(records, 1):
            name = safe(f"{one.number} {one.label}".strip())
            found[one.id] = (f"{register}/{number:04d} {name}", one)
    return found


def _put(archive: zipfile.ZipFile, path: str, paper: Paper, places: _Places) -> None:
    if paper.content in places.by_content or paper.content in places.problems:
        return
    try:
        content = evidence_store.read(paper.content)
    except (NotFound, BadInput) as gone:
        places.problems[paper.content] = f"没有放入：{gone}"
        return
    places.by_content[paper.content] = path
    archive.writestr(_entry(path, zipfile.ZIP_STORED), content)


def _lines(evidence: YearEvidence, places: _Places) -> Iterator[Sequence[str]]:
    number = 0
    for one in evidence.records.values():
        for paper in one.papers:
            number += 1
            where = (
                places.by_content.get(paper.content) or places.problems.get(paper.content, "")
                if paper.content
                else f"只登记了{'文号' if paper.document_number else '名称'}"
            )
            yield (
                str(number), one.kind.title, one.number, one.label, one.day, paper.title, paper.grade_title,
                paper.document_number, where, "、".join(one.figures), one.id,
            )  # fmt: skip


def figures(evidence: YearEvidence) -> Iterator[Sequence[str]]:
    """Each figure with the strength of what it rests on, in the columns of FIGURES."""
    for rests in evidence.rests:
        graded = evidence.by_grade(rests.records)
        counts = [str(graded[grade]) for grade in (*reversed(GRADES), NO_PAPER)]
        yield (
            rests.figure.title, rests.figure.text, str(len(rests.records)), *counts, str(rests.filed),
            str(rests.withheld), rests.figure.indicator,
        )  # fmt: skip


def lacking(evidence: YearEvidence) -> Iterator[Sequence[str]]:
    """The records without the papers that are usual, in the columns of LACKING."""
    for one in evidence.lacking:
        yield one.kind.title, one.number, one.label, one.day, "、".join(one.kind.evidence), one.id


def _html(evidence: YearEvidence, lines: Iterable[Sequence[str]]) -> Iterator[str]:
    graded = evidence.by_grade()
    told = "，".join(f"{GRADE_TITLES[grade]} {graded[grade]}" for grade in reversed(GRADES))
    title = escape(f"{evidence.org.title}{evidence.year}年度佐证材料目录")
    note = f"<p>{escape(evidence.org.notice or '示例数据')}</p>" if evidence.org.is_example else ""
    yield f"""<!doctype html>
<html lang="zh-Hans"><head><meta charset="utf-8"><title>{title}</title></head>
<body><h1>{title}</h1>{note}
<p>数据时点 {evidence.as_of.isoformat()}。年度内的记录 {len(evidence.records)} 条，按最强的一份材料分：{told}，没有材料 {graded[NO_PAPER]}。</p>
<p>同一份文件只放一次；哪项数据由哪些记录支撑，见“01 数据与佐证.csv”。</p>
<table><thead><tr>{"".join(f'<th scope="col">{name}</th>' for name in CONTENTS[:-1])}</tr></thead><tbody>
"""
    for line in lines:
        yield f"{_row(line)}\n"
    yield "</tbody></table></body></html>\n"


def _row(line: Sequence[str]) -> str:
    cells = [escape(cell) for cell in line[:-1]]
    where = line[CONTENTS.index("所在位置")]
    if "/" in where:
        cells[CONTENTS.index("所在位置")] = f'<a href="{quote(where)}">{escape(where)}</a>'
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _page(archive: zipfile.ZipFile, name: str, parts: Iterable[str]) -> None:
    with archive.open(_entry(name, zipfile.ZIP_DEFLATED), "w") as file:
        for part in parts:
            file.write(part.encode())


def _table(archive: zipfile.ZipFile, name: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with (
        archive.open(_entry(name, zipfile.ZIP_DEFLATED), "w") as file,
        io.TextIOWrapper(file, "utf-8-sig", newline="") as text,
    ):
        writer = csv.writer(text)
        writer.writerow(head)
        writer.writerows([harmless(cell) for cell in row] for row in rows)


def _entry(path: str, how: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(path, WHEN)
    entry.compress_type = how
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    return entry
