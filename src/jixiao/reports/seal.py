"""The seal of an issued report: a record of issue under one SM3 root, and its verification.

It proves that a file is the same as the issued one, and where it is not. It is no electronic signature: it
does not say who issued the file unless the ledger that keeps the root says so.
"""

from __future__ import annotations

from jixiao.reports.carrying import extract
from jixiao.reports.issue_record import IssueRecord, RecordEntry, dump, load
from jixiao.reports.issuing import manifest, root
from jixiao.reports.read_back import figures_read
from jixiao.reports.verifying import DISCLAIMER, Detail, Outcome, ReadFigure, Verification, verify

__all__ = [
    "DISCLAIMER",
    "Detail",
    "IssueRecord",
    "Outcome",
    "ReadFigure",
    "RecordEntry",
    "Verification",
    "dump",
    "extract",
    "figures_read",
    "load",
    "manifest",
    "root",
    "verify",
]
