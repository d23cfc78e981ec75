"""Where what stands against a step is mended: field, link, child, paper; not what the step itself asks for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from jixiao.catalogue.kinds import Kind
from jixiao.catalogue.lifecycle import Acting
from jixiao.catalogue.mending import Mend, Place, mends


@dataclass
class View:
    values: dict[str, Any] = field(default_factory=dict)
    near: dict[str, list[Any]] = field(default_factory=dict)
    above: Any = None

    def value(self, column: str) -> Any:
        return self.values.get(column)

    def relatives(self, relative: str) -> list[Any]:
        return self.near.get(relative, [])

    def pointing(self, role: str) -> list[Any]:
        return []

    def parent(self) -> Any:
        return self.above


def kind_with(when: Any, **step: Any) -> Kind:
    given = {
        "id": "case", "pack": "trial", "title": "事项", "shape": "case", "about": "office", "unit": "件", "label": "title",
        "fields": {"title": {"type": "text", "title": "名称"}, "result": {"type": "text", "title": "结果"}},
        "links": {"meeting": {"title": "会议", "to": "trial/meeting"}},
        "states": {"open": {"title": "办理中"}, "done": {"title": "办结", "type": "done"}},
        "steps": {
            "close": {"title": "办结", "from": ["open"], "to": "done", "roles": ["trial/clerk"], "when": when, **step}
        },
        "source": [{"title": "示例文件"}],
    }  # fmt: skip
    return Kind.model_validate(given)


def found(kind: Kind, view: View, papers: int = 1) -> tuple[Mend, ...]:
    return mends(kind, "close", kind.steps["close"], view, Acting("zhao", {}, papers))


def test_a_field_is_filled_in_unless_the_step_asks_for_it() -> None:
    kind = kind_with({"result": {"present": True}})
    assert found(kind, View()) == (Mend(Place.FIELD, "result"),)
    assert found(kind, View({"result": "好"})) == ()
    assert found(kind_with({"result": {"present": True}}, needs=["result"]), View()) == ()


def test_children_are_opened_or_added() -> None:
    kind = kind_with({"has": {"trial/reply": {"signed": True}}})
    there = View(near={"trial/reply": [View({"id": "r1", "signed": False})]})
    assert found(kind, there) == (Mend(Place.RECORD, at="r1"), Mend(Place.CHILD, "trial/reply"))
    each = kind_with({"each": {"trial/reply": {"signed": True}}})
    two = View(
        near={"trial/reply": [View({"id": "r1", "signed": False}), View({"id": "r2", "signed": True})]}
    )
    assert found(each, two) == (Mend(Place.RECORD, at="r1"),)


def test_any_way_of_several_is_offered_and_links_and_parents_too() -> None:
    kind = kind_with({"any": [{"result": "好"}, {"has": "meeting"}]})
    assert found(kind, View()) == (Mend(Place.FIELD, "result"), Mend(Place.LINK, "meeting"))
    above = kind_with({"parent": {"result": "好"}})
    assert found(above, View(above=View({"id": "p"}))) == (Mend(Place.RECORD, at="p"),)


def test_a_paper_is_attached() -> None:
    kind = kind_with({}, with_evidence=True)
    assert found(kind, View(), papers=0) == (Mend(Place.EVIDENCE),)
    assert found(kind, View()) == ()
