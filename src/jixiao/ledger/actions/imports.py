"""Bring a file into the ledger: stage it, say what its headings mean, look at what it would do, then all at once."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from jixiao import sheets
from jixiao.catalogue.kinds import Kind
from jixiao.errors import BadInput, JixiaoError, NotAllowed, NotFound
from jixiao.ledger import clock, evidence_store, permissions
from jixiao.ledger.actions import opening
from jixiao.ledger.imports import checks, commit, progress, staged_file, wordings
from jixiao.ledger.models import Import, ImportRow, Org
from jixiao.ledger.queries.orgs import kinds_for
from jixiao.ledger.rules import catalogue as rules

State = Import.State
DAYS_KEPT = 30
SILENT_SECONDS = 90  # a runner that said nothing for so long is gone


@transaction.atomic
def begin(
    *, by: permissions.Actor, org: Org | str, content: bytes, name: str, kind: str | None = None
) -> Import:
    """Stage a file. It waits for its headings where some are unknown, else to be checked.

    `kind` is needed where the file does not tell. Raises NotFound, NotAllowed, BadInput.
    """
    place = opening.open_org(org, by)
    if evidence_store.is_marked(name):
        raise BadInput(f"文件名“{name}”带有密级字样，已拒绝。{evidence_store.NOTICE}")
    book = sheets.open_book(content, name)
    found = _kind(book, place, by, kind)
    may = [permissions.can(by, "backfill", org=place.pk), *_may(by, place, found)]
    if not any(may):
        permissions.require(by, "create", org=place.pk, kind=found.full_id)
    opening.check_bound(place, found, rules())
    now = clock.now()
    _forget_old(place)
    staged = Import(
        id=str(uuid.uuid4()), org=place, kind=found.full_id, file_name=name[-255:], by=by.username,
        state=State.CHECKING, begun_at=now, touched_at=now,
    )  # fmt: skip
    staged_file.keep(staged.id, _read(staged, book), book)
    staged.save(force_insert=True)
    return staged


def _forget_old(org: Org) -> None:
    """Give up what nobody has gone on with for a month: a file is staged to be taken over, not to be kept."""
    old = Import.objects.filter(org=org, touched_at__lt=clock.now() - timedelta(days=DAYS_KEPT))
    for row in old.exclude(state__in=(State.DONE, State.CANCELLED)):
        _drop(row)


def _drop(row: Import) -> None:
    ImportRow.objects.filter(staged=row).delete()
    row.state, row.runner, row.touched_at = State.CANCELLED, "", clock.now()
    row.save(update_fields=["state", "runner", "touched_at"])
    staged_file.forget(row.pk)
    progress.clear(row.pk)


def _read(staged: Import, book: sheets.Book | None = None) -> list[staged_file.Part]:
    """Match the headings and note what was found."""
    book, parts = staged_file.parts_of(staged, rules(), book)
    if not parts:
        raise BadInput("文件里没有一张工作表对得上；请下载模板，把内容填进同名的工作表")
    found = staged_file.told(book, parts)
    staged.told = found | {"left_out": staged.told.get("left_out", found["left_out"])}  # not kept: told once
    staged.total = sum(len(part.table.rows) for part in parts)
    if not staged.total:
        raise BadInput("表头以下没有内容；请填好后再上传")
    is_open = any(part.matching.unknown or part.matching.missing for part in parts)
    staged.state = State.HEADINGS if is_open else State.CHECKING
    return parts


def _kind(book: sheets.Book, org: Org, by: permissions.Actor, asked: str | None) -> Kind:
    kinds = kinds_for(by, org)
    if asked:
        full = rules().kind(asked).full_id
        if found := next((kind for kind in kinds if kind.full_id == full), None):
            return found
        raise NotFound("本单位没有这类台账，或者您无权查看")
    if found := staged_file.kind_of_book(book, kinds):
        return found
    raise BadInput("看不出文件里是哪一类台账；请从该台账的页面上传，或先选定事项类型")


def _may(by: permissions.Actor, org: Org, kind: Kind) -> list[bool]:
    return [permissions.can(by, act, org=org.pk, kind=kind.full_id) for act in ("create", "edit")]


@transaction.atomic
def say_headings(*, by: permissions.Actor, staged: Import | str, said: Mapping[str, str]) -> Import:
    """Say what headings mean (a column id, or - to leave one out); remembered for the org's next file.

    Raises NotFound, BadInput.
    """
    row = _open(staged, by, State.HEADINGS)
    staged_file.remember(row, said, rules())
    _read(row)
    row.state = State.CHECKING
    row.touched_at = clock.now()
    row.save()
    return row


@transaction.atomic
def say_wordings(*, by: permissions.Actor, staged: Import | str, said: wordings.Said) -> Import:
    """Say what words of the file mean (each one that a drop-down offers); every row is judged again.

    Raises NotFound, BadInput for a word that is not offered there or where nothing was said.
    """
    row = _open(staged, by, State.READY)
    offered = {(one.kind, one.column, one.text): one.choices for one in wordings.unknown(row, by, rules())}
    meant = {key: new for key, new in said.items() if new}
    if not meant:
        raise BadInput("还没有选定改成什么；请至少选一处")
    if any(new not in offered.get(key, ()) for key, new in meant.items()):
        raise BadInput("有的写法已经不在这份文件里，或不能改成所选的；请刷新页面再选")
    wordings.put_right(row, meant, rules())
    ImportRow.objects.filter(staged=row).delete()
    row.state, row.checked, row.message, row.touched_at = State.CHECKING, 0, "", clock.now()
    row.save(update_fields=["state", "checked", "message", "touched_at"])
    return row


def check(*, by: permissions.Actor, staged: Import | str) -> Import:
    """Judge every row; takes seconds for hundreds and minutes for a hundred thousand. Raises NotFound, BadInput."""
    return _run(by, staged, State.CHECKING)


def finish(*, by: permissions.Actor, staged: Import | str) -> Import:
    """Carry out a commit that was asked for. Raises what recording raises; then nothing is recorded."""
    return _run(by, staged, State.COMMITTING)


def _run(by: permissions.Actor, staged: Import | str, state: str) -> Import:
    row = _own(staged, by)
    runner = _take_over(row, state)
    if runner is None:
        return row
    row.refresh_from_db()
    try:
        if state == State.CHECKING:
            checks.run(row, by, runner)
        else:
            progress.clear(row.pk)
            commit.run(row, by)
            staged_file.forget(row.pk)
    except JixiaoError as error:
        _back(row, runner, str(error), to=State.HEADINGS if state == State.CHECKING else State.READY)
        raise
    finally:
        if state == State.COMMITTING:
            progress.clear(row.pk)
        Import.objects.filter(pk=row.pk, runner=runner).update(runner="")
    row.refresh_from_db()
    return row


def _take_over(row: Import, state: str) -> str | None:
    """A runner's token; None where another one is at work or there is nothing to do."""
    runner, now = str(uuid.uuid4()), clock.now()
    free = Q(runner="") | Q(touched_at__lt=now - timedelta(seconds=SILENT_SECONDS))
    if state == State.COMMITTING and is_under_way(row):
        return None
    taken = Import.objects.filter(free, pk=row.pk, state=state).update(runner=runner, touched_at=now)
    return runner if taken else None


