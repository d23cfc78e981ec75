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
    best,
    distinct,
    judge,
    operand,
    outcome,
    printed,
)
from jixiao.reading.checks.satisfied import grades_told
from jixiao.reading.read import Reading
from jixiao.reading.sentences import Sentence
from jixiao.reading.terms import Role, Term
from jixiao.relations import Operand
from jixiao.values import RATIO, Finding, Interval, Verdict

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
_NAME = re.compile(r"([^，。；、：率和及]{2,8}?)率")
_NO_QUOTIENT = re.compile(r"增长|增速|利|税|汇|失业|贡献|占有|年化|收益|变动|覆盖|上升|下降|比")
_NO_BUDGET = re.compile(
    r"((?:年初|全年|调整)预算)(?:数|安排)?\s?[为是]\s?(?P<zero>0(?:\.0+)?)\s?(?=[，,；;])"
)
_NAMED_BUDGETS = frozenset(["年初", "全年", "调整"])
_SUMMED = 4
_SAME = 4  # characters in which a plan and what came of it are called alike
_EARLIER = 3  # sentences
_REPLY = re.compile(r"\A(?:目前|截至目前|现|均)?(?:全部|已)*(?:办复|答复|面复|面商|见面)")
_FILED = re.compile(r"(?:立案|交办)\Z")
_AIM = re.compile(r"目标|任务|计划|指标")
_DUE = re.compile(r"应(?![诉急用聘对])|需|拟|计划")
_OF = re.compile(r"\A(?:已|约)?(?:完成|占|为|相当于|达到?)")
_OF_WORDS = re.compile(r"[^，。；、0-9]{0,8}的")
_WITHIN = re.compile(
    r"(?:办复|办结|答复|见面|立案|满意|合格|优良|出席|到会|出勤|回收|有效|采纳|结案|持证|开工|完工|准确|知晓|整改|化解|解决"
    r"|办成|调解成功|调处成功|签约|入住|建档|接种|体检|受理)率(?:分别|均|都)?(?:为|达到?|是)*\Z"
)
_OF_OTHERS = re.compile(
    r"年初|上年|去年|同期|预算|计划|目标|任务|应|定额|核定|编制|标准|需求|[上下]期|基期|\d年|超|相当|债|贷|财力|能力|收入|产值|生产总值|GDP"
)
_NEW_BREATH = re.compile(r"其中|；|;")
_NEW_ITEM = re.compile(
    r"[；。](?:\d{1,2}[、.．]|（?[一二三四五六七八九十\d]{1,2}）|[一二三四五六七八九十]是|[①-⑳⑴-⒇])"
)
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
                found.extend(
                    _completed(term, before) if _has_plan(before) else _as_planned(term, before, near)
                )
                found.extend(_of_nothing(reading.document.text, sentence, term))
            elif _OF_WORDS.fullmatch(term.gap):
                found.extend(_of_its_own(term, before))
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
        found = _paired(name, rate, before, ()) or _paired(name, rate, before, near)  # (6)
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
        whole, finding = _best(numerator, wholes, rate)
        if finding.verdict is Verdict.BROKEN and (together := _of_a_sum(numerator, before, near, rate)):
            yield together
            continue
        apart = finding.verdict is Verdict.BROKEN and _NEW_BREATH.search(numerator.gap) and whole not in due
        if apart:  # (8)
            near_by = next((term for term in before if term.index == numerator.index - 1), None)
            if near_by not in wholes or "；" in numerator.gap or len(numerators) > 1:
                continue
            whole, finding = near_by, _over(numerator, near_by, rate)
        if finding.verdict is Verdict.BROKEN and len(numerators) > 1:  # (5)
            yield _undecided(name, numerators[-1], whole, rate)
            continue
        above = "完成" not in name and whole.statement.quantity.value < numerator.statement.quantity.value
        anew = _begins_anew(numerator, before) or _is_behind_a_stop(numerator, whole, before)
        if finding.verdict is Verdict.BROKEN and (above or anew):  # (18), (20)
            continue
        if finding.verdict is Verdict.BROKEN and not due and _is_in_a_row(numerator, before, parts):  # (15)
            continue
        yield outcome(
            "rate",
            finding,
            (numerator, whole, rate),
            f"“{name}率”读作“{name}”的数除以同一句中在前的数",
        )


def _is_in_a_row(numerator: Term, before: Sequence[Term], parts: frozenset[tuple[int, int]]) -> bool:
    """(15)"""
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
    return outcome("rate", _over(done, filed[0], rate), (done, filed[0], rate), words)


