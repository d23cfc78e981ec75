"""Work on a large import beside the request that asked for it. A process that dies loses nothing: what was judged stays,
a commit that did not end never was, and either can be taken up again.
"""

from __future__ import annotations

import logging
import threading

from django.db import DatabaseError, connections

from jixiao.errors import JixiaoError
from jixiao.ledger import permissions
from jixiao.ledger.actions import imports
from jixiao.ledger.models import Import

AT_ONCE = 2000  # rows one may wait for
_log = logging.getLogger(__name__)


def go_on(staged: Import, by: permissions.Actor) -> None:
    """Do what the import waits for: few rows at once, many beside. Raises what a small one raises."""
    work = {Import.State.CHECKING: imports.check, Import.State.COMMITTING: imports.finish}.get(staged.state)
    if work is None or imports.is_under_way(staged):
        return
    if staged.total <= AT_ONCE:
        work(by=by, staged=staged)
        return
    threading.Thread(
        target=_beside, args=(work, staged.pk, by), name=f"import-{staged.pk}", daemon=True
    ).start()


def _beside(work, staged: str, by: permissions.Actor) -> None:
    try:
        work(by=by, staged=staged)
    except JixiaoError:
        pass  # the message stands with the import
    except DatabaseError:
        _log.exception("import %s stopped", staged)
    finally:
        connections.close_all()
