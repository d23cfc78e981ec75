"""A whole told in shares: parts each with its 占…%, and the one number before that is the whole of them all.

47件，占60.3%；16件，占20.5% … are shares of what was filed (78) and not of what was handed in (80): the number that
makes all shares of a run right is the whole.

(1) A whole named in the words of the share (占立案总数的) and told before under that name is the only one tried.
占教职工的 names the 教职工3284人 of the same passage, where only one number bears just that name.
(2) A run of three or more shares that all fit one number but one: that one is told broken.
(3) Shares that make 100 % and fit the sum of the parts, but no number told before: the sum is told broken where
only one number before may be meant.
(4) A share alone may agree with a number before; it contradicts only a whole that is named, or told by its
words: 120个村中，108个村 …，占90%.
(5) Where several numbers may be meant and none fits, this is said and nothing is judged.
(6) 在立案的提案中，63件，占49% names a whole of its own: what was told before it is no part of that.
(9) What is divided in a further sentence or after 其中, with bare shares, is no longer the whole named before.
(8) The only number before that the parts add up to is their whole, whatever the shares.
(7) Parts that make another number told before are parts of that one: nothing is held against this.
Does not see shares of money of a whole in a table, nor wholes more than two paragraphs before.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from jixiao.reading.checks.outcome import Outcome, judge, outcome, printed
from jixiao.reading.checks.places import Places
from jixiao.reading.enumerations import has_its_own
from jixiao.reading.read import Reading
from jixiao.reading.sentences import is_torn_between
from jixiao.reading.terms import Role, Term
from jixiao.values import RATIO, Finding, Interval, Verdict

_AMONG = re.compile(r"[^，。；、0-9]{0,8}(?:之)?中[，,]")
_OF_OTHERS = re.compile(r"\A[^，。；、]{2,12}中[，：]")
_ALL = re.compile(r"总[数量额]|[总全]")
_LAST = re.compile(r"其他|其它|其余")
_MOVES = frozenset([Role.GROWTH, Role.DELTA])
_ORDER = (Verdict.KEPT, Verdict.ROUNDING, Verdict.NOT_APPLICABLE, Verdict.BROKEN)
_REMEMBERED = 24
_MOST_PARTS = 30  # more than a report divides anything into
_FARTHEST = 2  # paragraphs
_FULL = Interval.point(1)
_TOTALLED = re.compile(r"的?(?:总[数量额和]?|合计)(?:的)?\Z|\A全[市县区省镇乡校院局部](?=..)")
_LED_IN = re.compile(
    r"\A(?:经?审查|[我本][市县区省镇乡村校院局部]|目前|现有?|截至|全[市县区省镇乡校院局部]|共|有|已|本年度?|当年|年末|在册|在职|实有|其中|总|拥有)+(?=..)|(?:总[数量额]|合计)\Z"
)

_SPENT = re.compile(r"(?<=..)(?:支出|收入)?(?:决算|合计)?(?:总?[额数])?\Z")


@dataclass(slots=True)
class _Run:
    """Parts with their shares, one after another, under one name of the whole."""

    base: str
    unit: str
    paragraph: int
    told: tuple[tuple[int, Term], ...]  # amounts before the run with their paragraphs
    divided: frozenset[Term]  # those of them that were told with shares themselves
    own: int  # how many of them stand in the sentence of the first part
    pairs: list[tuple[Term, Term]] = field(default_factory=list)

    @property
    def parts(self) -> list[Term]:
        return [part for part, _ in self.pairs]

    @property
    def shares(self) -> list[Term]:
        return [share for _, share in self.pairs]

    def takes(self, part: Term, share: Term, paragraph: int) -> bool:
        """Whether a further share belongs here: one whole is divided only once."""
        if share.base not in ("", self.base) or (self.unit, self.paragraph) != (part.unit, paragraph):
            return False
        if len(self.pairs) == _MOST_PARTS:
            return False
        if (
            self.base
            and not share.base
            and (share.sentence != self.shares[-1].sentence or "其中" in part.gap)
        ):
            return False  # (9)
        if share.sentence == self.shares[-1].sentence:
            return True
        added = _added([*self.shares, share])
        return added.low is not None and added.low <= 1 and not _OF_OTHERS.match(part.gap)  # (6)


def divisions(reading: Reading) -> list[Outcome]:
    """Every run of shares outside enumerations."""
    places = Places()
    done = {share.span for one in reading.enumerations for _, share in one.shares}
    found: list[Outcome] = []
    for run in _runs(reading, places):
        if all(share.span in done for share in run.shares):
            continue
        torn = run.told and is_torn_between(
            reading.document.text, run.told[-1][1].span[1], run.shares[-1].span[0]
        )
        judged = [one for one in _judged(run, places) if not done.intersection(one.spans)]
        found.extend(one for one in judged if not (torn and one.verdict is Verdict.BROKEN))
    return found


def _runs(reading: Reading, places: Places) -> Iterator[_Run]:
    told: deque[tuple[int, Term]] = deque(maxlen=_REMEMBERED)
    divided: deque[Term] = deque(maxlen=_REMEMBERED)
    run: _Run | None = None
    for sentence in reading.sentences:
        own = 0
        for index, term in enumerate(sentence.terms):
            is_share = term.unit == RATIO and term.role is Role.SHARE
            part = _part(sentence.terms, index) if is_share else None
            if part is not None and part.is_amount:
                if term.gap.count("，") > 1 or has_its_own(term):
                    continue
                if run is None or not run.takes(part, term, sentence.paragraph):
                    if run is not None:
                        yield run
                    before = tuple(one for one in told if one[1] is not part)
                    parted = frozenset(divided)
                    run = _Run(term.base, part.unit, sentence.paragraph, before, parted, max(own - 1, 0))
                run.pairs.append((part, term))
                divided.append(part)
            places.add(term)
            if term.is_amount and term.role is not Role.PREVIOUS:
                told.append((sentence.paragraph, term))
                own += 1
    if run is not None:
        yield run


def _part(terms: Sequence[Term], index: int) -> Term | None:
    """What a share is told of: the number right before it, its growth aside."""
    place = index - 1
    while place >= 0 and terms[place].role in _MOVES and "；" not in terms[place + 1].gap:
        place -= 1
    return terms[place] if place >= 0 else None


def _judged(run: _Run, places: Places) -> Iterator[Outcome]:
    first = run.parts[0].span[0]
    if run.base:  # (1)
        named = [one for one in places.of(run.base) if one.unit == run.unit and one.span[0] < first]
        named = named or _so_called(run)
        if named:
            for part, share in run.pairs:
                yield _of(part, named, share, f"占比的分母读作前文的“{run.base}”")
            return
    wholes = _wholes(run)
    if len(run.pairs) > 1:
        yield from _together(run, wholes)
    elif wholes:
        yield from _alone(run, wholes)


def _so_called(run: _Run) -> list[Term]:
    """(1): the only number near that is called as the share calls its whole."""
    name = _TOTALLED.sub("", run.base)
    found = {
        term.statement.quantity.value: term
        for paragraph, term in run.told
        if run.paragraph - paragraph <= _FARTHEST
        and term.unit == run.unit
        and len(name) > 1
        and (
            _SPENT.sub("", _LED_IN.sub("", term.subject)) == _SPENT.sub("", name)
            or (name[0] in "总全" and term.subject.endswith(name))
        )
        and term not in run.parts
    }
    return list(found.values()) if len(found) == 1 else []


def _wholes(run: _Run) -> list[Term]:
    """The numbers before that may be the whole, the last told of each value, nearest first."""
    sizes = sorted(part.statement.quantity.value for part in run.parts)
    largest = sizes[-2] if len(sizes) > 2 else sizes[-1]  # one of several may be mistyped
    found: dict[object, Term] = {}
    for paragraph, term in reversed(run.told):
        near = run.paragraph - paragraph <= _FARTHEST
        if (
            near
            and term.unit == run.unit
            and term.statement.quantity.value >= largest
            and term not in run.parts
        ):
            found.setdefault(term.statement.quantity.value, term)
    return list(found.values())


def _together(run: _Run, wholes: Sequence[Term]) -> Iterator[Outcome]:
    tried = [[_of(part, [whole], share, _words(whole)) for part, share in run.pairs] for whole in wholes]
    fits = [sum(one.verdict is not Verdict.BROKEN for one in some) for some in tried]
    size = len(run.pairs)
    best = max(fits, default=0)
    if best == size or (size > 2 and best == size - 1 and fits.count(best) == 1):  # (2)
        place = fits.index(best)
        yield from tried[place]
        yield from _sums(run, wholes[place], wholes)
    elif len(made := [whole for whole in wholes if _is_made_of(whole, run.parts)]) == 1:  # (8)
        yield from tried[wholes.index(made[0])]
    elif len(wholes) == 1 and wholes[0] not in run.divided and _are_all(run) and _fit_their_sum(run):  # (3)
        yield from _sums(run, wholes[0], wholes)
    elif wholes:  # (5)
        message = f"“占{run.base}”的{size}个比例与前文各数均不全相合，分母不能判定，请人工核对"
        silent = Finding("rate", "", Verdict.NOT_APPLICABLE, "", stated=printed(run.shares[0]))
        yield outcome("rate", silent, run.shares, "分母有多种读法", message)


def _is_made_of(whole: Term, parts: Sequence[Term]) -> bool:
    return judge("sum", total=whole, parts=parts).verdict is Verdict.KEPT


def _sums(run: _Run, whole: Term, wholes: Sequence[Term]) -> Iterator[Outcome]:
    """The shares against 100 %, and the parts against the whole where they are all the parts."""
    shares = judge("shares", shares=run.shares)
    if not _are_all(run):
        return
    if shares.verdict is not Verdict.BROKEN:
        yield outcome("sum", shares, run.shares, "各占比读作同一总数的组成部分")
    finding = judge("sum", total=whole, parts=run.parts)
    added = _added(run.parts)
    others = [one for one in wholes if one.statement.quantity.interval.meets(added)]
    if finding.verdict is Verdict.BROKEN and others:  # (7)
        return
    words = f"把各有占比的{len(run.parts)}项读作“{whole.full}”{printed(whole)}的组成部分，且已全部列出"
    yield outcome("sum", finding, (whole, *run.parts), words)


def _are_all(run: _Run) -> bool:
    return judge("shares", shares=run.shares).verdict is not Verdict.BROKEN or (
        len(run.parts) > 2 and bool(_LAST.search(run.parts[-1].clause))
    )


def _fit_their_sum(run: _Run) -> bool:
    """The shares were worked out from the parts themselves."""
    added = _added(run.parts)
    return all(
        (quotient := part.statement.quantity.interval.over(added)) is not None
        and quotient.meets(share.statement.quantity.interval)
        for part, share in run.pairs
    )


def _alone(run: _Run, wholes: Sequence[Term]) -> Iterator[Outcome]:
    """(4)"""
    part, share = run.pairs[0]
    own = [term for term in wholes if term.sentence == part.sentence]
    if len(own) == 1 and not run.base:
        found = _of(part, own, share, _words(own[0]))
        if found.verdict is not Verdict.BROKEN or _AMONG.match(own[0].statement.after):
            yield found
            return
    if not run.base or _ALL.search(run.base):
        found = _of(part, wholes, share, "占比的分母读作前文的总数")
        if found.verdict is not Verdict.BROKEN:
            yield found


def _of(part: Term, wholes: Sequence[Term], share: Term, words: str) -> Outcome:
    """One whole that fits is enough."""
    judged = [
        (whole, judge("rate", numerator=part, denominator=whole, rate=share)) for whole in reversed(wholes)
    ]
    whole, finding = min(judged, key=lambda pair: _ORDER.index(pair[1].verdict))
    return outcome("rate", finding, (part, whole, share), words)


def _words(whole: Term) -> str:
    return f"占比的分母读作前文的“{whole.full}”{printed(whole)}"


def _added(terms: Sequence[Term]) -> Interval:
    return Interval.total(term.statement.quantity.interval for term in terms)
