"""The kinds of the packs in use: what a record may hold, how it moves, in words and as JSON Schema."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router

from jixiao.api import shapes
from jixiao.api.answers import KindAnswer, KindInFull
from jixiao.api.questions import Text
from jixiao.catalogue import describe
from jixiao.catalogue.catalogue import Catalogue
from jixiao.catalogue.kinds import FieldSpec, FieldType, Kind, StepSpec
from jixiao.ledger import queries
from jixiao.ledger.rules import catalogue as in_force

router = Router(tags=["事项类型"])

ABOUT_KINDS = "定义对登录的人都公开；写 org 则只列您在该单位可以查看的。"
NOTES = {"none": "", "optional": "", "required": "须写明理由"}


@router.get("/kinds", response=list[KindAnswer], summary="全部事项类型", description=ABOUT_KINDS)
def kinds(request: HttpRequest, org: Text | None = None) -> list[dict[str, Any]]:
    found = in_force().kinds.values() if org is None else queries.kinds_for(request.auth, org, own=True)
    return [_short(kind) for kind in found]


@router.get("/kinds/{slug:pack}/{slug:kind}", response=KindInFull, by_alias=True, summary="一个事项类型")
def one_kind(request: HttpRequest, pack: str, kind: str) -> dict[str, Any]:
    catalogue = in_force()
    found = catalogue.kind(f"{pack}/{kind}")
    return {
        **_short(found),
        "children": [child.full_id for child in catalogue.children_of(found.full_id)],
        "text": [{"label": label, "text": text} for label, text in describe.kind(found, catalogue)],
        "fields": [_field(name, spec, catalogue) for name, spec in found.fields.items()],
        "states": [
            {"id": name, "title": spec.title, "type": spec.type} for name, spec in found.states.items()
        ],
        "steps": [_step(name, spec, found, catalogue) for name, spec in found.steps.items()],
        "values_schema": shapes.exact(found, catalogue),
        "typed_schema": shapes.typed(found, catalogue),
    }


def _short(kind: Kind) -> dict[str, Any]:
    return {
        "id": kind.full_id,
        "title": kind.title,
        "pack": kind.pack,
        "unit": kind.unit,
        "theme": kind.theme,
        "parent": kind.parent,
        "records": f"/api/v1/records/{kind.full_id}",
    }


def _field(name: str, spec: FieldSpec, catalogue: Catalogue) -> dict[str, Any]:
    codes = catalogue.codes[spec.codes or ""].codes if spec.type is FieldType.CODE else {}
    return {
        "id": name,
        "title": spec.title,
        "type": spec.type,
        "required": spec.required,
        "text": "；".join(part for part in (describe.field(spec, catalogue), spec.unit, spec.hint) if part),
        "codes": [{"id": code, "title": one.title} for code, one in codes.items()],
    }


def _step(name: str, spec: StepSpec, kind: Kind, catalogue: Catalogue) -> dict[str, Any]:
    roles = [catalogue.role(role) for role in spec.roles]
    return {
        "id": name,
        "title": spec.title,
        "from": list(spec.from_),
        "to": spec.to,
        "roles": [{"id": role.full_id, "title": role.title} for role in roles],
        "needs": list(spec.needs),
        "takes": list(spec.takes),
        "note": spec.note,
        "text": _sentence(spec, kind, catalogue),
    }


def _sentence(spec: StepSpec, kind: Kind, catalogue: Catalogue) -> str:
    """从“已立案”到“已答复”；须填办理结果；条件：…"""
    begun = "、".join(f"“{kind.states[state].title}”" for state in spec.from_)
    parts = [f"从{begun}到“{kind.states[spec.to].title}”" if spec.to else f"在{begun}时办理，状态不变"]
    if spec.needs:
        parts.append("须填" + "、".join(kind.fields[name].title for name in spec.needs))
    if condition := describe.condition(spec.guard, kind, catalogue):
        parts.append(f"条件：{condition}")
    return "；".join(part for part in (*parts, NOTES[spec.note]) if part)
