"""One quantity in its clause: which words lead to it, what it counts, and which part it plays there.

Looks only at the words between the quantity before and this one. What the words do not say stays empty.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from jixiao.values import POINTS, RATIO, Qualifier, Statement


class Role(StrEnum):
    """The part a quantity plays in its sentence."""

    NONE = ""
    TOTAL = "total"
    PART = "part"
    NUMERATOR = "numerator"  # 立案20件，立案率100%
    DENOMINATOR = "denominator"  # 征集20件
    ACTUAL = "actual"  # 目标95%，实际96%
    SHARE = "share"  # 占…的55.1%
    RATE = "rate"  # 立案率100%
    COMPLETION = "completion"  # 完成预算的13.68%
    GROWTH = "growth"  # 增长12.08%
    DELTA = "delta"  # 增加1062.85万元
    PREVIOUS = "previous"  # 上年729万人
    CURRENT = "current"  # 增加到732万人
    BUDGET = "budget"
    FINAL = "final"
    TARGET = "target"
    WORTH = "worth"  # 满分10分
    EARNED = "earned"  # 得8分


@dataclass(slots=True, eq=False)  # not frozen: a long report has many, and freezing is half of making them
class Term:
    """A quantity in its sentence, not to be changed.

    `gap` holds the words since the quantity before it, `clause` those since the last comma, both without
    white space; `subject` what it counts; `full` the subject completed from the head of the sentence;
    `base` what a share is said to be of; `change` is up or down where words of growth lead to it; `depth`
    counts brackets that are open. `is_amount` says that it is a number of things or of money that stands for
    itself: no rate, no increase, no mere bound. A term equals none but itself.
    """

    statement: Statement
    unit: str
    is_amount: bool
    gap: str
    clause: str
    role: Role
    subject: str
    full: str
    base: str
    change: str
    depth: int
    sentence: int
    index: int
    span: tuple[int, int]


_NO_THINGS = frozenset((RATIO, POINTS, "倍", "岁", "周岁", ""))
_OF_A_BASE = frozenset((Role.SHARE, Role.COMPLETION))
_MOVES = frozenset((Role.DELTA, Role.GROWTH))
_BOUNDS = frozenset((Qualifier.AT_LEAST, Qualifier.AT_MOST))
_SILENT = re.compile(r"[\s“”\"‘’]+|[（(][^（）()0-9]{1,6}[）)]|《[^》]{1,80}》")
_REMARK = re.compile(r"(?<=比[重例])[（(][^（）()0-9]{1,14}[）)]")
_CLAUSE = re.compile(r"[，；：、（）]")
_FULL_WIDTH = str.maketrans(
    ",;:()佔總經計類項數為達結辦員現預執較減長關於與從計劃",
    "，；：（）占总经计类项数为达结办员现预执较减长关于与从计划",
)
_WRITTEN_OTHERWISE = re.compile(f"[{''.join(map(chr, _FULL_WIDTH))}]")
_LONGEST = 400
_UP = "偏多|增长|增加|上升|提高|提升|上涨|增幅|增速|增长率"
_DOWN = "偏少|下降|减少|降低|缩减|回落|压减|下滑|减幅|降幅"
_MOVED = re.compile(rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?:了|为|达到?|约)?\Z")
_REACHED = re.compile(
    rf"(?:(?P<up>(?:{_UP})(?:到|至)|[增升涨]至|发展到)|(?P<down>(?:{_DOWN})(?:到|至)|[减降]至))了?"
    r"(?:(?:20\d\d年度?|今年|本年|目前)的?)?\Z"
)
_FROM_HERE = re.compile(r"(?:由|从)(?:(?:20\d\d年度?|上年|去年|原来)的?)?\Z")
_SHARE = re.compile(r"占(?:到|比|了)?(?P<of>[^占]{0,30}?)(?:的)?(?:比重|比例|比率)?(?:约?为|达到?|是|约)?\Z")
_COMPLETION = re.compile(
    r"(?:完成|占)(?P<of>[^占完]{0,8}(?:预算|计划|目标|任务)数?)的?(?:比例)?(?:为|达到?)?\Z"
)
_RATE = re.compile(r"率(?:分别|均|都)?(?:为|达到?|是|约)*\Z")
_COMPARED = re.compile(
    r"(?:(?:比|较|与)(?:上一?年?度?|去年|年初|上期|全年|\d{4}年度?)(?:同期|预算数?)?|比预算数?|同期|同比|环比).{0,6}\Z"
)
_PREVIOUS = re.compile(
    r"[比较][^比较]{1,16}的\Z|[比较](?:多年|常年|历年)(?:同期)?平?均?值?\Z|(?:上一?年度?|去年|同期)(?:同期)?的?[^增减升降]{0,12}\Z"
)
_LEFT_OVER = re.compile("旧存|留存|遗留|结余|结转|含(?:上|去)")
_FROM = re.compile(r"(?:(?<![交经事理缘])由|从(?!中))(?:[^由从]{0,12})\Z")
_DATE = re.compile(r".*(?:\d{4}年(?:度|末|底)?|\d{1,2}月(?:末|底|份)?|今年以来|今年|全年)")
_STARTS = re.compile(r"\A(?:其中|其(?![他它余])|并且|并|同时|共计|共|累计|另有|另|已|分别|合计(?=[^数]))+")
_ENDS = re.compile(
    r"(?:分别|各|均|约?为|是|达到?|完成|实现|共计|累计|共有|共|有|了|已|数|约|突破|超过|预计|其中|收到|报送|：)+\Z"
)
_DIFFERENCE = re.compile("[大小高低多少超]于|超出|结余|缺口")
_WORTH = ("满分", "分值", "权重")
_EARNED = ("得", "得分", "评分", "实得")
_PLANS = ("预算",)
_FINAL = ("决算", "实际支出", "执行", "支出决")
_NO_ROLE = (Role.NONE, "", "")
_TARGET = ("目标", "目标值", "计划", "任务")

# One class of characters is looked for much faster than the words it begins or ends: without it, no word.
_ODD = re.compile(r"[\s“”\"‘’（(《,;:)]")
_MAY_MOVE = re.compile("[增上提下减降缩回压发升涨偏]")
_MAY_COMPARE = re.compile("[比较与同]")
_MAY_LOOK_BACK = re.compile("[比较上去同由从]")
_MAY_SHARE = re.compile("占|完成")
_MAY_DATE = re.compile("[年月]")
_MAY_PLAN = frozenset(word[-1] for word in (*_PLANS, *_FINAL, *_TARGET, *_WORTH, *_EARNED))
_MAY_START = frozenset("其并同共累另已分合")
_MAY_END = frozenset("别各均为是到达成现计有了已数约破过中：送")


def term(statement: Statement, gap: str, depth: int, topic: str, sentence: int, index: int) -> Term:
    """Read the words `gap` before a quantity; `topic` is the subject at the head of its sentence."""
    gap = gap[-_LONGEST:]
    if _ODD.search(gap):
        gap = _SILENT.sub("", gap.translate(_FULL_WIDTH) if _WRITTEN_OTHERWISE.search(gap) else gap)
    if "、支" in gap:
        gap = gap.replace("收、支", "收支").replace("收入、支出", "收入支出")
    if statement.quantity.unit == RATIO and "占" in gap and "）" in gap:
        gap = _REMARK.sub("", gap)  # 占总人口比重（常住人口城镇化率）为57.35%
    clause = _CLAUSE.split(gap)[-1]
    quantity, place = statement.quantity, statement.place
    unit = quantity.unit
    may_move = bool(_MAY_MOVE.search(clause))
    role, base, change = _role(unit, clause, may_move=may_move)
    subject = "" if role in _OF_A_BASE else _subject(clause, may_move=may_move)
    full = completed(subject, topic)
    is_amount = unit not in _NO_THINGS and role not in _MOVES and quantity.qualifier not in _BOUNDS
    return Term(
        statement, unit, is_amount, gap, clause, role, subject, full, base, change, depth, sentence, index,
        (place.start, place.end),
    )  # fmt: skip


def _role(unit: str, clause: str, *, may_move: bool) -> tuple[Role, str, str]:
    if not clause:
        return _NO_ROLE
    moved = None
    if may_move:
        if reached := _REACHED.search(clause):
            return Role.CURRENT, "", reached.lastgroup or ""
        moved = _MOVED.search(clause)
    if unit == RATIO and not moved:
        if _FROM_HERE.search(clause):
            return Role.PREVIOUS, "", ""
        if _MAY_SHARE.search(clause):
            if match := _COMPLETION.search(clause):
                return Role.COMPLETION, match["of"], ""
            if match := _SHARE.search(clause):
                return Role.SHARE, match["of"].removesuffix("的"), ""
        if "率" in clause and _RATE.search(clause):
            return Role.RATE, "", ""
    if moved:
        growth = unit in (RATIO, "倍")
        average = "年均" in clause or "平均" in clause
        return (Role.NONE if average else Role.GROWTH if growth else Role.DELTA), "", moved.lastgroup or ""
    if _MAY_LOOK_BACK.search(clause) and (_PREVIOUS.search(clause) or _FROM.search(clause)):
        return (Role.NONE if _LEFT_OVER.search(clause) else Role.PREVIOUS), "", ""
    words = _without_end(clause)
    if words[-1:] not in _MAY_PLAN:
        return _NO_ROLE
    role = _planned(words, unit)
    return _NO_ROLE if _DIFFERENCE.search(clause) else (role, "", "")  # a difference, not a budget


def _planned(words: str, unit: str) -> Role:
    if unit == "分":
        if words.endswith(_WORTH):
            return Role.WORTH
        return Role.EARNED if words.endswith(_EARNED) else Role.NONE
    if words.endswith(_PLANS):
        return Role.BUDGET
    if words.endswith(_FINAL):
        return Role.FINAL
    return Role.TARGET if words.endswith(_TARGET) else Role.NONE


def _without_end(words: str) -> str:
    return _ENDS.sub("", words) if words and words[-1] in _MAY_END else words


def _subject(clause: str, *, may_move: bool) -> str:
    words = clause
    if may_move:
        words = _MOVED.sub("", _REACHED.sub("", words))
    if _MAY_COMPARE.search(words):
        words = _COMPARED.sub("", words)
    if _MAY_DATE.search(words):
        words = _DATE.sub("", words)
    if words[:1] in _MAY_START:
        words = _STARTS.sub("", words)
    return _without_end(words)


def completed(subject: str, topic: str) -> str:
    """支出决算, in a sentence that begins with 某项经费支出年初预算, is 某项经费支出决算."""
    if len(subject) < 2 or not topic or subject == topic:
        return subject
    at = topic.find(subject[:2])
    return topic[:at] + subject if at > 0 else subject
