"""The kinds of a pack: what a record holds, its way through states, its deadlines, the papers behind it."""

from __future__ import annotations

from collections.abc import Iterator

from scripts.reference.chinese import other, sources, versions, yes
from scripts.reference.markdown import anchored, bullets, code, table

from jixiao.catalogue import Catalogue, describe
from jixiao.catalogue.kinds import Kind, StepSpec
from jixiao.catalogue.meanings import meaning

NOTES = {"none": "不写", "optional": "", "required": "必写"}


def kind(found: Kind, catalogue: Catalogue) -> str:
    """One kind with its tables."""
    parts = [
        anchored(3, f"{found.title} `{found.id}`", f"kind-{found.id}"),
        bullets(_facts(found, catalogue)),
        "**字段**",
        table(["字段", "标题", "类型", "必填", "唯一", "说明"], _fields(found, catalogue)),
        _titled("关联", table(["关联", "标题", "对方", "在对方称作", "可多条"], _links(found, catalogue))),
        _titled(
            "状态",
            table(
                ["状态", "标题", "归类"],
                [[code(name), one.title, meaning(one.type)] for name, one in found.states.items()],
            ),
        ),
        _titled(
            "步骤",
            table(
                ["步骤", "标题", "从", "到", "谁来做", "须填", "可填", "条件", "附言"],
                _steps(found, catalogue),
            ),
        ),
        _titled(
            "核对",
            table(
                ["核对", "应当", "怎样改"],
                [[code(name), one.title, one.mend] for name, one in found.checks.items()],
            ),
        ),
        _titled("期限", table(["期限", "规定", "依据"], _deadlines(found))),
    ]
    return "\n\n".join(part for part in parts if part)


def _titled(title: str, text: str) -> str:
    return f"**{title}**\n\n{text}" if text else ""


def _facts(found: Kind, catalogue: Catalogue) -> list[tuple[str, str]]:
    told = [
        (label, text)
        for label, text in describe.kind(found, catalogue)
        if label not in ("环节", "期限", "依据")
    ]
    if found.date:
        told.append(("发生日期", found.fields[found.date].title))
    if found.theme and (theme := catalogue.theme(found.theme)):
        told.append(("主题", theme.title))
    if found.number:
        at = found.states[found.number.at].title if found.number.at in found.states else found.number.at
        told.append(("编号", f"到“{at}”时按 `{found.number.pattern}` 连续编号"))
    return [
        *told,
        ("说明", found.note),
        ("依据", sources(found.source)),
        ("版本", versions(found, catalogue)),
    ]


def _fields(found: Kind, catalogue: Catalogue) -> Iterator[list[str]]:
    for name, spec in found.fields.items():
        remark = "；".join(part for part in (spec.unit and f"单位：{spec.unit}", spec.hint) if part)
        yield [
            code(name), spec.title, describe.field(spec, catalogue), yes(spec.required), yes(spec.unique), remark,
        ]  # fmt: skip


def _links(found: Kind, catalogue: Catalogue) -> Iterator[list[str]]:
    for name, spec in found.links.items():
        yield [
            code(name),
            spec.title,
            other(spec.to, catalogue.kinds, found.pack, "kind"),
            spec.back,
            yes(spec.many),
        ]


def _steps(found: Kind, catalogue: Catalogue) -> Iterator[list[str]]:
    for name, spec in found.steps.items():
        yield [
            code(name),
            spec.title,
            "、".join(_state(found, one) for one in spec.from_),
            _state(found, spec.to) if spec.to else "不变",
            "、".join(catalogue.role(one).title for one in spec.roles),
            _titles(found, spec.needs),
            _titles(found, spec.takes),
            _guard(found, spec, catalogue),
            NOTES[spec.note],
        ]


def _state(found: Kind, name: str) -> str:
    return found.states[name].title if name in found.states else name


def _titles(found: Kind, names: tuple[str, ...]) -> str:
    return "、".join(found.fields[name].title if name in found.fields else name for name in names)


def _guard(found: Kind, spec: StepSpec, catalogue: Catalogue) -> str:
    words = describe.condition(spec.guard, found, catalogue)
    told = f"{words}（不满足时提示：{spec.because}）" if words and spec.because else words
    return "；".join(filter(None, [told, *describe.beyond_the_condition(found, spec, catalogue)]))


def _deadlines(found: Kind) -> Iterator[list[str]]:
    for name, spec in found.deadlines.items():
        yield [code(name), describe.deadline(found, spec), sources(spec.source)]
