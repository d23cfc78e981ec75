"""Guards beyond the record: a second person, papers behind the case, nobody left out, counts, switches."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from jixiao.catalogue import advice, load
from jixiao.catalogue.kinds import Kind
from jixiao.catalogue.lifecycle import Acting, Standing, counted, options
from jixiao.catalogue.owing import owed
from jixiao.errors import PackErrors

DAY = date(2020, 3, 2)
KIND = Kind.model_validate(
    {
        "pack": "office", "id": "letter", "title": "来信", "source": [{"title": "示例办法"}],
        "shape": "case", "about": "office", "unit": "件", "label": "title",
        "fields": {
            "title": {"type": "text", "title": "标题"},
            "writer": {"type": "ref", "title": "来信人", "to": "office/writer"},
            "returns": {"type": "integer", "title": "退回次数"},
            "signed_by": {"type": "text", "title": "签字人"},
            "asked_on": {"type": "date", "title": "提出日期"},
            "met_on": {"type": "date", "title": "会期"},
            "attended": {"type": "integer", "title": "实到", "unit": "人"},
            "invited": {"type": "integer", "title": "应到", "unit": "人"},
            "methods": {"type": "integer", "title": "方法"},
            "names": {"type": "text", "title": "方法名称"},
            "price": {"type": "money", "title": "金额", "nature": "office/own"},
        },
        "links": {
            "others": {"title": "联名人", "to": "office/writer"},
            "merged_into": {"title": "并入", "to": "office/letter"},
        },
        "states": {"open": {"title": "承办中"}, "answered": {"title": "已答复"}, "closed": {"title": "已办结"}},
        "steps": {
            "answer": {"title": "答复", "from": ["open"], "to": "answered", "roles": ["office/clerk"]},
            "send_back": {"title": "退回", "from": ["open"], "roles": ["office/clerk"], "counts": "returns"},
            "close": {
                "title": "办结", "from": ["answered"], "to": "closed", "roles": ["office/clerk"],
                "not_by": ["answer"], "or_signed": "signed_by", "with_evidence": True, "settles": ["reply"],
            },
        },
        "owes": {
            "reply": {
                "title": "答复函", "child": "office/reply", "names": "to", "to": ["writer", "others"],
                "through": ["merged_into"],
            }
        },
        "checks": {
            "in_order": {"title": "先提出后答复", "rising": ["asked_on", "answered_on"], "mend": "请核对日期"},
            "heads": {"title": "实到不多于应到", "rising": ["attended", "invited"], "mend": "请核对人数"},
            "listed": {"title": "数与名相符", "lists": {"number": "methods", "names": "names"}, "mend": "请写全"},
            "apart": {
                "title": "提前五天通知", "apart": {"from": "asked_on", "to": "met_on", "at_least": {"days": 5}},
                "mend": "请说明",
            },
            "written": {
                "title": "写明来信人", "when": {"reached": "answered"}, "must": {"writer": {"present": True}},
                "mend": "请填来信人",
            },
        },
    }
)  # fmt: skip


@dataclass
class Case:
    """A record as guards see it; `id` is among the values."""

    values: dict[str, Any] = field(default_factory=dict)
    near: dict[str, list[Case]] = field(default_factory=dict)
    back: dict[str, list[Case]] = field(default_factory=dict)

    def value(self, column: str) -> Any:
        return self.values.get(column)

    def relatives(self, relative: str) -> Iterable[Case]:
        return self.near.get(relative, [])

    def pointing(self, role: str) -> Iterable[Case]:
        return self.back.get(role, [])

    def parent(self) -> None:
        return None


def person(name: str) -> Case:
    return Case({"id": name})


def replies(*names: str) -> dict[str, list[Case]]:
    return {"office/reply": [Case({"to": name}) for name in names]}


def closing(case: Case, acting: Acting | None) -> tuple[str, ...]:
    """What stands against closing an answered letter."""
    offered = options(KIND, Standing("answered", (("answered", DAY),)), case, {"office/clerk"}, {}, acting)
    return next(one.reasons for one in offered if one.step == "close")


def test_whoever_answered_may_not_close() -> None:
    (told,) = closing(Case(), Acting("zhao", {"answer": "zhao"}, papers=1))
    assert "“答复”是您办的" in told
    assert "另一人" in told
    assert "签字人" in told
    assert closing(Case(), Acting("qian", {"answer": "zhao"}, papers=1)) == ()


def test_a_name_signed_on_paper_stands_in_for_the_second_person() -> None:
    signed = Case({"signed_by": "主任"})
    assert closing(signed, Acting("zhao", {"answer": "zhao"}, papers=1)) == ()


def test_papers_are_asked_for_of_people_and_not_of_the_program() -> None:
    assert closing(Case(), Acting("qian", {}, papers=0)) == ("请先附上佐证材料",)
    assert closing(Case(), None) == ()


def test_every_author_is_owed_a_reply_also_those_of_merged_letters() -> None:
    merged = Case({"writer": "d"}, {"others": [person("e")]})
    letter = Case({"writer": "a"}, {"others": [person("b"), person("c")]}, {"merged_into": [merged]})
    assert owed(KIND, "reply", letter) == ("a", "b", "c", "d", "e")
    letter.near |= replies("a", "c", "e")
    assert owed(KIND, "reply", letter) == ("b", "d")
    assert closing(letter, None) == ("答复函应给到每一位，还缺2份",)
    letter.near |= replies("a", "b", "c", "d", "e")
    assert closing(letter, None) == ()


def test_an_author_named_twice_is_owed_once() -> None:
    letter = Case({"writer": "a"}, {"others": [person("a")]})
    assert owed(KIND, "reply", letter) == ("a",)


def test_a_step_that_counts_adds_one() -> None:
    assert counted(KIND.steps["send_back"], {}) == {"returns": 1}
    assert counted(KIND.steps["send_back"], {"returns": 2}) == {"returns": 3}
    assert counted(KIND.steps["answer"], {"returns": 2}) == {}


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"asked_on": date(2020, 3, 3), "answered_on": DAY, "writer": "a"}, ("in_order", "2020年3月3日")),
        ({"asked_on": DAY, "answered_on": DAY, "writer": "a"}, None),
        ({"asked_on": date(2020, 3, 3)}, None),
        ({"attended": 12, "invited": 10}, ("heads", "“实到”为12人，“应到”为10人")),
        ({"attended": 10, "invited": 10}, None),
        ({"methods": 3, "names": "问卷、访谈"}, ("listed", "有2个")),
        ({"methods": 2, "names": "问卷、访谈"}, None),
        ({"methods": 2}, None),
        ({"answered_on": DAY}, ("written", "写明来信人")),
        ({"asked_on": DAY, "met_on": date(2020, 3, 6)}, ("apart", "最早应在2020年3月7日")),
        ({"asked_on": DAY, "met_on": date(2020, 3, 7)}, None),
    ],
)
def test_advice_tells_what_it_found_and_how_to_mend_it(values: dict[str, Any], told: Any) -> None:
    found = advice.findings(KIND, Case(values))
    if told is None:
        assert found == []
    else:
        (one,) = found
        assert one.check == told[0]
        assert told[1] in one.told
        assert one.mend.startswith("请")


def test_a_check_says_one_thing_only() -> None:
    plain = {"title": "甲", "mend": "请改"}
    for wrong in (plain, {**plain, "rising": ["a"]}, {**plain, "rising": ["a", "b"], "must": {"a": 1}}):
        with pytest.raises(ValidationError):
            Kind.model_validate(
                {**KIND.model_dump(by_alias=True, exclude={"steps", "checks"}), "checks": {"x": wrong}}
            )


def pack(folder: Path, kind: str, **files: str) -> Path:
    home = folder / "office"
    (home / "kinds").mkdir(parents=True)
    (home / "roles").mkdir()
    (home / "pack.yaml").write_text("id: office\ntitle: 试验\nversion: '1'\n", encoding="utf-8")
    (home / "roles" / "clerk.yaml").write_text("title: 经办\nsource: [{title: 试验}]\n", encoding="utf-8")
    (home / "kinds" / "letter.yaml").write_text(kind, encoding="utf-8")
    for name, text in files.items():
        (home / "switches").mkdir(exist_ok=True)
        (home / "switches" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return home


LETTER = """\
title: 来信
shape: case
about: office
unit: 件
label: title
source: [{title: 试验}]
fields:
  title: {type: text, title: 标题}
