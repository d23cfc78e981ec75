"""Judge the rows of a staged file, part by part; whoever comes after a killed process goes on where it stopped."""

from __future__ import annotations

from django.db import transaction

from jixiao.ledger import clock, permissions
from jixiao.ledger.imports.index import Index
from jixiao.ledger.imports.judge import Judge
from jixiao.ledger.imports.parts import in_parts
from jixiao.ledger.imports.staged_file import lines_of, parts_of
from jixiao.ledger.inserting import insert_all
from jixiao.ledger.models import Import, ImportRow
from jixiao.ledger.rules import catalogue as rules

BATCH = 500


def run(staged: Import, by: permissions.Actor, runner: str = "") -> None:
    """Judge what is not judged yet. Stops where the import was cancelled or another runner took over."""
    catalogue = rules()
    book, parts = parts_of(staged, catalogue)
    index = Index(staged, parts, book, by, catalogue)
    judge = Judge(staged, by, index)
    done = ImportRow.objects.filter(staged=staged).count()
    lines = (line for line in lines_of(parts) if line.place >= done)
    if not _go_on(staged, runner, done, len(index.ids)):
        return
    for part in in_parts(lines, BATCH):
        with transaction.atomic():
            insert_all(judge.judge(part))
            done += len(part)
            if not _go_on(staged, runner, done, len(index.ids)):
                transaction.set_rollback(True)  # cancelled, or another's by now: these rows are not wanted
                return
    mine = Import.objects.filter(pk=staged.pk, state=Import.State.CHECKING, runner=runner)
    mine.update(state=Import.State.READY, runner="", checked=done, touched_at=clock.now())


def _go_on(staged: Import, runner: str, done: int, total: int) -> bool:
    """Note the progress; False where this runner has no more business here."""
    mine = Import.objects.filter(pk=staged.pk, state=Import.State.CHECKING, runner=runner)
    return bool(mine.update(checked=done, total=total, touched_at=clock.now()))
