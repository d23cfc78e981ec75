"""Parts and their total, in prose.

A total and the parts told of it (其中, 分别, 主要用于以下方面, a colon, a bracket) in one measure word: parts
that are all the parts add up to it; parts that may be some of them are no larger than it.

(1) All the parts are told where the opening words promise it, where the whole itself names them (新增、优化线路18条),
where their shares make 100 % (never where each is told with its share and these leave much), where the last one is
其他, where they are halves that complete each other (基本支出 and 项目支出, A 类 B 类 C 类), or where the sum misses by
what one mistyped digit explains. Otherwise a smaller sum is no contradiction.
Only exact numbers are held so. Parts of a score sheet (分) are all told where there are three or more.
(2) What follows the last part may look like another: a beginning of the parts that makes the total is enough.
(3) Where another number before is the sum, the parts belong to that. Where 其中 begins a new sentence and several
numbers of the sentence before may be meant, parts that are not declared to be all may only agree.
(4) Some parts may overlap: their sum may exceed the whole, none of them alone.
(5) After verbs of reach (涉及, 惠及, 带动 …) the second number counts something else.
(6) Numbers told 分别 may be of other things than the one before: they may agree, never contradict.
(7) A later number that is too large begins something new; surely parts are the first one after 其中, those joined to
it by 、 and all where ；divides three or more or each names a quality (学历, 职称, 享受减免的).
(8) Groups that cannot overlap (各类, 各方面, places, years, quarters, money by heads, 行政 and 事业 and 工勤, three or more
sorts of events) make no more than their whole together; three or more such groups that all but make it are all the groups.
(9) Parts of a part told right after it (人员经费 and 公用经费 after 基本支出) count once.
(10) Points with their worth beside them (分值30分，得27分) are a score sheet, which is another check.
(11) A bracket right behind the whole with nothing but groups that cannot overlap tells all of them, and so does one
with nothing but three or more plain names of things counted.
(12) Parts whose names end alike (委员提案, 团体提案, 专委会提案) and that one sort of stop divides are parts up to the
last that fits, also where one between them is too large.
(13) 通过初审57件，其中30件获得立项: a bare number after 其中 is of the stage told right before it, not of an earlier one.
(14) Three or more such groups in a sentence of their own that miss the nearest whole by less than a hundredth, and
others by far, are parts of that.
(15) Three or more kinds (小学, 初中, 幼儿园) of institutions, kilometres or money that end in different words cannot overlap.
Does not see parts in other measure words, in other sentences, or in tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import accumulate, takewhile

from jixiao.reading.checks.chains import STAGE
from jixiao.reading.checks.outcome import Outcome, judge, operand, outcome, printed
from jixiao.reading.checks.scores import pairs
from jixiao.reading.enumerations import Enumeration, strength
from jixiao.reading.read import Reading
from jixiao.reading.terms import Term
from jixiao.values import RATIO, Interval, Qualifier, Verdict

_REST = re.compile(r"其他|其它|其余|余下|剩余")
_ATTRIBUTE = re.compile(
    r"学历|职称|女性?\Z|男性?\Z|民族|党员|青年|人员\Z|以上|以下|的\Z|\A(?:从中|并将|并对)"
)
_SIGNED = re.compile(r"扣|减分|加分|奖励")
_REACH = re.compile(
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
    ("县道", "乡道", "村道"),
    ("一般债务", "专项债务"),
    ("满意", "基本满意", "不满意"),
    ("非常满意", "满意", "不满意"),
    ("很满意", "满意", "不满意"),
    ("公办", "民办"),
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
_OF_ANOTHER = re.compile("累计|总|目标|计划|上年|去年|同期|原|应|[20]\\d年|万元|共")
_KINDS = frozenset(["所", "座", "公里", "元"])
_NAME = 9  # a longer one is a clause
_MAY_OPEN = re.compile("其中|从中|包括")
_EVENTS = frozenset(["次", "场", "场次", "期", "批次", "批", "轮"])
_OPPOSITES = (
    ("公办", "民办"),
    ("在职", "退休"),
    ("在编", "编外"),
    ("新建", "续建"),
    ("已", "未"),
    ("男", "女"),
)
_MOST_PARTS = 24
_NEARLY = Fraction(1, 30)
_CLOSE = Fraction(1, 100)
_LEFT_OUT = Fraction(1, 20)
_ENOUGH_STEPS = 10_000


def parts(reading: Reading) -> list[Outcome]:
    """Sums and subsets of one reading."""
    return [
        found
        for one in reading.enumerations
        if one.whole.unit != "分" or len(pairs(reading.sentences[one.parts[0].sentence])) < 2  # (10)
        for found in _judged(reading, one)
    ]


def _judged(reading: Reading, one: Enumeration) -> Iterator[Outcome]:
    if len(one.parts) > 1:
        sums = _sums(one.parts)
        for whole in (one.whole, *one.others):
            if (beginning := _beginning(whole, one.parts, sums)) is not None:
                found = judge("sum", total=whole, parts=beginning)
                yield outcome("sum", found, (whole, *beginning), _words(one, whole, len(beginning)))
                return
    yield from _short_of_all(reading, one, _words(one, one.whole, len(one.parts)))


def _short_of_all(reading: Reading, one: Enumeration, words: str) -> Iterator[Outcome]:
    """Where no beginning of the parts makes a whole."""
    if len(one.parts) > 1:
        if len(top := _unnested(one.parts)) < len(one.parts) and _meets(one.whole, top):  # (9)
            found = judge("sum", total=one.whole, parts=top)
            yield outcome("sum", found, (one.whole, *top), words)
            return
        if one.opening == "中" and not one.near and not _is_called(one):
            return
        if one.others and not one.near and not (_is_declared(one) or _misses_the_nearest(one)):  # (3)
            return
        if _is_exact(one) and (
            (complete := _is_complete(one))
            or _exceeds(one)
            or _is_nearly_all(one)
            or _misses_the_nearest(one)
        ):
            found = judge("sum", total=one.whole, parts=one.parts)
            vague = found.verdict is Verdict.ROUNDING and not complete
            if not vague and not _reconciles(reading, one):
                yield outcome("sum", found, (one.whole, *one.parts), f"{words}，且已全部列出")
                return
        if _REACH.search(one.parts[0].clause) or one.opening == "分别":  # (5), (6)
            return
        found = judge("subset", whole=one.whole, parts=one.parts, disjoint=True)
        if found.verdict is Verdict.KEPT:
            yield outcome("subset", found, (one.whole, *one.parts), words)
            return
    yield from _subsets(reading, one, words)


def _subsets(reading: Reading, one: Enumeration, words: str) -> Iterator[Outcome]:
    if _REACH.search(one.parts[0].clause) or one.opening == "分别":  # (5), (6)
        return
    size = _interval(one.whole)
    fitting = list(takewhile(lambda part: _interval(part).can_be_at_most(size), one.parts))
    parts = max(fitting, _coordinated(one), key=len)  # (7)
    found = judge("subset", whole=one.whole, parts=parts)
    if found.verdict is Verdict.BROKEN and not _is_sure(reading, one):
        return
    yield outcome("subset", found, (one.whole, *parts), words)


def _coordinated(one: Enumeration) -> list[Term]:
    """The parts that are surely parts (7): the first, those joined by 、, all where ；divides all."""
    stops = [strength(part.gap) for part in one.parts[1:]]
    if _closes(one):
        return list(one.parts)
    if len(stops) > 1 and set(stops) == {3}:
        return list(one.parts)
    if one.near and set(stops) == {2} and all(_ATTRIBUTE.search(part.clause) for part in one.parts):
        return list(one.parts)
    joined = list(one.parts[: 1 + len(list(takewhile(lambda stop: stop == 1, stops)))])
    if one.near and len(stops) > 1 and len(set(stops)) == 1 and _end_alike(one.parts):  # (12)
        size = _interval(one.whole)
        fitting = [place for place, part in enumerate(one.parts) if _interval(part).can_be_at_most(size)]
        return max(joined, list(one.parts[: max(fitting, default=-1) + 1]), key=len)
    return joined


def _end_alike(parts: Sequence[Term]) -> bool:
    names = [part.subject for part in parts]
    return len({name[-2:] for name in names}) == 1 and len(set(names)) == len(names) and len(names[0]) > 2


def _beginning(whole: Term, parts: Sequence[Term], sums: Sequence[Interval]) -> tuple[Term, ...] | None:
    """The longest beginning of the parts that makes the total (2); `sums` are the sums of its beginnings."""
    size = _interval(whole)
    longest = next((count for count in range(len(sums), 1, -1) if sums[count - 1].meets(size)), 0)
    return tuple(parts[:longest]) if longest else None


def _sums(parts: Sequence[Term]) -> list[Interval]:
    """The sums of the first part, the first two, the first three …; none of a list longer than any told."""
    return [] if len(parts) > _MOST_PARTS else list(accumulate(map(_interval, parts)))


def _is_exact(one: Enumeration) -> bool:
    """余, 约, 超 leave too much room to hold a sum against a total."""
    return all(term.statement.quantity.qualifier is Qualifier.EXACT for term in (one.whole, *one.parts))


def _is_complete(one: Enumeration) -> bool:
    """(1)"""
    return _is_declared(one) or _is_mistyped(one)


def _is_declared(one: Enumeration) -> bool:
    """The words or the shares say that the parts are all the parts."""
    subjects = [part.subject for part in one.parts]
    if len(one.shares) == len(one.parts) and not one.near and _is_below_all(one):
        return False
    if one.complete or _REST.search(one.parts[-1].clause):
        return True
    if _closes(one) and (_are_apart(one) or _are_plain(one)):  # (11)
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


def _closes(one: Enumeration) -> bool:
    """A bracket that holds the parts and nothing behind them."""
    return one.opening == "（" and one.parts[-1].statement.after.lstrip().startswith(("）", ")"))


def _are_plain(one: Enumeration) -> bool:
    """(11)"""
    names = [part.clause for part in one.parts]
    plain = all(
        1 < len(name) < _NAME and not _ATTRIBUTE.search(name) and not _NO_NAME.match(name) for name in names
    )
    return plain and len(set(names)) == len(names) > 2 and one.whole.statement.kind == "count"


def _completes(group: tuple[str, ...], subjects: list[str]) -> bool:
    return len(subjects) >= len(group) and all(any(name in subject for subject in subjects) for name in group)


def _unnested(parts: Sequence[Term]) -> list[Term]:
    """The parts without those that make up the part right before them."""
    kept: list[Term] = []
    place = 0
    while place < min(len(parts), _MOST_PARTS):
        kept.append(parts[place])
        added, place = Interval.point(0), place + 1
        for count, part in enumerate(parts[place:_MOST_PARTS], start=1):
            added = added + _interval(part)
            if count > 1 and added.meets(_interval(kept[-1])):
                place += count
                break
    return kept


def _meets(whole: Term, parts: Sequence[Term]) -> bool:
    return Interval.total(_interval(part) for part in parts).meets(_interval(whole))


def _are_apart(one: Enumeration) -> bool:
    """(8)"""
    if one.opening == "分别" or _REACH.search(one.parts[0].clause):
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
        1 < len(name) < _NAME and not (_ATTRIBUTE.search(name) or _NO_NAME.match(name) or _MIXED.search(name))
        for name in names
    )
    return plain and one.whole.unit in _KINDS and one.near and len(ends) > 2 and len(ends) > len(names) / 2


def _are_opposites(names: Sequence[str]) -> bool:
    return any(
        len(names) == len(pair) and all(any(word in name for name in names) for word in pair)
        for pair in _OPPOSITES
    )


def _exceeds(one: Enumeration) -> bool:
    """(8), where no part is larger than the whole: such a number began something new (7)."""
    added = Interval.total(_interval(part) for part in one.parts)
    whole = _interval(one.whole)
    surely = _coordinated(one)
    fits = all(part in surely or _interval(part).can_be_at_most(whole) for part in one.parts)
    return fits and whole.is_below(added) and _are_apart(one)


def _is_nearly_all(one: Enumeration) -> bool:
    """(8)"""
    if len(one.parts) < 3 or not _are_apart(one):
        return False
    values = [Fraction(part.statement.quantity.value) for part in one.parts]
    whole = Fraction(one.whole.statement.quantity.value)
    off = whole - sum(values)
    return 0 < off <= whole * _NEARLY and off < min(values)


def _is_called(one: Enumeration) -> bool:
    """立案提案中 begins with the word of 立案205件, 基本支出中 is the whole's own name."""
    name, whole = one.parts[0].gap.partition("中，")[0].rpartition("，")[2], one.whole.clause
    name = name.lstrip("在其")
    return len(whole) > 1 and (name.startswith(whole[-2:]) or name.endswith(whole[-4:]))


