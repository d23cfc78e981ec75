"""What a person says of a finding survives the next run, also where the report was edited elsewhere."""

from __future__ import annotations

import json

import pytest

from jixiao.errors import BadInput
from jixiao.reading.marked import Opinion, Saying, check, read_opinions, saying_of, write_opinions

WRONG = "全年办理来信30件，分为城建类12件、农业类10件、其他类9件。"
ROWS = "".join(
    f"<tr><td>{name}</td><td>{count}</td></tr>" for name, count in zip("甲乙丙", (1, 2, 3), strict=True)
)
TABLE = f"<table><tr><th>项目</th><th>本年</th></tr>{ROWS}<tr><td>合计</td><td>7</td></tr></table>"


def marks(text: str, name: str = "示例.txt") -> list[str]:
    return [one.fingerprint for one in check(text.encode(), name).findings]


@pytest.mark.parametrize(
    "edited",
    [
        f"新写的一段，另有来访5批。\n{WRONG}",
        f"{WRONG}\n后来补的话。",
        f"经统计，{WRONG}",
        WRONG.replace("30件", "30 件"),
        WRONG.replace("办理来信", "办\n理来信"),
    ],
)
def test_an_edit_elsewhere_keeps_the_fingerprint(edited):
    assert marks(WRONG)[0] in marks(edited)


@pytest.mark.parametrize("edited", [WRONG.replace("30件", "32件"), WRONG.replace("来信", "来访")])
def test_another_figure_or_thing_is_another_finding(edited):
    assert marks(edited)
    assert marks(WRONG)[0] not in marks(edited)


def test_rows_above_do_not_matter_in_a_table():
    longer = TABLE.replace("<table>", "<p>新的一段</p><table>")
    assert marks(TABLE, "a.html")
    assert marks(TABLE, "a.html") == marks(longer, "a.html")


def test_the_same_words_in_another_format_are_the_same_finding():
    assert marks(f"<p>{WRONG}</p>", "a.html") == marks(WRONG)


@pytest.mark.parametrize(
    ("saying", "broken", "dismissed"), [("wrong", 1, 0), ("misread", 0, 1), ("accepted", 0, 1)]
)
def test_only_what_is_dismissed_is_not_counted(saying, broken, dismissed):
    (mark,) = marks(WRONG)
    checked = check(WRONG.encode(), "示例.txt", {mark: Opinion(mark, Saying(saying))})
    assert (checked.broken, checked.dismissed) == (broken, dismissed)
    assert len(checked.findings) == 1
    assert checked.summary.startswith(f"识别 4 处数据，核对 4 处，发现 {broken} 处不一致")


def test_a_file_of_opinions_reads_back():
    opinions = [
        Opinion(
            "0123456789abcdef", Saying.MISREAD, "口径“不同”\u2028\x85", "各项之和不符", "clerk", "2020-12-31"
        ),
        Opinion("00000000000000ff", Saying.WRONG),
    ]
    written = write_opinions(opinions)
    assert [json.loads(line)["verdict"] for line in written.split("\n") if line] == ["wrong", "misread"]
    assert read_opinions("\ufeff" + written.replace("\n", "\r\n") + "\n", "a.jsonl") == {
        one.fingerprint: one for one in opinions
    }


def test_a_later_line_counts():
    one, two = Opinion("0" * 16, Saying.WRONG), Opinion("0" * 16, Saying.ACCEPTED)
    assert read_opinions(write_opinions([one]) + write_opinions([two]), "a") == {"0" * 16: two}


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "不是 JSON 对象"),
        ("[" * 100_000, "不是 JSON 对象"),
        ("[]", "缺少 fingerprint"),
        ('{"fingerprint": "xyz", "verdict": "wrong"}', "缺少 fingerprint"),
        ('{"fingerprint": "0000000000000000", "verdict": "maybe"}', "没有意见“maybe”"),
        ('{"fingerprint": "0000000000000000"}', "没有意见“”"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(line, told):
    with pytest.raises(BadInput, match="意见文件 第2行") as refused:
        read_opinions("\n" + line, "意见文件")
    assert told in str(refused.value)


@pytest.mark.parametrize("words", ["误报", "misread", "读法不对", "读法不对（误报）", " 误报 "])
def test_a_saying_has_several_words(words):
    assert saying_of(words) is Saying.MISREAD
