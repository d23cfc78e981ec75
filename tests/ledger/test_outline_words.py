"""The words around the slots of an office's outlines tell its figures; what stands around two tells neither."""

from __future__ import annotations

from dataclasses import replace

from tests.ledger.conftest import TRIAL

from jixiao.catalogue.outlines import Clause
from jixiao.ledger.outline_words import outline_words
from jixiao.reading import read
from jixiao.reading.phrases import phrases


def spoken(text):
    return [one.fingerprint for one in phrases(read(text.encode(), "a.txt"))]


def told(*texts):
    outline = TRIAL.outline("annual")
    clauses = tuple(Clause(id=f"c{number}", text=text) for number, text in enumerate(texts))
    changed = outline.model_copy(update={"clauses": clauses, "attachments": ()})
    catalogue = replace(TRIAL, outlines={changed.full_id: changed})
    return outline_words(catalogue, {"trial"})


def test_a_report_in_the_outline_s_words_is_read_back_whatever_its_numbers():
    words = told("{year}年办了{trial/cases}，立案率为{trial/filing_rate}。")
    first, second = spoken("2021年办了305件，立案率为97.5%。")
    assert (words[first], words[second]) == ("trial/cases", "trial/filing_rate")


def test_the_same_words_around_two_figures_tell_neither():
    assert told("本年有{trial/cases}。", "本年有{trial/filed_cases}。") == {}
    assert set(told("本年有{trial/cases}。", "本年有{trial/cases}。").values()) == {"trial/cases"}


def test_slots_of_names_and_of_several_figures_tell_nothing():
    assert told("列出{trial/cases:list}。", "都是{trial/filing_rate=trial/filing_rate}。") == {}


def test_other_packs_outlines_do_not_count():
    assert outline_words(TRIAL, set()) == {}
    assert outline_words(TRIAL, {"trial"})
