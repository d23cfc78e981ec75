"""A bureau's own forms of an office: their cells, what may fill them, and the file filled for a year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from jixiao.catalogue.kinds import FieldType
from jixiao.errors import NotFound
from jixiao.forms.cells import BLANK, NOT_APPLICABLE, Content, State, base_unit, number, words
from jixiao.forms.fill import TOTAL, Filled, Grid
from jixiao.forms.template_places import Binding, find
from jixiao.forms.template_words import Spot
from jixiao.forms.templates import Outcome, fill, open_template, spots
from jixiao.ledger import evidence_store, filling
from jixiao.ledger.actions.opening import open_org
from jixiao.ledger.models import BureauTemplate, Org, Record
from jixiao.ledger.permissions import Actor, can
from jixiao.ledger.queries.filed import filed_values
from jixiao.ledger.queries.org_year import OrgYear
from jixiao.values import RATIO, Figure, Status

FIXED = "fixed:"  # a source that is the words themselves


@dataclass(frozen=True, slots=True)
class Offer:
    """Something a cell can be bound to, with what it comes to this year. `units` are those it may be printed in; `lines`
    what goes into the cells from there downwards, where it is a column of a list.
    """

    source: str
    title: str
    group: str
    content: Content
    units: tuple[str, ...] = ("",)
    lines: tuple[Content, ...] | None = None

    def unit(self, chosen: str, told: str) -> str:
        """The unit to print in: the chosen one, else the one that the table tells, else the first."""
        unit = chosen or told
        return unit if unit in self.units else self.units[0]


@dataclass(frozen=True, slots=True)
class TemplateView:
    """A template as one person may see it."""

    template: BureauTemplate
    spots: tuple[Spot, ...]
    bindings: tuple[Binding, ...]
    may_bind: bool

    def bound(self) -> dict[str, Binding]:
        """What fills the cells of the file as it is now, by address."""
        found = ((find(one, self.spots)[0], one) for one in self.bindings)
        return {spot.address: one for spot, one in found if spot is not None}

    def lost(self, binding: Binding) -> bool:
        """Whether the file of now has no such cell for sure."""
        return find(binding, self.spots)[0] is None


def templates(user: Actor, org: Org | str) -> list[BureauTemplate]:
    """Raises NotFound for a stranger's org."""
    return list(BureauTemplate.objects.filter(org=open_org(org, user)))


def template(user: Actor, id: str) -> TemplateView:
    """Raises NotFound for what is not there and for a stranger's."""
    kept = BureauTemplate.objects.select_related("org").filter(pk=id).first()
    if kept is None:
        raise NotFound("没有这张套表")
    place = open_org(kept.org_id, user)
    content = open_template(evidence_store.read(kept.content), kept.file_name)
    bindings = tuple(Binding(**one) for one in kept.bindings)
    return TemplateView(kept, tuple(spots(content)), bindings, can(user, "file", org=place.pk))


def filled(user: Actor, view: TemplateView, year: int) -> Outcome:
    """The bureau's file with everything bound in its cells, for a reporting year. Raises NotFound."""
    content = open_template(evidence_store.read(view.template.content), view.template.file_name)
    known = offers(user, view.template.org_id, year)
    contents = {one.source: one.content for one in known} | {
        one.source: words(one.source.removeprefix(FIXED))
        for one in view.bindings
        if one.source.startswith(FIXED)
    }
    lists = {one.source: one.lines for one in known if one.lines is not None}
    return fill(content, view.bindings, contents, lists)


def offers(user: Actor, org: str, year: int) -> list[Offer]:
    """Everything an office can put into a cell: words, filed values, figures, cells of its own forms."""
    bench = OrgYear.open(user, org, year)
    found = [
        Offer("text:org", "单位名称", "文字", words(bench.org.title, "text:org")),
        Offer("text:year", "年度", "文字", words(f"{year}年度", "text:year")),
    ]
    for row in filed_values(user, org, year):
        value = number(Fraction(row.value), "filed") if row.value is not None else BLANK
        found.append(
            Offer(f"filed:{row.item.full_id}", row.item.title, "填报数", value, _units(row.item.unit))
        )
    for name, figure in bench.figures.items():
        found.append(Offer(f"figure:{name}", figure.title, "数据", _content(figure), _units(figure.unit)))
    for filled_form, where in _forms(user, bench.org, year, bench.catalogue.kinds):
        found += _cells(filled_form, where)
    return found


def _forms(user: Actor, org: Org, year: int, kinds: Mapping[str, object]) -> list[tuple[Filled, str]]:
    """The forms of the year's records, the newest of each kind."""
    found = []
    for name, kind in kinds.items():
        fields = [one for one, spec in kind.fields.items() if spec.type is FieldType.FORM]  # type: ignore[attr-defined]
        if not fields or not can(user, "read", org=org.pk, kind=name):
            continue
        rows = Record.objects.filter(org=org, kind=name, voided=False).order_by("-updated_at")
        newest = next((row for row in rows if row.data.get("year") == year), None)
        if newest is not None:
            found += [(filling.filled_form(newest, field), f"form:{name}.{field}") for field in fields]
    return found


def _cells(filled_form: Filled, where: str) -> list[Offer]:
    offers = []
    for grid in filled_form.grids:
        for line in grid.lines:
            for column, content in line.cells.items():
                if grid.block.list and line.key != TOTAL:
                    continue
                title = f"{line.title.strip()}·{grid.block.columns[column].title}"
                address = f"{where}#{grid.block.id}.{line.key}.{column}"
                units = _units(base_unit(grid.unit(line, column)))
                offers.append(Offer(address, title, filled_form.form.title, content, units))
        if grid.block.list:
            offers += _columns(grid, filled_form.form.title, where)
    return offers


def _columns(grid: Grid, group: str, where: str) -> list[Offer]:
    """The columns of a list, each to be filled in line by line."""
    lines = [line for line in grid.lines if line.key != TOTAL]
    return [
        Offer(
            f"{where}#{grid.block.id}.*.{name}",
            f"{column.title}（{len(lines)}行，逐行往下填）",
            group,
            BLANK,
            _units(base_unit(grid.block.unit(None, name))),
            tuple(line.cells[name] for line in lines),
        )
        for name, column in grid.block.columns.items()
    ]


def _content(figure: Figure) -> Content:
    if figure.status is Status.NOT_REPORTED:
        return BLANK
    if figure.status is Status.NONE:
        return NOT_APPLICABLE
    if figure.exact is not None:
        return number(figure.exact, "figure")
    return Content(State.BLANK) if figure.stated is None else words(figure.text, "figure")


def _units(unit: str) -> tuple[str, ...]:
    if unit == "元":
        return ("万元", "元", "亿元")
    return ("%",) if unit == RATIO else (unit,)
