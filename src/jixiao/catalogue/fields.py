"""Field values between people and storage: what is typed, what is stored, what is shown, what the
projection holds.

Stored JSON: dates as ISO text, money as whole 分, decimals as text, stated numbers as {value, qualifier};
an absent value is None, never 0 or an empty text. Messages say in Chinese what was found and what would
be right.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from jixiao.catalogue import form_values, guard
from jixiao.catalogue.dates import read_date
from jixiao.catalogue.kinds import FieldSpec, FieldType, Kind
from jixiao.catalogue.nearest import listed, nearest
from jixiao.catalogue.numbers import half_width, read_number, read_stated
from jixiao.catalogue.registers import CodeTable
from jixiao.catalogue.stored import as_typed, fits
from jixiao.values import Qualifier, Quantity, decimal_text

if TYPE_CHECKING:
    from jixiao.catalogue.catalogue import Catalogue

LONGEST_TEXT = 500
LARGEST = 2**63 - 1  # what an integer column holds

_YES = frozenset({"是", "有", "对", "√", "✓", "true", "yes", "y", "1"})
_NO = frozenset({"否", "无", "没有", "×", "✗", "false", "no", "n", "0"})
_SERIAL = re.compile(r"[A-Za-z]{0,3}-?\d{1,8}(-\d{1,6})?")


def parse(spec: FieldSpec, raw: object, catalogue: Catalogue | None = None, today: date | None = None) -> Any:
    """The stored value of what was typed or read from a table; None for an empty one.

    Codes are recognised by title only where the catalogue is given. Raises ValueError with a message for
    the person.
    """
    if isinstance(raw, str):
        raw = raw.strip()
    if raw is None or raw == "":
        return None
    match spec.type:
        case FieldType.DATE:
            return read_date(raw, today).isoformat()
        case FieldType.INTEGER:
            whole = _whole(read_number(_text(raw), _units(spec)), raw)
            _bounded(spec, Decimal(whole), raw)
            return whole
        case FieldType.DECIMAL:
            return _decimal(spec, raw)
        case FieldType.MONEY:
            return _money(spec, raw)
        case FieldType.STATED:
            return _stated(spec, raw)
        case FieldType.CODE:
            return _code(_text(raw), catalogue.codes.get(spec.codes or "") if catalogue else None)
        case FieldType.BOOLEAN:
            return _boolean(raw)
        case FieldType.SERIAL:
            return _serial(_text(raw))
        case FieldType.TEXT:
            return _short(_text(raw))
        case FieldType.FORM:
            return form_values.read(raw)
    return _text(raw)


def parse_all(
    kind: Kind, raw: Mapping[str, object], catalogue: Catalogue | None = None, today: date | None = None
) -> tuple[dict[str, Any], dict[str, str]]:
    """Parse several fields of a kind at once: (stored values, messages by field)."""
    values: dict[str, Any] = {}
    messages: dict[str, str] = {}
    for name, found in raw.items():
        spec = kind.fields.get(name)
        if spec is None:
            near = nearest(name, kind.fields, 1)
            messages[name] = f"{kind.title}没有字段“{name}”" + (f"；是否想写 {near[0]}" if near else "")
            continue
        try:
            values[name] = parse(spec, found, catalogue, today)
        except ValueError as error:
            messages[name] = f"{spec.title}：{error}"
    return values, messages


def missing(kind: Kind, data: Mapping[str, Any], needs: Sequence[str] = ()) -> dict[str, str]:
    """A message for each required field (and each of `needs`) that has no value."""
    wanted = [name for name, spec in kind.fields.items() if spec.required]
    wanted += [name for name in needs if name not in wanted]
    return {name: f"请填写{kind.fields[name].title}" for name in wanted if data.get(name) is None}


def show(spec: FieldSpec, stored: Any, catalogue: Catalogue | None = None) -> str:
    """The stored value as pages and tables print it; `parse` reads it back. Empty text for an absent value.

    A reference or an org is shown as its id: only the ledger knows its name. What was written when the field
    was of another type is shown as it was written.
    """
    if stored is None:
        return ""
    if not fits(spec.type, stored):
        return as_typed(stored)
    match spec.type:
        case FieldType.MONEY:
            return show_money(int(stored))
        case FieldType.INTEGER:
            return f"{int(stored):,}{spec.unit}" if spec.unit else str(int(stored))  # a year is no amount
        case FieldType.DECIMAL:
            return f"{stored}{spec.unit}"
        case FieldType.STATED:
            return _show_stated(spec, stored)
        case FieldType.BOOLEAN:
            return "是" if stored else "否"
        case FieldType.FORM:
            return form_values.told(stored)
        case FieldType.CODE:
            table = catalogue.codes.get(spec.codes or "") if catalogue else None
            return table.codes[stored].title if table and stored in table.codes else str(stored)
    return str(stored)


def show_money(fen: int) -> str:
    """Whole 分 as people write it: 万元 where that is short, else 元.

    >>> show_money(73000000), show_money(123456), show_money(-5)
    ('73万元', '1,234.56元', '-0.05元')
    """
    if fen and fen % 1_000_000 == 0:
        return f"{fen // 1_000_000:,}万元"
    if abs(fen) >= 1_000_000 and fen % 10_000 == 0:
        return f"{decimal_text(Decimal(fen) / 1_000_000)}万元"
    whole, part = divmod(abs(fen), 100)
    sign = "-" if fen < 0 else ""
    return f"{sign}{whole:,}{f'.{part:02d}' if part else ''}元"


def column_values(
    kind: Kind,
    data: Mapping[str, Any],
    path: Sequence[tuple[str, date]] = (),
    dues: Mapping[str, date] | None = None,
) -> dict[str, Any]:
    """The projection's values of a record, by column, without the system columns; see `columns.columns_of`.

    `data` is stored JSON, `path` the way the case now stands on, `dues` the due days by deadline. A date
    field that is named as a state's day counts only once the state is on the way, and then goes before
    the day of the step.
    """
    row: dict[str, Any] = {}
    for name, spec in kind.fields.items():
        if not spec.is_projected:
            continue
        stored = carried(spec, data.get(name))
        row[name] = _column_value(spec, stored)
        if spec.type is FieldType.STATED:
            row[f"{name}_qualifier"] = None if stored is None else stored["qualifier"]
    entered = dict(path)
    for state in kind.states:
        written = row.get(f"{state}_on")
        row[f"{state}_on"] = (written or entered[state]) if state in entered else None
    for deadline in kind.deadlines:
        row[f"{deadline}_due_on"] = (dues or {}).get(deadline)
    return row


def column_value(
    kind: Kind,
    column: str,
    data: Mapping[str, Any],
    path: Callable[[], Mapping[str, date]],
    dues: Callable[[], Mapping[str, date]],
) -> Any:
    """One of `column_values`, without working out the others; None for a column that is not among them."""
    if column.endswith("_due_on") and column.removesuffix("_due_on") in kind.deadlines:
        return dues().get(column.removesuffix("_due_on"))
    spec = kind.fields.get(column)
    written = _column_value(spec, carried(spec, data.get(column))) if spec and spec.is_projected else None
    state = column.removesuffix("_on")
    if state != column and state in kind.states:
        return (written or path()[state]) if state in path() else None
    stated = kind.fields.get(column.removesuffix("_qualifier"))
    if spec is None and stated is not None and stated.type is FieldType.STATED and stated.is_projected:
        value = carried(stated, data.get(column.removesuffix("_qualifier")))
        return None if value is None else value["qualifier"]
    return written


def carried(spec: FieldSpec, stored: Any) -> Any:
    """A stored value as the field stores it today; None where it was written as another type and cannot be read."""
    if stored is None or fits(spec.type, stored):
        return stored
    try:
        return parse(spec, as_typed(stored))
    except ValueError:
        return None


def _column_value(spec: FieldSpec, stored: Any) -> Any:
    if stored is None:
        return None
    match spec.type:
        case FieldType.DATE:
            return date.fromisoformat(stored)
        case FieldType.DECIMAL:
            return int(Decimal(stored).scaleb(spec.places))
        case FieldType.STATED:
            return int(stored["value"])
    return stored


def _text(raw: object) -> str:
    """Text of a cell: a spreadsheet's 12.0 is 12."""
    if isinstance(raw, float):
        exact = Decimal(repr(raw))
        return f"{exact.to_integral_value():f}" if exact == exact.to_integral_value() else f"{exact:f}"
    return str(raw)


