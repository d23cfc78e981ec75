"""What the formulas of a workbook come to, for the few words that forms are made of: arithmetic, comparison, sums, IF, ROUND.

A formula with any other word is Unknown: a reader of the file computes it, this does not guess.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal, DivisionByZero, InvalidOperation, Overflow

Value = Decimal | str | bool | None
Place = tuple[str, int, int]  # sheet, row, column, counted from 0
_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?P<text>\"(?:[^\"]|\"\")*\")"
    r"|(?P<ref>(?:(?:'(?:[^']|'')+'|[^\W\d][\w.]*)!)?\$?[A-Z]{1,3}\$?\d{1,7}(?::\$?[A-Z]{1,3}\$?\d{1,7})?(?![\w(]))"
    r"|(?P<name>[A-Z][A-Z.]*)(?=\()|(?P<word>TRUE|FALSE)|(?P<sign><>|<=|>=|[-+*/^&=<>(),%]))"
)
_REF = re.compile(r"(?:(?P<sheet>.+)!)?\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?")
_MOST_CELLS, _DEEPEST = 20_000, 60


class Unknown(Exception):
    """A formula that this cannot work out."""


class Results:
    """The cells of a workbook with their formulas worked out; each once."""

    def __init__(self, values: Mapping[Place, Value], formulas: Mapping[Place, str]) -> None:
        self.values, self.formulas = values, formulas
        self.done: dict[Place, Value] = {}
        self.under_way: set[Place] = set()

    def at(self, place: Place) -> Value:
        """Raises Unknown for what cannot be worked out, circles too."""
        if place not in self.formulas:
            return self.values.get(place)
        if place not in self.done:
            if place in self.under_way or len(self.under_way) > _DEEPEST:
                raise Unknown
            self.under_way.add(place)
            try:
                self.done[place] = _Reader(self.formulas[place], place[0], self).whole()
            except (DivisionByZero, InvalidOperation, Overflow, RecursionError) as wrong:
                raise Unknown from wrong
            finally:
                self.under_way.discard(place)
        return self.done[place]


class _Reader:
    """One formula, read from left to right and worked out on the way."""

    def __init__(self, text: str, sheet: str, results: Results) -> None:
        self.sheet, self.results = sheet, results
        self.tokens: list[tuple[str, str]] = []
        self.at = place = 0
        while place < len(text.rstrip()):
            found = _TOKEN.match(text, place)
            if found is None or found.lastgroup is None:
                raise Unknown
            self.tokens.append((found.lastgroup, found[found.lastgroup]))
            place = found.end()

    def whole(self) -> Value:
        found = self.compared()
        if self.at != len(self.tokens):
            raise Unknown
        return Decimal(0) if found is None else found

    def sign(self, *signs: str) -> str:
        """Take the next token where it is one of these signs."""
        if (
            self.at < len(self.tokens)
            and self.tokens[self.at][0] == "sign"
            and self.tokens[self.at][1] in signs
        ):
            self.at += 1
            return self.tokens[self.at - 1][1]
        return ""

    def compared(self) -> Value:
        left = self.joined()
        while sign := self.sign("=", "<>", "<", ">", "<=", ">="):
            left = _compare(sign, left, self.joined())
        return left

    def joined(self) -> Value:
        left = self.added()
        while self.sign("&"):
            left = _text(left) + _text(self.added())
        return left

    def added(self) -> Value:
        left = self.times()
        while sign := self.sign("+", "-"):
            right = _number(self.times())
            left = _number(left) + (right if sign == "+" else -right)
        return left

    def times(self) -> Value:
        left = self.single()
        while sign := self.sign("*", "/"):
            right = _number(self.single())
            left = _number(left) * right if sign == "*" else _number(left) / right
        return left

    def single(self) -> Value:
        if sign := self.sign("-", "+"):
            value = _number(self.single())
            return -value if sign == "-" else value
        found = self.plain()
        while self.sign("%"):
            found = _number(found) / 100
        return found

    def plain(self) -> Value:
        if self.sign("("):
            found = self.compared()
            self.expect(")")
            return found
        if self.at >= len(self.tokens):
            raise Unknown
        kind, text = self.tokens[self.at]
        self.at += 1
        if kind == "number":
            return Decimal(text)
        if kind == "text":
            return text[1:-1].replace('""', '"')
        if kind == "word":
            return text == "TRUE"
        if kind == "ref" and ":" not in text:
            return self.cells(text)[0]
        if kind == "name":
            return self.function(text)
        raise Unknown

    def expect(self, sign: str) -> None:
        if not self.sign(sign):
            raise Unknown

    def cells(self, ref: str) -> list[Value]:
        found = _REF.fullmatch(ref)
        if found is None:
            raise Unknown
        sheet = (found["sheet"] or self.sheet).strip("'").replace("''", "'")
        first, last = _where(found[2], found[3]), _where(found[4] or found[2], found[5] or found[3])
        if (last[0] - first[0] + 1) * (last[1] - first[1] + 1) > _MOST_CELLS:
            raise Unknown
        rows, columns = range(first[0], last[0] + 1), range(first[1], last[1] + 1)
        return [self.results.at((sheet, row, column)) for row in rows for column in columns]

    def function(self, name: str) -> Value:
        self.expect("(")
        if name in ("IF", "IFERROR"):
            return self.choice(name)
        if name not in _FUNCTIONS:
            raise Unknown
        given: list[list[Value]] = []
        while not self.sign(")"):
            given.append(self.argument())
            if not self.sign(","):
                self.expect(")")
                break
        return _FUNCTIONS[name](given)

    def argument(self) -> list[Value]:
        if self.at < len(self.tokens) and self.tokens[self.at][0] == "ref" and ":" in self.tokens[self.at][1]:
            self.at += 1
            return self.cells(self.tokens[self.at - 1][1])
        return [self.compared()]

    def choice(self, name: str) -> Value:
        """Only the branch that counts is worked out, as spreadsheets do."""
        parts = self.parts()
        if name == "IFERROR" and len(parts) == 2:
            try:
                return self.part(parts[0])
            except (DivisionByZero, InvalidOperation):
                return self.part(parts[1])
        if name == "IF" and len(parts) in (2, 3):
            if _truth(self.part(parts[0])):
                return self.part(parts[1])
            return self.part(parts[2]) if len(parts) == 3 else False
        raise Unknown

    def parts(self) -> list[list[tuple[str, str]]]:
        """The tokens of the arguments up to the closing bracket."""
        found: list[list[tuple[str, str]]] = [[]]
        depth = 0
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            if token == ("sign", ")") and depth == 0:
                return found
            if token == ("sign", ",") and depth == 0:
                found.append([])
                continue
            depth += (token == ("sign", "(")) - (token == ("sign", ")"))
            found[-1].append(token)
        raise Unknown

    def part(self, tokens: list[tuple[str, str]]) -> Value:
        inner = _Reader("", self.sheet, self.results)
        inner.tokens = tokens
        return inner.whole()


def _numbers(given: list[list[Value]]) -> list[Decimal]:
    return [one for several in given for one in several if isinstance(one, Decimal)]


def _rounded(given: list[list[Value]]) -> Value:
    value, places = (_number(one[0]) for one in given)
    return value.quantize(Decimal(1).scaleb(-int(places)), ROUND_HALF_UP)


_FUNCTIONS: Mapping[str, Callable[[list[list[Value]]], Value]] = {
    "SUM": lambda given: sum(_numbers(given), Decimal(0)),
    "MIN": lambda given: min(_numbers(given), default=Decimal(0)),
    "MAX": lambda given: max(_numbers(given), default=Decimal(0)),
    "ABS": lambda given: abs(_number(given[0][0])),
    "COUNT": lambda given: Decimal(len(_numbers(given))),
    "AVERAGE": lambda given: sum(_numbers(given), Decimal(0)) / len(_numbers(given)),
    "ROUND": _rounded,
    "AND": lambda given: all(_truth(one) for several in given for one in several),
    "OR": lambda given: any(_truth(one) for several in given for one in several),
}


def _number(value: Value) -> Decimal:
    if isinstance(value, str):
        raise Unknown
    return Decimal(value or 0)


def _text(value: Value) -> str:
    return "" if value is None else value if isinstance(value, str) else f"{_number(value).normalize():f}"


def _truth(value: Value) -> bool:
    if isinstance(value, str):
        raise Unknown
    return bool(value)


def _compare(sign: str, left: Value, right: Value) -> bool:
    if isinstance(left, str) or isinstance(right, str):
        if sign not in ("=", "<>"):
            raise Unknown
        is_mixed = isinstance(left, Decimal | bool) or isinstance(
            right, Decimal | bool
        )  # never equal to words
        return (not is_mixed and _text(left) == _text(right)) == (sign == "=")
    one, other = _number(left), _number(right)
    return {
        "=": one == other, "<>": one != other, "<": one < other, ">": one > other, "<=": one <= other, ">=": one >= other,
    }[sign]  # fmt: skip


def _where(letters: str, row: str) -> tuple[int, int]:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(row) - 1, column - 1
