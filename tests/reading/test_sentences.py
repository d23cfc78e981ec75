"""Sentences, the parts quantities play in them, and enumerations."""

from __future__ import annotations

import pytest

from jixiao.reading import read
from jixiao.reading.enumerations import enumerations
from jixiao.reading.sentences import MOST_TERMS
from jixiao.reading.terms import Term


def terms(text: str) -> list[Term]:
    return [term for sentence in read(text.encode(), "a.txt").sentences for term in sentence.terms]


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("走访企业35家，其中甲类6家、乙类29家。", ["total", "part", "part"]),
        ("本年支出合计80.00万元，其中：基本支出60.00万元，占75.00%。", ["total", "part", "share"]),
        ("年初预算为3.20万元，支出决算为1.60万元，完成预算的50.00%。", ["budget", "final", "completion"]),
        ("收入总计比上年增加3.00万元，增长5.00%。", ["delta", "growth"]),
        ("人口由上年729万人增加到732万人。", ["previous", "current"]),
        ("征集提案20件，立案率100%。", ["", "rate"]),
        ("满分10分，得8分。", ["worth", "earned"]),
        ("覆盖率提高3个百分点。", ["delta"]),
    ],
)
def test_words_give_quantities_their_roles(text: str, roles: list[str]) -> None:
    assert [statement.role for statement in read(text.encode(), "a.txt").statements] == roles


def test_words_of_growth_tell_the_direction_beside_an_unsigned_value() -> None:
    up, down = terms("收入增加3.00万元，支出下降5.00%。")
    assert (up.change, down.change) == ("up", "down")
    assert down.statement.quantity.value > 0


def test_a_short_subject_is_completed_from_the_head_of_the_sentence() -> None:
    _, final = terms("示例经费支出年初预算为2.85万元，支出决算为0.39万元。")
    assert final.full == "示例经费支出决算"


def test_a_wrapped_line_goes_on_and_a_short_one_ends() -> None:
    wrapped = "一、说明\n本年示例单位的支出总额合计为五百\n余万元，其中：基本支出320.50万元，占\n64.10%；项目支出179.50万元。\n"
    assert len({sentence.paragraph for sentence in read(wrapped.encode(), "a.txt").sentences}) == 1
    apart = "收到来信20件\n其中\n办结15件\n"
    assert len(read(apart.encode(), "a.txt").sentences) == 2


def test_rows_of_tables_are_no_sentences() -> None:
    assert read("合计\t20件\t30件\n".encode(), "a.txt").sentences == ()


def test_an_enumeration_ends_at_a_stronger_stop_and_steps_over_counts_inside_a_part() -> None:
    text = "收到来信120件，其中三个街道80件、两个镇40件，办结110件。"
    (found,) = enumerations(read(text.encode(), "a.txt").sentences)
    assert [part.statement.text for part in found.parts] == ["80件", "40件"]


def test_parts_may_begin_the_next_sentence() -> None:
    text = "本年支出80.00万元。其中：基本支出60.00万元，项目支出20.00万元。"
    (found,) = enumerations(read(text.encode(), "a.txt").sentences)
    assert (found.whole.statement.text, len(found.parts), found.near) == ("80.00万元", 2, False)


def test_a_sentence_without_end_is_cut_into_pieces_of_bounded_length() -> None:
    found = read(("走访3家，" * (MOST_TERMS * 3)).encode(), "a.txt").sentences
    assert [len(sentence.terms) for sentence in found] == [MOST_TERMS] * 3
