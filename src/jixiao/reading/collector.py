"""Keep Python's collector of cycles still while a document is read: what reading makes has none.

Else the collector walks over all that was read again and again, and long documents take longer than they should.
At the end what was made is put among what is old without that walk too.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def kept_still() -> Iterator[None]:
    """Also a decorator. Where reading goes on in several threads, the first to end wakes the collector again."""
    was_awake = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_awake:
            if not gc.get_freeze_count():  # freezing and thawing makes everything old at once
                gc.freeze()
                gc.unfreeze()
            gc.enable()
