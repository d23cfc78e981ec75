"""More is spent than came in, and nowhere is it said what the difference was paid from: 总收入792.22万元，全年支出799.12万元.

Holds the one total of income against the one total of spending that the prose of a document states.

(1) Several totals of either kind (other years, other funds), or totals of two years, say nothing.
(2) A document that names a carry-over, a surplus, a fund or a gap anywhere has said where the money came from.
(3) Approximate numbers only agree.
(4) Money left from the year before is spent every year: what is wrong is that it is not told, or one of the numbers. A
note, as for any part that a report leaves out, never an alarm.
Does not see totals that stand in tables alone, nor whether the carry-over that is named is large enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from jixiao.reading.checks.outcome import Outcome, distinct, judge, outcome, printed
from jixiao.reading.read import Reading
from jixiao.reading.terms import Role, Term
from jixiao.values import Qualifier, Verdict, decimal_text

_WHOSE = r"(?:(?:本|全|当)年(?:度)?|年度|部门|单位|本单位|我单位|本部门|我部门|我局|我办)*"
_TOTAL = r"(?:总{what}|{what}(?:合计|总额|总计|决算|决算数|决算总额)|{what})(?:共计?|合计)?"
_INCOME = re.compile(_WHOSE + _TOTAL.format(what="收入"))
_SPENDING = re.compile(_WHOSE + _TOTAL.format(what="支出"))
_BARE = re.compile(r"(?:(?:本|全|当)年|年度|[0-9]{4}年)")
_EXPLAINED = re.compile(
    r"结转|结余|动用|弥补|存量|历年|缺口|赤字|超支|垫[付支资]|暂存|往来款|借[款入]|事业基金|专用基金|余额"
)
_RATES = re.compile(r"(?:结转结余|结余|结转)(?:变动)?率")
_YEAR = re.compile(r"(20[0-9]{2})年")
_SIZES = frozenset([Role.NONE, Role.FINAL, Role.TOTAL])


def overspent(reading: Reading) -> list[Outcome]:
    """The one pair of totals, if there is one."""
    terms = [term for sentence in reading.sentences for term in sentence.terms]
    income = _only(terms, _INCOME)
    spending = _only(terms, _SPENDING, income)
    if income is None or spending is None or _of_two_years(income, spending):
        return []
    finding = judge("subset", whole=income, parts=[spending], disjoint=True)
    words = f"{printed(income)}读作全部收入，{printed(spending)}读作全部支出"
    if finding.verdict is not Verdict.BROKEN:
        return [outcome("budget", finding, (income, spending), words, "支出没有超过收入")]
    if _EXPLAINED.search(_RATES.sub("", reading.document.text)):  # (2)
        return []
    sizes = [term.statement.quantity for term in (spending, income)]
    if any(size.qualifier is not Qualifier.EXACT for size in sizes):  # (3)
        return []
    over = decimal_text((sizes[0].value - sizes[1].value) / 10000)
    message = (
        f"支出{printed(spending)}比收入{printed(income)}多{over}万元，全文没有说这笔钱从哪里来；"
        "动用了上年结转结余的请写明数额，没有的请核对两数"
    )
    note = replace(finding, verdict=Verdict.NOT_APPLICABLE)  # (4)
    return [outcome("budget", note, (income, spending), words, message)]


def _only(terms: Iterable[Term], total: re.Pattern[str], before: Term | None = None) -> Term | None:
    """The one total of money of this name; None where there is none, or more than one. (1)"""
    found = [term for term in terms if _is_total(term, total, before)]
    return found[0] if len(distinct(found)) == 1 else None


def _is_total(term: Term, total: re.Pattern[str], before: Term | None) -> bool:
    """A bare 收入 or 支出 is the total where a year leads to it, and 支出 where it follows the total of income."""
    if not term.is_amount or term.unit != "元" or term.role not in _SIZES or term.depth:
        return False
    subject = term.subject.rstrip("为是达")
    if not total.fullmatch(subject):
        return False
    follows = before is not None and (term.sentence, term.index) == (before.sentence, before.index + 1)
    return len(subject) > 2 or bool(_BARE.match(term.clause)) or follows


def _of_two_years(income: Term, spending: Term) -> bool:
    years = [set(_YEAR.findall(term.clause)) for term in (income, spending)]
    return bool(years[0] and years[1] and years[0] != years[1])
