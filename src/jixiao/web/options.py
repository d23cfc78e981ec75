"""What may be chosen for a field: codes of its table, records of its kind, orgs of the directory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from jixiao.catalogue import Catalogue
from jixiao.catalogue.kinds import FieldSpec, FieldType
from jixiao.ledger import queries
from jixiao.ledger.queries.names import OrgRow, RecordRow, UserRow, directory
from jixiao.web.entries import Options

MOST = 2000


def options_for(
    user: UserRow, org: OrgRow, catalogue: Catalogue, *, on: date | None = None, row: RecordRow | None = None
) -> Options:
    """Choices as this person may see them; each list is fetched once for a page. Orgs are those living on the day
    `on`, with those `row` names already; all where no day is given.
    """
    fetched: dict[tuple[str, str], Sequence[tuple[str, str]]] = {}

    def options(spec: FieldSpec) -> Sequence[tuple[str, str]]:
        key = (spec.type, spec.codes or spec.to or "")
        if key not in fetched:
            fetched[key] = _fetch(spec)
        return fetched[key]

    def _fetch(spec: FieldSpec) -> Sequence[tuple[str, str]]:
        if spec.type is FieldType.CODE and spec.codes:
            return [(code, one.title) for code, one in catalogue.codes[spec.codes].codes.items()]
        if spec.type is FieldType.REF and spec.to:
            return records_of(user, spec.to, org)
        named = [value for value in row.data.values() if isinstance(value, str)] if row else []
        return directory(on, named)

    return options


def records_of(user: UserRow, kind: str, org: OrgRow) -> list[tuple[str, str]]:
    """Records one may point to, with their number where they have one."""
    found = queries.records(user, kind, org=org, with_predecessors=True)[:MOST]
    return [(one.id, f"{one.number}　{one.label}" if one.number else one.label) for one in found]
