"""Are all the parts of an enumeration told, and can they overlap? Said by words, shares, brackets and kinds of things.

Answers for `parts`, whose docstring gives the rules by the numbers used here. Does not judge sums.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from jixiao.reading.checks.outcome import judge, operand
from jixiao.reading.enumerations import Enumeration
from jixiao.reading.terms import Term
from jixiao.values import Interval, Verdict

_REST = re.compile(r"其他|其它|其余|余下|剩余")
ATTRIBUTE = re.compile(r"学历|职称|女性?\Z|男性?\Z|民族|党员|青年|人员\Z|以上|以下|的\Z|\A(?:从中|并将|并对)")
_SIGNED = re.compile(r"扣|减分|加分|奖励")
REACH = re.compile(
    r"\A(?:其中)?(?:共|累计|已|直接|间接)?(?:涉及|覆盖|惠及|带动|吸引|服务|解决|收集|提出|参与|参加|培训|辐射|联系|走访|提供)"
)
_COMPLETING = (
    ("基本支出", "项目支出"),
    ("人员经费", "公用经费"),
    ("上半年", "下半年"),
    ("因公出国", "公务接待", "公务用车"),
    ("A类", "B类", "C类"),
    ("个人提案", "集体提案"),
    ("委员提案", "集体提案"),
    ("城镇", "农村"),
    ("男", "女"),
    ("货物", "工程", "服务"),
    ("出国", "用车", "接待"),
    ("出国", "公车", "接待"),
    ("车辆购置", "运行维护"),
    ("用车购置", "运行维护"),
    ("一季度", "二季度", "三季度", "四季度"),
    ("财政拨款", "其他收入"),
    ("税收收入", "非税收入"),
    ("已经解决", "正在解决", "列入计划"),
    ("线上", "线下"),
    ("规上", "规下"),
    ("规模以上", "规模以下"),
    ("集体访", "个人访"),
    ("县道", "乡道", "村道"),
    ("一般债务", "专项债务"),
    ("满意", "基本满意", "不满意"),
    ("非常满意", "满意", "不满意"),
    ("很满意", "满意", "不满意"),
    ("夏粮", "秋粮"),
    ("第一产业", "第二产业", "第三产业"),
    ("农业", "林业", "牧业", "渔业"),
    ("经济建设", "政治建设", "文化建设", "社会建设", "生态文明"),
    ("新收", "旧存"),
    ("直办", "转办"),
    ("中央本级", "转移支付"),
    ("用车购置", "用车运行"),
    ("来信", "来访", "网上"),
    ("本金", "利息"),
    ("正高", "副高"),
    ("上转", "下转"),
    ("党委", "党总支", "党支部"),
    ("优", "良", "中"),
)
_MAY_COMPLETE = re.compile("|".join(sorted({group[0] for group in _COMPLETING})))
_APART = re.compile(
    r"(?:类|界|提案|建议|指标|方面|领域|型|级|街道|[镇乡村]|社区|片区?|[东南西北]线|季度|月份?|半年|产业|方式|等次|层次)\Z"
    r"|(?:行政|事业|工勤)(?:在编|编制)?(?:人员|身份)?\Z"
    r"|(?:支出|经费|资金|费用?|拨款|收入|投资|贷款|补助|安排|捐赠|自筹|配套)\Z|\A(?:[A-DＡ-Ｄ]|[东南西北]片|[一二三四]季度|[上下]半年)"
)
_YEAR = re.compile(r"(?:其中)?20\d\d年(?!底|末|初|以)")
_NO_NAME = re.compile(r"含|其中|包括|上年|去年|比|较|占|新|另|超|增|减|原|不足|未|已")
_MIXED = re.compile("民间|民营|工业|制造|产业|规[模上]|重点|[国省市县]级|农村(?!公路)|城镇|[优先]|投资")
_KINDS = frozenset(["所", "座", "公里", "元"])
_NAME = 9  # a longer one is a clause
_EVENTS = frozenset(["次", "场", "场次", "期", "批次", "批", "轮"])
_OPPOSITES = (
    ("公办", "民办"),
    ("在职", "退休"),
    ("在编", "编外"),
    ("新建", "续建"),
    ("已", "未"),
    ("男", "女"),
)
_NEARLY = Fraction(1, 30)
_CLOSE = Fraction(1, 100)
_LEFT_OUT = Fraction(1, 20)
_ENOUGH_STEPS = 10_000


def is_complete(one: Enumeration) -> bool:
    """(1): the parts are all the parts, be it that only a mistyped digit shows it."""
    return is_declared(one) or _is_mistyped(one)


def is_declared(one: Enumeration) -> bool:
    """The words or the shares say that the parts are all the parts."""
    subjects = [part.subject for part in one.parts]
    if len(one.shares) == len(one.parts) and not one.near and _is_below_all(one):
        return False
    if one.complete or _REST.search(one.parts[-1].clause):
        return True
    if closes(one) and (are_apart(one) or _are_plain(one)):  # (11)
        return True
    if len(one.shares) == len(one.parts):
        shares = [share for _, share in one.shares]
        if judge("shares", shares=shares).verdict is not Verdict.BROKEN:
            return True
    if one.whole.unit == "分" and len(one.parts) > 2:
        return not any(_SIGNED.search(part.clause) for part in one.parts)
    if one.near and all(len(name) > 1 and name in one.whole.gap for name in subjects) and len(subjects) > 1:
        return len(set(subjects)) == len(subjects)
    may_complete = _MAY_COMPLETE.search("\n".join(subjects))
    return bool(may_complete) and any(_completes(group, subjects) for group in _COMPLETING)


def _is_below_all(one: Enumeration) -> bool:
    """Each part is told with its share, and together they leave so much that other parts must be left out."""
    told = sum((Fraction(share.statement.quantity.value) for _, share in one.shares), Fraction(0))
    return told < 1 - _LEFT_OUT


def closes(one: Enumeration) -> bool:
    """A bracket that holds the parts and nothing behind them."""
    return one.opening == "（" and one.parts[-1].statement.after.lstrip().startswith(("）", ")"))


def _are_plain(one: Enumeration) -> bool:
    """(11)"""
    names = [part.clause for part in one.parts]
    plain = all(
        1 < len(name) < _NAME and not ATTRIBUTE.search(name) and not _NO_NAME.match(name) for name in names
    )
    return plain and len(set(names)) == len(names) > 2 and one.whole.statement.kind == "count"


def _completes(group: tuple[str, ...], subjects: list[str]) -> bool:
    return len(subjects) >= len(group) and all(any(name in subject for subject in subjects) for name in group)


def are_apart(one: Enumeration) -> bool:
    """(8): no thing can be counted in two of the parts."""
    if one.opening == "分别" or REACH.search(one.parts[0].clause):
        return False
    years = {year[0] for part in one.parts if (year := _YEAR.match(part.clause))}
    if len(years) == len(one.parts):
        return True
    names = [part.subject for part in one.parts]
    if len(set(names)) < len(names):
        return False
    apart = all(_APART.search(name) for name in names) or _are_opposites(names) or _are_kinds(one)
    return apart or (one.whole.unit in _EVENTS and len(names) > 2 and all(names))


def _are_kinds(one: Enumeration) -> bool:
    """(15)"""
    names = [part.clause.removeprefix("其中") for part in one.parts]
    ends = {name[-2:] for name in names}
    plain = all(
        1 < len(name) < _NAME and not (ATTRIBUTE.search(name) or _NO_NAME.match(name) or _MIXED.search(name))
        for name in names
    )
    return plain and one.whole.unit in _KINDS and one.near and len(ends) > 2 and len(ends) > len(names) / 2


def _are_opposites(names: Sequence[str]) -> bool:
    return any(
        len(names) == len(pair) and all(any(word in name for name in names) for word in pair)
        for pair in _OPPOSITES
    )


def is_nearly_all(one: Enumeration) -> bool:
    """(8): parts that cannot overlap and leave less of the whole than the smallest of them is."""
    if len(one.parts) < 3 or not are_apart(one):
        return False
    values = [Fraction(part.statement.quantity.value) for part in one.parts]
    whole = Fraction(one.whole.statement.quantity.value)
    off = whole - sum(values)
    return 0 < off <= whole * _NEARLY and off < min(values)


def misses_the_nearest(one: Enumeration) -> bool:
    """(14): told in a sentence of their own, the parts make the nearest whole but for a slip."""
    if one.near or len(one.parts) < 3 or not are_apart(one):
        return False
    added = sum(Fraction(part.statement.quantity.value) for part in one.parts)
    sizes = [Fraction(term.statement.quantity.value) for term in (one.whole, *one.others)]
    off, *others = [abs(size - added) / size if size else Fraction(1) for size in sizes]
    return 0 < off < _CLOSE and all(
        other > _CLOSE * 4 or size < added for other, size in zip(others, sizes[1:], strict=True)
    )


def _is_mistyped(one: Enumeration) -> bool:
    """The sum is off by one digit, or by two digits changed about, of a long number: chance hardly does that."""
    steps = [term.statement.quantity.step or Fraction(1) for term in (one.whole, *one.parts)]
    unit = max(steps)
    whole = Fraction(one.whole.statement.quantity.value)
    if whole / unit < _ENOUGH_STEPS or one.opening == "分别":
        return False
    added = sum((Fraction(part.statement.quantity.value) for part in one.parts), Fraction(0))
    off = abs(whole - added) / unit
    if off.denominator != 1:
        return False
    digits = int(str(off.numerator).rstrip("0") or 0)
    return 0 < digits < 10 or (digits % 9 == 0 and digits <= 81)


def interval(term: Term) -> Interval:
    """How large a part or whole may be; nothing is told as nothing."""
    quantity = term.statement.quantity
    return quantity.interval if quantity.value else operand(term).known
