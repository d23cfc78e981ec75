"""Turns the short references of a pack into full ids, so that code behind the loader sees only `pack/id`.

A short name means the same pack's definition, else the only one among the packs it requires. What cannot be
resolved is left as it stands and complained about, with the nearest names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import singledispatchmethod
from typing import TypeVar

from jixiao.catalogue import slots
from jixiao.catalogue.catalogue import TITLES
from jixiao.catalogue.cycles import Cycle
from jixiao.catalogue.definition import Named
from jixiao.catalogue.desks import Desk
from jixiao.catalogue.duties import Duty
from jixiao.catalogue.files import packaged_with
from jixiao.catalogue.forms import Block, CellSpec, Form
from jixiao.catalogue.indicators import Alternative, Indicator, Per
from jixiao.catalogue.kinds import Kind, SimilarSpec
from jixiao.catalogue.nearest import listed, nearest
from jixiao.catalogue.outlines import Clause, Outline, TableSpec
from jixiao.catalogue.pieces import Complaint
from jixiao.catalogue.prints import Print
from jixiao.catalogue.read_yaml import Keys
from jixiao.catalogue.registers import FiledItem, RoleSpec
from jixiao.catalogue.relations import RelationRule
from jixiao.catalogue.schemes import Node, Scheme, TargetLeaf
from jixiao.errors import BadInput
from jixiao.relations import Part, parts_of

Known = Mapping[str, Sequence[str]]  # folder → full ids
T = TypeVar("T")

TABLE_ITEMS = {"figures": "indicators", "filed": "filed", "relations": "relations"}


class Resolver:
    """Reads references from inside one pack. `visible` lists the packs it may mean: itself first."""

    def __init__(self, known: Known, visible: Sequence[str]) -> None:
        self.known = known
        self.visible = visible
        self.complaints: list[Complaint] = []

    def full(self, folder: str, path: Keys, reference: str) -> str:
        """The full id, or the reference itself (with a complaint) where it names nothing."""
        seen = [full for full in self.known.get(folder, ()) if full.split("/", 1)[0] in self.visible]
        if "/" in reference:
            meant = [reference] if reference in seen else []
        else:
            own = f"{self.visible[0]}/{reference}"
            meant = [own] if own in seen else [full for full in seen if full.split("/", 1)[1] == reference]
        if len(meant) == 1:
            return meant[0]
        title = TITLES[folder]
        if meant:
            self.complaints.append((path, f"{title}“{reference}”不止一个", f"写全：{'、'.join(meant)}"))
            return reference
        expected = self._what_there_is(folder, reference, seen)
        self.complaints.append((path, f"没有{title}“{reference}”", expected))
        return reference

    def _what_there_is(self, folder: str, reference: str, seen: Sequence[str]) -> str:
        """The same id in a pack this one does not require, loaded or not; else what is near, else everything."""
        id = reference.split("/")[-1]
        elsewhere = [
            full for full in self.known.get(folder, ()) if full.endswith(f"/{id}") and full not in seen
        ]
        if elsewhere := elsewhere or [full for full in packaged_with(folder, id) if full not in seen]:
            return f"{elsewhere[0]} 在别的规则包里，先在 pack.yaml 的 requires 写上那个包"
        if near := nearest(reference, seen):
            return f"是否想写 {'、'.join(near)}"
        return f"现有{TITLES[folder]}：{listed(seen)}" if seen else f"先在 {folder}/ 之下写出{TITLES[folder]}"

    def maybe(self, folder: str, path: Keys, reference: str | None) -> str | None:
        return None if reference is None else self.full(folder, path, reference)

    def signed(self, path: Keys, item: str) -> str:
        sign = "-" if item.startswith("-") else ""
        return sign + self.full("filed", path, item.removeprefix("-"))

    def all_signed(self, path: Keys, items: Sequence[str]) -> tuple[str, ...]:
        return tuple(self.signed(path, item) for item in items)

    def per(self, path: Keys, per: Per | None) -> Per | None:
        if per is None:
            return None
        indicator = self.maybe("indicators", (*path, "indicator"), per.indicator)
        filed = self.all_signed((*path, "filed"), per.filed)
        return per.model_copy(update={"indicator": indicator, "filed": filed})

    def alternative(self, path: Keys, other: Alternative) -> Alternative:
        filed, per = self.all_signed((*path, "filed"), other.filed), self.per((*path, "per"), other.per)
        return other.model_copy(update={"filed": filed, "per": per})

    @singledispatchmethod
    def definition(self, found: Named) -> Named:
        """The definition with its references resolved; conditions are resolved apart, once kinds are
        known.
        """
        return found

    def _similar(self, similar: SimilarSpec | None) -> SimilarSpec | None:
        if similar is None or similar.outcome is None:
            return similar
        child = self.full("kinds", ("similar", "outcome", "child"), similar.outcome.child)
        return similar.model_copy(update={"outcome": similar.outcome.model_copy(update={"child": child})})

    @definition.register
    def _(self, kind: Kind) -> Named:
        fields = {
            name: spec.model_copy(
                update={
                    "codes": self.maybe("codes", ("fields", name, "codes"), spec.codes),
                    "to": self.maybe("kinds", ("fields", name, "to"), spec.to),
                    "nature": self.maybe("natures", ("fields", name, "nature"), spec.nature),
                    "form": self.maybe("forms", ("fields", name, "form"), spec.form),
                }
            )
            for name, spec in kind.fields.items()
        }
        links = {
            role: link.model_copy(update={"to": self.full("kinds", ("links", role, "to"), link.to)})
            for role, link in kind.links.items()
        }
        steps = {
            name: step.model_copy(
                update={
                    "roles": tuple(self.full("roles", ("steps", name, "roles"), role) for role in step.roles),
                    "switch": {
                        self.full("switches", ("steps", name, "switch"), switch): choice
                        for switch, choice in step.switch.items()
                    },
                    "follows": step.follows
                    and step.follows.model_copy(
                        update={"child": self.full("kinds", ("steps", name, "follows"), step.follows.child)}
                    ),
                    "anew": step.anew
                    and step.anew.model_copy(
                        update={"child": self.full("kinds", ("steps", name, "anew"), step.anew.child)}
                    ),
                }
            )
            for name, step in kind.steps.items()
        }
        hands_to = {
            name: spec.model_copy(
                update={
                    "roles": tuple(
                        self.full("roles", ("hands_to", name, "roles"), role) for role in spec.roles
                    )
                }
            )
            for name, spec in kind.hands_to.items()
        }
        owes = {
            name: owed.model_copy(
                update={
                    "child": self.full("kinds", ("owes", name, "child"), owed.child),
                    "beside": owed.beside
                    and owed.beside.model_copy(
                        update={"kind": self.full("kinds", ("owes", name, "beside"), owed.beside.kind)}
                    ),
                }
            )
            for name, owed in kind.owes.items()
        }
        return kind.model_copy(
            update={
                "owes": owes,
                "hands_to": hands_to,
                "similar": self._similar(kind.similar),
                "parent": self.maybe("kinds", ("parent",), kind.parent),
                "nature": self.maybe("natures", ("nature",), kind.nature),
                "fields": fields,
                "links": links,
                "steps": steps,
            }
        )

    @definition.register
    def _(self, indicator: Indicator) -> Named:
        rows = indicator.rows
        others = enumerate(indicator.alternatives)
        return indicator.model_copy(
            update={
                "rows": rows
                and rows.model_copy(update={"kind": self.full("kinds", ("rows", "kind"), rows.kind)}),
                "filed": self.all_signed(("filed",), indicator.filed),
                "per": self.per(("per",), indicator.per),
                "alternatives": tuple(self.alternative(("alternatives", n), one) for n, one in others),
            }
        )

    @definition.register
    def _(self, item: FiledItem) -> Named:
        taken = item.taken_from
        if taken is not None:
            taken = taken.model_copy(update={"kind": self.full("kinds", ("taken_from", "kind"), taken.kind)})
        nature = self.maybe("natures", ("nature",), item.nature)
        return item.model_copy(update={"nature": nature, "taken_from": taken})

    @definition.register
    def _(self, role: RoleSpec) -> Named:
        changed: dict[str, object] = {
            word: tuple(
                kind if kind == "*" else self.full("kinds", (word, place), kind)
                for place, kind in enumerate(getattr(role, word))
            )
            for word in ("create", "edit", "read")
        }
        changed["speaks_for"] = self.maybe("kinds", ("speaks_for",), role.speaks_for)
        return role.model_copy(update=changed)

    @definition.register
    def _(self, rule: RelationRule) -> Named:
        try:
            settings = {name for name, (part, _) in parts_of(rule.relation).items() if part is Part.SETTING}
        except BadInput:
            settings = set()
        operands = {
            name: value if name in settings else self._operand(("operands", name), value)
            for name, value in rule.operands.items()
        }
        return rule.model_copy(update={"operands": operands})

    def _operand(self, path: Keys, value: str | tuple[str, ...] | int) -> str | tuple[str, ...] | int:
        if isinstance(value, int):
            return value
        if isinstance(value, str):
            return self.full("indicators", path, value)
        return tuple(self.full("indicators", (*path, place), one) for place, one in enumerate(value))

    @definition.register
    def _(self, duty: Duty) -> Named:
        changed: dict[str, object] = {
            folder: tuple(self.full(folder, (folder, n), one) for n, one in enumerate(getattr(duty, folder)))
            for folder in ("kinds", "indicators", "relations", "schemes", "outlines")
        }
        changed["checks"] = tuple(self._check(("checks", n), one) for n, one in enumerate(duty.checks))
        if duty.totals_only:
            kind = self.full("kinds", ("totals_only", "kind"), duty.totals_only.kind)
            changed["totals_only"] = duty.totals_only.model_copy(update={"kind": kind})
        return duty.model_copy(update=changed)

    def _check(self, path: Keys, reference: str) -> str:
        kind, _, check = reference.partition(".")
        return f"{self.full('kinds', path, kind)}.{check}"

    @definition.register
    def _(self, found: Print) -> Named:
        lines = tuple(
            line.model_copy(update={"of": self.maybe("kinds", ("lines", n, "of"), line.of)})
            for n, line in enumerate(found.lines)
        )
        return found.model_copy(update={"kind": self.full("kinds", ("kind",), found.kind), "lines": lines})

    @definition.register
    def _(self, desk: Desk) -> Named:
        forms = tuple(
            one.model_copy(update={"form": self.full("forms", ("forms", n), one.form)})
            for n, one in enumerate(desk.forms)
        )
        alarms = tuple(
            one.model_copy(update={"place": self._place(("alarms", n), one.place)})
            for n, one in enumerate(desk.alarms)
        )
        leaves = desk.leaves.model_copy(
            update={"form": self.full("forms", ("leaves", "form"), desk.leaves.form)}
        )
        review = desk.review and desk.review.model_copy(
            update={"kind": self.full("kinds", ("review", "kind"), desk.review.kind)}
        )
        return desk.model_copy(
            update={
                "forms": forms,
                "alarms": alarms,
                "leaves": leaves,
                "review": review,
                "score": tuple(self._place(("score", n), one) for n, one in enumerate(desk.score)),
                "told": {words: self._place(("told", words), one) for words, one in desk.told.items()},
                "sums": {words: self._place(("sums", words), one) for words, one in desk.sums.items()},
            }
        )

    def _place(self, path: Keys, place: str) -> str:
        form, _, address = place.partition("#")
        return f"{self.full('forms', path, form)}#{address}"

    @definition.register
    def _(self, cycle: Cycle) -> Named:
        parts = tuple(
            part.model_copy(update={"kind": self.full("kinds", ("parts", n, "kind"), part.kind)})
            for n, part in enumerate(cycle.parts)
        )
        return cycle.model_copy(update={"parts": parts})

    @definition.register
    def _(self, form: Form) -> Named:
        blocks = tuple(self._block(("blocks", n), block) for n, block in enumerate(form.blocks))
        return form.model_copy(update={"blocks": blocks})

    def _block(self, path: Keys, block: Block) -> Block:
        columns = {
            name: column.model_copy(
                update={"cell": self._cell((*path, "columns", name, "cell"), column.cell)}
            )
            for name, column in block.columns.items()
        }
        rows = {
            name: row.model_copy(
                update={
                    "cells": {
                        column: self._cell((*path, "rows", name, "cells", column), cell)
                        for column, cell in row.cells.items()
                    }
                }
            )
            for name, row in block.rows.items()
        }
        return block.model_copy(update={"columns": columns, "rows": rows})

    def _cell(self, path: Keys, cell: CellSpec) -> CellSpec:
        figure = self.maybe("indicators", (*path, "figure"), cell.figure)
        return cell.model_copy(
            update={"figure": figure, "filed": self.maybe("filed", (*path, "filed"), cell.filed)}
        )

    @definition.register
    def _(self, scheme: Scheme) -> Named:
        tree = tuple(self._node(("tree", place), node) for place, node in enumerate(scheme.tree))
        subjects = scheme.subjects
        if subjects is not None:
            kind = self.full("kinds", ("subjects", "kind"), subjects.kind)
            for name in subjects.reads:
                self.full("kinds", ("subjects", "reads", name), name)
            subjects = subjects.model_copy(update={"kind": kind})
        return scheme.model_copy(update={"tree": tree, "subjects": subjects})

    def _node(self, path: Keys, node: Node) -> Node:
        leaf = node.leaf
        if isinstance(leaf, TargetLeaf) and leaf.indicator:
            full = self.full("indicators", (*path, "leaf", "indicator"), leaf.indicator)
            leaf = leaf.model_copy(update={"indicator": full})
        children = tuple(
            self._node((*path, "children", place), one) for place, one in enumerate(node.children)
        )
        return node.model_copy(update={"leaf": leaf, "children": children})

    @definition.register
    def _(self, outline: Outline) -> Named:
        attachments = tuple(
            attachment.model_copy(
                update={"clauses": self._clauses(("attachments", place, "clauses"), attachment.clauses)}
            )
            for place, attachment in enumerate(outline.attachments)
        )
        return outline.model_copy(
            update={
                "scheme": self.maybe("schemes", ("scheme",), outline.scheme),
                "clauses": self._clauses(("clauses",), outline.clauses),
                "attachments": attachments,
            }
        )

    def _clauses(self, path: Keys, clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
        return tuple(self._clause((*path, place), clause) for place, clause in enumerate(clauses))

    def _clause(self, path: Keys, clause: Clause) -> Clause:
        return clause.model_copy(
            update={
                "text": self._slotted((*path, "text"), clause.text),
                "otherwise": self._slotted((*path, "otherwise"), clause.otherwise),
                "when": clause.when
                if clause.when is None
                else tuple(self.full("indicators", (*path, "when"), name) for name in clause.when),
                "table": clause.table and self._table((*path, "table"), clause.table),
                "items": clause.items
                and clause.items.model_copy(
                    update={"filed": self.maybe("filed", (*path, "items", "filed"), clause.items.filed)}
                ),
            }
        )

    def _slotted(self, path: Keys, text: str) -> str:
        folders = {"figure": "indicators", "filed": "filed"}
        try:
            return slots.rewritten(text, lambda sort, name: self.full(folders[sort], path, name))
        except ValueError as error:
            self.complaints.append((path, str(error), "如 {proposals}、{filed.budget}、{period.plenary}"))
            return text

    def _table(self, path: Keys, table: TableSpec) -> TableSpec:
        folder = TABLE_ITEMS.get(table.of)
        items = table.items
        if folder:
            items = tuple(
                self.full(folder, (*path, "items", place), item) for place, item in enumerate(items)
            )
        scheme = self.maybe("schemes", (*path, "scheme"), table.scheme)
        return table.model_copy(update={"items": items, "scheme": scheme})


def visible_packs(pack: str, requires: Callable[[str], Sequence[str]]) -> list[str]:
    """The pack itself and every pack it requires, directly or through another, nearest first."""
    found = [pack]
    for name in found:
        found += [below for below in requires(name) if below not in found]
    return found
