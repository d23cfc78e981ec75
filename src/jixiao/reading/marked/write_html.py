"""A checked or read document as one self-contained page: no script, nothing loaded from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import PurePath

from jixiao.reading.marked.checked import Checked
from jixiao.reading.marked.findings_html import findings_html, legend_html, tally_html
from jixiao.reading.marked.text_html import safe, text_html
from jixiao.reading.marked.view import View, view
from jixiao.reading.marked.words import meant
from jixiao.reading.read import Reading

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def check_page(checked: Checked) -> str:
    """The page of `jixiao check --format html`: the findings beside the whole text."""
    shown, name = view(checked), PurePath(checked.name).name
    body = (
        f"<h1>{safe(name)}</h1>\n{tally_html(shown)}\n"
        '<div class="checked"><section class="findings" aria-labelledby="findings"><h2 id="findings">核查结果</h2>\n'
        f"{findings_html(shown)}</section>\n{article(shown)}</div>"
    )
    return _page(f"{name} 核查结果", body)


def read_page(reading: Reading, name: str) -> str:
    """The page of `jixiao read --format html`: the text with its figures, and a list of what they say."""
    shown, name = view(Checked(name, reading, ())), PurePath(name).name
    body = (
        f'<h1>{safe(name)}</h1>\n<div class="tally"><p role="status">识别 <b>{len(reading.statements)}</b> 处数据</p></div>\n'
        '<div class="checked"><section class="findings" aria-labelledby="figures"><h2 id="figures">数据</h2>\n'
        f"{''.join(_figures(reading))}</section>\n{article(shown)}</div>"
    )
    return _page(f"{name} 数据", body)


def article(shown: View) -> str:
    """The text with its marks and what they mean."""
    text = text_html(shown.checked.reading.document.text, shown.layout)
    partly = (
        ""
        if shown.layout.is_whole
        else '<p class="note warn">文件较长，这里只显示一部分，有不一致的段落在前选入；全文都已核对，全部结果请下载明细查看。</p>\n'
    )
    return (
        '<article class="panel text" aria-labelledby="text"><h2 id="text">原文</h2>\n'
        f"{legend_html(shown)}\n{partly}{text}\n</article>"
    )


def _figures(reading: Reading) -> Iterator[str]:
    """What was understood of each figure, with the jump to it."""
    yield '<ol class="figures">'
    for number, one in enumerate(reading.statements, 1):
        words, told = safe("".join(one.text.split())), safe(f"{meant(one.quantity)}　{one.place.label}")
        yield f'<li><a href="#f{number}">{words}</a> <span class="small">{told}</span></li>'
    yield "</ol>"


def _page(title: str, body: str) -> str:
    style = "\n".join(
        (files(__package__) / "style" / name).read_text("utf-8") for name in ("page.css", "marked.css")
    )
    return (
        '<!doctype html>\n<html lang="zh-Hans"><head><meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{safe(title)}</title>\n<style>\n{style}</style></head>\n<body><main>\n{body}\n</main></body></html>\n"
    )