def _units(spec: FieldSpec) -> tuple[str, ...]:
    return (spec.unit,) if spec.unit else ("个", "件", "人", "家", "次", "篇", "条")


def _whole(number: Decimal, raw: object) -> int:
    if number != number.to_integral_value():
        raise ValueError(f"“{raw}”不是整数；请填写整数")
    return _held(int(number), raw)


def _held(number: int, raw: object) -> int:
    if abs(number) > LARGEST:
        raise ValueError(f"“{raw}”太大；请核对单位和位数")
    return number


def _bounded(spec: FieldSpec, number: Decimal, raw: object) -> None:
    if spec.within and not spec.within[0] <= number <= spec.within[1]:
        low, high = (decimal_text(bound) for bound in spec.within)
        raise ValueError(f"“{raw}”不在{low}到{high}{spec.unit}之间；请核对")


def _decimal(spec: FieldSpec, raw: object) -> str:
    number = read_number(_text(raw), (spec.unit,))
    scaled = number.scaleb(spec.places)
    if scaled != scaled.to_integral_value():
        most = f"最多{spec.places}位小数" if spec.places else "整数"
        raise ValueError(f"“{raw}”的小数位太多；请填写{most}")
    _held(int(scaled), raw)
    _bounded(spec, number, raw)
    return f"{number:.{spec.places}f}"


