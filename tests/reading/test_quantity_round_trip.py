"""Numbers written by `values.Quantity.text` read back as they were meant."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal
from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from jixiao.errors import BadInput
from jixiao.reading import read
from jixiao.reading.quantities import find
from jixiao.values import RATIO, Qualifier, Quantity, leading_step

UNITS = (
    "件",
    "篇",
    "人",
    "人次",
    "家",
    "户",
    "名",
    "位",
    "条",
    "项",
    "次",
    "个",
    "期",
    "类",
    "字",
    "幅",
    "元",
    "平方米",
)
FRAMES = (
    "本单位全年完成{}，比计划多。",
    "其中：{}；",
    "共{}",
    "（{}）",
    "合计 {} 。",
    "“{}”",
    "收到{}、{}等",
)

whole = st.integers(0, 10**9).map(Decimal)
scales = st.sampled_from(("", "万", "亿"))


@st.composite
def quantities(draw: st.DrawFn) -> Quantity:
    qualifier = draw(st.sampled_from(list(Qualifier)))
    if draw(st.booleans()):
        return Quantity(Decimal(draw(st.integers(0, 20_000))).scaleb(-4), RATIO, qualifier)
    scale = draw(scales)
    unit = draw(st.sampled_from(UNITS))
    if not scale:
        return Quantity(draw(whole), unit, qualifier)
    size = {"万": 4, "亿": 8}[scale]
    return Quantity(Decimal(draw(st.integers(1, 10**7))).scaleb(size - 2), unit, qualifier, scale=scale)


@settings(max_examples=150, deadline=None)
@given(quantities(), st.sampled_from(FRAMES))
def test_a_written_quantity_reads_back(quantity: Quantity, frame: str) -> None:
    assume(not (quantity.unit == "条" and frame.startswith("“")))  # “八条”: the name of a set of rules
    sentence = frame.format(quantity.text, quantity.text)
    found = find(sentence)
    assert [mention.text for mention in found] == [quantity.text] * frame.count("{}")
    for mention in found:
        read_back = mention.quantity
        assert (read_back.value, read_back.unit) == (quantity.value, quantity.unit)
        assert (read_back.qualifier, read_back.scale) == (quantity.qualifier, quantity.scale)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 999), st.sampled_from((10, 100, 1000)))
def test_a_rounded_count_reads_back_as_an_interval_that_holds_it(count: int, to: int) -> None:
    floor = count // to * to
    if not floor or floor == count:
        return
    (mention,) = find(f"收到来信{Quantity(Decimal(floor), '件', Qualifier.OVER).text}，")
    if count - floor < leading_step(floor):
        assert mention.quantity.interval.contains(count)


@settings(max_examples=150, deadline=None)
@given(
    st.text(
        alphabet=st.sampled_from(
            "0123456789０.,%‰一二十百千万亿两几余多约近超第年月个元件人分之成折至-—（）()“” \n\t以上下含Az"
        ),
        max_size=80,
    )
)
def test_any_text_gives_spans_in_order_and_never_fails(text: str) -> None:
    end = 0
    for mention in find(text):
        assert end <= mention.start < mention.end
        assert text[mention.start : mention.end] == mention.text
        assert mention.quantity.interval is not None
        end = mention.end


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_file_is_read_or_refused(text: str) -> None:
    data = ("示例" + text.replace("\x00", "")).encode("utf-8", "ignore")
    with suppress(BadInput):
        reading = read(data, "a.txt")
        for statement in reading.statements:
            assert reading.document.text[statement.place.start : statement.place.end] == statement.text


SPACES = ("", " ", "  ", "\n", " \n", "\r\n", "\u3000", "\xa0")
FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")
LEADS = {
    "": Qualifier.EXACT,
    "约": Qualifier.APPROX,
    "近": Qualifier.APPROX,
    "大约": Qualifier.APPROX,
    "超过": Qualifier.OVER,
    "超": Qualifier.OVER,
    "逾": Qualifier.OVER,
    "不少于": Qualifier.AT_LEAST,
    "至少": Qualifier.AT_LEAST,
    "不超过": Qualifier.AT_MOST,
    "不足": Qualifier.AT_MOST,
}
TAILS = {
    "": Qualifier.EXACT,
    "左右": Qualifier.APPROX,
    "以上": Qualifier.AT_LEAST,
    "以下": Qualifier.AT_MOST,
    "以内": Qualifier.AT_MOST,
}
BETWEEN = {"": Qualifier.EXACT, "余": Qualifier.OVER, "多": Qualifier.OVER}
Written = tuple[str, Decimal]


def numeral(number: int) -> str:
    """The usual Chinese numeral of a whole number below 10^8."""
    for size, word in ((10_000, "万"), (1_000, "千"), (100, "百"), (10, "十")):
        if number >= size:
            head, rest = divmod(number, size)
            gap = "零" if 0 < rest < size // 10 else ""
            return numeral(head) + word + (gap + numeral(rest) if rest else "")
    return "零一二三四五六七八九"[number]


@st.composite
def arabic(draw: st.DrawFn) -> Written:
    """1234.5, 1,234.5, １２３４．５, 0.12 and the same with 万, 亿, 百万 or 千万 behind."""
    value = Decimal(draw(st.integers(1, 10**9))).scaleb(-draw(st.integers(0, 4)))
    text = f"{value:,f}" if draw(st.booleans()) else f"{value:f}"
    if "," not in text and draw(st.booleans()):
        text = text.translate(FULL_WIDTH)
    word, power = draw(st.sampled_from((("", 0), ("万", 4), ("亿", 8), ("百万", 6), ("千万", 7))))
    space = draw(st.sampled_from(("", " "))) if word else ""
    return text + space + word, value.scaleb(power)


@st.composite
def mixed(draw: st.DrawFn) -> Written:
    """3万4000, 1亿2300万, 2亿5000万."""
    if draw(st.booleans()):
        head, rest = draw(st.integers(1, 9_999)), draw(st.integers(100, 9_999))
        return f"{head}万{rest}", Decimal(head * 10**4 + rest)
    head, rest = draw(st.integers(1, 99_999)), draw(st.integers(1, 9_999))
    return f"{head}亿{rest}万", Decimal(head * 10**8 + rest * 10**4)


chinese = (
    st.integers(11, 10**8 - 1)
    .filter(lambda number: number % 10_000 != 0)
    .map(lambda number: (numeral(number), Decimal(number)))
)


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(arabic(), mixed(), chinese),
    st.sampled_from(("元", "平方米", "公里", "吨", "亩")),
    st.sampled_from(SPACES),
    st.sampled_from(tuple(LEADS)),
    st.sampled_from(tuple(TAILS)),
)
def test_a_number_reads_back_however_it_is_written(
    written: Written, unit: str, space: str, lead: str, tail: str
) -> None:
    number, value = written
    text = f"{lead}{number}{space}{unit}{'' if lead else tail}"
    (mention,) = find(f"本项共投入，{text}。")
    assert mention.text == text
    quantity = mention.quantity
    assert (quantity.value, quantity.unit) == (value, unit)
    assert quantity.qualifier is (LEADS[lead] if lead else TAILS[tail])


@settings(max_examples=150, deadline=None)
@given(
    st.integers(1, 9_999).map(lambda number: number * 10),
    st.sampled_from(("", "万", "亿")),
    st.sampled_from(tuple(BETWEEN)),
    st.sampled_from(("元", "人次", "件", "名")),
    st.sampled_from(("", " ")),
)
def test_what_stands_inside_a_number_qualifies_it(
    number: int, scale: str, inner: str, unit: str, space: str
) -> None:
    assume(not (inner == "多" and unit == "名"))
    text = f"{number}{inner}{space}{scale}{unit}"
    (mention,) = find(f"全年共有{text}，")
    assert (mention.text, mention.quantity.unit) == (text, unit)
    assert mention.quantity.value == number * {"": 1, "万": 10**4, "亿": 10**8}[scale]
    assert mention.quantity.qualifier is BETWEEN[inner]


@settings(max_examples=200, deadline=None)
@given(
    st.integers(0, 10**6),
    st.integers(0, 4),
    st.sampled_from((("%", -2), ("％", -2), ("%%", -2), ("‰", -3))),
    st.sampled_from(SPACES),
)
def test_a_ratio_reads_back(number: int, decimals: int, sign: tuple[str, int], space: str) -> None:
    printed = Decimal(number).scaleb(-decimals)
    (mention,) = find(f"完成率为{printed:f}{space}{sign[0]}，")
    assert mention.text == f"{printed:f}{space}{sign[0]}"
    assert (mention.quantity.value, mention.quantity.unit) == (printed.scaleb(sign[1]), RATIO)


@settings(max_examples=100, deadline=None)
@given(st.integers(2, 9_999), st.integers(1, 9_999))
def test_a_fraction_in_words_reads_back(bottom: int, top: int) -> None:
    assume(top <= bottom)
    (mention,) = find(f"占全部的{bottom}分之{top}，")
    assert mention.quantity.unit == RATIO
    assert abs(Fraction(mention.quantity.value) - Fraction(top, bottom)) < Fraction(1, 10**30)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from((("百", 2), ("千", 3), ("万", 4))), st.integers(1, 10_000), st.booleans())
def test_so_many_of_a_hundred_in_words_reads_back(of: tuple[str, int], top: int, in_words: bool) -> None:
    text = f"{of[0]}分之{numeral(top) if in_words else top}"
    (mention,) = find(f"占全部的{text}，")
    assert (mention.text, mention.quantity.unit) == (text, RATIO)
    assert mention.quantity.value == Decimal(top).scaleb(-of[1])
