"""Stages of one process: no stage holds more than the one before it.

征集 ≥ 立案 ≥ 交办 ≥ 办结 of proposals, 发放 ≥ 收回 ≥ 有效 of questionnaires, 应到 ≥ 实到, 抽检 ≥ 合格, 申报 ≥ 获批,
受理 ≥ 办结: counts of one measure word told in this order in one sentence.

(1) A stage that is told twice, or words of two stages before one count, leave the order open: nothing is said.
(2) Cases brought over from earlier years (结转, 上年, 积案, 累计 …) may be closed too: then the stages only agree.
(3) What was taken in need not be one with what was closed: 受理 and 办结 are held only side by side.
(4) A further count of the same measure word before a stage may have come in beside the first (大会提案, 平时提案).
Does not see stages told in different sentences or in tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from jixiao.reading.checks.outcome import Outcome, judge, outcome, printed
from jixiao.reading.read import Reading
from jixiao.reading.sentences import Sentence
from jixiao.reading.terms import Role, Term
from jixiao.values import Verdict

_LADDERS = tuple(
    tuple(re.compile(stage) for stage in ladder)
    for ladder in (
        ("征集|收到|提交|提出|收集", "立案", "交办|转办", "办结|办复|答复|办理完毕"),
        ("发放|发出|投放", "回收|收回", "有效"),
        ("应到|应参加|应出席|应参会", "实到|实际参加|出席|到会"),
        ("抽检|抽查|检测|检验|送检", "合格|达标"),
        ("收集|征集|征求|收到|提出", "采纳|采用|筛选|选取|入选|吸收"),
        ("排查|摸排|筛查|初查", "确认|核实|认定"),
        ("应参|应建|应办|应检|应缴", "已经|实际|已建|已办|已检|已缴"),
        ("申报|申请|报送|推荐", "获批|批准|通过|入选|采用|采纳"),
        ("受理|接收|接到|收到|接件", "办结|办复|答复|处理完毕"),
    )
)
STAGE = re.compile("|".join(stage.pattern for ladder in _LADDERS for stage in ladder))
_BROUGHT_OVER = re.compile(r"结转|上年|去年|旧存|历年|积案|往年|历史|累计|遗留|并案|同期|上期|不合格|[未不]")
_BEHIND = 12  # characters behind the last stage in which （含上年结转…） stands
_ROLES = frozenset([Role.NONE, Role.FINAL, Role.TOTAL, Role.PART])


def chains(reading: Reading) -> list[Outcome]:
    """Stages of every sentence."""
    return [
        found
        for sentence in reading.sentences
        if len(sentence.terms) > 1
        for found in _stages(reading.document.text, sentence)
    ]


def _stages(text: str, sentence: Sentence) -> Iterator[Outcome]:
    counts = [term for term in sentence.terms if _is_count(term)]
    if len(counts) < 2:
        return
    counts = [term for term in counts if STAGE.search(term.clause)]
    if len(counts) < 2:
        return
    done: set[tuple[int, int]] = set()
    for ladder in _LADDERS:
        stages = _on(ladder, counts)
        if len(stages) < 2 or stages[-1].span in done:
            continue
        done.update(stage.span for stage in stages)
        finding = judge("chain", stages=stages)
        if finding.verdict is Verdict.BROKEN and _is_open(text, sentence, stages, ladder):
            continue
        message = ""
        if finding.verdict is Verdict.BROKEN:
            message = f"后一环节多于前一环节（{' → '.join(map(printed, stages))}），{finding.reason}"
        words = "同一句中的“" + "”“".join(stage.clause[-8:] for stage in stages) + "”读作同一批事项的先后环节"
        yield outcome("chain", finding, stages, words, message)


def _is_count(term: Term) -> bool:
    return term.is_amount and bool(term.clause) and term.role in _ROLES and term.statement.kind == "count"


def _on(ladder: Sequence[re.Pattern[str]], counts: Sequence[Term]) -> list[Term]:
    """The counts that tell stages of the ladder, from the first on; empty where the order is open (1)."""
    found: list[Term] = []
    last = -1
    for term in counts:
        places = [place for place, stage in enumerate(ladder) if stage.search(term.clause)]
        if not places or (found and term.unit != found[0].unit):
            continue
        if len(places) > 1 or places[0] <= last:
            return []
        last = places[0]
        found.append(term)
    return found


def _is_open(
    text: str, sentence: Sentence, stages: Sequence[Term], ladder: Sequence[re.Pattern[str]]
) -> bool:
    """(2), (3), (4)"""
    if _BROUGHT_OVER.search(text, sentence.start, stages[-1].span[1] + _BEHIND):
        return True
    alike = [term for term in sentence.terms if term.unit == stages[0].unit and term.is_amount]
    for stage in stages[1:]:
        others = [term for term in alike if term.index < stage.index and term not in stages]
        if others and not stage.statement.quantity.interval.is_below(stages[0].statement.quantity.interval):
            return True
    apart = any(after.index - before.index > 1 for before, after in pairwise(stages))
    return apart and ladder is _LADDERS[-1]
