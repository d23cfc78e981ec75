"""The forms of a record: which it has, how they stand, what does not add up in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jixiao.catalogue.kinds import FieldType
from jixiao.forms.check import check
from jixiao.forms.fill import Filled
from jixiao.ledger import filling, permissions
from jixiao.ledger.models import Record
from jixiao.ledger.permissions import Actor
from jixiao.ledger.queries.ledger_says import ledger_says
from jixiao.ledger.queries.records import may, record
from jixiao.ledger.rules import catalogue as rules
from jixiao.values import Finding, Verdict


@dataclass(frozen=True, slots=True)
class FormView:
    """A form as one person may see it. `locked` are the columns of lists that are copied from elsewhere, by list; a person
    who `may_state` may enter other numbers for bound cells, for somebody else to approve. `ledger` says beside a cell what
    the ledger has for its row.
    """

    record: Record
    field: str
    title: str
    filled: Filled
    findings: tuple[Finding, ...]
    locked: dict[str, tuple[str, ...]]
    may_edit: bool
    may_state: bool
    ledger: Mapping[str, str]

    @property
    def broken(self) -> list[Finding]:
        return [one for one in self.findings if one.verdict is Verdict.BROKEN]


def forms_of(row: Record) -> list[tuple[str, str]]:
    """(field, title) of the forms that a record of this kind has."""
    kind = rules().kind(row.kind)
    return [(name, spec.title) for name, spec in kind.fields.items() if spec.type is FieldType.FORM]


def form(user: Actor, id: str, field: str) -> FormView:
    """Raises NotFound for a stranger's record and for a kind without this form."""
    row = record(user, id)
    kind = rules().kind(row.kind)
    spec, _ = filling.form_of(kind, field, rules())
    filled = filling.filled_form(row, field)
    state = kind.states.get(row.state or "")
    frozen = bool(state and ({"*", field} & set(state.freezes)))
    locked = {one.list: one.columns if filling.approved_rows(row.data, one) else () for one in spec.copies}
    return FormView(
        row, field, spec.title, filled, tuple(check(filled)), locked, "edit" in may(user, row) and not frozen,
        permissions.can(user, "file", org=row.org_id) and not frozen and not row.voided,
        ledger_says(row, field, filled),
    )  # fmt: skip
