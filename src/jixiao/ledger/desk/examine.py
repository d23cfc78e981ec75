"""A package as it was understood → score, leaves, printed forms and every defect, the same for every office.

All arithmetic is that of `forms.check`, `reading` and `relations`. Nothing here knows who made the package.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from jixiao.catalogue.desks import Desk
from jixiao.forms.cells import State
from jixiao.forms.check import across, check
from jixiao.forms.fill import TOTAL, Filled, Line
from jixiao.forms.line_rules import titled
from jixiao.ledger.desk.figures import Figures
from jixiao.ledger.desk.recognise import FormFound, Taken
from jixiao.ledger.desk.reports import ReportRead
from jixiao.ledger.desk.stored_forms import shown
from jixiao.ledger.desk.tallies import surveys_told
from jixiao.relations import Operand
from jixiao.relations import examine as compare
from jixiao.values import Finding, Interval, Verdict, decimal_text, round_half_up

BROKEN, FLAG = "broken", "flag"
_JOINING = r"[为是共达计合（）()A-Z：:\s]{0,6}$"
_COLUMN = re.compile(r"（([a-z_0-9]+)）$")
_NOTHING = re.compile(r"[\W_]+")


@dataclass(slots=True)
class Examined:
    """What is kept of a package. `summary` is what the overview reads."""

    summary: dict[str, Any] = field(default_factory=dict)
    forms: list[dict[str, Any]] = field(default_factory=list)
    findings: list[dict[str, str]] = field(default_factory=list)


def examine(
    taken: Taken, reports: Sequence[ReportRead], desk: Desk, titles: Mapping[str, str], year: int
) -> Examined:
    """Everything about one package of a year. `titles` gives the titles of the desk's forms by full id. A form of another
    year is shown and told, and counts for nothing.
    """
    return _Examiner(taken, reports, desk, titles, year).run()


class _Examiner:
    def __init__(
        self,
        taken: Taken,
        reports: Sequence[ReportRead],
        desk: Desk,
        titles: Mapping[str, str],
        year: int,
    ) -> None:
        self.year = year
        self.taken, self.reports, self.desk, self.titles = taken, reports, desk, titles
        self.found: list[dict[str, str]] = []
        self.by_form: dict[str, FormFound] = {}
        for one in taken.forms:
            if one.year in (0, year):
                self.by_form.setdefault(one.form.full_id, one)
        self.figures = Figures(self.by_form, desk, titles)

    def run(self) -> Examined:
        self._missing()
        self._forms()
        self._reports()
        leaves = self._leaves()
        score = self.figures.score()
        self._stated_score(score)
        alarms = self.figures.alarms()
        summary = {
            "score": decimal_text(score) if score is not None else None,
            "grade": self.figures.grade(score),
            "leaves": leaves,
            "alarms": alarms,
            "sums": {words: self.figures.text(place) for words, place in self.desk.sums.items()},
            "surveys": surveys_told(self.taken.manifest.surveys if self.taken.manifest else (), self.reports),
            "forms": sorted(self.by_form),
            "has_report": bool(self.taken.reports),
            "defects": _counted(self.found, BROKEN),
            "flags": _counted(self.found, FLAG),
        }
        return Examined(summary, [shown(one) for one in self.taken.forms], self.found)

    def tell(
        self, code: str, title: str, reason: str, where: str = "", computed: str = "", level: str = BROKEN
    ) -> None:
        number = str(len(self.found) + 1)
        self.found.append(
            {
                "id": number,
                "code": code,
                "title": title,
                "where": where,
                "reason": reason,
                "computed": computed,
                "level": level,
            }
        )

    def _missing(self) -> None:
        for path, why in self.taken.refused:
            self.tell("unreadable", "文件读不了", why, path)
        for path in self.taken.altered:
            why = "打包以后这个文件被改过或拿走了；改了的以文件为准核对，请单位说明"
            self.tell("altered", "文件与打包时不同", why, path, level=FLAG)
        came = {one.form.full_id for one in self.taken.forms}
        for one in self.desk.forms:
            if one.required and one.form not in came:
                title = self.titles[one.form]
                self.tell(
                    "missing_form", f"缺少{title}", f"没有收到{title}，或表头改得认不出；请按规定样式补报"
                )
        if self.desk.needs_report and not self.taken.reports:
            self.tell("missing_report", "缺少自评报告", "没有收到自评报告；请补报 .docx 或 .pdf")
        units = {_plain(name) for name in self.taken.units}
        if len(units) > 1:
            told = "、".join(f"“{name}”" for name in self.taken.units)
            self.tell("units", "各表单位名称不一", f"写的是{told}；请核对是否混入了别的单位的表")

    def _forms(self) -> None:
        for one in self.taken.forms:
            where = one.form.title
            if one.year not in (0, self.year):
                why = f"这张表是{one.year}年度的，没有计入；请换成{self.year}年度的"
                self.tell("form_year", "表的年度不对", why, where)
                continue
            for told in one.read.lacking:
                self.tell("lacking", "表中缺行列", f"{told}；这些数没有读到，请按规定样式改好重新报送", where)
            for told in one.read.told:
                if told not in one.read.lacking:
                    self.tell("not_read", "表样有改动", told, where, level=FLAG)
            self._blank(one)
            for finding in check(one.read.filled):
                if finding.verdict is Verdict.BROKEN:
                    title = _class(finding, one.read.filled)
                    self.tell(
                        f"form.{title}",
                        title,
                        finding.reason,
                        f"{where}·{_place(finding, one.read.filled)}",
                        _arithmetic(finding),
                    )
        for finding in across([one.read.filled for one in self.by_form.values()]):
            if finding.verdict is Verdict.BROKEN:
                self.tell("across", "各表同一数据不一致", finding.reason, "", _arithmetic(finding))

    def _blank(self, one: FormFound) -> None:
        """Rows in which cells that must be filled are empty; columns the sheet does not have are told as such."""
        lacking = "".join(one.read.lacking)
        for grid in one.read.filled.grids:
            wanted = {
                name: column.title
                for name, column in grid.block.columns.items()
                if column.required and column.title not in lacking
            }
            for line in grid.lines:
                empty = [title for name, title in wanted.items() if line.cells[name].state is State.BLANK]
                if empty and line.key != TOTAL:
                    row = titled(grid, line, next(iter(wanted))).partition("·")[0]
                    why = f"请填写{'、'.join(empty)}；为零的写 0，不适用的写“—”"
                    self.tell("blank", "应填的格空着", why, f"{one.form.title}·{row}")

    def _reports(self) -> None:
        for report in self.reports:
            if report.refusal:
                self.tell("unreadable", "文件读不了", report.refusal, report.path)
            self._whose(report)
            for one in report.contradictions:
                title = f"报告内{one.type}不一致"
                self.tell(f"report.{one.type}", title, one.message, one.place or report.path, one.computed)
        for words, place in self.desk.told.items():
            cell = self.figures.operand(place)
            if cell is not None and cell.interval is not None:
                self._told(words, cell)

    def _whose(self, report: ReportRead) -> None:
        """The office in the report's title is that of the forms; a longer or shorter name of it will do."""
        own = _plain(report.unit)
        others = {_plain(name): name for name in self.taken.units}
        if not own or not others or any(own in one or one in own for one in others):
            return
        told = "、".join(f"“{name}”" for name in others.values())
        why = f"报告标题写的是“{report.unit}”，表上写的是{told}；请核对是否误放了别的单位的报告"
        self.tell("report_unit", "报告写的单位与表不同", why, report.path, level=FLAG)

    def _told(self, words: str, cell: Operand) -> None:
        """The number that follows these words in the report is the number in the form."""
        ending = re.compile(re.escape(words) + _JOINING)
        seen: set[str] = set()
        for report in self.reports:
            for statement in report.statements:
                quantity = statement.quantity
                if (
                    not ending.search(statement.before)
                    or quantity.unit != cell.unit
                    or statement.text in seen
                ):
                    continue
                seen.add(statement.text)
                stated = Operand.from_quantity(statement.text, f"报告所写{words}", quantity)
                finding = compare("repeat", {"places": [cell, stated]}, id="told", title=words)
                if finding.verdict is Verdict.BROKEN:
                    told = f"报告写{words}{statement.text}，{cell.title}是{cell.text}；请改成一致"
                    self.tell("told", "报告与表的数不一致", told, statement.place.label or report.path)

    def _stated_score(self, score: Fraction | None) -> None:
        if score is None:
            return
        text = f"{decimal_text(score)}分"
        cell = Operand("score", "自评表得分合计", Interval.point(score), text, "分")
        for words in self.desk.score_words:
            self._told(words, cell)

    def _leaves(self) -> list[dict[str, Any]]:
        spec = self.desk.leaves
        form = self.by_form.get(spec.form)
        if form is None:
            return []
        told = [_plain(text) for text in self.taken.evidence]
        found = []
        for line in form.read.filled.grid(spec.block).lines:
            if line.key == TOTAL:
                continue
            title, points, score = (line.cells[name] for name in (spec.title, spec.points, spec.score))
            if not (points.is_number and score.is_number):
                continue
            name = title.words or f"第{line.key}行"
            has_evidence = any(_plain(name) in one for one in told)
            is_full = score.value == points.value
            if is_full and not has_evidence:
                why = "得了满分，报送件里没有名称对应的佐证；请补佐证，或说明凭什么得满分"
                self.tell("full_without_evidence", "满分没有佐证", why, name, level=FLAG)
            found.append(
                {
                    "key": _plain(name),
                    "title": name,
                    "points": decimal_text(points.value),
                    "score": decimal_text(score.value),
                    "target": _words(line, spec.target),
                    "actual": _words(line, spec.actual),
                    "reason": _words(line, spec.reason),
                    "is_full": is_full,
                    "has_evidence": has_evidence,
                }
            )
        return found