def _misses_the_nearest(one: Enumeration) -> bool:
    """(14)"""
    if one.near or len(one.parts) < 3 or not _are_apart(one):
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


def _reconciles(reading: Reading, one: Enumeration) -> bool:
    """(3)"""
    added = Interval.total(_interval(part) for part in one.parts)
    others = reading.sentences[one.whole.sentence].terms
    return any(
        other.unit == one.whole.unit and other is not one.whole and _interval(other).meets(added)
        for other in others
        if other.is_amount and other not in one.parts
    )


def _stands_apart(reading: Reading, one: Enumeration, other: Term, whole: Term) -> bool:
    """A ；between two numbers of one sentence."""
    if not one.near or other.sentence != whole.sentence:
        return False
    told = reading.sentences[whole.sentence].terms[other.index + 1 : whole.index + 1]
    return any("；" in term.gap for term in told)


def _is_sure(reading: Reading, one: Enumeration) -> bool:
    """其中 or 从中 right after the whole, and no other whole before that would hold the first part."""
    first = one.parts[0]
    between = first.index - one.whole.index if first.sentence == one.whole.sentence else 1
    between -= not _MAY_OPEN.search(first.gap)  # 其中10万元以上项目18个
    if between > 1 and first.clause.startswith("其中"):  # 上线2873人，上线率68.4%，其中…
        told = reading.sentences[first.sentence].terms[one.whole.index + 1 : first.index]
        between -= sum(term.unit == RATIO for term in told)
    if (
        between == 1
        and first.clause == "其中"
        and STAGE.search(one.whole.clause)
        and "其中" not in one.whole.gap
    ):
        return True  # (13)
    larger = any(
        other.statement.quantity.value >= first.statement.quantity.value
        for other in one.others
        if not _stands_apart(reading, one, other, one.whole)
    )
    if one.opening == "（" and _closes(one) and (len(one.parts) > 1 or first.gap.startswith("（含")):
        apart = any(_OF_ANOTHER.search(part.clause) for part in one.parts)
        return first.index - one.whole.index == 1 and not apart
    return one.opening in ("其中", "从中", "包括") and between == 1 and not larger


def _interval(term: Term) -> Interval:
    quantity = term.statement.quantity
    return quantity.interval if quantity.value else operand(term).known


def _words(one: Enumeration, whole: Term, count: int) -> str:
    return f"把“{one.opening}”之后的{count}项读作“{whole.full}{printed(whole)}”的组成部分"
