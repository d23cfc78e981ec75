"""The packs to read: what is recorded, computed and scored, each with its legal basis."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from jixiao.catalogue import Catalogue, describe
from jixiao.catalogue.basis import text_of
from jixiao.catalogue.definition import Named
from jixiao.catalogue.indicators import Example
from jixiao.catalogue.kinds import FieldSpec, FieldType, Kind, Shape, StepSpec
from jixiao.catalogue.schemes import Node, TargetLeaf
from jixiao.errors import NotFound
from jixiao.ledger.queries.confirmations import UNCONFIRMED, Confirmations, confirmations
from jixiao.ledger.rules import catalogue as in_force
from jixiao.values import decimal_text
from jixiao.web.context import frame_of
from jixiao.web.words import basis
from jixiao.web.year_lines import target_text

FIELD_TYPES = {
    FieldType.TEXT: "文字",
    FieldType.LONG_TEXT: "长文字",
    FieldType.FORM: "报表",
    FieldType.DATE: "日期",
    FieldType.INTEGER: "整数",
    FieldType.DECIMAL: "小数",
    FieldType.MONEY: "金额",
    FieldType.CODE: "代码",
    FieldType.ORG: "单位",
    FieldType.REF: "引用",
    FieldType.BOOLEAN: "是否",
    FieldType.STATED: "数（可带余、约）",
    FieldType.SERIAL: "流水号",
}
SHAPES = {
    Shape.CASE: "事项（有办理状态）",
    Shape.ACTIVITY: "活动",
    Shape.DOCUMENT: "文件",
    Shape.MONEY: "资金",
    Shape.SNAPSHOT: "时点数",
    Shape.REGISTER: "名册",
}
METHODS = {
    "proportional": "按完成比例",
    "execution": "按预算执行率",
    "deduct": "每差一档扣分",
    "bands": "按区间给分",
    "interval": "按区间给分",
}
GROUPS = (
    ("indicators", "指标", "web:rules_indicator"),
    ("kinds", "事项类型", "web:rules_kind"),
    ("schemes", "评价方案", "web:rules_scheme"),
    ("relations", "勾稽关系", ""),
    ("filed", "填报项", ""),
    ("outlines", "报告提纲", ""),
    ("forms", "报表", ""),
    ("prints", "印发件", ""),
    ("switches", "开关", ""),
    ("codes", "代码表", ""),
    ("natures", "资金性质", ""),
    ("roles", "角色", ""),
)


@never_cache
@login_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Every pack with everything in it."""
    catalogue = in_force()
    standing = confirmations(_org(request))
    packs = [
        {"info": info, "groups": list(_groups(catalogue, pack, standing))}
        for pack, info in catalogue.packs.items()
    ]
    return render(request, "web/rules/index.html", {"packs": packs})


@never_cache
@login_required
@require_GET
def kind(request: HttpRequest, pack: str, name: str) -> HttpResponse:
    catalogue = in_force()
    found = _find(catalogue.kinds, pack, name)
    built = [one for one in catalogue.indicators.values() if one.rows and one.rows.kind == found.full_id]
    context = {
        "section": "事项类型",
        "title": found.title,
        "kind": found,
        "sources": basis(found, _org(request)),
        "fields": [_field(spec, catalogue) for spec in found.fields.values()],
        "steps": [_step(found, step, catalogue) for step in found.steps.values()],
        "facts": list(_facts(found, catalogue, confirmations(_org(request)))),
        "indicators": [{"title": one.title, "url": address("web:rules_indicator", one)} for one in built],
    }
    return render(request, "web/rules/kind.html", context)


@never_cache
@login_required
@require_GET
def indicator(request: HttpRequest, pack: str, name: str) -> HttpResponse:
    from jixiao.indicators import explain

    catalogue = in_force()
    found = _find(catalogue.indicators, pack, name)
    frame = frame_of(request)
    figure_url = ""
    if frame.org and frame.year:
        figure_url = reverse("web:figure", args=[frame.org.id, frame.year, pack, name])
    context = {
        "section": "指标",
        "title": found.title,
        "indicator": found,
        "sources": basis(found, _org(request)),
        "words": [{"title": title, "text": text} for title, text in explain.words(catalogue, found)],
        "examples": [_example(one) for one in found.examples],
        "figure_url": figure_url,
        "year": frame.year,
    }
    return render(request, "web/rules/indicator.html", context)


@never_cache
@login_required
@require_GET
def scheme(request: HttpRequest, pack: str, name: str) -> HttpResponse:
    catalogue = in_force()
    found = _find(catalogue.schemes, pack, name)
    context = {
        "section": "评价方案",
        "title": found.title,
        "scheme": found,
        "sources": basis(found, _org(request)),
        "lines": list(_nodes(found.tree)),
        "grades": [f"{title}：{decimal_text(bound)} 分及以上" for bound, title in found.grades],
    }
    return render(request, "web/rules/scheme.html", context)


