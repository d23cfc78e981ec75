"""What reading a zip raises where it is damaged, locked, or packed in a way this Python does not know."""

from __future__ import annotations

import lzma
import zipfile
import zlib

UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,  # bzip2 says so of broken data
    ValueError,
    RuntimeError,  # locked; an unknown version or way of packing is the NotImplementedError below it
)