states:
  open: {title: 承办中}
  closed: {title: 已办结}
steps:
  close: {title: 办结, from: [open], to: closed, roles: [clerk], switch: {silence: closes}}
  close_when_answered: {title: 收齐办结, from: [open], to: closed, roles: [clerk], switch: {silence: waits}}
"""
SILENCE = "title: 沉默\nsource: [{title: 试验}]\nchoices: {closes: 可以办结, waits: 等收齐}\nchosen: %s\n"


@pytest.mark.parametrize(("chosen", "step"), [("closes", "close"), ("waits", "close_when_answered")])
def test_a_switch_leaves_the_steps_of_its_choice(tmp_path: Path, chosen: str, step: str) -> None:
    rules = load([], [pack(tmp_path, LETTER, silence=SILENCE % chosen)])
    assert list(rules.kind("letter").steps) == [step]


def test_a_local_pack_chooses_otherwise(tmp_path: Path) -> None:
    home = pack(tmp_path, LETTER, silence=SILENCE % "closes")
    local = tmp_path / "local"
    (local / "switches").mkdir(parents=True)
    (local / "pack.yaml").write_text(
        "id: local\ntitle: 本地\nversion: '1'\nrequires: [office]\n", encoding="utf-8"
    )
    text = SILENCE % "waits" + "replaces: office/silence\nfrom: 2021-01-01\n"
    (local / "switches" / "silence.yaml").write_text(text, encoding="utf-8")
    rules = load([], [home, local], day=date(2020, 6, 1))
    assert list(rules.kind("letter").steps) == ["close"]
    assert list(rules.on(date(2021, 6, 1)).kind("letter").steps) == ["close_when_answered"]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("switch: {silence: maybe}", "没有选项“maybe”"),
        ("switch: {noise: on}", "没有开关“noise”"),
        ("counts: title", "没有整数字段“title”"),
        ("not_by: [answer]", "没有步骤“answer”"),
        ("settles: [reply]", "没有owes 中的一项“reply”"),
        ("or_signed: title", "or_signed"),
    ],
)
def test_what_a_step_speaks_of_must_be_there(tmp_path: Path, wrong: str, told: str) -> None:
    step = f"  more: {{title: 另办, from: [open], to: closed, roles: [clerk], {wrong}}}\n"
    with pytest.raises(PackErrors) as refused:
        load([], [pack(tmp_path, LETTER + step, silence=SILENCE % "closes")])
    assert told in str(refused.value)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("x: {title: 甲, rising: [title, nothing], mend: 请改}", "没有列“nothing”"),
        ("x: {title: 甲, rising: [parent.title, title], mend: 请改}", "没有列“parent.title”"),
        ("x: {title: 甲, lists: {number: many, names: title}, mend: 请改}", "没有字段“many”"),
    ],
)
def test_what_a_check_speaks_of_must_be_there(tmp_path: Path, wrong: str, told: str) -> None:
    with pytest.raises(PackErrors) as refused:
        load([], [pack(tmp_path, f"{LETTER}checks:\n  {wrong}\n", silence=SILENCE % "closes")])
    assert told in str(refused.value)
