"""Verdicts of relations as the pages show them: what is open first, what holds behind a fold."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from jixiao.values import Finding, Verdict

WORDS = {
    Verdict.KEPT: ("成立", "ok", "kept"),
    Verdict.BROKEN: ("不符", "bad", "broken"),
    Verdict.ROUNDING: ("取整差异", "warn", "kept"),
    Verdict.NOT_APPLICABLE: ("不能核对", "none", ""),
}


def shown(findings: Iterable[Finding]) -> dict[str, Any]:
    """`findings` that need a look and `quiet_findings` that do not, for the findings template."""
    every = [_one(finding) for finding in findings]
    return {
        "findings": [one for one in every if one["is_open"]],
        "quiet_findings": [one for one in every if not one["is_open"]],
    }


def tally(findings: Iterable[Finding]) -> str:
    """How many of each verdict, in words; verdicts nobody got are left out."""
    kept = list(findings)
    counts = [(word, sum(one.verdict is verdict for one in kept)) for verdict, (word, _, _) in WORDS.items()]
    return "，".join(f"{word} {count}" for word, count in counts if count)


def _one(finding: Finding) -> dict[str, Any]:
    word, tone, css = WORDS[finding.verdict]
    sides = [side for side in (finding.stated, finding.computed) if side]
    return {
        "title": finding.title,
        "verdict": word,
        "tone": tone,
        "css": css,
        "sum": " ； ".join(sides),
        "reason": finding.reason,
        "is_open": finding.verdict in (Verdict.BROKEN, Verdict.ROUNDING),
    }
