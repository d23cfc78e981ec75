"""Which two counts does the name of a rate ask for, and which counts of a sentence can it not be of?

Answers for `rates`, whose docstring gives the rules by the numbers used here: pairs named by the rate, sums of counts
as denominators, and the guards that keep a rate from counts of another breath.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from jixiao.reading.checks.outcome import MOST_READINGS, Outcome, best, judge, operand, outcome, printed
from jixiao.reading.terms import Role, Term
from jixiao.relations import Operand
from jixiao.values import Finding, Interval, Verdict

_PAIRS = tuple(
    tuple(map(re.compile, rule))
    for rule in (
        ("回收|收回", "回收|收回", "发放|发出|投放"),
        ("有效", "有效", "回收|收回|发放|发出"),
        (
            "执行|支出|预算完成|支付",
            "执行|支出|决算|支付|实际(?:使用|完成)|使用",
            "预算|可用指标|下达|安排|到位",
        ),
        ("出席|到会|出勤|参会|到课|参训", "实到|出席|(?<!应)到会|实际参|参加", "应到|应参|应出|应"),
        ("合格|达标|优良", "合格|达标|优良", "抽检|检测|检验|检查|抽查|监测|验收"),
        ("完成", "实际|(?<!计划)(?<!应)(?<!任务)(?<!目标)完成|实现|达到", "计划|目标|任务|指标|应"),
        ("控制", "实际|在职|实有|在编", "编制|核定"),
        ("到位", "到位", "下达|计划|应|预算|安排|申请|批复"),
        ("满意", "(?<!不)满意", "收回|回收|发放|回访|调查|测评|有效|访问"),
        ("结案", "审结|执结|结案", "受理|收案|新收"),
        ("立案", "立案", "征集|收到|提交|提出|收集"),
        ("办结|办复|答复|见面", "办结|办复|答复|见面", "交办|立案|受理|收到|承办|接收"),
        ("采纳|采用", "采纳|采用", "提出|报送|收到|收集"),
        ("通过", "通过", "参加|参考|申报|报名|送审"),
        ("调解成功|成功", "成功", "调解|调处|受理|开展"),
        ("调处成功", "化解|成功", "排查|调处|受理"),
        ("收[取缴]|征缴", "实[收缴]|收[取缴]|征收", "应[收缴]"),
        ("入园|入学", "入园|入学", "适龄|应入"),
        ("就业", "就业", "毕业|培训|结业"),
        ("整改|化解|处置", "整改|化解|处置", "排查|发现|查出|摸排|隐患"),
    )
)
_SUMMED = 4


def is_in_a_row(numerator: Term, before: Sequence[Term], parts: frozenset[tuple[int, int]]) -> bool:
    """(15): the count before is smaller than the numerator, so that the counts make a row of unlike things."""
    told = [
        term
        for term in before
        if term is numerator
        or (
            term.is_amount
            and term.unit == numerator.unit
            and term.depth <= numerator.depth
            and term.span not in parts
        )
    ]
    place = told.index(numerator)
    value = numerator.statement.quantity.value
    return place > 1 and told[place - 1].statement.quantity.value < value


def paired(name: str, rate: Term, before: Sequence[Term], near: Sequence[Term]) -> Outcome | None:
    """(1): the best pair of counts that the name of the rate asks for; None where they are not told."""
    for named, top, bottom in _PAIRS:
        if not named.search(name) or "不合格" in name:
            continue
        amounts = [term for term in before if term.is_amount and term.role is not Role.PREVIOUS]
        told = [term for term in near if term.is_amount and term.role is not Role.PREVIOUS]
        wholes = [term for term in (*told, *amounts) if bottom.search(term.clause)]
        wholes = [term for term in wholes if not _is_only(top, bottom, term)]
        tops = [term for term in amounts if top.search(term.clause) and term not in wholes]
        pairs = [(one, whole) for one in tops for whole in wholes if one.unit == whole.unit]
        if "年初" in name:
            pairs = [pair for pair in pairs if "年初" in pair[1].clause] or pairs
        if not pairs:
            continue
        nearest = pairs[-MOST_READINGS:]
        (one, whole), finding = best(nearest, lambda pair: over(*pair, rate))
        if finding.verdict is Verdict.BROKEN and (together := of_a_sum(one, before, near, rate)):
            return together
        if finding.verdict is Verdict.BROKEN and (other := _otherwise(one, amounts, rate)):
            return other
        if finding.verdict is Verdict.BROKEN and begins_anew(one, before):  # (18)
            continue
        many = len({pair[0].span for pair in pairs}) > 1 or (near and len(pairs) > 1)
        if finding.verdict is Verdict.BROKEN and many:  # (5)
            return undecided(name, one, whole, rate)
        words = f"“{name}率”读作“{one.clause[-8:]}”{printed(one)}除以“{whole.clause[-8:]}”{printed(whole)}"
        return outcome("rate", finding, (one, whole, rate), words)
    return None


def begins_anew(one: Term, before: Sequence[Term]) -> bool:
    """(18): behind a ；other counts are told before the rate."""
    after = [term for term in before if (term.sentence, term.index) > (one.sentence, one.index)]
    stops = [place for place, term in enumerate(after) if "；" in term.gap]
    return bool(stops) and any(term.is_amount for term in after[stops[-1] :])


def is_behind_a_stop(numerator: Term, whole: Term, before: Sequence[Term]) -> bool:
    """(21): a ；and another count stand between the whole and the numerator."""
    between = [term for term in before if whole.index < term.index <= numerator.index]
    stops = [place for place, term in enumerate(between) if "；" in term.gap]
    return whole.sentence == numerator.sentence and bool(stops) and stops[-1] < len(between) - 1


def _otherwise(one: Term, amounts: Sequence[Term], rate: Term) -> Outcome | None:
    """(16)"""
    for whole in amounts:
        if whole.unit == one.unit and (whole.unit == "元" or whole.index < one.index) and whole is not one:
            if not _may_be(one, operand(whole).known, rate):
                continue
            finding = over(one, whole, rate)
            if finding.verdict in (Verdict.KEPT, Verdict.ROUNDING):
                words = f"比率读作{printed(one)}除以同一句的“{whole.clause[-8:]}”{printed(whole)}"
                return outcome("rate", finding, (one, whole, rate), words)
    return None


def of_a_sum(one: Term, before: Sequence[Term], near: Sequence[Term], rate: Term) -> Outcome | None:
    """(7): the denominator is a sum of counts told before; None where none fits."""
    counts = [
        term for term in (*near, *before) if term.unit == one.unit and term.is_amount and term is not one
    ]
    counts = [term for term in counts if (term.sentence, term.index) < (one.sentence, one.index)][-_SUMMED:]
    for size in range(2, len(counts) + 1):
        for first in range(len(counts) - size + 1):
            some = counts[first : first + size]
            added = Interval.total(term.statement.quantity.interval for term in some)
            if not _may_be(one, added, rate):
                continue
            words = " + ".join(printed(term) for term in some)
            whole = Operand("", words, added, f"（{words}）", one.unit)
            finding = judge("rate", numerator=one, denominator=whole, rate=rate)
            if finding.verdict in (Verdict.KEPT, Verdict.ROUNDING):
                return outcome("rate", finding, (one, *some, rate), f"比率的分母读作{words}")
    return None


def _may_be(one: Term, whole: Interval, rate: Term) -> bool:
    """Whether the rate can be of that whole, its last digit aside: else it need not be judged."""
    step = rate.statement.quantity.step
    quotient = operand(one).known.over(whole)
    return quotient is not None and (operand(rate).known + Interval(-step, step)).meets(quotient)


def _is_only(top: re.Pattern[str], bottom: re.Pattern[str], term: Term) -> bool:
    """The word nearest to the number decides: 预算执行数 is spent, 支出预算数 is planned."""
    last_top = max((match.end() for match in top.finditer(term.clause)), default=-1)
    last_bottom = max((match.end() for match in bottom.finditer(term.clause)), default=-1)
    return last_top > last_bottom


def undecided(name: str, one: Term, whole: Term, rate: Term) -> Outcome:
    """(5): said and not judged."""
    silent = Finding("rate", "", Verdict.NOT_APPLICABLE, "", stated=printed(rate))
    message = f"“{name}率”的分子、分母在本句中不止一种读法，均与{printed(rate)}不合，不能判定，请人工核对"
    return outcome("rate", silent, (one, whole, rate), f"“{name}率”的分子有多种读法", message)


def over(numerator: Term, whole: Term | Operand, rate: Term) -> Finding:
    """The rate against one count over the other; 100% of counts is all of them (11)."""
    finding = judge("rate", numerator=numerator, denominator=whole, rate=rate)
    all_told = rate.statement.quantity.value == 1 and numerator.statement.kind == "count"
    if finding.verdict is not Verdict.ROUNDING or not all_told:
        return finding
    told = whole.text if isinstance(whole, Operand) else printed(whole)
    reason = f"{told}中只有{printed(numerator)}，不足100%，请核对"  # (11)
    return replace(finding, verdict=Verdict.BROKEN, reason=reason)
