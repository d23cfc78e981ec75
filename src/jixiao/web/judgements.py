"""The boxes in which a person judges a leaf of a score sheet, one set for each method, and the way back from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jixiao.catalogue.exact import read_exact, read_fraction
from jixiao.catalogue.methods import Checkpoints, Direct, Grade, Manual, Method, ThreeBand, YesNo
from jixiao.catalogue.schemes import Node, TargetLeaf
from jixiao.errors import BadInput, FieldErrors
from jixiao.evaluation.answers import read_judgement
from jixiao.evaluation.scheme import score_leaf
from jixiao.values import decimal_text
from jixiao.web.entries import Entry

YES_OR_NO = (("true", "是"), ("false", "否"))
REASON = "reason"


def is_judged(node: Node) -> bool:
    """True where a person and no figure scores the leaf."""
    leaf = node.leaf
    if not isinstance(leaf, TargetLeaf):
        return False
    is_asked = isinstance(leaf.method, YesNo) and leaf.indicator is None
    return is_asked or isinstance(leaf.method, Checkpoints | ThreeBand | Manual | Direct)


def entries_of(node: Node, given: Mapping[str, Any], reason: str = "") -> list[Entry]:
    """The boxes for a leaf, with what was judged before."""
    needs_reason = not isinstance(_method(node), Direct)
    hint = "写清评定的依据；没有得满分的，写清失分的原因"
    said = str(given.get(REASON) or reason)
    why = Entry(REASON, "评定理由", "lines", raw=said, required=needs_reason, hint=hint, is_whole_line=True)
    return [*_boxes(node, given), why]


def read(node: Node, entries: Sequence[Entry]) -> dict[str, Any]:
    """What was judged, as `score_notes.note` takes it. Raises FieldErrors where the method cannot score it."""
    raw = {entry.name: entry.raw for entry in entries}
    judgement: dict[str, Any] = {REASON: raw[REASON]}
    match _method(node):
        case Checkpoints(checkpoints=points):
            judgement["met"] = [raw[f"met_{number}"] == "true" for number in range(len(points))]
        case ThreeBand():
            judgement |= {"band": raw["band"], "share": _number("share", raw["share"])}
        case YesNo():
            judgement["yes"] = raw["yes"] == "true"
        case _:
            judgement["points"] = _number("points", raw["points"].removesuffix("分"))
    try:
        score_leaf(node, read_judgement(node.title, judgement))
    except BadInput as wrong:
        raise FieldErrors({_measured(judgement): str(wrong)}) from wrong
    return judgement


def _method(node: Node) -> Method | None:
    return node.leaf.method if isinstance(node.leaf, TargetLeaf) else None


def _boxes(node: Node, given: Mapping[str, Any]) -> Iterator[Entry]:
    match _method(node):
        case Checkpoints(checkpoints=points):
            met = list(given.get("met") or [])
            for number, text in enumerate(points):
                raw = _answer(met[number]) if number < len(met) else ""
                yield Entry(
                    f"met_{number}",
                    text,
                    "choices",
                    raw=raw,
                    required=True,
                    offered=YES_OR_NO,
                    is_whole_line=True,
                )
        case ThreeBand(grades=grades):
            offered = [(grade.name, f"{grade.name}（{_span(grade)}）") for grade in grades]
            band = str(given.get("band") or "")
            yield Entry(
                "band", "达成情况", "choices", raw=band, required=True, offered=offered, is_whole_line=True
            )
            share = str(given.get("share") or "")
            yield Entry(
                "share", "完成比例", "line", raw=share, required=True, hint="在所选一档的范围内，如 95%"
            )
        case YesNo():
            yield Entry(
                "yes", node.title, "choices", raw=_answer(given.get("yes")), required=True, offered=YES_OR_NO
            )
        case _:
            hint = f"0 至 {decimal_text(node.points)} 分"
            points = str(given.get("points") or "")
            yield Entry("points", "评定得分", "figure", raw=points, required=True, unit="分", hint=hint)


def _span(grade: Grade) -> str:
    low, high = decimal_text(grade.at_least * 100), decimal_text(grade.below * 100)
    return f"{low}% 以上" if grade.below == 1 else f"{low}% 至 {high}%"


def _answer(found: object) -> str:
    return {True: "true", False: "false"}.get(found, "") if isinstance(found, bool) else ""


def _number(name: str, typed: str) -> str:
    """The number as typed, once it can be read. Raises FieldErrors."""
    try:
        read_fraction(typed) if name == "share" else read_exact(typed)
    except ValueError as wrong:
        raise FieldErrors({name: str(wrong)}) from wrong
    return typed


def _measured(judgement: Mapping[str, Any]) -> str:
    """The box a refusal of the method is about."""
    return next((name for name in ("share", "points") if name in judgement), REASON)
