"""Texts nobody writes, each of any length: what a reader of reports must get through in linear time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count, islice

Family = Callable[[int], str]


def _again(piece: str) -> Family:
    """The same piece over and over."""
    return lambda length: (piece * (length // len(piece) + 1))[:length]


def _numbered(pattern: str, head: str = "") -> Family:
    """The pattern over and over, with numbers that differ; `{n}` grows, `{d}` is a digit, `{m}` a mix."""

    def pieces() -> Iterator[str]:
        for number in count(1):
            yield pattern.format(n=number, d=number % 9 + 1, m=number * 7919 % 9973 + 1)

    def build(length: int) -> str:
        few = "".join(islice(pieces(), 100))
        enough = length * 100 // len(few) + 100
        return (head + "".join(islice(pieces(), enough)))[:length]

    return build


def _nested(opens: str, closes: str) -> Family:
    return lambda length: opens * (length // 2) + "5件" + closes * (length // 2)


_REPEATED = (
    "1",
    "9",
    "1、",
    "1,",
    "1,000",
    "1.",
    "1万",
    "1亿1万",
    "1个",
    "1件、",
    "其中",
    "其中其中1个",
    "其中1个",
    "分别",
    "分别为",
    "分别为1件、",
    "余",
    "约",
    "约1",
    "1余",
    "上",
    "%",
    "1%",
    "%%%1",
    "《",
    "》",
    "《》",
    "《示例》、",
    "“",
    "”",
    "“1个”",
    "(",
    "（",
    "）",
    "（1件",
    "（1件）",
    "【",
    " ",
    "\t",
    "\n",
    "\u3000",
    "\r\n",
    " \n",
    "1 ",
    "1 \n",
    "1\n",
    "1\t",
    "一",
    "十",
    "百",
    "万",
    "亿",
    "两",
    "一万",
    "一是",
    "一是二是",
    "一是1件",
    "百分之",
    "百分之一",
    "分之",
    "3分之1",
    "1/",
    "1/2",
    "1/3以上",
    "1-",
    "1至",
    "1-2",
    "1-2个",
    "1~",
    "1到2到",
    "第",
    "第一",
    "第1条",
    "2020年",
    "2020年1月1日",
    "1年",
    "占",
    "占的",
    "占1%",
    "占全部的1%，",
    "率",
    "率为1%",
    "完成率",
    "立案率、",
    "比",
    "比较",
    "由从",
    "由1%",
    "增长",
    "增长下降",
    "增长（下降）",
    "增长1%",
    "增加1件，增长1%，",
    "上年1件，今年2件，增长1%，",
    "由1件增加到2件，",
    "下降1%增长1%",
    "得",
    "得1分",
    "满分1分，得1分，",
    "XX",
    "__",
    "_ ",
    "{{",
    "{{}}",
    "〔",
    "〔 ",
    "（请",
    "（请填",
    "。",
    "1。",
    "1件。",
    "，",
    "、",
    "和",
    "，1件",
    "：",
    "：1件",
    "；1件",
    "发放1份，满意率1%，",
    "收到1件，收到率1%，",
    "预算1元，决算1元，完成预算的1%，",
    "预算1元，决算1元，决算数大于预算数的",
    "决算数大于预算数的",
    "完成1件的1%，",
    "三个方面",
    "三个方面：一是",
    "三个方面：一是二是三是",
    "甲、",
    "甲、乙2个",
    "2个甲、乙",
    "2部《甲》《乙》",
    "《甲》2部",
    "以及和与及2类、",
    "主要用于以下方面：",
    "按类分",
    "按",
    "按甲分为1件、",
    "单位：万元",
    "单 ",
    "单位",
    "100,000,",
    "1.1.1",
    "0.1%",
    "１",
    "１，",
    "①",
    "５％",
    "0",
    "00件",
    "-1",
    "+1",
    "1e9",
    "A1",
    "\u200b1",
    "\ufeff",
    "1\xa0",
    "𠀀1件",
    "合计",
    "合计1件，",
    "千瓦",
    "1千瓦",
    "壹佰",
    "点",
    "一点一",
    "1点",
    "二分之一",
    "不超过",
    "不超过1件",
    "1件以上",
    "1（含1）以上",
    "1（含",
    "几",
    "数十",
    "多",
    "来",
    "1来",
    "1多万",
    "个",
    "元",
    "人次",
    "标准煤",
    "1吨标准",
)

FAMILIES: dict[str, Family] = {piece: _again(piece) for piece in _REPEATED} | {
    "件数不同": _numbered("{n}件、"),
    "其中不同": _numbered("其中{n}个，"),
    "其中成句": _numbered("共{n}件，其中甲{d}件、乙{d}件。"),
    "一个总数": _numbered("甲{d}件，", "共收到100000件，其中："),
    "总数不断": _numbered("共{n}件，其中{d}件，"),
    "括号之内": _numbered("（{n}件，其中{d}件"),
    "分别不断": _numbered("分别为{n}件、{m}件，"),
    "占比不断": _numbered("甲{n}件，占{d}.{d}%；", "共100000件，其中："),
    "占其名": _numbered("本年收入合计{n}万元，支出{d}万元，占本年收入合计的{d}%。"),
    "增减不断": _numbered("本年收入合计{n}万元，增加{d}万元，增长{d}.{d}%，"),
    "增减成句": _numbered("收入合计{n}万元。增加{d}万元，增长{d}.{d}%。"),
    "预算不断": _numbered("预算{n}元，决算{m}元，完成预算的{d}%，"),
    "比率不断": _numbered("立案{n}件，立案率{d}%，"),
    "比率同名": _numbered("立案{n}件，", "收到5件，"),
    "零占不断": _numbered("甲{d}件，占0%，"),
    "问卷不断": _numbered("发放问卷{n}份，满意率为{d}.{d}%，"),
    "同名之数": _numbered("全年累计收到群众来信{n}件。"),
    "名目渐长": _numbered("第{n}街道全年累计收到群众来信{m}件。"),
    "得分不断": _numbered("满分{d}分，得{d}分，"),
    "书名不断": _numbered("编印《甲{n}》《乙{m}》2部，"),
    "要点不断": _numbered("开展三个方面：一是甲{n}，二是乙，三是丙。"),
    "行行都短": _numbered("{n}件\n"),
    "百字成行": _numbered("本季度各街道共办理来信{n}件并答复来信人\n"),
    "表格成行": _numbered("{n}\t{m}\t{d}\n", "项目\t合计\t甲\n"),
    "大小不一": _numbered("{n}亿{d}万{m}元，"),
    "层层括号": _nested("（", "）"),
    "层层引号": _nested("“", "”"),
    "层层书名": _nested("《", "》"),
    "层层花括": _nested("{", "}"),
    "层层是": lambda length: ("一是二是三是四是五是六是七是八是九是十是" * (length // 20 + 1))[:length],
}


def _table(headings: str, row: str) -> Family:
    """A page with one table of so many rows; the numbers of `row` differ as in `_numbered`."""

    def build(length: int) -> str:
        cells = _numbered("".join(f"<td>{words}" for words in row.split("|")) + "<tr>")(length)
        head = "".join(f"<th>{words}</th>" for words in headings.split("|"))
        whole = cells[: cells.rfind("<tr>")]
        return f"<html><body><table><tr>{head}</tr><tr>{whole}</table></body></html>"

    return build


def _wide(length: int) -> str:
    """One row of very many columns."""
    columns = range(length // 12)
    head = "".join(f"<th>列{column}</th>" for column in columns)
    return f"<html><table><tr>{head}</tr><tr>{'<td>1</td>' * len(columns)}</tr></table></html>"


# The same for tables, as pages: totals, 其中, headings and codes without end.
TABLES: dict[str, Family] = {
    "合计不断": _table("项目|金额", "合计|{n}"),
    "其中不断": _table("项目|金额", "其中：甲{n}|{m}"),
    "编号不断": _table("项目|金额|数量", "{d}、甲|{n}|{m}"),
    "编码不断": _table("科目编码|名称|合计|基本支出|项目支出", "20{n}|甲{n}|{m}|{n}|{d}"),
    "编码渐长": _table("科目编码|合计", "2{n}{m}|{m}"),
    "比率成列": _table("项目|预算数|执行数|执行率", "甲{n}|{n}|{m}|{d}.{d}%"),
    "合计成列": _table("项目|合计|其中：甲|乙|合计|小计", "甲{n}|{n}|{m}|{d}|{n}|{m}"),
    "空格不断": _table("项目|金额", "甲{n}|"),
    "同是一数": _table("项目|金额", "甲|1"),
    "字行相间": _table("项目|金额|数量", "甲{n}|乙|丙<tr><td>甲|{n}|{m}"),
    "列列不断": _wide,
    "表表不断": lambda length: (
        "<html>" + "<table><tr><th>项目<th>金额<tr><td>甲<td>1<tr><td>合计<td>2</table>" * (length // 80 + 1)
    ),
    "表中有表": lambda length: "<html>" + "<table><tr><td>1" * (length // 16 + 1),
}