def _against_target(name: str, rate: Term, before: Sequence[Term]) -> Outcome | None:
    """(10)"""
    if not name.endswith("完成") or len(before) < 2:
        return None
    one, target = before[-2:]
    aimed = target.role is Role.TARGET or bool(_AIM.search(target.clause))
    if (
        not aimed
        or _AIM.search(one.clause)
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
    return outcome("rate", _over(one, _as_aimed(target), rate), (one, target, rate), words)


def _paired(name: str, rate: Term, before: Sequence[Term], near: Sequence[Term]) -> Outcome | None:
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
        (one, whole), finding = best(nearest, lambda pair: _over(*pair, rate))
        if finding.verdict is Verdict.BROKEN and (together := _of_a_sum(one, before, near, rate)):
            return together
        if finding.verdict is Verdict.BROKEN and (other := _otherwise(one, amounts, rate)):
            return other
        if finding.verdict is Verdict.BROKEN and _begins_anew(one, before):  # (18)
            continue
        many = len({pair[0].span for pair in pairs}) > 1 or (near and len(pairs) > 1)
        if finding.verdict is Verdict.BROKEN and many:  # (5)
            return _undecided(name, one, whole, rate)
        words = f"“{name}率”读作“{one.clause[-8:]}”{printed(one)}除以“{whole.clause[-8:]}”{printed(whole)}"
        return outcome("rate", finding, (one, whole, rate), words)
    return None


def _begins_anew(one: Term, before: Sequence[Term]) -> bool:
    """(18)"""
    after = [term for term in before if (term.sentence, term.index) > (one.sentence, one.index)]
    stops = [place for place, term in enumerate(after) if "；" in term.gap]
    return bool(stops) and any(term.is_amount for term in after[stops[-1] :])


def _is_behind_a_stop(numerator: Term, whole: Term, before: Sequence[Term]) -> bool:
    """(21)"""
    between = [term for term in before if whole.index < term.index <= numerator.index]
    stops = [place for place, term in enumerate(between) if "；" in term.gap]
    return whole.sentence == numerator.sentence and bool(stops) and stops[-1] < len(between) - 1


def _otherwise(one: Term, amounts: Sequence[Term], rate: Term) -> Outcome | None:
    """(16)"""
    for whole in amounts:
        if whole.unit == one.unit and (whole.unit == "元" or whole.index < one.index) and whole is not one:
            finding = _over(one, whole, rate)
            if finding.verdict in (Verdict.KEPT, Verdict.ROUNDING):
                words = f"比率读作{printed(one)}除以同一句的“{whole.clause[-8:]}”{printed(whole)}"
                return outcome("rate", finding, (one, whole, rate), words)
    return None


def _of_a_sum(one: Term, before: Sequence[Term], near: Sequence[Term], rate: Term) -> Outcome | None:
    """(7)"""
    counts = [
        term for term in (*near, *before) if term.unit == one.unit and term.is_amount and term is not one
    ]
    counts = [term for term in counts if (term.sentence, term.index) < (one.sentence, one.index)][-_SUMMED:]
    for size in range(2, len(counts) + 1):
        for first in range(len(counts) - size + 1):
            some = counts[first : first + size]
            added = Interval.total(term.statement.quantity.interval for term in some)
            words = " + ".join(printed(term) for term in some)
            whole = Operand("", words, added, f"（{words}）", one.unit)
            finding = judge("rate", numerator=one, denominator=whole, rate=rate)
            if finding.verdict in (Verdict.KEPT, Verdict.ROUNDING):
                return outcome("rate", finding, (one, *some, rate), f"比率的分母读作{words}")
    return None


def _is_only(top: re.Pattern[str], bottom: re.Pattern[str], term: Term) -> bool:
    """The word nearest to the number decides: 预算执行数 is spent, 支出预算数 is planned."""
    last_top = max((match.end() for match in top.finditer(term.clause)), default=-1)
    last_bottom = max((match.end() for match in bottom.finditer(term.clause)), default=-1)
    return last_top > last_bottom


def _undecided(name: str, one: Term, whole: Term, rate: Term) -> Outcome:
    silent = Finding("rate", "", Verdict.NOT_APPLICABLE, "", stated=printed(rate))
    message = f"“{name}率”的分子、分母在本句中不止一种读法，均与{printed(rate)}不合，不能判定，请人工核对"
    return outcome("rate", silent, (one, whole, rate), f"“{name}率”的分子有多种读法", message)


def _completed(rate: Term, before: Sequence[Term]) -> Iterator[Outcome]:
    if not before:
        return
    before = _turned(before)
    actual = before[-1]
    budgets: list[Term] = []
    for term, following in zip(reversed(before[:-1]), reversed(before), strict=False):
        if _NEW_BREATH.search(following.gap):  # (3)
            break
        if term.role in (Role.BUDGET, Role.TARGET) and term.unit == actual.unit:
            budgets.append(term)
    budgets = distinct(budgets)
    if not 0 < len(budgets) <= MOST_READINGS:
        return
    if _NEW_BREATH.search(rate.gap) or not actual.is_amount or actual.role is Role.BUDGET:
        return
    named = [term for term in budgets if rate.base[:2] in term.clause]
    whole, finding = _best(actual, named or budgets, rate)
    if finding.verdict is Verdict.BROKEN and not (named and rate.base[:2] in _NAMED_BUDGETS):
        other, another = _best(actual, budgets, rate)
        if another.verdict is not Verdict.BROKEN:
            whole, finding = other, another
    message = ""
    if not whole.statement.quantity.value and rate.statement.quantity.value:  # (12)
        computed = f"{printed(actual)} ÷ {printed(whole)} 无从计算"
        finding = replace(finding, verdict=Verdict.BROKEN, stated=printed(rate), computed=computed)
        message = f"“{whole.full}”为零，完成比例无从计算，不宜写作{printed(rate)}，请核对分母"
    words = f"“完成{rate.base}”读作紧邻的实际数除以同一句的预算或目标数"
    yield outcome("rate", finding, (actual, whole, rate), words, message)


def _has_plan(before: Sequence[Term]) -> bool:
    return any(term.role in (Role.BUDGET, Role.TARGET) for term in before)


def _as_planned(rate: Term, before: Sequence[Term], near: Sequence[Term]) -> Iterator[Outcome]:
    """(17)"""
    if not before or not before[-1].is_amount or not any(_AIM.search(term.clause) for term in near):
        return
    done = before[-1]
    name = done.subject[-_SAME:]
    plans = [
        term for term in near if term.unit == done.unit and term.subject.endswith(name) and term.is_amount
    ]
    if len(name) == _SAME and len(plans) == 1 and "；" not in rate.gap:
        words = f"“{rate.base}”读作前一句的“{plans[0].clause[-8:]}”{printed(plans[0])}"
        yield outcome("rate", _over(done, plans[0], rate), (done, plans[0], rate), words)


def _turned(before: Sequence[Term]) -> Sequence[Term]:
    """支出164万元，较年初预算150万元增加14万元，完成: the budget stands before what was spent."""
    if before[-1].role is not Role.DELTA or len(before) < 3 or before[-2].role is not Role.BUDGET:
        return before
    spent = next((term for term in reversed(before[:-2]) if term.unit == before[-2].unit), None)
    against = before[-2].gap.lstrip("，").startswith(("较", "比", "与"))
    return before if spent is None or not against else [before[-2], spent]


def _of_nothing(text: str, sentence: Sentence, rate: Term) -> Iterator[Outcome]:
    """(12): 年初预算为0 without a measure word is no figure, and no base either."""
    nothing = _NO_BUDGET.search(text, sentence.start, rate.span[0])
    if nothing is None or not rate.statement.quantity.value or not rate.base.startswith(nothing[1][:2]):
        return
    zero = Operand("", nothing[1], Interval.point(0), "0", RATIO)
    finding = judge("subset", whole=zero, parts=[rate])
    message = f"“{nothing[1]}”为零，完成比例无从计算，不宜写作{printed(rate)}，请核对分母"
    words = f"“完成{rate.base}”的分母读作零"
    yield outcome("rate", finding, (nothing.span("zero"), rate), words, message)


def _of_its_own(rate: Term, before: Sequence[Term]) -> Iterator[Outcome]:
    """完成目标任务5000人的104.22%, 占总数120件的25%: the denominator stands in the words of the rate."""
    if len(before) < 2 or not _OF.match(before[-1].clause):
        return
    numerator, whole = before[-2], before[-1]
    if numerator.unit == whole.unit and numerator.is_amount and whole.is_amount:
        finding = judge("rate", numerator=numerator, denominator=_as_aimed(whole), rate=rate)
        yield outcome("rate", finding, (numerator, whole, rate), "比率读作前一个数除以紧邻的数")


def _as_aimed(target: Term) -> Term | Operand:
    """3万亩 aimed at is just that."""
    if "." in printed(target) or not _AIM.search(target.clause):
        return target
    return replace(operand(target), interval=Interval.point(target.statement.quantity.value))


def _best(numerator: Term, wholes: Sequence[Term], rate: Term) -> tuple[Term, Finding]:
    """The denominator that fits best (1)."""
    return best(wholes, lambda whole: _over(numerator, whole, rate))


def _over(numerator: Term, whole: Term | Operand, rate: Term) -> Finding:
    finding = judge("rate", numerator=numerator, denominator=whole, rate=rate)
    all_told = rate.statement.quantity.value == 1 and numerator.statement.kind == "count"
    if finding.verdict is not Verdict.ROUNDING or not all_told:
        return finding
    told = whole.text if isinstance(whole, Operand) else printed(whole)
    reason = f"{told}中只有{printed(numerator)}，不足100%，请核对"  # (11)
    return replace(finding, verdict=Verdict.BROKEN, reason=reason)
