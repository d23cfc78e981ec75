"""What a test may need of the machine; `make test` installs it, so that nothing is passed over there."""

from __future__ import annotations

import pytest

from jixiao.reports import write_pdf

chinese_fonts = pytest.mark.skipif(
    bool(write_pdf.missing_fonts()), reason="no Chinese fonts to set a PDF in: run scripts/system.sh"
)