def _money(spec: FieldSpec, raw: object) -> int:
    try:
        number = read_number(_text(raw), ("元", "人民币", "块"))
    except ValueError:
        raise ValueError(f"“{raw}”不是金额；请填写如 1200.50、1,200元 或 73万元") from None
    fen = number * 100
    if fen != fen.to_integral_value():
        raise ValueError(f"“{raw}”比分还细；金额精确到分，最多两位小数")
    if fen < 0 and not spec.may_be_negative:
        raise ValueError(f"“{raw}”小于 0，金额不能小于 0；请填写正数，填错的记录请作废或更正")
    return _held(int(fen), raw)


def _stated(spec: FieldSpec, raw: object) -> dict[str, Any]:
    if isinstance(raw, Mapping):
        return {"value": int(raw["value"]), "qualifier": Qualifier(raw.get("qualifier", "exact")).value}
    number, qualifier = read_stated(_text(raw), _units(spec))
    return {"value": _whole(number, raw), "qualifier": qualifier.value}


def _show_stated(spec: FieldSpec, stored: Mapping[str, Any]) -> str:
    value = Decimal(stored["value"])
    scale = "万" if value and value % 10_000 == 0 else ""
    return Quantity(value, spec.unit, Qualifier(stored["qualifier"]), scale=scale).text


def _code(text: str, table: CodeTable | None) -> str:
    if table is None or text in table.codes:
        return text
    titled = [code for code, spec in table.codes.items() if spec.title == text]
    if len(titled) == 1:
        return titled[0]
    titles = [spec.title for spec in table.codes.values()]
    near = nearest(text, titles, 1) or [title for title in titles if text in title][:1]
    expected = f"是否想填 {near[0]}；" if near else ""
    raise ValueError(f"“{text}”不在{table.title}之列；{expected}可填：{listed(titles)}")


def _boolean(raw: object) -> bool:
    if isinstance(raw, bool):
        return raw
    text = half_width(_text(raw)).lower()
    if text in _YES:
        return True
    if text in _NO:
        return False
    raise ValueError(f"“{raw}”看不出是还是否；请填写 是 或 否")


def _serial(text: str) -> str:
    serial = half_width(text)
    if guard.looks_personal(serial):
        raise ValueError("这里像是身份证号码或手机号码；请填写本单位自编的序号，如 A012")
    if not _SERIAL.fullmatch(serial):
        raise ValueError(f"“{text}”不像序号；请填写不含姓名的序号，如 12、A012 或 2020-03")
    return serial


def _short(text: str) -> str:
    plain = " ".join(text.split())
    if len(plain) > LONGEST_TEXT:
        raise ValueError(f"文字有{len(plain)}字，超过{LONGEST_TEXT}字；请缩短，细节写进说明")
    return plain
