"""Retired people counted among the posts: 编制205人，其中在职113人、离休2人、退休90人.

A post is held by somebody in service. Holds where the words 其中, 含, 包括 or a bracket open the parts of a number of posts.

(1) Parts that reach the number only with those who retired: they were counted among the posts.
(2) Parts that reach it without them: the posts are told right, and who retired stands beside them.
(3) 编制205名，含离退休77名 says so itself.
Where the parts reach it neither way, nothing is said: the rest may be vacant. Does not see tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from jixiao.reading.checks.outcome import Outcome, judge, operand, outcome, printed
from jixiao.reading.read import Reading
from jixiao.reading.terms import Term
from jixiao.values import Qualifier, Verdict

_POSTS = re.compile(r"编制(?:总数|人数|数|总额|名额)?(?:为|共|计|共计|是)?\Z")
_OPENS = re.compile(r"\A[，；：（(]*(?:其中|包含|包括|含|有|（)|\A[（(]")
_INCLUDES = re.compile(r"\A[，（(]*(?:其中)?(?:包含|包括|含)")
_RETIRED = re.compile(r"离退休|离休|退休|退职")
_BESIDE = re.compile(r"另有|另外|此外|不含|不包括|不占|[。；]")
_PEOPLE = frozenset("人名个")


def retired(reading: Reading) -> list[Outcome]:
    """Every number of posts whose parts are told in its sentence."""
    return [
        found
        for sentence in reading.sentences
        for index, term in enumerate(sentence.terms)
        if _is_of_people(term) and _POSTS.search(term.clause)
        for found in _judged(term, _parts(sentence.terms[index + 1 :]))
    ]


def _parts(following: Sequence[Term]) -> list[Term]:
    """The parts of the posts, as far as they are told in one breath."""
    found: list[Term] = []
    for term in following:
        if not _is_of_people(term) or _BESIDE.search(term.gap):
            break
        if not found and not _OPENS.search(term.gap):
            break
        if "）" in term.gap:
            break
        found.append(term)
    return found


def _judged(posts: Term, parts: Sequence[Term]) -> Iterator[Outcome]:
    gone = [term for term in parts if _RETIRED.search(term.clause)]
    serving = [term for term in parts if term not in gone]
    if not gone or any(term.statement.quantity.qualifier is not Qualifier.EXACT for term in (posts, *parts)):
        return
    said = "、".join(f"{term.subject.lstrip('含包括其中')}{printed(term)}" for term in gone)
    words = f"{printed(posts)}读作编制数，{said}读作其中的离退休人员"
    whole = replace(operand(posts), unit="人")
    told = [replace(operand(term), unit="人") for term in parts]
    finding = judge("sum", total=whole, parts=told)
    if finding.verdict is not Verdict.KEPT and not serving and _INCLUDES.search(parts[0].gap):  # (3)
        finding = judge("subset", whole=whole, parts=told)
    elif finding.verdict is not Verdict.KEPT:
        serve = [replace(operand(term), unit="人") for term in serving]
        beside = judge("sum", total=whole, parts=serve) if serving else finding
        if beside.verdict is Verdict.KEPT:  # (2)
            yield outcome("posts", beside, (posts, *serving), words, "离退休人员没有算进编制")
        return
    if finding.verdict is Verdict.KEPT:  # (1), (3)
        message = f"编制{printed(posts)}里算进了{said}；离退休人员不占编制，请按在职人数和编制数分别写明"
        yield outcome("posts", replace(finding, verdict=Verdict.BROKEN), (posts, *parts), words, message)


def _is_of_people(term: Term) -> bool:
    return term.is_amount and term.unit in _PEOPLE
