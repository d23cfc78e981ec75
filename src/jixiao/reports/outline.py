"""An outline and a context become a document: each clause with its text, `otherwise` or new wording.

Computes nothing and reads nothing; what is silent says so, and what stands against issuing is in `problems`.
"""

from __future__ import annotations

from collections import Counter as Tally

from jixiao.catalogue.outlines import Clause, Outline, TableSpec
from jixiao.catalogue.slots import Slot, parts, slots
from jixiao.errors import BadInput
from jixiao.reports.context import Context, date_words, item_key
from jixiao.reports.document import Attachment, Block, ClauseState, Document, Heading, Paragraph, Run, Runs
from jixiao.reports.numbering import Counter
from jixiao.reports.placing import Filler, is_silent, names_in, value_of
from jixiao.reports.printable import one_line, printable
from jixiao.reports.rewriting import check_rewrite
from jixiao.reports.tables import build, form_tables, sheet_of
from jixiao.reports.titles import break_title


def compose(outline: Outline, context: Context) -> Document:
    """Tell the outline from the context. Raises BadInput where the outline names what was not computed."""
    _refuse_repeated(outline)
    teller = _Teller(context, outline.scheme)
    blocks = teller.blocks(outline.clauses)
    attachments = tuple(
        Attachment(number, teller.words(one.title), teller.blocks(one.clauses))
        for number, one in zip(_attachment_numbers(outline), outline.attachments, strict=True)
    )
    return Document(
        title_lines=break_title([teller.words(piece) for piece in _pieces(outline.document_title)]),
        org=one_line(context.org),
        year=context.year,
        as_of=context.as_of,
        date_text=context.date_text or date_words(context.as_of),
        marks=context.marks,
        blocks=blocks,
        attachments=attachments,
        clauses=tuple(teller.states),
        problems=tuple(teller.filler.problems),
    )


def all_clauses(outline: Outline) -> tuple[Clause, ...]:
    """The clauses of the text and of its attachments, in reading order."""
    return (*outline.clauses, *(clause for one in outline.attachments for clause in one.clauses))


def template(clause: Clause, context: Context) -> tuple[ClauseState, list[str]]:
    """The text a clause takes, with its slots, and why the clerk's wording cannot be taken if it cannot."""
    if not clause.text:
        return ClauseState(clause.id, "table" if clause.table else "items", ""), []
    if _silent_titles(clause, context):
        return ClauseState(clause.id, "otherwise", clause.otherwise or _not_reported(clause, context)), []
    edit = context.edits.get(clause.id)
    if edit is None:
        return ClauseState(clause.id, "text", clause.text), []
    problems = check_rewrite(clause, edit)
    if problems:
        return ClauseState(clause.id, "text", clause.text), problems
    return ClauseState(clause.id, "rewritten", edit), []


class _Teller:
    """Walks the clauses once, keeping numbering, keys and problems together."""

    def __init__(self, context: Context, scheme: str | None) -> None:
        self.context = context
        self.scheme = scheme
        self.filler = Filler(context)
        self.states: list[ClauseState] = []
        self._counter = Counter()

    def blocks(self, clauses: tuple[Clause, ...]) -> tuple[Block, ...]:
        self._counter = Counter()
        return tuple(block for clause in clauses for block in self._clause(clause))

    def words(self, text: str) -> str:
        """Text of which only plain words are filled: titles carry no figures."""
        if any(slot.sort in ("figure", "filed") for slot in slots(text)):
            raise BadInput(f"标题“{text}”不能放数据位；标题中只可用 {{org}}、{{year}}、{{date}} 和口径期间")
        return printable("".join(str(run) for part in parts(text) for run in self.filler.fill("title", part)))

    def _clause(self, clause: Clause) -> list[Block]:
        state, problems = template(clause, self.context)
        self.states.append(state)
        for problem in problems:
            self.filler.refuse(clause.id, "改写稿不能采用", problem)
        blocks: list[Block] = []
        if state.template:
            blocks += self._told(clause, state.template)
        if clause.items is not None:
            blocks += self._items(clause)
        if clause.table is not None and clause.table.of == "form":
            blocks += form_tables(clause.table, clause.id, self.filler)
        elif clause.table is not None:
            spec = self._with_scheme(clause.table)
            blocks.append(build(spec, clause.id, self.filler))
            if spec.of == "scores" and (note := sheet_of(spec, self.context).note):
                blocks.append(Paragraph((printable(note),), f"{clause.id}_note"))
        return blocks

    def _items(self, clause: Clause) -> list[Block]:
        """One paragraph each, numbered where there are several."""
        spec = clause.items
        found = (
            self.context.items.get(item_key(spec.of, spec.part, spec.cell, spec.filed), ()) if spec else ()
        )
        if not found:
            lines = [line for line in clause.otherwise.splitlines() if line.strip()]
            return [Paragraph((printable(line.strip()),), clause.id) for line in lines]
        told = [(f"{n}. ", *one) for n, one in enumerate(found, 1)] if len(found) > 1 else found
        return [Paragraph(self.filler.stated(clause.id, one), clause.id) for one in told]

    def _with_scheme(self, spec: TableSpec) -> TableSpec:
        """A score table that names no scheme shows the outline's."""
        return spec if spec.scheme else spec.model_copy(update={"scheme": self.scheme})

    def _told(self, clause: Clause, text: str) -> list[Block]:
        if clause.heading:
            number = self._counter.number(clause.heading)
            return [Heading(clause.heading, number, self._runs(clause, text.strip()), clause.id)]
        lines = [line for line in text.splitlines() if line.strip()]
        return [Paragraph(self._runs(clause, line.strip()), clause.id) for line in lines]

    def _runs(self, clause: Clause, text: str) -> Runs:
        runs: list[Run] = []
        for part in parts(text):
            for run in self.filler.fill(clause.id, part):
                if isinstance(run, str) and runs and isinstance(runs[-1], str):
                    runs[-1] += printable(run)
                else:
                    runs.append(printable(run) if isinstance(run, str) else run)
        return tuple(runs)


def _silent_titles(clause: Clause, context: Context) -> list[tuple[str, str]]:
    """(title, what is printed for it) of every figure whose silence keeps the clause from being told."""
    if clause.when is not None:
        values = [value_of(context, name) for name in clause.when]
        return [(value.title, value.text) for value in values if value.is_silent]
    silent: list[tuple[str, str]] = []
    for slot in slots(clause.text):
        if is_silent(context, slot):
            values = [value_of(context, name) for name in names_in(slot)]
            told = [(value.title, value.text) for value in values if value.is_silent]
            silent += told or [(value.title, "未填报名称") for value in values]
    return list(dict.fromkeys(silent))


def _not_reported(clause: Clause, context: Context) -> str:
    return "；".join(f"{title}{text}" for title, text in _silent_titles(clause, context)) + "。"


def _refuse_repeated(outline: Outline) -> None:
    repeated = [name for name, n in Tally(clause.id for clause in all_clauses(outline)).items() if n > 1]
    if repeated:
        raise BadInput(f"提纲“{outline.title}”中条款编号重复：{'、'.join(repeated)}；每条应有自己的编号")


def _attachment_numbers(outline: Outline) -> list[str]:
    count = len(outline.attachments)
    return ["附件"] if count == 1 else [f"附件{n}" for n in range(1, count + 1)]


def _pieces(title: str) -> list[str]:
    """The title cut where a line may break: at its own line ends, else at the words it is made of."""
    if "\n" in title:
        return [piece for line in title.splitlines() if line.strip() for piece in (line.strip(), "\n")][:-1]
    return [part.text if isinstance(part, Slot) else part for part in parts(title)]