def _place(finding: Finding, filled: Filled) -> str:
    """Where in the form a finding stands, in the words of its rows and columns rather than in addresses."""
    if finding.relation == "entry":
        block, key, column = finding.subjects[0].split(".")
        grid = filled.grid(block)
        line = grid.line(key)
        row = (line.title.strip() if line else "") or f"第{key}行"
        return f"{row}·{grid.block.columns[column].title}"
    columns = {name: spec.title for block in filled.form.blocks for name, spec in block.columns.items()}
    return _COLUMN.sub(lambda found: f"（{columns.get(found[1], found[1])}）", finding.title)


def _class(finding: Finding, filled: Filled) -> str:
    """What sort of defect a form's finding is: its rule, or what its cell computes."""
    rule = next((one for one in filled.form.rules if one.id == finding.relation), None)
    if rule is not None:
        return rule.title
    parts = finding.relation.split(".")
    if len(parts) != 3:
        return "不是数字"
    grid = filled.grid(parts[0])
    line = grid.line(parts[1])
    spec = grid.block.columns[parts[2]].cell
    if line is not None and line.definition is not None:
        spec = grid.block.cell(line.definition, parts[2])
    if spec.rate:
        return "比率与分子分母不符"
    if spec.award:
        return "得分与执行率不符"
    if spec.fixed is not None:
        return "与表样规定的数不符"
    if spec.difference:
        return "差额不符"
    return "合计与分项不符"


def _arithmetic(finding: Finding) -> str:
    return "；".join(text for text in (finding.stated, finding.computed) if text)


def _words(line: Line, column: str | None) -> str:
    if column is None:
        return ""
    content = line.cells[column]
    if content.state is State.WORDS:
        return content.words
    return decimal_text(round_half_up(content.value, 4)) if content.is_number else ""


def _counted(found: Sequence[Mapping[str, str]], level: str) -> dict[str, int]:
    """How many of each sort, by title."""
    counts: dict[str, int] = {}
    for one in found:
        if one["level"] == level:
            counts[one["title"]] = counts.get(one["title"], 0) + 1
    return counts


def _plain(text: str) -> str:
    return _NOTHING.sub("", text)
