"""Alike is symmetric, one for the same text, blind to the order of clauses; stock words tell nothing."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao.reading.likeness import MOST_WORDS, Passage, Weights, alike, grams, likest, nearest, runs

SIGNS = "路灯小区电梯加装停车位学校校门口拥堵治理建议老旧公交站亭，。、 ab12"
texts = st.text(SIGNS, max_size=40)
many = st.lists(texts, max_size=8)
REGISTER = [
    ("a", "关于完善老旧小区加装电梯补助办法的建议"),
    ("b", "关于治理中小学校门口交通拥堵的建议"),
    ("c", "关于规范共享单车停放的建议"),
    ("d", "关于增加城区公共停车泊位的建议"),
    ("e", "关于发展油茶林下种植的建议"),
]


@settings(max_examples=60, deadline=None)
@given(texts, texts, many)
def test_alike_is_symmetric_and_between_nothing_and_the_same(one, other, others):
    weights = Weights([grams(text) for text in (one, other, *others)])
    score = alike(grams(one), grams(other), weights)
    assert 0 <= score <= 1
    assert score == alike(grams(other), grams(one), weights)


@settings(max_examples=60, deadline=None)
@given(texts, many)
def test_the_same_text_is_wholly_alike_and_nothing_else_is_more(one, others):
    if not runs(one):
        assert alike(grams(one), grams(one), Weights([])) == 0
        return
    found = likest(
        Passage("", one, one), [Passage(str(at), text, text) for at, text in enumerate([one, *others])]
    )
    assert found[0].score == 1
    assert {hit.score for hit in found if hit.key == "0"} == {1}


@settings(max_examples=60, deadline=None)
@given(st.lists(texts, min_size=1, max_size=6), st.randoms(use_true_random=False), many)
def test_the_order_of_clauses_does_not_matter(clauses, random, others):
    shuffled = list(clauses)
    random.shuffle(shuffled)
    one, other = grams("。".join(clauses)), grams("。".join(shuffled))
    assert one == other
    weights = Weights([one, *map(grams, others)])
    assert alike(one, other, weights) == (1 if one else 0)


@settings(max_examples=60, deadline=None)
@given(texts, texts)
def test_the_words_told_stand_in_both(one, other):
    asked, its = Passage("", one, one), Passage("x", other, other)
    for hit in likest(asked, [its]):
        assert len(hit.words) <= MOST_WORDS
        for word in hit.words:
            assert any(word in run for run in runs(one))
            assert any(word in run for run in runs(other))


def test_rare_words_find_the_like_and_stock_words_do_not():
    asked = Passage("", "关于加快老旧小区电梯加装的建议")
    first, *rest = likest(asked, [Passage(key, title) for key, title in REGISTER])
    assert first.key == "a"
    assert {"老旧小区", "加装", "电梯"} <= set(first.words)
    assert first.score > 0.3 > 0.1 > max(hit.score for hit in rest)
    assert nearest(asked, REGISTER, 1) == ["a"]
    assert nearest(Passage("", "关于森林防火的建议"), REGISTER, 5) == []


def test_wide_and_narrow_signs_are_the_same():
    assert grams("ＡＢ１２路灯") == grams("ab12路灯")


def test_a_copied_text_is_found_under_another_title():
    text = "校门口上学放学时段车辆集中，人车混行，存在安全隐患，建议错峰并设临时停车区"
    others = [
        Passage(str(at), title, f"{title}，群众反映较多，现有做法覆盖不全")
        for at, (_, title) in enumerate(REGISTER)
    ]
    asked = Passage("", "关于加强学生出行安全管理的提案", text)
    first, second, *_ = likest(asked, [Passage("copy", "关于规范共享单车停放的建议", text), *others])
    assert (first.key, first.text_score) == ("copy", 1)
    assert first.score > 0.6 > second.score


def test_a_text_too_short_to_tell_anything_is_passed_over():
    [hit] = likest(Passage("", "路灯不亮", "无"), [Passage("x", "校车晚点", "无")])
    assert (hit.score, hit.text_score) == (0, None)
