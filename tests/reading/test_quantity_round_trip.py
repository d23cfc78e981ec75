"""Numbers written by `values.Quantity.text` read back as they were meant."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

from hypothesis import given, settings
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