def is_under_way(row: Import) -> bool:
    """Whether somebody works on it right now, as far as can be told."""
    told = progress.asked(row.pk)
    if told is not None and told[2] < SILENT_SECONDS:
        return True
    return bool(row.runner) and (clock.now() - row.touched_at).total_seconds() < SILENT_SECONDS


def _back(row: Import, runner: str, message: str, to: str) -> None:
    mine = Import.objects.filter(pk=row.pk, runner=runner)
    mine.update(state=to, runner="", message=message[:2000], touched_at=clock.now())


@transaction.atomic
def choose(*, by: permissions.Actor, staged: Import | str, keep: Mapping[int, str], rest: str = "") -> None:
    """Say of conflicting rows (by place; `rest`: all others) which side holds: "file" or "ledger"."""
    row = _open(staged, by, State.READY)
    conflicts = ImportRow.objects.filter(staged=row, outcome=ImportRow.Outcome.CONFLICT)
    if {*keep.values(), *([rest] if rest else [])} - {"file", "ledger"}:
        raise BadInput("请选择以文件为准，或以本系统为准")
    if rest:
        conflicts.update(keep=rest)
    for side in ("file", "ledger"):
        conflicts.filter(place__in=[place for place, kept in keep.items() if kept == side]).update(keep=side)


@transaction.atomic
def accept(*, by: permissions.Actor, staged: Import | str, without_wrong: bool = False) -> Import:
    """Ask for the commit; `finish` carries it out. `without_wrong` leaves out the rows that are wrong.

    Raises NotFound, BadInput where rows are wrong or conflicts are open.
    """
    row = _open(staged, by, State.READY)
    rows = ImportRow.objects.filter(staged=row)
    wrong = rows.filter(outcome=ImportRow.Outcome.WRONG).count()
    if wrong and not without_wrong:
        raise BadInput(f"还有 {wrong} 行有问题；请下载标注后的文件改好再上传，或选择只导入没有问题的行")
    open_ones = rows.filter(outcome=ImportRow.Outcome.CONFLICT, keep="").count()
    if open_ones:
        raise BadInput(f"有 {open_ones} 行两边都改过；请先选定以哪边为准")
    row.state, row.message, row.touched_at = State.COMMITTING, "", clock.now()
    row.save(update_fields=["state", "message", "touched_at"])
    return row


def cancel(*, by: permissions.Actor, staged: Import | str) -> None:
    """Give the import up; nothing was recorded, nothing is. One that is being committed is asked to stop first."""
    row = _own(staged, by)
    if row.state == State.COMMITTING and is_under_way(row):
        progress.stop(row.pk)
        return
    with transaction.atomic():
        row = _own(staged, by)
        if row.state == State.DONE:
            raise BadInput("这次导入已经完成；要取消其中的记录，请逐条作废")
        _drop(row)


def _own(staged: Import | str, by: permissions.Actor) -> Import:
    pk = staged.pk if isinstance(staged, Import) else str(staged)
    row = Import.objects.select_related("org").filter(pk=pk, by=by.username).first()
    if row is None:
        raise NotFound("没有找到这次导入；它可能已经取消，或者由别人发起")
    if not isinstance(by, permissions.System) and not permissions.roles_in(by, row.org_id):
        raise NotAllowed("您已不在这个单位任职，不能再导入")
    return row


def _open(staged: Import | str, by: permissions.Actor, state: str) -> Import:
    row = _own(staged, by)
    locked = Import.objects.select_for_update().select_related("org").get(pk=row.pk)
    if locked.state != state:
        raise BadInput(f"这次导入现在是“{Import.State(locked.state).label}”，不能这样做；请刷新页面")
    return locked
