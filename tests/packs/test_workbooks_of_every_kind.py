"""The workbook of every register of the example offices says what the register says: brought back it changes nothing,
and brought into an office without records it makes the same ones.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest
from django.db import connection, transaction

from jixiao.catalogue import load
from jixiao.catalogue.columns import LINK_TABLE
from jixiao.ledger import examples, projection, rules
from jixiao.ledger.actions import imports, orgs
from jixiao.ledger.models import Event, Import, Org, PackBinding, Record
from jixiao.ledger.permissions import SYSTEM
from jixiao.ledger.queries import imports as staged
from jixiao.ledger.queries import workbooks

pytestmark = pytest.mark.django_db


class Undone(Exception):
    """Takes the first office back."""


@pytest.fixture(autouse=True)
def _at_home(settings, tmp_path):
    settings.HOME = tmp_path


def bring(org, content, kind):
    row = imports.begin(by=SYSTEM, org=org, content=content, name="台账.xlsx", kind=kind)
    if row.state == Import.State.HEADINGS:
        row = imports.say_headings(by=SYSTEM, staged=row, said={})
    return imports.check(by=SYSTEM, staged=row)


def rows_of(table, columns="*"):
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT {columns} FROM "{table}" ORDER BY 1, 2, 3')
        return cursor.fetchall()


def projected(catalogue):
    found = {kind.table: rows_of(kind.table) for kind in catalogue.kinds.values()}
    return found | {LINK_TABLE: rows_of(LINK_TABLE, '"role", "source_id", "target_id"')}


OFFICES = sorted(
    path.parent.name for path in (Path(str(files("jixiao"))) / "packs").glob("*/examples/*/org.yaml")
)


@pytest.mark.parametrize("name", OFFICES)
def test_every_register_goes_round(name):
    catalogue = load()
    kept = {}
    with rules.working_under(catalogue):
        projection.ensure(catalogue)
        try:
            with transaction.atomic():
                examples.install(name, passwords=lambda user: f"demo-{user}-2020")
                org = Org.objects.get(pk=name)
                here = Record.objects.filter(org=org)
                kinds = [
                    kind.full_id
                    for kind in catalogue.kinds.values()
                    if kind.parent is None and here.filter(kind=kind.full_id).exists()
                ]
                books = {kind: workbooks.export(SYSTEM, kind, org) for kind in kinds}
                events = Event.objects.count()
                for kind, content in books.items():
                    view = staged.import_view(SYSTEM, bring(org, content, kind).pk)
                    assert view.counts["same"] == view.row.total, (kind, view.counts)
                assert Event.objects.count() == events
                kept = {
                    "rows": projected(catalogue),
                    "books": books,
                    "orgs": list(Org.objects.values("id", "title", "short_title", "valid_from")),
                    "packs": list(PackBinding.objects.values_list("pack", "from_on")),
                }
                raise Undone
        except Undone:
            pass
        for one in kept["orgs"]:
            orgs.create(by=SYSTEM, **one)
        for pack, from_on in kept["packs"]:
            orgs.bind_pack(by=SYSTEM, org=name, pack=pack, from_on=from_on)
        _bring_all(name, dict(kept["books"]))
        assert projected(catalogue) == kept["rows"]


def _bring_all(org, waiting):
    """Registers that others point to come first: what cannot come yet waits for the next round."""
    while waiting:
        before = len(waiting)
        for kind, content in list(waiting.items()):
            row = bring(org, content, kind)
            if staged.import_view(SYSTEM, row.pk).counts["wrong"]:
                imports.cancel(by=SYSTEM, staged=row)
                continue
            imports.accept(by=SYSTEM, staged=row)
            imports.finish(by=SYSTEM, staged=row)
            del waiting[kind]
        assert len(waiting) < before, list(waiting)
