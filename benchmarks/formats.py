"""Reading and checking files of two hundred pages, against the bare libraries on the same files.

Bare means all text of the pages by pypdfium2, and the events of the main part by lxml: what no reader can be
faster than. Both run in every round, one after the other, so that a busy machine slows both.
"""

from __future__ import annotations

import argparse
import io
import random
import time
import zipfile
from collections.abc import Callable
from statistics import median

from jixiao.reading import read
from jixiao.reading.checks import examine
from jixiao.reading.text import open_document

PAGES = 200
_SENTENCES = (
    "{what}共收到{a}件，办结{b}件，办结率{c}%",
    "{what}投入资金{a}.{b}万元，比上年增加{c}万元",
    "围绕{what}召开座谈会{b}次，形成调研报告{c}篇",
    "{what}涉及{b}个社区，新增设施{a}处",
)
_PLAIN = (
    "压实{what}工作责任，完善协调机制，推动各项任务按时落地",
    "{what}在走访、座谈和实地察看的基础上提出改进办法，得到群众好评",
    "坚持问题导向，把{what}同日常工作一起安排、一起检查、一起总结",
)
_PLACES = [
    f"示例{one}{two}" for one in "东西南北中上下前后新" for two in ("街道", "社区", "学校", "市场", "园区")
]
_THINGS = ["道路养护", "来信办理", "普法宣传", "技能培训", "垃圾分类", "老旧小区改造", "河道巡查", "消防检查"]
_ROWS = 24


def _sentence(chance: random.Random) -> str:
    """About one sentence in three states figures, as in reports; each speaks of something of its own."""
    form = chance.choice(_SENTENCES if chance.random() < 0.35 else _PLAIN)
    what = chance.choice(_PLACES) + chance.choice(_THINGS)
    numbers = {"a": chance.randint(100, 9999), "b": chance.randint(10, 99), "c": chance.randint(10, 99)}
    return form.format(what=what, **numbers)


def _paragraphs(count: int) -> list[str]:
    chance = random.Random(1)
    return ["；".join(_sentence(chance) for _ in range(8)) + "。" for _ in range(count)]


def _rows(chance: random.Random) -> list[list[str]]:
    parts = [[chance.randint(1, 10**6), chance.randint(1, 10**6)] for _ in range(_ROWS)]
    sums = [sum(part[column] for part in parts) for column in (0, 1)]
    named = [("合计", *sums), *((f"示例支出{number}", *part) for number, part in enumerate(parts))]
    return [["项目", "预算数", "决算数"]] + [
        [name, f"{one / 100:,.2f}", f"{other / 100:,.2f}"] for name, one, other in named
    ]


def word_file() -> bytes:
    """A .docx of about two hundred pages, a table on every fifth."""
    import docx

    document, chance = docx.Document(), random.Random(2)
    for number, text in enumerate(_paragraphs(PAGES * 3)):
        document.add_paragraph(text)
        if number % 15 == 0:
            rows = _rows(chance)
            table = document.add_table(len(rows), 3)
            for cells, row in zip(table.rows, rows, strict=True):
                for cell, words in zip(cells.cells, row, strict=True):
                    cell.text = words
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def pdf_file(*, tables: str) -> bytes:
    """A .pdf of two hundred pages: prose, or a table on every page, ruled or without lines."""
    import typst

    chance = random.Random(3)
    pages = []
    for number in range(PAGES):
        if tables:
            cells = ", ".join(f"[{words}]" for row in _rows(chance) for words in row)
            stroke = "0.5pt" if tables == "ruled" else "none"
            pages.append(
                f"#align(right)[单位：万元]\n#table(columns: (2fr, 1fr, 1fr), stroke: {stroke}, "
                f"align: (left, right, right), {cells})"
            )
        else:
            pages.append("\n\n".join(_paragraphs(number + 4)[-4:]))
    markup = '#set page(paper: "a4")\n#set text(font: "Noto Serif CJK SC", size: 12pt)\n'
    made: bytes = typst.compile((markup + "\n#pagebreak()\n".join(pages)).encode(), format="pdf")
    return made


def bare_pdf(data: bytes) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    for index in range(len(document)):
        document[index].get_textpage().get_text_range()


def bare_word(data: bytes) -> None:
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        part = io.BytesIO(archive.read("word/document.xml"))
    for _ in etree.iterparse(part, events=("start", "end")):
        pass


def _timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def measure(
    title: str, data: bytes, name: str, bare: Callable[[bytes], None], goal: float, rounds: int
) -> None:
    """Print how long text with places, and all of reading and checking, take beside the bare library."""
    told = []
    for _ in range(rounds):
        told.append(
            (
                _timed(lambda: bare(data)),
                _timed(lambda: open_document(data, name)),
                _timed(lambda: examine(read(data, name))),
            )
        )
    library, text, whole = (median(column) for column in zip(*told, strict=True))
    verdict = "MET" if whole <= goal else "MISSED"
    print(
        f"{title}：取得文字与表格 {text:.2f} 秒，是裸库（{library:.2f} 秒）的 {text / library:.1f} 倍；"
        f"连同识别与核对 {whole:.2f} 秒，{whole / library:.1f} 倍，目标 ≤ {goal:g} 秒：{verdict}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_known_args()[0].rounds
    measure(f"{PAGES} 页 .docx", word_file(), "a.docx", bare_word, 1.0, rounds)
    measure(f"{PAGES} 页 .pdf 正文", pdf_file(tables=""), "a.pdf", bare_pdf, 3.0, rounds)
    measure(f"{PAGES} 页 .pdf 有线表格", pdf_file(tables="ruled"), "a.pdf", bare_pdf, 3.0, rounds)
    measure(f"{PAGES} 页 .pdf 无线表格", pdf_file(tables="open"), "a.pdf", bare_pdf, 3.0, rounds)


if __name__ == "__main__":
    main()
