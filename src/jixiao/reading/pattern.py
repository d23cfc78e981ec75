"""The one regular expression that finds what may be a quantity: number, multiplier, measure word.

It proposes; `context` disposes. Every repetition is bounded, so that the time is linear in the text
whatever the text is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from jixiao.reading.numerals import FORMAL_CHARACTERS, NUMERAL_CHARACTERS
from jixiao.reading.units import KIND_OF, longest_first

_DIGIT = "[0-9０-９]"
_CHINESE = rf"(?:(?!千\n?[瓦克米伏焦])[{NUMERAL_CHARACTERS}{FORMAL_CHARACTERS}])"
_SCALE = r"(?:(?!千\n?[瓦克米伏焦])[十百千万亿])"  # 2亿千瓦时 are kilowatt hours, not 瓦时
_SPACE = r"(?:[ \t\u3000\xa0]{0,3}+(?:\r?\n[ \t\u3000\xa0]{0,4}+)?+)"
_BREAK = r"(?:\r?\n[ \t\u3000\xa0]{0,4}+)?+"
_TAIL = rf"左{_BREAK}右|上{_BREAK}下|以{_BREAK}[上下内]"
_ARABIC = (
    rf"(?>{_DIGIT}{{1,3}}(?:,{_DIGIT}{{3}}){{1,6}}(?![0-9０-９])(?:[.．]{_DIGIT}{{1,12}})?"
    rf"|{_DIGIT}{{1,18}}(?:[.．]{_DIGIT}{{1,12}})?)(?![0-9０-９])"
)
_NUMERAL = rf"(?>{_CHINESE}{{1,24}}(?:点[零一二三四五六七八九]{{1,8}}[百千万亿]{{0,2}})?)"


def _any_of(words: Sequence[str]) -> str:
    """A pattern for the words, by their first character: the many that are one character are one class."""
    tails: dict[str, list[str]] = {}
    for word in words:
        tails.setdefault(word[0], []).append(word[1:])
    single = "".join(first for first, rest in tails.items() if rest == [""])
    branches = [f"[{re.escape(single)}]"] if single else []
    for first, rest in tails.items():
        if rest != [""]:
            branches.append(re.escape(first) + "(?:" + "|".join(_broken(first, tail) for tail in rest) + ")")
    return "(?:" + "|".join(branches) + ")"


def _broken(begun: str, rest: str) -> str:
    """The rest of a word, also where a line ends inside it: 百⏎分点. What is begun must not be a whole measure
    word itself (人⏎次), unless what follows is too long to be the beginning of something else, or all its clause.
    """
    pattern = ""
    for character in rest:
        splits = len(rest) > 1 or begun not in KIND_OF
        broken = _BREAK if splits else rf"(?:{_BREAK}(?={re.escape(character)}[，。；、）,;]))?+"
        pattern += broken + re.escape(character)
        begun, rest = begun + character, rest[1:]
    return pattern


_UNIT = _any_of(longest_first())
_BEFORE = f"0-9０-９A-Za-z_{NUMERAL_CHARACTERS}"

# What QUANTITY may go on with behind a number; before anything else, and before further digits, the number is bare.
_BLANK = r" \t\u3000\xa0\r\n"
_ON = (
    re.escape("".join(sorted({word[0] for word in KIND_OF})))
    + r"十百千万亿分/／余多几来左上以及或含？?（(至到\-－–—~～∼"
)
_BARE = rf"(?:{_ARABIC}|{_NUMERAL})(?:(?![{_ON}{_BLANK}])|(?=[{_BLANK}]{{1,8}}[0-9]))"

# Where a quantity may begin: behind no letter, digit or decimal point, with no bare number. Only there QUANTITY is tried.
START = re.compile(
    f"[0-9０-９{NUMERAL_CHARACTERS}{FORMAL_CHARACTERS}](?<![{_BEFORE}].)(?<![0-9０-９][.．].)(?<![A-Za-z]-.)"
    f"(?<!(?={_BARE}).)",
    re.DOTALL,
)

QUANTITY = re.compile(
    rf"""
    (?:
        (?P<per>[百千万]分之){_SPACE}(?P<of>{_ARABIC}|{_NUMERAL})
      | (?P<bottom>{_DIGIT}{{1,4}}+|[二三四五六七八九十百千]{{1,4}}+)分之
        (?P<top>{_DIGIT}{{1,4}}|[一二三四五六七八九十百]{{1,4}})
      | (?P<above>{_DIGIT}{{1,3}}+)[/／](?P<below>{_DIGIT}{{1,3}})(?![0-9０-９/／.])
      | (?P<number>{_ARABIC}|{_NUMERAL})
        (?:{_SPACE}(?P<join>[百千万亿]{{1,2}})(?P<rest>{_ARABIC}))?
        (?:
            {_SPACE}(?P<low_scale>{_SCALE}{{1,2}})?{_SPACE}(?P<low_unit>{_UNIT})?{_SPACE}(?:[（(]含[）)])?
            (?P<to>[-－–—~～∼至到]{{1,2}}){_SPACE}(?P<high>{_ARABIC}|{_NUMERAL})
        )?
        {_SPACE}(?P<inner>[余多几来])?
        {_SPACE}(?P<scale>{_SCALE}{{1,3}})?(?:(?P<inner_too>[余多])(?P<more>[万亿])?)?
        {_SPACE}(?P<unit>{_UNIT})?
    )
    (?P<after>[ ]?(?:{_TAIL}|多|余)|{_SPACE}(?:{_TAIL})(?!请示|报告|意见|情况|各|工作|问题|是|内容|数据|措施|项目))?
    (?=(?:{_SPACE}(?:[（(]含[^）)\n]{{0,4}}[）)]|及|或|（?含）?)(?P<beyond>以上|以下|以内))?)
    """,
    re.VERBOSE,
)

# The same where nothing stands round digits, 万 or 亿 and measure word: so are most, and this is five times as fast.
# What it takes, QUANTITY reads alike; two of its groups are there to be empty.
PLAIN = re.compile(
    rf"(?P<number>{_ARABIC})(?P<scale>[万亿](?![十百万亿]))?(?!百)(?P<unit>(?>{_UNIT}))"
    r"(?![ \t\u3000\xa0\r\n左上以多余至到\-－–—~～∼（(及或含？?之])(?:(?P<low_unit>(?!))(?P<inner>(?!)))?"
)


def unit_of(match: re.Match[str], group: str = "unit") -> str:
    """The measure word of a match as one word, line breaks inside it left out; empty where there is none."""
    word: str = match[group] or ""
    return "".join(word.split()) if "\n" in word else word


_APPROX = "大约|将近|接近|大概|约|近"
_OVER = "超过|超出|超|逾|大于|多于|高于"
_AT_LEAST = "不少于|不低于|不小于|不下于|至少|最少|≥|≧|>="
_AT_MOST = "不高于|不超过|不多于|不大于|不足|不到|不超|至多|最多|少于|低于|小于|≤|≦|<="

# What stands before the number and commits it; the words of the first group belong to the span.
LEAD = re.compile(
    rf"(?:(?P<approx>{_APPROX})|(?P<over>{_OVER})"
    r"|(?P<round>(?<![以之会网线路身世历基早晚马班台船车])上)"
    rf"|(?P<at_least>{_AT_LEAST})|(?P<at_most>{_AT_MOST}))"
    r"[ \u3000]{0,2}(?:\n[ ]{0,2})?\Z"
)

# The characters such words end with, and the space behind them: after any other LEAD need not be tried.
LEAD_ENDS = frozenset("上 \u3000\n").union(
    word[-1] for words in (_APPROX, _OVER, _AT_LEAST, _AT_MOST) for word in words.split("|")
)

# 上千家, 上百个: only such a number makes 上 a qualifier.
ROUND = re.compile("[百千万亿]{1,2}(?![零一二三四五六七八九十0-9])")

# What follows a measure word and belongs to its number: 七成六, 四成半; 十二元三角五分.
TENTH = re.compile("([一二三四五六七八九半])(?=[，。；、）)的左以,; \n]|$)")
COINS = re.compile("([0-9一二三四五六七八九])角(?:([0-9一二三四五六七八九])分)?")
