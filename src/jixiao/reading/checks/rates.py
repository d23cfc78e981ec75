"""Rates told with their counts: 立案率 is 立案 over what was handed in, 完成预算的 13.68 % is 决算 over 预算.

(1) Rates whose words name both counts (执行率 is what was spent over 预算, 出席率 实到 over 应到, 回收率 收回 over 发放) take
those; of others the numerator is the nearest count before whose words hold the name of the rate, the
denominator any count before it in the same sentence and measure word. One pair that fits is enough, all must
fail.
(2) A rate of several names (立案率、见面率均为100%) is held against each name that has a count.
(3) 完成年初预算 names its denominator where 年初预算 and 全年预算 are both told. 完成预算 needs its own budget in the
same breath: after 其中 or ；the budget of the whole is not meant.
(4) Rates that are no quotient of counts of the sentence (增长率, 利率, 税率) and rates that changed are left out.
(5) Several counts bear the name of the rate (采用5篇 … 采用8篇 … 采用率): none of them is a denominator, and nobody
can tell which is meant: a rate that fits none is told as not judged.
(6) Where the sentence does not tell the denominator, the sentence before in the same paragraph may; several
there may only agree. 办复率 is of what was 立案 or 交办, also where that was told two or three sentences before.
(7) The denominator may be the sum of counts told before (大会提案 and 平时提案, 上年结转 and 本年收到): then nothing is
held against one of them.
(9) No share of its own whole exceeds 100 %: 办复率, 满意率, 出席率 and their like, whatever the counts; neither
does 占 of anything that is no plan, quota, other year, or another sort of thing (债务占财力).
(11) 100% of counts is all of them: one left out is no matter of rounding, unless it rounds to 100 %.
(12) Nothing but 0 % can be done of a 年初预算 of nothing.
(10) 培训900人次，目标值800人次，完成率 divides what is told right before by the target.
(13) A new item (；2、 or ；二是) has its own counts.
(14) 按时办结率 is of what fell due: held against counts only where what was done 按时 is told.
(15) Where the count right before in the measure word is smaller than the numerator, those farther off begin a row of
unlike things: then nothing is held against them.
(16) Any sum of the sentence that fits is enough, whatever it is called (年中调整为2746万元), and any other count told before
the numerator: what comes after it is a later stage.
(17) 占目标任务的80% is of what the sentence before planned under the same name.
(18) Where ；parts the count of what was done from the rate and another count follows, that rate is of the other.
(19) 不起诉率 is of those done and not done together, which is not read here.
(20) A count that is smaller than what was done is no denominator, but of 完成率.
(21) Nor is one that stands before ；where another count, of whatever, begins what follows.
(22) 节约率 is of what was planned: of what was spent and what was saved together, where the plan is not told.
(8) A number before ；is a denominator only if it fits, unless its words say so; after 其中 the one right before is.
Does not see rates whose counts stand farther away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from jixiao.reading.checks.outcome import (
    MOST_READINGS,
    Outcome,
    distinct,
    judge,
    operand,
    outcome,
    printed,
)
from jixiao.reading.checks.rates_completed import (
    AIM,
    NEW_BREATH,
    OF_WORDS,
    as_aimed,
    as_planned,
    best_of,
    completed,
    has_plan,
    of_its_own,
    of_nothing,
)
from jixiao.reading.checks.rates_paired import (
    begins_anew,
    is_behind_a_stop,
    is_in_a_row,
    of_a_sum,
    over,
    paired,
    undecided,
)
from jixiao.reading.checks.satisfied import grades_told
from jixiao.reading.read import Reading
from jixiao.reading.sentences import Sentence
from jixiao.reading.terms import Role, Term
from jixiao.relations import Operand
from jixiao.values import RATIO, Interval, Verdict

_NAME = re.compile(r"([^，。；、：率和及]{2,8}?)率")
_NO_QUOTIENT = re.compile(r"增长|增速|利|税|汇|失业|贡献|占有|年化|收益|变动|覆盖|上升|下降|比")
_EARLIER = 3  # sentences
_REPLY = re.compile(r"\A(?:目前|截至目前|现|均)?(?:全部|已)*(?:办复|答复|面复|面商|见面)")
_FILED = re.compile(r"(?:立案|交办)\Z")
_DUE = re.compile(r"应(?![诉急用聘对])|需|拟|计划")
_WITHIN = re.compile(
    r"(?:办复|办结|答复|见面|立案|满意|合格|优良|出席|到会|出勤|回收|有效|采纳|结案|持证|开工|完工|准确|知晓|整改|化解|解决"
    r"|办成|调解成功|调处成功|签约|入住|建档|接种|体检|受理)率(?:分别|均|都)?(?:为|达到?|是)*\Z"
)
_OF_OTHERS = re.compile(
    r"年初|上年|去年|同期|预算|计划|目标|任务|应|定额|核定|编制|标准|需求|[上下]期|基期|\d年|超|相当|债|贷|财力|能力|收入|产值|生产总值|GDP"
)
_NEW_ITEM = re.compile(
    r"[；。](?:\d{1,2}[、.．]|（?[一二三四五六七八九十\d]{1,2}）|[一二三四五六七八九十]是|[①-⑳⑴-⒇])"
)
_SAVED = re.compile("节约|节支|节省|[核审压缩]减")
_IN_TIME = re.compile(r"按时|按期|及时|如期|限时|准时")


def rates(reading: Reading) -> list[Outcome]:
    """Named rates and completed budgets."""
    found: list[Outcome] = []
    parts = frozenset(part.span for one in reading.enumerations for part in one.parts)
    for number, sentence in enumerate(reading.sentences):
        if not any(term.unit == RATIO for term in sentence.terms):
            continue
        some = reading.sentences[max(0, number - _EARLIER) : number]
        some = tuple(one for one in some if one.paragraph == sentence.paragraph)
        near = some[-1].terms if some else ()
        begin = 0
        for index, term in enumerate(sentence.terms):
            if "；" in term.gap and _NEW_ITEM.search(term.gap):  # (13)
                begin, near, some = index, (), ()
            if term.unit != RATIO:
                continue
            before = sentence.terms[begin:index]
            if (term.role is Role.RATE and _exceeds(term)) or (
                term.role is Role.SHARE and _is_above_all(term, sentence.terms)
            ):
                found.append(_impossible(term))
            elif term.role is Role.RATE:
                found.extend(_named(term, before, near, some, parts))
            elif term.role is Role.COMPLETION:
                found.extend(completed(term, before) if has_plan(before) else as_planned(term, before, near))
                found.extend(of_nothing(reading.document.text, sentence, term))
            elif OF_WORDS.fullmatch(term.gap):
                found.extend(of_its_own(term, before))
    return found


def _named(
    rate: Term,
    before: Sequence[Term],
    near: Sequence[Term],
    some: Sequence[Sentence],
    parts: frozenset[tuple[int, int]],
) -> Iterator[Outcome]:
    for match in _NAME.finditer(rate.gap):  # (2)
        name = match[1]
        if name.startswith(("不", "未")) and "合格" not in name:  # (19)
            continue
        if _NO_QUOTIENT.search(name) or (name.endswith("满意") and grades_told(before)):  # (4)
            continue
        if (timely := _IN_TIME.search(name)) and not any(timely[0] in term.clause for term in before):  # (14)
            continue
        if found := _against_target(name, rate, before):
            yield found
            continue
        found = paired(name, rate, before, ()) or paired(name, rate, before, near)  # (6)
        found = found or _answered(name, rate, before, some)
        if found is not None:
            yield found
            continue
        numerators = [term for term in before if term.is_amount and name in term.clause]
        if not numerators:
            continue
        due = [term for term in (*near, *before) if name in term.clause and _DUE.search(term.clause)]
        numerators = [term for term in numerators if term not in due] or numerators
        numerator = numerators[-1]
        wholes = [term for term in due if term.unit == numerator.unit and term is not numerator] or [
            term
            for term in before
            if term.index < numerator.index
            and term.unit == numerator.unit
            and term.is_amount
            and term not in numerators
        ]
        wholes = distinct(wholes)
        if not 0 < len(wholes) <= MOST_READINGS:
            continue
        whole, finding = best_of(numerator, wholes, rate)
        if finding.verdict is Verdict.BROKEN and (together := of_a_sum(numerator, before, near, rate)):
            yield together
            continue
        apart = finding.verdict is Verdict.BROKEN and NEW_BREATH.search(numerator.gap) and whole not in due
        if apart:  # (8)
            near_by = next((term for term in before if term.index == numerator.index - 1), None)
            if near_by not in wholes or "；" in numerator.gap or len(numerators) > 1:
                continue
            whole, finding = near_by, over(numerator, near_by, rate)
        if finding.verdict is Verdict.BROKEN and len(numerators) > 1:  # (5)
            yield undecided(name, numerators[-1], whole, rate)
            continue
        if (
            _SAVED.search(name) and finding.verdict is Verdict.BROKEN and _is_of_both(numerator, wholes, rate)
        ):  # (22)
            continue
        above = "完成" not in name and whole.statement.quantity.value < numerator.statement.quantity.value
        anew = begins_anew(numerator, before) or is_behind_a_stop(numerator, whole, before)
        if finding.verdict is Verdict.BROKEN and (above or anew):  # (18), (20)
            continue
        if finding.verdict is Verdict.BROKEN and not due and is_in_a_row(numerator, before, parts):  # (15)
            continue
        yield outcome(
            "rate",
            finding,
            (numerator, whole, rate),
            f"“{name}率”读作“{name}”的数除以同一句中在前的数",
        )


def _is_of_both(numerator: Term, wholes: Sequence[Term], rate: Term) -> bool:
    """(22)"""
    saved = numerator.statement.quantity.interval
    for whole in wholes:
        planned = replace(operand(whole), interval=whole.statement.quantity.interval + saved)
        if over(numerator, planned, rate).verdict is not Verdict.BROKEN:
            return True
    return False


def _exceeds(rate: Term) -> bool:
    """(9)"""
    low = rate.statement.quantity.interval.low
    return low is not None and low > 1 and bool(_WITHIN.search(rate.clause))


def _is_above_all(share: Term, terms: Sequence[Term]) -> bool:
    """(9): a share that does not say of what must stand among others of its kind."""
    low = share.statement.quantity.interval.low
    if low is None or low <= 1 or _OF_OTHERS.search(share.clause):
        return False
    others = [term for term in terms if term.role is Role.SHARE and term is not share]
    told = bool(share.base) or "占比" in share.clause
    return told or (bool(others) and not any(_OF_OTHERS.search(term.gap) for term in terms))


def _impossible(rate: Term) -> Outcome:
    whole = Operand("", "100%", Interval.point(1), "100%", RATIO)
    finding = judge("subset", whole=whole, parts=[rate])
    message = f"“{rate.clause[-8:]}”{printed(rate)}超过100%，部分不会多于总数，请核对"
    computed = f"{printed(rate)} > 100%"
    return outcome("rate", replace(finding, computed=computed), [rate], "比率读作部分占总数的比例", message)


def _answered(name: str, rate: Term, before: Sequence[Term], some: Sequence[Sentence]) -> Outcome | None:
    """(6)"""
    done = before[-1] if before else None
    if done is None or not _REPLY.search(name) or not (done.is_amount and _REPLY.search(done.clause)):
        return None
    if any(term.is_amount and term.unit == done.unit for term in before[:-1]):
        return None
    told = [term for one in some for term in one.terms if term.is_amount and term.unit == done.unit]
    filed = [term for term in told if _FILED.search(term.clause)]
    if len(filed) != 1:
        return None
    words = f"“{name}率”读作{printed(done)}除以前文的“{filed[0].clause[-8:]}”{printed(filed[0])}"
    return outcome("rate", over(done, filed[0], rate), (done, filed[0], rate), words)


def _against_target(name: str, rate: Term, before: Sequence[Term]) -> Outcome | None:
    """(10)"""
    if not name.endswith("完成") or len(before) < 2:
        return None
    one, target = before[-2:]
    aimed = target.role is Role.TARGET or bool(AIM.search(target.clause))
    if (
        not aimed
        or AIM.search(one.clause)
        or one.unit != target.unit
        or not (one.is_amount and target.is_amount)
    ):
        return None
    if "；" in target.gap + rate.gap or one.role not in (
        Role.NONE,
        Role.FINAL,
        Role.ACTUAL,
        Role.TOTAL,
        Role.PART,
    ):
        return None
    words = f"“{name}率”读作{printed(one)}除以目标{printed(target)}"
    return outcome("rate", over(one, as_aimed(target), rate), (one, target, rate), words)
