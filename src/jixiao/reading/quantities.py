"""Which quantities does a text state? One pass of one pattern, then small rules; linear in the text.

Follows the house's labelling standard: the span holds qualifiers, number, multiplier and measure word, the
value is in base units. Needs no layout and no language model; what it cannot decide it leaves out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import islice
from re import Match
from typing import NamedTuple

from jixiao.reading import numerals, torn
from jixiao.reading.amounts import Number, amount, is_compound, is_range, last_unit, lone_amount
from jixiao.reading.context import is_figure
from jixiao.reading.pattern import COINS, LEAD, LEAD_ENDS, PLAIN, QUANTITY, ROUND, START, TENTH, unit_of
from jixiao.reading.silent import Places, without_silent
from jixiao.reading.units import KIND_OF, MEASURES
from jixiao.values import RATIO, Qualifier, Quantity

_PARTS = numerals.DIGITS | {str(digit): digit for digit in range(10)} | {"半": 5}
_TAILS = {
    "左右": Qualifier.APPROX,
    "上下": Qualifier.APPROX,
    "以上": Qualifier.AT_LEAST,
    "以下": Qualifier.AT_MOST,
    "以内": Qualifier.AT_MOST,
    "多": Qualifier.OVER,
    "余": Qualifier.OVER,
}
_NOT_A_TAIL = {"多": "民样元数种个次项方维层级点边功年彩党名家媒少", "余": "额杭姚热下名"}
_NOT_A_LEAD = re.compile(r"(?:[节契签预条制违履特邀简附最临邻靠亲]|(?<![综联结整折融])合|(?<!办)公)\Z")
_BREAKTHROUGH = re.compile(r"突破(?:了|至|到)?[ \n]{0,2}\Z")
_ABOUT = re.compile(r"约(?:为|占|有|合)\Z")
_MONEY_BEFORE = re.compile(
    r"(?:支出|收入|经费|预算|决算|投资|补贴|补助|(?<!免)费用?|款|额|金|[¥￥])"
    r"(?:(?!惠及|覆盖|支持|帮助)[^，。；、\n免]){0,3}\Z"
)
_NUMBERED_LINE = re.compile(r"(?:\A|\n)[ \t\u3000]*\Z")
_WRAPPED = re.compile(
    r"[^\n]{16}[\u4e00-\u9fff]\n[ \u3000]{0,4}\Z"
)  # a line that does not end with its sentence
_SHORT = 3
_OVER = frozenset(word for word in KIND_OF if word.startswith("个多"))
_GOES_ON = frozenset(["折", "成", "元", "圆"])
_WHOLE_UNITS = frozenset(word for word, kind in KIND_OF.items() if kind == "count")
_BARE_NUMBER = re.compile(r"(?:[0-9０-９]{1,3}(?:,[0-9]{3}){1,6}|[0-9０-９]{1,18})(?:[.．][0-9０-９]{1,12})?")


class Mention(NamedTuple):
    """A quantity and where the text states it; `kind` is one of count, money, ratio, area … other."""

    start: int
    end: int
    text: str
    quantity: Quantity
    kind: str


def find(text: str, most: int | None = None) -> list[Mention]:
    """Every quantity the text states, in order, none overlapping another; `most` ends the search earlier.

    >>> [(m.text, str(m.quantity.value), m.quantity.unit) for m in find("收到30余篇，满意率100%。")]
    [('30余篇', '30', '篇'), ('100%', '1', 'ratio')]
    """
    shown, places = without_silent(text)
    mentions: list[Mention] = []
    for mention in islice(_propose(shown), most):
        if mentions and not mentions[-1].quantity.unit:
            _lend_unit(mentions, mention, shown)
        mentions.append(mention)
    return [_moved(mention, text, places) for mention in mentions] if places else mentions


def _moved(mention: Mention, text: str, places: Places) -> Mention:
    """A mention of a text without its silent characters, in the text as it is."""
    start, end = places[mention.start], places[mention.end - 1] + 1
    return mention._replace(start=start, end=end, text=text[start:end])


def _propose(text: str) -> Iterator[Mention]:
    position = told = 0
    for found in START.finditer(text):
        start = found.start()
        if start < position:
            continue
        if match := PLAIN.match(text, start):
            mention = _read_plain(match)
        elif match := QUANTITY.match(text, start):
            mention = _read(match)
        else:
            continue
        if mention is None:
            position = _next_position(match)
            continue
        if mention.start == start:
            first = torn.beginning(text, mention.start)
            if told <= first < mention.start:
                mention = _mended(text, first, mention)
        yield mention
        position = told = mention.end


def _mended(text: str, first: int, mention: Mention) -> Mention:
    """The mention of a number that begins at `first`, torn off from what was read; the mention as it was where
    the whole is none, or no such as it seems.
    """
    window = max(0, first - torn.LONGEST)
    head = text[window:first] + torn.mended(text, first, mention.start)
    whole = QUANTITY.match(head + text[mention.start : mention.end + torn.LONGEST], first - window)
    read = None if whole is None else _read(whole)
    lost = mention.start - window - len(head)
    if read is None or read.end + lost != mention.end - window or read.kind != mention.kind:
        return mention
    is_whole = "\n" in text[first : mention.start] or read.quantity.value == int(read.quantity.value)
    if not is_whole if read.kind == "count" else read.kind == "ratio" and "." not in read.text:
        return mention
    return read._replace(
        start=window + read.start, end=mention.end, text=text[window + read.start : mention.end]
    )


def _shorter(match: Match[str], end: int) -> Mention | None:
    """What the text states where it is read no further than `end`."""
    shorter = QUANTITY.match(match.string, match.start(), end)
    return None if shorter is None else _read(shorter)


def _next_position(match: Match[str]) -> int:
    """After a refusal: behind the number, not behind a second one that may be a quantity itself."""
    for group in ("number", "of", "top", "above"):
        if match[group] is not None:
            return match.end(group)
    return match.end()


def _read(match: Match[str]) -> Mention | None:
    number, scale, unit, high, join = match.group("number", "scale", "unit", "high", "join")
    if number and not (scale or unit or high or join):  # most often a year or the number of an item
        return None
    if high and not is_range(match):
        return _shorter(match, match.start("to"))
    if join and not is_compound(match):
        return _shorter(match, match.end("join"))
    word = unit_of(match) if unit else ""
    start = _without_list_number(match, word)
    begin, lead = _lead(match.string, start)
    if not is_figure(match, start, word, led=lead is not None):
        return None
    unit, kind, power = _unit(match, start, word)
    end, tail = _tail(match)
    qualifier = _qualifier(match, word, lead, tail)
    if qualifier is Qualifier.EXACT:
        qualifier = _from_words_before(match.string, begin)
    is_short = len(number or "") <= _SHORT and start == match.start() and not (scale or high or join)
    quantity: Quantity | None
    if is_short and word and word not in _GOES_ON:
        quantity = _short(number, word, qualifier)
    else:
        read = amount(match, start, kind, power)
        if read is not None and word in _GOES_ON and (more := _beyond(match, word, read, end)):
            read, end = more
        quantity = _quantity(read, unit, qualifier)
    return None if quantity is None else Mention(begin, end, match.string[begin:end], quantity, kind)


def _read_plain(match: Match[str]) -> Mention | None:
    """What `_read` makes of a match of `PLAIN`, without asking for all that is not there."""
    text, start, end = match.string, match.start(), match.end()
    number, scale, word = match.group("number", "scale", "unit")
    if "\n" in word or ("." in number and word in _WHOLE_UNITS):  # a line break in it, or perhaps 1.3个村
        whole = QUANTITY.match(text, start)
        return None if whole is None else _read(whole)
    begin, lead = _lead(text, start) if text[start - 1 : start] in LEAD_ENDS else (start, None)
    if not is_figure(match, start, word, led=lead is not None):
        return None
    qualifier = lead or _from_words_before(text, begin)
    if word in _OVER:
        qualifier = Qualifier.OVER
    unit, kind, power = MEASURES[word]
    quantity: Quantity | None
    if len(number) <= _SHORT and not scale and word not in _GOES_ON:
        quantity = _short(number, word, qualifier)
    else:
        read = lone_amount(number, kind, power, scale or "")
        if read is not None and word in _GOES_ON and (more := _beyond(match, word, read, end)):
            read, end = more
        quantity = _quantity(read, unit, qualifier)
    return None if quantity is None else Mention(begin, end, text[begin:end], quantity, kind)


@lru_cache(maxsize=1024)
def _short(number: str, word: str, qualifier: Qualifier) -> Quantity | None:
    """A number of few characters right before its measure word: such come again and again."""
    unit, kind, power = MEASURES[word]
    return _quantity(lone_amount(number, kind, power), unit, qualifier)


def _quantity(read: Number | None, unit: str, qualifier: Qualifier) -> Quantity | None:
    if read is None:
        return None
    if read.high is not None:
        qualifier = Qualifier.APPROX
    return Quantity(read.value, unit, qualifier, last_unit(read.last), read.scale, read.high)


def _beyond(match: Match[str], unit: str, read: Number, end: int) -> tuple[Number, int] | None:
    """What the words after the measure word add: 七成六, 四成半, 十二元三角五分; and 85折, which are 8.5."""
    if unit == "折" and 1 < read.value < 10:
        return read._replace(value=read.value / 10, last=-2), end
    if unit == "成" and (tenth := TENTH.match(match.string, end)):
        value = read.value + Decimal(_PARTS[tenth[1]]) / 100
        return read._replace(value=value, last=-2), tenth.end(1)
    if unit in ("元", "圆") and not match["scale"] and (coins := COINS.match(match.string, end)):
        value = read.value + Decimal(_PARTS[coins[1]]) / 10 + Decimal(_PARTS[coins[2] or "零"]) / 100
        return read._replace(value=value, last=-2 if coins[2] else -1), coins.end()
    return None


def _unit(match: Match[str], start: int, word: str) -> tuple[str, str, int]:
    """The unit as it is known, its kind and the power of ten it carries."""
    if word:
        return MEASURES[word]
    if match["per"]:
        return RATIO, "ratio", -numerals.power(match["per"][0])
    if match["number"] is None:
        return RATIO, "ratio", 0
    if _MONEY_BEFORE.search(match.string, max(0, start - 10), start):
        return "元", "money", 0
    return "", "count", 0


def _without_list_number(match: Match[str], word: str) -> int:
    """Where the number begins: `1.3个村` at the start of a line is item 1 and three villages."""
    start = match.start()
    number = match["number"]
    if number and "." in number and word in _WHOLE_UNITS and not match["scale"]:
        line = match.string[max(0, start - 6) : start]
        begins = _NUMBERED_LINE.search(line) and (start <= 6 or "\n" in line)
        if begins and not _WRAPPED.search(match.string, max(0, start - 48), start):
            return start + number.index(".") + 1
    return start


def _lead(text: str, start: int) -> tuple[int, Qualifier | None]:
    """Where the span begins and what the words right before the number commit it to."""
    if text[start - 1 : start] not in LEAD_ENDS:
        return start, None
    window = max(0, start - 8)
    if text[window:start].rstrip()[-1:] not in LEAD_ENDS:
        return start, None
    match = LEAD.search(text[window:start])
    if match is None:
        return start, None
    begin = window + match.start()
    if match["round"] and not ROUND.match(text, start):
        return start, None
    if match.lastgroup == "approx" and _NOT_A_LEAD.search(text[max(0, begin - 1) : begin]):
        return start, None
    return begin, Qualifier.OVER if match["round"] else Qualifier(match.lastgroup or "exact")


def _tail(match: Match[str]) -> tuple[int, Qualifier | None]:
    """Where the span ends and what the words right after it commit it to."""
    after, beyond = match.group("after", "beyond")
    end = match.end()
    if not after:
        return end, _TAILS[beyond] if beyond else None
    word = "".join(after.split())
    following = match.string[end : end + 1]
    if word in _NOT_A_TAIL and following and following in _NOT_A_TAIL[word]:
        return match.start("after"), None
    return end, _TAILS[word]


def _qualifier(match: Match[str], unit: str, lead: Qualifier | None, tail: Qualifier | None) -> Qualifier:
    inner, inner_too = match.group("inner", "inner_too")
    if inner == "来" and not inner_too:
        return Qualifier.APPROX
    if inner or inner_too or unit.startswith("个多"):
        return Qualifier.OVER
    return lead or tail or Qualifier.EXACT


def _from_words_before(text: str, begin: int) -> Qualifier:
    before = text[begin - 6 if begin > 6 else 0 : begin]
    if "突" not in before and "约" not in before:
        return Qualifier.EXACT
    if _BREAKTHROUGH.search(before):
        return Qualifier.OVER
    return Qualifier.APPROX if _ABOUT.search(before) else Qualifier.EXACT


def _lend_unit(mentions: list[Mention], following: Mention, text: str) -> None:
    """1409万、1305万人次: the numbers before are measured by the last one's word."""
    if not following.quantity.unit:
        return
    for index in range(len(mentions) - 1, -1, -1):
        last = mentions[index]
        if last.quantity.unit or text[last.end : following.start] not in ("、", "和", "与"):
            return
        quantity = replace(last.quantity, unit=following.quantity.unit)
        mentions[index] = following = last._replace(quantity=quantity, kind=following.kind)


def find_alone(text: str) -> Mention | None:
    """Read a text that is one quantity and nothing else, such as a table cell; a bare number has no unit."""
    inner = text.strip()
    start = text.find(inner)
    mentions = find(inner)
    if len(mentions) == 1 and (mentions[0].start, mentions[0].end) == (0, len(inner)):
        return mentions[0]._replace(start=start, end=start + len(inner))
    if not _BARE_NUMBER.fullmatch(inner):
        return None
    value, decimals = numerals.arabic(inner)
    quantity = Quantity(value, "", step=Fraction(1, 10**decimals) if decimals else Fraction(0))
    return Mention(start, start + len(inner), inner, quantity, "count")
