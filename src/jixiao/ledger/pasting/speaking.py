"""Chat as it is copied: who spoke when stands before what was said. When is kept as the day it is seen from; who is not.

A sentence that goes on in the next line is put together; what somebody quotes is told apart from what they say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from jixiao.ledger.pasting.days import find_day

_CLOCK = r"(?:[上下]午|晚上|凌晨)?\s*\d{1,2}:\d{2}(?::\d{2})?"
_DATE = r"(?:\d{4}(?:年|[-/.]))?\d{1,2}(?:月|[-/.])\d{1,2}日?|昨天|前天|(?:星期|周)[一二三四五六日天]"
_HEAD = re.compile(
    rf"(?:【[^】]{{1,6}}】)?[\[【(]?(?P<who>[^\d\[\]【】]{{0,20}}?(?:[(（<]\d{{5,12}}[)）>])?)[\s\]】)]*(?P<day>{_DATE})?\s*{_CLOCK}[\]】)]?\s*(?P<after>[^\d\s:：]{{1,12}})?[:：]?\s*$"
)
_LEAD = re.compile(rf"^[\[【(]?(?P<day>{_DATE})\s+{_CLOCK}[\]】)]?\s*(?P<who>[^\d\s:：]{{1,12}})[:：]\s*")
_SPEAKER = re.compile(r"(?!.*(?:[的本各]|以下|如下|情况|工作|内容))@?[^\d\s，。；、,;:：]{2,14}[:：]")
_NO_NAME = "本[周月日]|上[周月]|[今昨前][天日]|[上下]午|补充|另外?[:：]|通知|公告|提醒|温馨提示"
_NAME = re.compile(rf"^(?!{_NO_NAME})@?[\u4e00-\u9fffA-Za-z·]{{2,6}}\s*[:：]\s*")
_BULLET = re.compile(
    r"^\s*(?:[-*•·●○◆]|\d{1,2}(?:[、）)]|\.(?!\d)|\.(?=\d{1,2}月|\d{4}[年.]))|[（(]\d{1,2}[)）]|[①-⑳]|[一二三四五六七八九十]{1,3}、)\s*"
)
_DAY_BETWEEN = re.compile(rf"[-—–─]{{2,}}\s*(?P<day>{_DATE})\s*[-—–─]{{2,}}")
_RULE = re.compile(r"[\s\-—–─_=*·.。…]+")
_NOTICE = re.compile(
    r".*(?:撤回了一条消息|(?:加入|退出|移出)了?(?:群聊|本群)|拍了拍|修改群名为|以下(?:是|为)新消息|开启了朋友验证).*"
)
_QUOTE = re.compile(r"[「“](?:[^「」“”\d:：]{1,20}[:：])?(?P<quoted>.*)")
_QUOTED_LINE = re.compile(r"[>＞]\s*(?:[^\d:：]{1,20}[:：])?(?P<quoted>.+)")
_REPLY = re.compile(r"^(?:回复|引用)\s*@?[\u4e00-\u9fffA-Za-z·]{2,12}\s*[:：]\s*")
_FORWARD = re.compile(
    rf"^(?:【?转发】?|转)\s*[:：]?\s*(?:(?P<who>[\u4e00-\u9fff·]{{2,4}})\s+(?=(?:{_DATE})\s))?"
)
_MENTION = re.compile(r"@(?!所有人|全体)[^\s@,，。；;：:]{1,12}(?:[\s\u2005]+|$)")
_GOES_ON = re.compile(r"[一二三四五六七八九十]是")
_OPEN_ENDED = ("，", "、", ",", "（", "(")
_SIGNS = re.compile(
    r"[\U0001F000-\U0001FAFF\u2600-\u27BF\u2B50\uFE0F\u200D\u20E3]|\[[\u4e00-\u9fffA-Za-z]{1,4}\](?=\s*(?:\[|$))"
)
_IDLE = re.compile(r"@所有人|@全体|\[[\u4e00-\u9fffA-Za-z]{1,4}\]|请各|各位|收到[。！!]*$|通知|提醒|温馨提示")
_CALL = re.compile(r"请(?:准时|按时|务必|大家|各位|各单位|知悉)|(?:望|敬请)周知")


@dataclass(frozen=True, slots=True)
class Speaker:
    """One thing said: where it stands in the paste, on which day it was said, without who said it. `is_quoted`: said
    before by somebody, and told again.
    """

    number: int
    text: str
    said_on: date
    is_quoted: bool = False


def said(text: str, on: date, keeps: frozenset[str] = frozenset()) -> Iterator[Speaker]:
    """The lines that say something. `on` is the day of lines without one; a lead that holds one of `keeps` (走访：)
    is no name.
    """
    before: Speaker | None = None
    for one in _lines(text, on, keeps):
        if one is not None and before is not None and _goes_on(before, one):
            before = replace(before, text=f"{before.text}{one.text}")
            continue
        if before is not None:
            yield before
        before = one
    if before is not None:
        yield before


def _goes_on(before: Speaker, one: Speaker) -> bool:
    same = before.said_on == one.said_on and before.is_quoted == one.is_quoted
    return same and (before.text.endswith(_OPEN_ENDED) or bool(_GOES_ON.match(one.text)))


def _lines(text: str, on: date, keeps: frozenset[str]) -> Iterator[Speaker | None]:
    """The lines without who spoke; None where somebody else begins."""
    day, in_quote = on, False
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        line = line.strip().strip("\u200b\ufeff")
        if not line or _NOTICE.fullmatch(line):
            continue
        if between := _DAY_BETWEEN.fullmatch(line):
            day = _day(between["day"], on, day)
            yield None
            continue
        if _RULE.fullmatch(line):
            continue
        if (head := _HEAD.fullmatch(line)) and not _tells(head["who"], keeps):
            day = _day(head["day"], on, day)
            yield None
            continue
        if _SPEAKER.fullmatch(line) and not _tells(line, keeps):
            yield None
            continue
        if in_quote or (quote := _quote(line)):
            quoted = line if in_quote else quote
            in_quote = "」" not in line and (in_quote or line.startswith("「"))
            if told := quoted.strip("」” \t"):
                yield Speaker(number, told, day, is_quoted=True)
            continue
        if lead := _LEAD.match(line):
            day, line = _day(lead["day"], on, day), line[lead.end() :]
        line = _BULLET.sub("", line)
        line = _MENTION.sub("", _FORWARD.sub("", _REPLY.sub("", line))).strip()
        if (name := _NAME.match(line)) and not _tells(name[0], keeps):
            line = line[name.end() :]
        if line:
            yield Speaker(number, line, day)


def _quote(line: str) -> str:
    """What a line quotes and nothing else; empty for a line that says something of its own."""
    if (
        line.startswith("「")
        and (quote := _QUOTE.fullmatch(line))
        and line.count("」") <= line.endswith("」")
    ):
        return quote["quoted"]
    quote = _QUOTED_LINE.fullmatch(line)
    return quote["quoted"] if quote else ""


def _tells(lead: str, keeps: frozenset[str]) -> bool:
    """Whether a lead speaks of something done; what stands in brackets behind a name is an office."""
    bare = re.sub(r"[（(][^（）()]*[)）]|[-—_][^-—_]*$", "", lead)
    return any(word in bare for word in keeps)


def plain(text: str) -> str:
    """What is said, without little pictures."""
    return _SIGNS.sub("", text).strip()


def is_idle(text: str) -> bool:
    """A picture's place, a call to everybody, a notice, an acknowledgement: nothing that was done."""
    return bool(_IDLE.match(text) or _CALL.search(text))


def _day(text: str | None, seen_from: date, otherwise: date) -> date:
    found = find_day(text, seen_from) if text else None
    return found.on if found else otherwise