def address(view: str, found: Named) -> str:
    return reverse(view, args=[found.pack, found.id])


def _find(table: Any, pack: str, name: str) -> Any:
    try:
        return table[f"{pack}/{name}"]
    except (KeyError, NotFound) as unknown:
        raise Http404 from unknown


def _org(request: HttpRequest) -> str | None:
    """The office one works in, whose people may have confirmed rules."""
    org = frame_of(request).org
    return org.id if org else None


def _groups(catalogue: Catalogue, pack: str, standing: Confirmations) -> Iterator[dict[str, Any]]:
    for folder, title, view in GROUPS:
        found = [one for one in getattr(catalogue, folder).values() if one.pack == pack]
        items = [
            {
                "title": one.title,
                "id": one.full_id,
                "url": address(view, one) if view else "",
                "is_unverified": UNCONFIRMED
                in (marks := [standing.mark(one, source) for source in one.source]),
                "confirmed": next(filter(None, marks), ""),
                "text": "" if view else "；".join(text_of(source) for source in one.source),
            }
            for one in found
        ]
        if items:
            yield {"title": title, "items": items, "is_open": folder == "indicators"}


def _field(spec: FieldSpec, catalogue: Catalogue) -> dict[str, Any]:
    notes = [spec.hint]
    if spec.codes:
        notes.append("、".join(code.title for code in catalogue.codes[spec.codes].codes.values()))
    if spec.to:
        notes.append(f"指向{catalogue.kinds[spec.to].title}")
    if spec.nature:
        nature = catalogue.natures.get(spec.nature)
        notes.append(f"资金性质：{nature.title if nature else spec.nature}")
    return {
        "title": spec.title,
        "type": FIELD_TYPES[spec.type],
        "is_required": spec.required,
        "text": "；".join(filter(None, notes)),
    }


def _step(kind: Kind, step: StepSpec, catalogue: Catalogue) -> dict[str, str]:
    before = "、".join(kind.states[state].title for state in step.from_)
    after = kind.states[step.to].title if step.to else "状态不变"
    needs = [
        kind.fields[name].title for name in step.needs if name in kind.fields and name not in step.computes
    ]
    return {
        "title": step.title,
        "way": f"{before} → {after}",
        "roles": "、".join(catalogue.role(role).title for role in step.roles),
        "needs": "；".join(
            filter(
                None,
                [
                    ("要填：" + "、".join(needs)) if needs else "",
                    step.because,
                    *describe.beyond_the_condition(kind, step, catalogue),
                ],
            )
        ),
    }


def _facts(kind: Kind, catalogue: Catalogue, standing: Confirmations) -> Iterator[dict[str, str]]:
    yield {"title": "形态", "text": SHAPES[kind.shape]}
    yield {"title": "单位", "text": kind.unit}
    if kind.parent:
        yield {"title": "属于", "text": catalogue.kinds[kind.parent].title}
    children = [child.title for child in catalogue.children_of(kind.full_id)]
    if children:
        yield {"title": "子表", "text": "、".join(children)}
    for check in kind.checks.values():
        yield {"title": "核对", "text": check.title}
    for link in kind.links.values():
        yield {"title": link.title, "text": f"关联到{catalogue.kinds[link.to].title}"}
    for deadline in kind.deadlines.values():
        span = deadline.period
        length = f"{span.days} 天" if span.days else f"{span.workdays} 个工作日" if span.workdays else ""
        told = "、".join(
            text_of(one) + (f"（{mark}）" if (mark := standing.mark(kind, one)) else "")
            for one in deadline.source
        )
        yield {"title": deadline.title, "text": f"{length or f'{span.months} 个月'}；{told}"}
    if kind.evidence:
        yield {"title": "通常的佐证", "text": "、".join(kind.evidence)}


def _example(example: Example) -> dict[str, Any]:
    records = example.records if isinstance(example.records, str) else "\n\n".join(example.records.values())
    gives = {"none": "无可计算", "not_reported": "未填报"}.get(str(example.gives), str(example.gives))
    tables = [table.strip() for table in (records, example.links) if table.strip() and table != "same"]
    return {"name": example.name, "tables": tables, "gives": gives, "prints": example.prints}


def _nodes(nodes: Sequence[Node], depth: int = 0) -> Iterator[dict[str, Any]]:
    for node in nodes:
        target, method = "", ""
        if isinstance(node.leaf, TargetLeaf):
            name = getattr(node.leaf.method, "name", "")
            method = METHODS.get(name, name)
            indicator = in_force().indicators.get(node.leaf.indicator or "")
            target = target_text(node.leaf, indicator.unit if indicator else "")
        elif node.leaf is not None:
            method = "按记录计分"
        yield {
            "title": node.title,
            "depth": depth,
            "points": decimal_text(node.points),
            "target": target,
            "method": method,
            "is_group": bool(node.children),
        }
        yield from _nodes(node.children, depth + 1)
