"""The public year as a static folder: .html, .json and .csv that stand by themselves, without script, with relative links.

The same data gives the same bytes. Everything that came from an office is escaped.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path

from jixiao.errors import BadInput
from jixiao.formulas import harmless
from jixiao.ledger.desk.charts import Bar, columns
from jixiao.ledger.desk.public_data import PublicDepartment, PublicYear, Share

DATA = "data.json"
_STYLE = """
:root{--ink:#1a2330;--soft:#5a6571;--line:#d5d9d1;--act:#17497a}*{box-sizing:border-box}
body{margin:0 auto;max-width:960px;padding:16px;font:16px/1.7 "Noto Sans CJK SC","Microsoft YaHei",sans-serif;color:var(--ink)}
h1{font-size:24px;line-height:1.4}h2{font-size:19px;margin-top:32px}a{color:var(--act)}
table{width:100%;border-collapse:collapse;font-size:15px}th,td{text-align:left;padding:6px 8px;border-bottom:1px solid var(--line);vertical-align:top}
td.n,th.n{text-align:right;white-space:nowrap}.wide{overflow-x:auto}
.wide td,.wide th{min-width:3em}.wide td:first-child,.wide th:first-child{min-width:5.5em}
.chart{max-width:100%;height:auto}.soft{color:var(--soft);font-size:14px}
.facts{display:flex;flex-wrap:wrap;gap:12px;padding:0;list-style:none}
.facts li{border:1px solid var(--line);border-radius:6px;padding:10px 14px;min-width:150px}
.facts b{display:block;font-size:26px}.facts a{color:inherit}:target{background:#fbf1dc}
.note{border:1px solid #744700;background:#fbf1dc;padding:8px 12px;border-radius:6px}
""".strip()


def files_of(year: PublicYear) -> dict[str, bytes]:
    """Every file by its path in the folder."""
    found = {
        "index.html": _index(year),
        "figures.html": _figures(year),
        DATA: json.dumps(_data(year), ensure_ascii=False, indent=1).encode(),
        "departments.csv": _departments_csv(year),
        "indicators.csv": _leaves_csv(year),
    }
    for one in year.departments:
        if one.page:
            found[one.page] = _department(year, one)
    return found


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write into a new or empty folder, or over what was written there before; any other folder is refused."""
    if folder.exists() and (not folder.is_dir() or (any(folder.iterdir()) and not (folder / DATA).exists())):
        raise BadInput(f"{folder} 里已有别的文件；请换一个空文件夹")
    for old in (folder / "departments").glob("[0-9]*.html"):
        old.unlink()
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def zipped(files: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(files):
            archive.writestr(zipfile.ZipInfo(path, (2000, 1, 1, 0, 0, 0)), files[path], zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _page(year: PublicYear, title: str, body: str, up: str = "") -> bytes:
    home = f'<p class="soft"><a href="{up}index.html">{escape(year.title)}</a></p>' if up or title else ""
    mark = '<p class="note">示例数据，为演示而编</p>' if year.is_example else ""
    whole = escape(f"{title} · {year.title}" if title else f"{year.year}年度{year.title}")
    return (
        '<!doctype html>\n<html lang="zh-Hans"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{whole}</title><style>{_STYLE}</style></head><body>"
        f"<main>{mark}{home}{body}"
        f'<p class="soft">{escape(year.bureau)}公布，数据截至 {escape(year.as_of)}</p></main></body></html>\n'
    ).encode()


def _index(year: PublicYear) -> bytes:
    shares = "".join(
        f'<li>{escape(one.title)}<b><a href="figures.html#{one.id}">{one.text}</a></b>'
        f'<span class="soft">{one.top}/{one.bottom}</span></li>'
        for one in year.shares
    )
    sums = "".join(
        f'<li>{escape(words)}合计<b>{total}</b><span class="soft">万元，{count} 个单位</span></li>'
        for words, total, count in year.sums
    )
    graded = sum(count for _, count in year.grades)
    chart = columns([Bar(name, count) for name, count in year.grades], "等级") if graded else ""
    grades = _table(("等级", "单位数"), [(name, str(count)) for name, count in year.grades], numeric=(1,))
    rows = [(_link(one), escape(one.state), escape(one.score), escape(one.grade)) for one in year.departments]
    hidden = f"<p>另有 {year.secret} 个单位因涉密不公开，已计入上面的总数。</p>" if year.secret else ""
    return _page(
        year,
        "",
        f"<h1>{year.year}年度{escape(year.title)}</h1>"
        f'<p>点百分数，可看它是几分之几、缺的是谁。</p><ul class="facts">{shares}{sums}</ul>'
        + (
            f'<h2>等级</h2><div class="wide" tabindex="0" role="region" aria-label="等级图">{chart}</div>{grades}'
            if graded
            else ""
        )
        + (f"<p>得分中位数 {year.median} 分。</p>" if year.median else "")
        + f"<h2>各单位</h2>{_raw_table(('单位', '状态', '得分', '等级'), rows, (2,))}{hidden}"
        '<p>数据文件：<a href="data.json">data.json</a>　<a href="departments.csv">各单位.csv</a>　'
        '<a href="indicators.csv">逐项得分.csv</a></p>',
    )


def _figures(year: PublicYear) -> bytes:
    body = "<h1>百分数是怎么算的</h1>" + "".join(_share(one) for one in year.shares)
    return _page(year, "百分数是怎么算的", body)


def _share(one: Share) -> str:
    lacking = (
        f"<p>缺 {one.bottom - one.top} 个：{escape('、'.join(one.lack)) or '不列名'}</p>"
        if one.bottom > one.top
        else "<p>一个不缺。</p>"
    )
    note = f'<p class="soft">{escape(one.note)}</p>' if one.note else ""
    return (
        f'<section id="{one.id}"><h2>{escape(one.title)} {one.text}</h2>'
        f"<p>{one.bottom} 个中有 {one.top} 个：{one.top} ÷ {one.bottom} = {one.text}</p>{lacking}{note}"
        f"<details><summary>这 {one.top} 个是</summary><p>{escape('、'.join(one.have)) or '不列名'}</p></details></section>"
    )


def _department(year: PublicYear, one: PublicDepartment) -> bytes:
    rates = {(rate.title, rate.text): rate.id for rate in one.rates}
    status = "经复核" if one.is_reviewed else "自评，尚未复核"
    score = f"<b>{escape(one.score) or '未公布'}</b>　{escape(one.grade)}　"
    body = f"<h1>{escape(one.title)}</h1><p>{year.year}年度得分 {score}"
    body += f'<span class="soft">{status}</span></p>'
    if one.leaves:
        heads = ("指标", "指标值", "完成值", "分值", "得分", "失分原因")
        body += f"<h2>逐项得分</h2>{_raw_table(heads, [_leaf(leaf) for leaf in one.leaves], numeric=(3, 4))}"
    if one.hidden_rows:
        body += f"<p>另有 {one.hidden_rows} 行因涉密不公开，已计入合计。</p>"
    for form in one.forms:
        body += f"<h2>{escape(form['title'])}</h2>"
        for block in form["blocks"]:
            if not block["lines"]:
                continue
            heads = ([block["head"]] if block["head"] else []) + [
                column["title"] for column in block["columns"]
            ]
            shown = []
            for line in block["lines"]:
                cells = []
                for column, text in zip(block["columns"], line["cells"], strict=True):
                    key = rates.get((f"{line['title']}·{column['title']}", text))
                    cells.append(f'<a href="#{key}">{escape(text)}</a>' if key else escape(text))
                shown.append(([escape(line["title"])] if block["head"] else []) + cells)
            first = 1 if block["head"] else 0
            numeric = tuple(n for n, column in enumerate(block["columns"], first) if not column["is_text"])
            caption = f"<h3>{escape(block['caption'])}</h3>" if block["caption"] else ""
            body += caption + _raw_table(heads, shown, numeric)
    if one.rates:
        told = "".join(
            f'<li id="{rate.id}">{escape(rate.title)}：{escape(rate.working)}</li>' for rate in one.rates
        )
        body += f"<h2>比率是怎么算的</h2><ul>{told}</ul>"
    return _page(year, one.title, body, up="../")


def _leaf(leaf: Mapping[str, str]) -> list[str]:
    """The cells of a leaf; what it came to leads to the counts behind it where they are told."""
    cells = [escape(leaf[name]) for name in ("title", "target", "actual", "points", "score", "reason")]
    if "behind" in leaf:
        cells[2] = f'<a href="#{leaf["behind"]}">{cells[2]}</a>'
    return cells


def _link(one: PublicDepartment) -> str:
    return f'<a href="{one.page}">{escape(one.title)}</a>' if one.page else escape(one.title)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]], numeric: tuple[int, ...] = ()) -> str:
    return _raw_table(heads, [[escape(cell) for cell in row] for row in rows], numeric)


def _raw_table(heads: Sequence[str], rows: Iterable[Sequence[str]], numeric: tuple[int, ...] = ()) -> str:
    """Cells are HTML already."""

    def css(place: int) -> str:
        return ' class="n"' if place in numeric else ""

    head = "".join(f'<th scope="col"{css(n)}>{escape(text)}</th>' for n, text in enumerate(heads))
    body = "".join(
        "<tr>" + "".join(f"<td{css(n)}>{cell}</td>" for n, cell in enumerate(row)) + "</tr>" for row in rows
    )
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    label = escape(heads[0] or "表")
    return f'<div class="wide" tabindex="0" role="region" aria-label="{label}">{table}</div>'


def _data(year: PublicYear) -> dict[str, object]:
    return {
        "bureau": year.bureau,
        "year": year.year,
        "title": year.title,
        "as_of": year.as_of,
        "example": year.is_example,
        "secret_departments": year.secret,
        "figures": [
            {
                "id": one.id,
                "title": one.title,
                "value": one.text,
                "numerator": one.top,
                "denominator": one.bottom,
                "missing": one.lack,
                "note": one.note,
            }
            for one in year.shares
        ],
        "grades": dict(year.grades),
        "median_score": year.median or None,
        "sums": [
            {"title": words, "value": total, "unit": "万元", "departments": n}
            for words, total, n in year.sums
        ],
        "departments": [
            {
                "title": one.title,
                "state": one.state,
                "score": one.score or None,
                "grade": one.grade or None,
                "reviewed": one.is_reviewed,
                "indicators": [
                    {name: text for name, text in leaf.items() if name != "behind"} for leaf in one.leaves
                ],
                "rates": [
                    {"title": rate.title, "value": rate.text, "working": rate.working} for rate in one.rates
                ],
                "page": one.page or None,
            }
            for one in year.departments
        ],
    }


def _departments_csv(year: PublicYear) -> bytes:
    rows = [
        (one.title, one.state, one.score, one.grade, "是" if one.is_reviewed else "否")
        for one in year.departments
    ]
    return _csv(("单位", "状态", "得分", "等级", "经复核"), rows)


def _leaves_csv(year: PublicYear) -> bytes:
    names = ("title", "target", "actual", "points", "score", "reason")
    rows = [(one.title, *(leaf[name] for name in names)) for one in year.departments for leaf in one.leaves]
    return _csv(("单位", "指标", "指标值", "完成值", "分值", "得分", "失分原因"), rows)


def _csv(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return stream.getvalue().encode("utf-8-sig")
